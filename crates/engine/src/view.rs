//! What the window is shown: rows of the store with what must be computed beside them.

mod tools;

use serde::{Deserialize, Serialize};
use store::table::attachment::Attachment;
use store::table::conversation::Conversation;
use store::table::message::{Message, OutlineEntry};
use store::table::model::Model;
use store::table::problem::Problem;
use store::table::service::Service;
use store::{ConversationId, MessageId, ServiceId};
use ts_rs::TS;

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
    /// The recycle bin instead of the list.
    pub bin: bool,
    /// Go on behind this conversation; none for the first page.
    pub after: Option<ConversationId>,
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
}

/// Whom to ask.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Ask {
    /// The service.
    pub service_id: ServiceId,
    /// One of its models, or any name typed in.
    pub model: String,
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
    /// A file on a desk was read, or could not be.
    Attachment {
        /// Its row.
        attachment: Box<Attachment>,
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
    /// What the person was typing for a new conversation.
    pub draft: String,
    /// The files that lie on the desk for it.
    pub attachments: Vec<Attachment>,
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
