//! What the window is shown: rows of the store with what must be computed beside them.

mod pictures;
mod recordings;
mod speech;
mod tools;

pub use ::data::{Fault, Node};

pub use crate::answers::view::{
    Confidence, Data, DataCheck, DataForm, DataFound, DataParts, DataText, Guess, Piece,
};
use serde::{Deserialize, Serialize};
pub use store::table::ask::Ask;
use store::table::attachment::Attachment;
use store::table::beginning::Beginning;
use store::table::conversation::{Conversation, Order, Shelf};
use store::table::folder::Folder;
use store::table::generation::Generation;
use store::table::message::{Found, Message, OutlineEntry};
use store::table::model::Model;
use store::table::problem::Problem;
use store::table::recording::Recording;
use store::table::service::Service;
use store::table::sound::Sound;
use store::table::step::Sent;
use store::{AttachmentId, ConversationId, FolderId, MessageId, ServiceId};
use ts_rs::TS;

pub use pictures::{
    EngineFamily, ImportFrom, Imported, MakePictures, Painted, PaintedMark, PictureBundle, PictureDay,
    PictureEngine, PictureOutline, PicturePage, PictureShelf, Pixels, PressButton, SavePicture, SavePictures,
    SavedPicture, SavedPictures,
};
pub use recordings::{
    Microphone, RecorderStage, RecorderView, RecordingPage, SaveTranscript, Scribe, TookIn, TranscribeWith,
    TranscriptForm,
};
pub use speech::{Playback, SoundPage, Speak, Speaker, SpokenSentence};
pub use tools::{CallView, Decision, Round, StepView, ToolDraft};

/// A message ready to be shown.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MessageView {
    /// The row. Its `text` is the source, for copying and editing.
    pub message: Message,
    /// The text as safe HTML, one string per block; empty for the person's own messages, which are shown as typed.
    pub blocks: Vec<String>,
    /// The thoughts as safe HTML.
    pub thought_blocks: Vec<String>,
    /// The tool calls between the blocks; they stand here and not in the row.
    pub steps: Vec<StepView>,
    /// What belongs to it without being its words, in its order.
    pub attachments: Vec<Attachment>,
    /// Which version this is among its siblings, from 1.
    #[ts(type = "number")]
    pub version: i64,
    /// How many versions there are.
    #[ts(type = "number")]
    pub versions: i64,
    /// It is known how sure the model was of its words: ask for it.
    pub confidence: bool,
    /// It was asked for as data: ask for that.
    pub data: bool,
}

/// A conversation, opened: the outline of the branch shown and its last messages.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OpenConversation {
    /// The row.
    pub conversation: Conversation,
    /// Every message of the branch shown, oldest first.
    pub outline: Vec<OutlineEntry>,
    /// The last messages of it, ready to be shown.
    pub tail: Vec<MessageView>,
    /// What the person was typing here.
    pub draft: String,
    /// The question that was being edited, as the window wrote it down; "" for none.
    pub edit: String,
    /// The files that lie on the desk here.
    pub attachments: Vec<Attachment>,
}

/// One row of the list of conversations.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConversationRow {
    /// The row.
    pub conversation: Conversation,
    /// An answer is being written in it now.
    pub writing: bool,
    /// That answer waits for the person.
    pub waiting: bool,
    /// First words of what the person was typing there; "" for none.
    pub draft: String,
}

/// Which conversations to list.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ListConversations {
    /// Words of the title; "" for all.
    pub search: String,
    /// One part of the list alone; none for all of it, the newest first.
    pub shelf: Option<Shelf>,
    /// The order within that part.
    pub order: Order,
    /// Go on behind this conversation; none for the first page.
    pub after: Option<ConversationId>,
}

/// A folder and how many conversations it shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FolderRow {
    /// The row.
    pub folder: Folder,
    /// How many conversations stand under its name: those that are pinned or archived do not.
    #[ts(type = "number")]
    pub conversations: i64,
}

/// A folder that was removed, and what lay in it, so that it can be brought back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RemovedFolder {
    /// The folder as it was.
    pub folder: Folder,
    /// The conversations that lay in it; they stayed.
    pub conversations: Vec<ConversationId>,
}

