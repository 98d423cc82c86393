// The door to Rust: everything the window can ask of the engine. Two implementations stand behind it:
// tauri.ts (the app) and browser.ts (a fake for component tests and for looking at the UI in a browser).
import type { About } from '../bindings/About'
import type { Accepted } from '../bindings/Accepted'
import type { Arrange } from '../bindings/Arrange'
import type { Ask } from '../bindings/Ask'
import type { Attachment } from '../bindings/Attachment'
import type { Beginning } from '../bindings/Beginning'
import type { Confidence } from '../bindings/Confidence'
import type { Continuation } from '../bindings/Continuation'
import type { ContinueText } from '../bindings/ContinueText'
import type { Connect } from '../bindings/Connect'
import type { Conversation } from '../bindings/Conversation'
import type { ConversationRow } from '../bindings/ConversationRow'
import type { Decision } from '../bindings/Decision'
import type { Data } from '../bindings/Data'
import type { DataForm } from '../bindings/DataForm'
import type { DataNode } from '../bindings/DataNode'
import type { DataParts } from '../bindings/DataParts'
import type { DataText } from '../bindings/DataText'
import type { Edit } from '../bindings/Edit'
import type { Event } from '../bindings/Event'
import type { Export } from '../bindings/Export'
import type { Exported } from '../bindings/Exported'
import type { ExportWords } from '../bindings/ExportWords'
import type { Folder } from '../bindings/Folder'
import type { FolderRow } from '../bindings/FolderRow'
import type { FoundPage } from '../bindings/FoundPage'
import type { ListConversations } from '../bindings/ListConversations'
import type { Generation } from '../bindings/Generation'
import type { Gpt } from '../bindings/Gpt'
import type { LearntRow } from '../bindings/LearntRow'
import type { LocalServer } from '../bindings/LocalServer'
import type { MakePictures } from '../bindings/MakePictures'
import type { MessageView } from '../bindings/MessageView'
import type { Model } from '../bindings/Model'
import type { OpenConversation } from '../bindings/OpenConversation'
import type { Picture } from '../bindings/Picture'
import type { PictureChange } from '../bindings/PictureChange'
import type { PictureEngine } from '../bindings/PictureEngine'
import type { PictureOutline } from '../bindings/PictureOutline'
import type { PicturePage } from '../bindings/PicturePage'
import type { PictureQuery } from '../bindings/PictureQuery'
import type { PictureShelf } from '../bindings/PictureShelf'
import type { SavedPictures } from '../bindings/SavedPictures'
import type { SavePictures } from '../bindings/SavePictures'
import type { ImportFrom } from '../bindings/ImportFrom'
import type { Place } from '../bindings/Place'
import type { Policy } from '../bindings/Policy'
import type { Options } from '../bindings/Options'
import type { Outlook } from '../bindings/Outlook'
import type { Question } from '../bindings/Question'
import type { SchemaFault } from '../bindings/SchemaFault'
import type { RemovedFolder } from '../bindings/RemovedFolder'
import type { SavedPicture } from '../bindings/SavedPicture'
import type { SavePicture } from '../bindings/SavePicture'
import type { Service } from '../bindings/Service'
import type { Settings } from '../bindings/Settings'
import type { Start } from '../bindings/Start'
import type { Tool } from '../bindings/Tool'
import type { ToolDraft } from '../bindings/ToolDraft'
import type { TurnUpdate } from '../bindings/TurnUpdate'
import type { WordPiece } from '../bindings/WordPiece'
import type { BinHost } from './bin'
import type { MidjourneyHost } from './midjourney'
import type { RecorderHost, RecordingsHost } from './recordings'
import type { PlayerHost, SpeechHost } from './speech'

/** What happens to files that are held over the window. Where they lie stays behind the door. */
export type Drag =
  | { kind: 'over'; x: number; y: number }
  | { kind: 'left' }
  | { kind: 'dropped'; count: number; x: number; y: number }

