//! Conversations: a title, a tree of messages, and which leaf of it is shown.

mod list;
mod write;

pub use list::{ConversationQuery, Cursor, Order, Shelf};

use rusqlite::{OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ask::Ask;
use super::options::Options;
use crate::cell::{Cells, Json, words};
use crate::{ConversationId, Error, FolderId, MessageId, Read, ServiceId, UnixMs};

/// A conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// A chat, or a text that is continued.
    pub kind: ConversationKind,
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
    /// Whom each question goes to at once, while several models are asked side by side; empty while one is asked.
    pub several: Vec<Ask>,
    /// What every answer is told first (the system prompt); "" for none.
    pub instructions: String,
    /// What differs from the person's usual options.
    pub options: Options,
    /// What stands for its beginning when it is sent; none while everything that fits is sent.
    pub summary: Option<Summary>,
    /// The folder it lies in.
    pub folder_id: Option<FolderId>,
    /// When it was put away; none while it is in the list.
    #[ts(type = "number | null")]
    pub archived_at: Option<UnixMs>,
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

impl Conversation {
    /// A chat without a word, begun at `at`; what else is known is set by whoever writes it.
    pub fn blank(at: UnixMs) -> Self {
        Self {
            id: ConversationId::new(),
            kind: ConversationKind::Chat,
            title: String::new(),
            title_by: TitleBy::Nobody,
            pinned: false,
            head: None,
            snippet: String::new(),
            service_id: None,
            model: String::new(),
            several: Vec::new(),
            instructions: String::new(),
            options: Options::default(),
            summary: None,
            folder_id: None,
            archived_at: None,
            created_at: at,
            updated_at: at,
            deleted_at: None,
        }
    }
}

/// What a conversation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ConversationKind {
    /// Questions and answers.
    #[default]
    Chat,
    /// A text that a model continues.
    Text,
}

/// What stands for the beginning of a conversation when it is sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The last message that it stands for.
    pub upto: MessageId,
    /// Its words.
    pub text: String,
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
    /// Cut from the first question, and a model was asked for a better one: once is enough.
    Asked,
    /// A model.
    Model,
    /// The person; never overwritten.
    Person,
}

words!(ConversationKind else Chat { Chat = "chat", Text = "text" });

words!(TitleBy else Person {
    Nobody = "nobody",
    FirstWords = "first_words",
    Asked = "asked",
    Model = "model",
    Person = "person",
});

/// How every read of conversations begins; its cells are in the order of [`conversation`].
macro_rules! select_conversation {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.kind, c.title, c.title_by, c.pinned, h.id, c.snippet, s.id, c.model,
                    c.several, c.instructions, c.options, c.summary, f.id, c.archived_at, c.created_at,
                    c.updated_at, c.deleted_at
             FROM conversation c
             LEFT JOIN message h ON h.key = c.head_key
             LEFT JOIN service s ON s.key = c.service_key
             LEFT JOIN folder f ON f.key = c.folder_key ",
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
        kind: cells.next()?,
        title: cells.next()?,
        title_by: cells.next()?,
        pinned: cells.next()?,
        head: cells.next()?,
        snippet: cells.next()?,
        service_id: cells.next()?,
        model: cells.next()?,
        several: cells.next::<Json<_>>()?.0,
        instructions: cells.next()?,
        options: cells.next::<Json<_>>()?.0,
        summary: cells.next::<Option<Json<_>>>()?.and_then(|summary| summary.0),
        folder_id: cells.next()?,
        archived_at: cells.next()?,
        created_at: cells.next()?,
        updated_at: cells.next()?,
        deleted_at: cells.next()?,
    })
}