/// What is done to one or many conversations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "kind")]
pub enum Arrange {
    /// Into a folder, or out of all.
    Move {
        /// Which folder; none for none.
        folder_id: Option<FolderId>,
    },
    /// On top of the list.
    Pin,
    /// Back to where it stood.
    Unpin,
    /// Into the archive.
    Archive,
    /// Out of the archive.
    Unarchive,
    /// Into the recycle bin.
    Remove,
    /// Out of the recycle bin.
    Restore,
}

/// Conversations to take out of Medley.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Export {
    /// Which conversations.
    pub ids: Vec<ConversationId>,
    /// Instead of these, all that a folder shows.
    pub folder_id: Option<FolderId>,
    /// In what form.
    pub format: ExportFormat,
    /// The words that stand in it beside those of the conversations.
    pub words: ExportWords,
}

/// In what form conversations are taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// Text with Markdown's signs, as it came.
    Markdown,
    /// Pages for any browser.
    Html,
    /// Everything, for programs.
    Json,
}

/// Words in the person's language: sentences live with the window.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExportWords {
    /// The language's tag: "en".
    pub language: String,
    /// "You"
    pub you: String,
    /// "Answer", where no model is named.
    pub answer: String,
    /// "Thoughts"
    pub thoughts: String,
    /// "Instructions"
    pub instructions: String,
    /// "Tool"
    pub tool: String,
    /// A conversation without a title.
    pub untitled: String,
    /// The heading of the page that leads to the others.
    pub conversations: String,
    /// The name of a folder that holds several; the day follows.
    pub folder: String,
    /// The last line of a page.
    pub made_with: String,
}

/// What the person has to choose before an export is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// A file; its name to begin with.
    File {
        /// The name with its ending.
        name: String,
    },
    /// A folder, in which a new one will be made.
    Folder,
}

/// What was written. The page learns the name alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// How many conversations.
    #[ts(type = "number")]
    pub conversations: usize,
    /// The name of the file or the folder, without where it lies.
    pub name: String,
}

/// The same words in two forms, for the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rich {
    /// For programs that take formatted text.
    pub html: String,
    /// For all others: Markdown.
    pub text: String,
}

/// Some messages that say what was looked for.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundPage {
    /// The hits, the last written first; none when there are no more.
    pub hits: Vec<Found>,
    /// How far older messages are; none when all can be found.
    pub indexing: Option<Indexing>,
}

/// How many messages of an older Medley can be found already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Indexing {
    /// So many are done, about.
    #[ts(type = "number")]
    pub done: i64,
    /// Of so many.
    #[ts(type = "number")]
    pub of: i64,
}

/// What was accepted for sending: the conversation, the person's message (none for a retry) and the answer to come.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Accepted {
    /// The conversation, made if there was none.
    pub conversation: Conversation,
    /// The person's message, when one was written.
    pub question: Option<MessageView>,
    /// The answer, in state `streaming`; follow it with `chat_watch`.
    pub answer: MessageView,
    /// The answers beside it, when several models were asked.
    pub beside: Vec<MessageView>,
    /// The outline of the branch now shown.
    pub outline: Vec<OutlineEntry>,
}

/// A question to send.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Question {
    /// The conversation; none begins a new one.
    pub conversation_id: Option<ConversationId>,
    /// The words.
    pub text: String,
    /// Whom to ask.
    pub ask: Ask,
    /// Whom to ask at the same time, for answers side by side; empty for one answer.
    pub also: Vec<Ask>,
    /// What a new conversation begins with; one that is there keeps what it has.
    #[serde(default)]
    pub beginning: Beginning,
}

/// A text to be continued at one place.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContinueText {
    /// The text's conversation.
    pub conversation_id: ConversationId,
    /// Everything before the place, as it stands.
    pub before: String,
    /// Everything behind it.
    pub behind: String,
    /// Whom to ask.
    pub ask: Ask,
}

impl Question {
    /// A question of words alone, to one model.
    pub fn of_words(conversation_id: Option<ConversationId>, text: impl Into<String>, ask: Ask) -> Self {
        Self { conversation_id, text: text.into(), ask, also: Vec::new(), beginning: Beginning::default() }
    }
}