export interface Host {
  /** All the first screen needs. */
  start(): Promise<Start>
  /** The first usable frame is on the screen. */
  ready(): Promise<void>
  about(): Promise<About>
  saveSettings(settings: Settings): Promise<void>
  /** Everything that changes by itself. Returns a function that stops listening. */
  listen(onEvent: (event: Event) => void): () => void
  /** Opens http, https and mailto addresses in the system's browser. */
  openLink(url: string): Promise<void>
  copyText(text: string): Promise<void>
  /** Where the page gets a file of the media folder, or a smaller picture made from it: longer side at most `size` pixels. */
  mediaUrl(id: string, size?: 256 | 1024): string
  /** Goes into the demonstration, or back. The window loads anew. */
  enterDemo(): Promise<void>
  leaveDemo(): Promise<void>

  services: {
    /** What an address will be read as ("https://api.model.box/v1"), or a failure `address_unreadable`. */
    readAddress(address: string): Promise<string>
    connect(request: Connect): Promise<Service>
    findLocal(): Promise<LocalServer[]>
    test(id: string): Promise<Service>
    rename(id: string, name: string): Promise<Service>
    setAddress(id: string, address: string): Promise<Service>
    replaceKey(id: string, key: string, inMemory: boolean): Promise<Service>
    removeKey(id: string): Promise<Service>
    /** Where it takes files for models that open links; "" for nowhere. */
    setUploadAddress(id: string, address: string): Promise<Service>
    /** Gives Midjourney's tasks an address of their own; '' for that of the service. Fails where no tasks are. */
    setMidjourneyAddress(id: string, address: string): Promise<Service>
    remove(id: string): Promise<void>
    learnt(id: string): Promise<LearntRow[]>
    forgetLearnt(id: string): Promise<void>
    /** Forgets what was learnt about one model. */
    forgetLearntOf(id: string, model: string): Promise<void>
  }

  models: {
    list(): Promise<Model[]>
    refresh(serviceId: string): Promise<Model[]>
    setFavourite(serviceId: string, name: string, favourite: boolean): Promise<void>
    addTypedIn(serviceId: string, name: string): Promise<Model>
    /** What the address or the id of a GPT says; a failure `gpt_unreadable` or `gpt_is_project`. */
    readGpt(serviceId: string, pasted: string): Promise<Gpt>
    /** Adds a GPT under a name of its own, starred. */
    addGpt(serviceId: string, name: string, label: string): Promise<Model>
  }

  tools: {
    /** Medley's own first, then the person's, by name. */
    list(): Promise<Tool[]>
    /** Reads functions from pasted JSON without keeping them. */
    read(pasted: string): Promise<ToolDraft[]>
    /** Keeps a function, new or changed. */
    save(draft: ToolDraft): Promise<Tool>
    setPolicy(id: string, policy: Policy): Promise<void>
    remove(id: string): Promise<void>
  }

  /** Files that lie on the desk of a place and go along with its next question. */
  attachments: {
    /** Opens the system's dialog and attaches what is chosen. Rows come back at once; an event tells when one is read. */
    pick(place: string): Promise<Attachment[]>
    /** Attaches bytes, as they were pasted. */
    add(place: string, name: string, bytes: Uint8Array): Promise<Attachment>
    /** Attaches what was last dropped on the window. */
    takeDropped(place: string): Promise<Attachment[]>
    /** Attaches a web address that stands before the question. */
    link(place: string, address: string): Promise<Attachment>
    remove(id: string): Promise<void>
    restore(id: string): Promise<Attachment>
    /** Reads a file once more. */
    retry(id: string): Promise<Attachment>
    /** How closely a model shall look at a picture: "auto", "low", "high". */
    setDetail(id: string, detail: string): Promise<Attachment>
    /** The text that goes along for a document. */
    text(id: string): Promise<string>
    /** Files are held over the window, leave it or are dropped. Returns a function that stops listening. */
    onDrag(hear: (drag: Drag) => void): () => void
  }

