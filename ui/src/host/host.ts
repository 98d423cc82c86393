// The door to Rust: everything the window can ask of the engine. Two implementations stand behind it:
// tauri.ts (the app) and browser.ts (a fake for component tests and for looking at the UI in a browser).
import type { About } from '../bindings/About'
import type { Accepted } from '../bindings/Accepted'
import type { Ask } from '../bindings/Ask'
import type { Attachment } from '../bindings/Attachment'
import type { Connect } from '../bindings/Connect'
import type { Conversation } from '../bindings/Conversation'
import type { ConversationRow } from '../bindings/ConversationRow'
import type { Decision } from '../bindings/Decision'
import type { Event } from '../bindings/Event'
import type { ListConversations } from '../bindings/ListConversations'
import type { LearntRow } from '../bindings/LearntRow'
import type { LocalServer } from '../bindings/LocalServer'
import type { MessageView } from '../bindings/MessageView'
import type { Model } from '../bindings/Model'
import type { OpenConversation } from '../bindings/OpenConversation'
import type { Policy } from '../bindings/Policy'
import type { Question } from '../bindings/Question'
import type { Service } from '../bindings/Service'
import type { Settings } from '../bindings/Settings'
import type { Start } from '../bindings/Start'
import type { Tool } from '../bindings/Tool'
import type { ToolDraft } from '../bindings/ToolDraft'
import type { TurnUpdate } from '../bindings/TurnUpdate'

/** What happens to files that are held over the window. Where they lie stays behind the door. */
export type Drag = { kind: 'over' } | { kind: 'left' } | { kind: 'dropped'; count: number }

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
    remove(id: string): Promise<void>
    learnt(id: string): Promise<LearntRow[]>
    forgetLearnt(id: string): Promise<void>
  }

  models: {
    list(): Promise<Model[]>
    refresh(serviceId: string): Promise<Model[]>
    setFavourite(serviceId: string, name: string, favourite: boolean): Promise<void>
    addTypedIn(serviceId: string, name: string): Promise<Model>
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

  chat: {
    list(query: ListConversations): Promise<ConversationRow[]>
    open(id: string): Promise<OpenConversation>
    /** Messages by id, in that order, ready to be shown. Ids that are gone are left out. */
    messages(ids: string[]): Promise<MessageView[]>
    /** Writes the question and an empty answer, begins to ask. Follow the answer with `watch`. */
    send(question: Question): Promise<Accepted>
    /** A new version of an answer. */
    retry(answerId: string, ask: Ask): Promise<Accepted>
    /** A new version of a question, and an answer to it. Its files go along again, but for those in `without`. */
    edit(questionId: string, text: string, without: string[], ask: Ask): Promise<Accepted>
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
    rename(id: string, title: string): Promise<Conversation>
    /** Says which tools a conversation may use, by name. */
    setTools(id: string, names: string[]): Promise<Conversation>
    pin(id: string, pinned: boolean): Promise<Conversation>
    /** To the recycle bin, for 30 days. */
    remove(id: string): Promise<void>
    restore(id: string): Promise<Conversation>
    /** Empties the recycle bin now. */
    emptyBin(): Promise<void>
    removeMessage(id: string): Promise<OpenConversation>
    restoreMessage(id: string): Promise<OpenConversation>
    /** Keeps what is being typed. `place` is a conversation's id, or "new". */
    saveDraft(place: string, text: string): Promise<void>
  }
}
// Every call may reject with a `Problem` (bindings/Problem): { code, message, facts }.