/// A question said anew.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Edit {
    /// The words.
    pub text: String,
    /// Files of the older version that do not go along again.
    pub without: Vec<AttachmentId>,
    /// Whom to ask.
    pub ask: Ask,
    /// Whom to ask at the same time, for answers side by side; empty for one answer.
    pub also: Vec<Ask>,
}

/// What would go along with a question asked now.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Outlook {
    /// How much that is.
    pub sent: Sent,
    /// The oldest message that would be sent; none while nothing was said.
    pub first: Option<MessageId>,
    /// How many messages the summary stands for; 0 without one that counts here.
    #[ts(type = "number")]
    pub summed: usize,
}

/// A change of some HTML blocks: `blocks` replace everything from index `keep` on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BlockPatch {
    /// How many leading blocks stay as they are.
    #[ts(type = "number")]
    pub keep: usize,
    /// What stands behind them now.
    pub blocks: Vec<String>,
}

/// What happens to an answer while it is written. The first update always carries everything so far.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum TurnUpdate {
    /// Words came, at most once per frame.
    Words {
        /// Changes of the answer's blocks.
        text: BlockPatch,
        /// Changes of the thoughts' blocks.
        thoughts: BlockPatch,
        /// The model is thinking and no word of the answer came yet.
        thinking: bool,
        /// The next sentences that are finished now, plain, for screen readers; "" for none.
        spoken: String,
    },
    /// Letters of a text's continuation came, as they stand: at most once per frame.
    Letters {
        /// How much of what was told before stays, in UTF-16 units as the window counts.
        #[ts(type = "number")]
        keep: usize,
        /// What stands behind it now.
        text: String,
        /// The model is thinking and no letter came yet.
        thinking: bool,
        /// The next sentences that are finished now, plain, for screen readers; "" for none.
        spoken: String,
    },
    /// The service asked to wait, or a passing fault is being waited out, before any word came.
    Waiting {
        /// Why.
        problem: Problem,
        /// Milliseconds until the next try, from now.
        #[ts(type = "number")]
        for_ms: i64,
        /// Which try comes next, from 2.
        #[ts(type = "number")]
        attempt: u32,
    },
    /// How the tool calls stand now, all of them. It follows the words that stand before them.
    Steps {
        /// Round by round.
        steps: Vec<StepView>,
        /// The tool that the model is writing a call of; "" while it writes none.
        calling: String,
        /// Which round this is.
        round: Round,
    },
    /// The request was changed to what this model takes, and sent again.
    Adapted {
        /// The field left out or changed.
        field: String,
    },
    /// Another answer to the same question came, and this one is a version among them.
    Versions {
        /// Which version this is, from 1.
        #[ts(type = "number")]
        version: i64,
        /// How many there are.
        #[ts(type = "number")]
        versions: i64,
    },
    /// The answer ended, in whatever way. Nothing follows, unless its end could not be written yet: then it comes
    /// again once it is.
    Ended {
        /// The message as it is kept.
        answer: Box<MessageView>,
    },
}