  media: {
    /** Fetches a picture of an answer once more. */
    tryAgain(attachmentId: string): Promise<void>
    /** Saves a file as it came, where the system's dialog leads; false when nothing was chosen. */
    save(id: string): Promise<boolean>
  }

  pictures: MidjourneyHost & {
    /** Everything of every connected service that makes pictures. */
    engines(): Promise<PictureEngine[]>
    /** Has tried again what a service is known not to have; the event `pictureEngines` follows. */
    tryAnyway(serviceId: string, model: string): Promise<void>
    /** The pictures that lie on a desk: attachments of the place "pictures", or of one that begins with "pictures-". */
    references(place: string): Promise<Attachment[]>
    /** Lays a picture that Medley has beside them, once. */
    referTo(place: string, mediaId: string): Promise<Attachment>
    /** Others like a picture, from the picture alone. */
    vary(id: string, serviceId: string, model: string): Promise<Generation>
    /** A better prompt by a chat model; one question that may be paid for. */
    improve(ask: Ask, prompt: string): Promise<string>
    /** A prompt that would make a picture, by a chat model that sees pictures; `language` is a tag. */
    describe(ask: Ask, id: string, language: string): Promise<string>
    /** Lets go of the words that are being asked for by one of both; it then fails with `stopped`. */
    stopWords(): Promise<void>
    /** What lay on the desk when it was last left; written by `chat.saveDraft` for the place "pictures". */
    draft(): Promise<string>
    /** Writes the wish down and puts it into the queue of its service. Follow it by the event `generation`. */
    make(request: MakePictures): Promise<Generation>
    /** One that was sent already may still be paid for. */
    cancel(id: string): Promise<void>
    /** The same wish once more, as a new making. */
    tryAgain(id: string): Promise<Generation>
    /** Takes one that came to nothing out of the gallery; `restoreGeneration` brings it back. */
    dismiss(id: string): Promise<void>
    restoreGeneration(id: string): Promise<void>
    /** All that are not done, and those done a moment ago, newest first. */
    generations(): Promise<Generation[]>
    /** Opens the system's dialog and begins to take in what is chosen; `importing` and `imported` tell how it goes. */
    import(from: ImportFrom): Promise<void>
    /** As `import`, for what was last dropped on the window. */
    importDropped(): Promise<void>
    /** Takes in the bytes of a picture, as they were pasted; `imported` tells what came of it. */
    importBytes(bytes: Uint8Array): Promise<void>
    /** What is here by then stays. */
    stopImporting(): Promise<void>
    /** How many pictures there are, and all albums. */
    shelf(): Promise<PictureShelf>
    /** Does one thing to many pictures, named by the numbers of the outline. Answers which of them it changed. */
    change(keys: number[], change: PictureChange): Promise<number[]>
    /** Asks where to, and saves pictures there as they came; null when the person thought better of it. `out.stop` stops it. */
    saveMany(wish: SavePictures): Promise<SavedPictures | null>
    /** Answers its id. */
    makeAlbum(name: string): Promise<string>
    renameAlbum(id: string, name: string): Promise<void>
    /** Its pictures stay. */
    removeAlbum(id: string): Promise<void>
    restoreAlbum(id: string): Promise<void>
    /** The shape of the whole gallery, newest first. */
    outline(query: PictureQuery): Promise<PictureOutline>
    rows(query: PictureQuery, from: number, count: number): Promise<Picture[]>
    picture(id: string): Promise<PicturePage>
    star(ids: string[], starred: boolean): Promise<void>
    /** To the recycle bin. */
    remove(ids: string[]): Promise<void>
    restore(ids: string[]): Promise<void>
    /** Fetches a picture once more whose link did not answer. */
    fetchAgain(id: string): Promise<void>
    /** Saves a picture as it came, where the system's dialog leads; false when nothing was chosen. */
    saveOriginal(id: string): Promise<boolean>
    /** As `saveOriginal`, in another form and with what it was made from inside; null when nothing was chosen. */
    saveAs(id: string, wish: SavePicture): Promise<SavedPicture | null>
    /** To the clipboard, as a picture. */
    copy(id: string): Promise<void>
    /** Drags copies of these to another program, while the button is held down; settles when they are dropped or let go of. */
    dragOut(keys: number[]): Promise<void>
  }

