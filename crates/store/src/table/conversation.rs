//! Conversations: a title, a tree of messages, and which leaf of it is shown.

mod list;
mod write;

pub use list::{ConversationQuery, Cursor};

use rusqlite::{OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::cell::{Cells, words};
use crate::{ConversationId, Error, MessageId, Read, ServiceId, UnixMs};

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

words!(TitleBy else Person {
    Nobody = "nobody",
    FirstWords = "first_words",
    Model = "model",
    Person = "person",
});

/// How every read of conversations begins; its cells are in the order of [`conversation`].
macro_rules! select_conversation {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.title, c.title_by, c.pinned, h.id, c.snippet, s.id, c.model, c.created_at,
                    c.updated_at, c.deleted_at
             FROM conversation c
             LEFT JOIN message h ON h.key = c.head_key
             LEFT JOIN service s ON s.key = c.service_key ",
            $rest
        )
    };
}
use select_conversation;

impl Read {
    /// One conversation, also from the bin; none when it does not exist.
    pub fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>, Error> {
        let mut select = self.connection.prepare_cached(select_conversation!("WHERE c.id = ?1"))?;
        Ok(select.query_row([id], conversation).optional()?)
    }
}

fn conversation(row: &Row) -> rusqlite::Result<Conversation> {
    let mut cells = Cells::of(row);
    Ok(Conversation {
        id: cells.next()?,
        title: cells.next()?,
        title_by: cells.next()?,
        pinned: cells.next()?,
        head: cells.next()?,
        snippet: cells.next()?,
        service_id: cells.next()?,
        model: cells.next()?,
        created_at: cells.next()?,
        updated_at: cells.next()?,
        deleted_at: cells.next()?,
    })
}