/// What changed, for every window: the row as it is now.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Event {
    /// A conversation was made or changed.
    Conversation {
        /// Its row.
        row: Box<ConversationRow>,
    },
    /// A conversation left the list (or, where `binned`, went to the recycle bin).
    ConversationGone {
        /// Which.
        id: ConversationId,
    },
    /// A message came back into a conversation; what is shown of that is best read anew.
    MessageBack {
        /// Which conversation.
        id: ConversationId,
    },
    /// A file on a desk was read, or could not be.
    Attachment {
        /// Its row.
        attachment: Box<Attachment>,
    },
    /// So many conversations changed at once that the list is best read anew.
    Conversations,
    /// Folders were made or changed, or what lies in them.
    Folders {
        /// All of them.
        folders: Vec<FolderRow>,
    },
    /// Conversations or pictures are being written to files.
    Exporting {
        /// So many are done.
        #[ts(type = "number")]
        done: usize,
        /// Of so many.
        #[ts(type = "number")]
        of: usize,
    },
    /// Pictures are being taken in.
    Importing {
        /// So many files are done.
        #[ts(type = "number")]
        done: usize,
        /// Of so many, as far as folders were looked through.
        #[ts(type = "number")]
        of: usize,
    },
    /// Taking pictures in ended.
    Imported {
        /// What came of it.
        imported: Box<Imported>,
    },
    /// Old messages are being made findable.
    Indexing {
        /// How far that is; none when all are.
        indexing: Option<Indexing>,
    },
    /// The older part of a conversation is being summed up.
    SummingUp {
        /// Which conversation.
        id: ConversationId,
        /// Which part, from 1.
        #[ts(type = "number")]
        part: usize,
        /// How many parts there are, as far as is known.
        #[ts(type = "number")]
        parts: usize,
        /// Letters of this part's summary so far.
        #[ts(type = "number")]
        letters: usize,
    },
    /// Summing up ended: done, stopped, or failed.
    SummedUp {
        /// Which conversation.
        id: ConversationId,
        /// Why it failed; none when it did not.
        problem: Option<Box<Problem>>,
    },
    /// A service was connected or changed.
    Service {
        /// Its row.
        service: Box<Service>,
    },
    /// A service was removed.
    ServiceGone {
        /// Which.
        id: ServiceId,
    },
    /// A message is to be shown anew: a picture of it came, or did not.
    Message {
        /// As it is now.
        view: Box<MessageView>,
    },
    /// A generation was asked for, or came further.
    Generation {
        /// As it is now.
        generation: Box<Generation>,
    },
    /// What services have of the ways of making pictures is known better: ask for the engines anew.
    PictureEngines,
    /// Pictures came, changed or went: ask for the gallery's outline anew.
    Pictures,
    /// A text that is read aloud came further.
    Sound {
        /// As it is now.
        sound: Box<Sound>,
    },
    /// Sounds went or came back: ask for the list anew.
    Sounds,
    /// A recording, or what is said in it, came further.
    Recording {
        /// As it is now.
        recording: Box<Recording>,
    },
    /// Recordings came, went or came back: ask for the list anew.
    Recordings,
    /// The recorder hears something, or does something else.
    Recorder {
        /// How it stands.
        recorder: Box<RecorderView>,
    },
    /// The player plays on, or does something else.
    Playback {
        /// How it stands.
        playback: Box<Playback>,
    },
    /// The list of models changed: ask for it anew.
    Models,
    /// The list of tools changed: ask for it anew.
    Tools,
    /// Whether the network answers, as the last calls found it.
    Reach {
        /// It answers.
        online: bool,
    },
}

/// A service to connect. The key is used for the call, stored in the keychain and forgotten.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Connect {
    /// The preset chosen: "modelbox", ... or "other".
    pub preset: String,
    /// The address as typed or pasted.
    pub address: String,
    /// The key as typed or pasted; "" for none.
    pub key: String,
    /// Keep the key in memory until Medley quits, because there is no keychain.
    pub key_in_memory: bool,
}

/// A server found on this computer.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LocalServer {
    /// The preset it answers like: "ollama", "lmstudio", "llamacpp", "jan", "localai".
    pub preset: String,
    /// Its address.
    pub address: String,
    /// How many models it lists.
    #[ts(type = "number")]
    pub models: usize,
}

/// All that the first screen needs, in one call.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Start {
    /// The person's settings.
    pub settings: store::table::setting::Settings,
    /// Connected services.
    pub services: Vec<Service>,
    /// Their models.
    pub models: Vec<Model>,
    /// The first page of conversations.
    pub conversations: Vec<ConversationRow>,
    /// The folders.
    pub folders: Vec<FolderRow>,
    /// What the person was typing for a new conversation.
    pub draft: String,
    /// The files that lie on the desk for it.
    pub attachments: Vec<Attachment>,
    /// What they set for it.
    pub beginning: Beginning,
    /// Messages that were being received when Medley was last killed.
    pub interrupted: Vec<MessageId>,
    /// This is the demonstration.
    pub demo: bool,
}

/// Facts about this Medley.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// Version.
    pub version: String,
    /// The folder where everything lies, for people; never used to load anything.
    pub home: String,
    /// The system's keychain answers.
    pub keychain: bool,
    /// How many conversations there are.
    #[ts(type = "number")]
    pub conversations: i64,
    /// How many messages there are.
    #[ts(type = "number")]
    pub messages: i64,
    /// Bytes on disk.
    #[ts(type = "number")]
    pub bytes: i64,
}