  /** Texts that are read aloud, and everything that was. */
  speech: SpeechHost

  /** Sounds that were recorded or brought, and what is said in them. */
  recordings: RecordingsHost
  /** The one recorder. The event `recorder` tells how it stands. */
  recorder: RecorderHost

  /** The one player. The event `playback` tells how it stands. */
  player: PlayerHost

  chat: {
    list(query: ListConversations): Promise<ConversationRow[]>
    open(id: string): Promise<OpenConversation>
    /** The conversation of a message, opened on a branch that holds it. */
    openAt(messageId: string): Promise<OpenConversation>
    /** Messages by id, in that order, ready to be shown. Ids that are gone are left out. */
    messages(ids: string[]): Promise<MessageView[]>
    /** Writes the question and an empty answer, begins to ask. Follow the answer with `watch`. */
    send(question: Question): Promise<Accepted>
    /** A new version of an answer. */
    retry(answerId: string, ask: Ask): Promise<Accepted>
    /** A new version of a question, and an answer to it from each model asked. */
    edit(questionId: string, edit: Edit): Promise<Accepted>
    /** Goes on with an answer that ended early; the same message grows. */
    goOn(answerId: string): Promise<Accepted>
    /** Stops an answer; its text is kept. */
    stop(answerId: string): Promise<void>
    /** Decides about a tool call that waits; a failure `gone` when its answer is not being written any more. */
    answerCall(answerId: string, callId: string, decision: Decision): Promise<void>
    /** Follows an answer: first everything so far, then changes, at last `ended` (at once, when it has ended already). Returns a function that stops following (never the answer itself). */
    watch(answerId: string, onUpdate: (update: TurnUpdate) => void): () => void
    /** Shows version `version` (from 1) of a message, with what follows it. */
    choose(messageId: string, version: number): Promise<OpenConversation>
    /** Shows the versions of an answer side by side. */
    showBeside(answerId: string): Promise<OpenConversation>
    /** Goes on with one of several answers: it stands alone, the others stay as its versions. */
    goOnWith(answerId: string): Promise<OpenConversation>
    /** Asks several models at once from the next question on; one again when fewer than two are named. */
    setSeveral(id: string, asks: Ask[]): Promise<Conversation>
    /** Begins a conversation with a copy of everything up to a message. */
    branch(messageId: string, title: string): Promise<OpenConversation>
    rename(id: string, title: string): Promise<Conversation>
    pin(id: string, pinned: boolean): Promise<Conversation>
    /** To the recycle bin, for 30 days. */
    remove(id: string): Promise<void>
    restore(id: string): Promise<Conversation>
    removeMessage(id: string): Promise<OpenConversation>
    restoreMessage(id: string): Promise<OpenConversation>
    /** Keeps what is being typed. `place` is a conversation's id, "new", or "edit" and the id where a question is edited. */
    saveDraft(place: string, text: string): Promise<void>
    /** Sets what differs from the person's usual options. */
    setOptions(id: string, options: Options): Promise<Conversation>
    /** Sets what every answer is told first. */
    setInstructions(id: string, instructions: string): Promise<Conversation>
    /** Keeps what is set for a conversation that has no message yet. */
    saveBeginning(beginning: Beginning): Promise<void>
    /** What would go along with a question asked now; `typed` is what stands on the desk. */
    outlook(id: string, ask: Ask, typed: string): Promise<Outlook>
    /** Begins to sum up what does not fit; `summingUp` and `summedUp` tell how it goes. */
    sumUp(id: string, ask: Ask): Promise<void>
    stopSummingUp(id: string): Promise<void>
    forgetSummary(id: string): Promise<Conversation>
    /** Asks again for an answer that was too long for the model, with the oldest messages left out. */
    leaveOut(answerId: string, ask: Ask): Promise<Accepted>
  }

