//! Conversations: a title, a tree of messages, and which leaf of it is shown.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ConversationId, MessageId, ServiceId, UnixMs};

/// A conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// Title; "" until there is one.
    pub title: String,
    /// Who wrote the title.
    pub title_by: TitleBy,
    /// Stays on top of the list.
    pub pinned: bool,
    /// The last message of the branch shown; none while empty.
    pub head: Option<MessageId>,
    /// First words of the last message, plain text.
    pub snippet: String,
    /// The service last asked.
    pub service_id: Option<ServiceId>,
    /// The model last asked; "" when none.
    pub model: String,
    /// When it was begun.
    #[ts(type = "number")]
    pub created_at: UnixMs,
    /// When its last message was written.
    #[ts(type = "number")]
    pub updated_at: UnixMs,
    /// When it went to the recycle bin; none while it is not there.
    #[ts(type = "number | null")]
    pub deleted_at: Option<UnixMs>,
}

/// Who wrote a title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TitleBy {
    /// Nobody yet.
    #[default]
    Nobody,
    /// Cut from the first question.
    FirstWords,
    /// A model.
    Model,
    /// The person; never overwritten.
    Person,
}
