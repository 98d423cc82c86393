//! Messages: nodes of a conversation's tree. A retry or an edit is a sibling, never an overwrite.

mod beside;
mod found;
mod read;
mod tree;
mod words;
mod write;

pub use found::{Found, SaidQuery};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::problem::Problem;
use super::step::{Citation, Sent, Step};
use crate::cell::words;
use crate::{ConversationId, MessageId, ServiceId, UnixMs};

/// A message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The conversation it belongs to.
    pub conversation_id: ConversationId,
    /// The message it answers or follows; none for the first.
    pub parent_id: Option<MessageId>,
    /// Who speaks.
    pub role: Role,
    /// How far it came.
    pub state: MessageState,
    /// What was said, as received (markdown).
    pub text: String,
    /// The model's thoughts, as received.
    pub thoughts: String,
    /// How long the thoughts took, milliseconds.
    #[ts(type = "number | null")]
    pub thought_ms: Option<i64>,
    /// What follows the gap, in a text that is continued; "" otherwise.
    pub suffix: String,
    /// The tool calls of an answer, round by round.
    pub steps: Vec<Step>,
    /// The sources that an answer names.
    pub citations: Vec<Citation>,
    /// Request fields that were left out because the model refuses them.
    pub adapted: Vec<String>,
    /// How much of the conversation went along with the question.
    pub sent: Option<Sent>,
    /// Its place among the answers that are shown side by side, from 1; 0 when it is none of them. On a question: 1
    /// while its answers are shown side by side.
    #[ts(type = "number")]
    pub beside: i64,
    /// The service asked; none on the person's own messages, or when the service is gone.
    pub service_id: Option<ServiceId>,
    /// The model asked; "" on the person's own messages.
    pub model: String,
    /// The model that says it answered; "" where the service does not say.
    pub answered_by: String,
    /// What the service calls the answer, for questions to those who run it; of several requests the last. "" where it
    /// does not say.
    pub known_as: String,
    /// Why the answer ended, as the service said it; "" where it did not.
    pub finish_reason: String,
    /// What went wrong, for `failed` and `cut`.
    pub problem: Option<Problem>,
    /// What was counted, where the service reports it.
    pub usage: Option<Usage>,
    /// Send to first word, milliseconds.
    #[ts(type = "number | null")]
    pub first_ms: Option<i64>,
    /// Send to end, milliseconds.
    #[ts(type = "number | null")]
    pub duration_ms: Option<i64>,
    /// When it was written.
    #[ts(type = "number")]
    pub created_at: UnixMs,
    /// When the person deleted it; it stays in the tree, unseen and unsent.
    #[ts(type = "number | null")]
    pub deleted_at: Option<UnixMs>,
}

impl Message {
    /// A message without a word, whole, by `role` at `at`; what else is known is set by whoever writes it.
    pub fn blank(
        conversation_id: ConversationId,
        parent_id: Option<MessageId>,
        role: Role,
        at: UnixMs,
    ) -> Self {
        Self {
            id: MessageId::new(),
            conversation_id,
            parent_id,
            role,
            state: MessageState::Done,
            text: String::new(),
            thoughts: String::new(),
            thought_ms: None,
            suffix: String::new(),
            steps: Vec::new(),
            citations: Vec::new(),
            adapted: Vec::new(),
            sent: None,
            beside: 0,
            service_id: None,
            model: String::new(),
            answered_by: String::new(),
            known_as: String::new(),
            finish_reason: String::new(),
            problem: None,
            usage: None,
            first_ms: None,
            duration_ms: None,
            created_at: at,
            deleted_at: None,
        }
    }
}

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person.
    User,
    /// A model.
    Assistant,
}

/// How far a message came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum MessageState {
    /// Being received now.
    Streaming,
    /// Whole.
    Done,
    /// Stopped by the person; the text so far is kept.
    Stopped,
    /// The connection or the service ended it early; the text so far is kept.
    Cut,
    /// Nothing came; `problem` says why.
    Failed,
    /// Medley was killed or quit while it was being received; the text so far is kept.
    Interrupted,
}

/// Tokens and money, as the service reported them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Usage {
    /// Tokens sent.
    #[ts(type = "number | null")]
    pub tokens_in: Option<i64>,
    /// Tokens received, thoughts included.
    #[ts(type = "number | null")]
    pub tokens_out: Option<i64>,
    /// Tokens of thoughts.
    #[ts(type = "number | null")]
    pub tokens_thought: Option<i64>,
    /// Tokens sent that came from a cache.
    #[ts(type = "number | null")]
    pub tokens_cached: Option<i64>,
    /// US dollars, where the service says, or where it publishes prices.
    pub cost: Option<f64>,
    /// The cost was computed from published prices, and is about right; the service did not say it.
    pub about: bool,
}

/// One line of a conversation's outline: enough to lay out 10,000 messages before any is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct OutlineEntry {
    /// The message.
    pub id: MessageId,
    /// Who speaks.
    pub role: Role,
    /// Length of its text in characters, to estimate its height; of the longest one shown side by side.
    #[ts(type = "number")]
    pub length: i64,
    /// Which version this is among its siblings, from 1.
    #[ts(type = "number")]
    pub version: i64,
    /// How many versions there are.
    #[ts(type = "number")]
    pub versions: i64,
    /// The answers shown side by side in its place, in their order, itself among them; none while it stands alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(optional, as = "Option<Vec<MessageId>>")]
    pub beside: Vec<MessageId>,
}

/// A message on the way to another, without what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathStep {
    /// The message.
    pub id: MessageId,
    /// Length of its text in characters.
    pub length: i64,
}

words!(Role else Assistant { User = "user", Assistant = "assistant" });

words!(MessageState else Interrupted {
    Streaming = "streaming",
    Done = "done",
    Stopped = "stopped",
    Cut = "cut",
    Failed = "failed",
    Interrupted = "interrupted",
});