  /** A closer look at answers. */
  answers: {
    /** How sure the model was of each word. */
    confidence(id: string): Promise<Confidence>
    /** What else it thought of in the place of a word, piece by piece. */
    pieces(id: string, word: number): Promise<WordPiece[]>
    /** The data in an answer that was asked for as data. */
    data(id: string): Promise<Data>
    /** A page of the rows of its table, from row `from` on: a text per column, null where there is no value. */
    rows(id: string, from: number): Promise<(string | null)[][]>
    /** A page of the parts of a value in it. */
    parts(id: string, parts: DataParts): Promise<DataNode[]>
    dataText(id: string, form: DataForm): Promise<DataText>
    /** Why a schema cannot be used; null when it can. */
    checkSchema(schema: string): Promise<SchemaFault | null>
  }

  bin: BinHost

  order: {
    folders(): Promise<FolderRow[]>
    makeFolder(name: string): Promise<Folder>
    renameFolder(id: string, name: string): Promise<void>
    foldFolder(id: string, folded: boolean): Promise<void>
    /** What lay in it stays. The answer brings it back by `restoreFolder`. */
    removeFolder(id: string): Promise<RemovedFolder>
    restoreFolder(removed: RemovedFolder): Promise<void>
    /** The ids of everything that `chat.list` would list page by page. */
    ids(query: ListConversations): Promise<string[]>
    /** Does one thing to many conversations. The answer takes it back by `putBack`. */
    arrange(ids: string[], change: Arrange): Promise<Place[]>
    putBack(places: Place[]): Promise<void>
  }

  find: {
    /** Messages that say this, the last written first; behind `after`, if there is one. */
    said(search: string, after: string | null): Promise<FoundPage>
    /** The messages on the branch shown that say this, in their order. */
    saidIn(conversationId: string, search: string): Promise<string[]>
  }

  out: {
    /** Asks where to, in a dialog of the system, and writes; null when the person thought better of it. */
    write(request: Export): Promise<Exported | null>
    stop(): Promise<void>
    /** Shows what was written last, in a window of the system. */
    show(): Promise<void>
    /** A message, or the branch shown, to the clipboard as formatted text. */
    copyMessage(id: string, words: ExportWords): Promise<void>
    copyConversation(id: string, words: ExportWords): Promise<void>
  }

  /** Texts that a model continues. The text itself is the draft of its conversation. */
  texts: {
    /** Begins a text with its first letters. */
    begin(text: string): Promise<Conversation>
    /** Asks for a continuation at a place. Follow it with `watch`. */
    goOn(text: ContinueText): Promise<Accepted>
    /** Asks again, in a chat: the model does not continue texts. */
    goOnInChat(answerId: string, ask: Ask): Promise<Accepted>
    /** As `chat.watch`, with `letters` in place of `words`. */
    watch(answerId: string, onUpdate: (update: TurnUpdate) => void): () => void
    /** The text now that the suggestion was taken into it or thrown away: none waits any more. */
    settle(id: string, text: string): Promise<void>
    /** What was continued, newest first; behind `before` for the next page. */
    continuations(id: string, before: string | null): Promise<Continuation[]>
    /** Goes back to the text of an earlier question, with what was suggested then. `present` is kept beside it. */
    goBack(questionId: string, present: string): Promise<OpenConversation>
  }
}
// Every call may reject with a `Problem` (bindings/Problem): { code, message, facts }.
