//! Attachments: what belongs to a message without being its words. The person sends some along, answers bring others;
//! before a message is sent they belong to the place of its draft.

mod write;

use rusqlite::{OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::media::{Media, media};
use super::problem::Problem;
use crate::cell::{Cells, Json, words};
use crate::{AttachmentId, Error, MessageId, Read, UnixMs};

/// Something that belongs to a message. What was read out of it is kept apart, see [`Read::attachment_text`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// The message it belongs to; none while it belongs to a draft.
    pub message_id: Option<MessageId>,
    /// The draft's place; "" once it belongs to a message.
    pub place: String,
    /// Who brought it.
    pub role: AttachmentRole,
    /// What it is.
    pub kind: AttachmentKind,
    /// The file it stands for, once that is here.
    pub media: Option<Media>,
    /// Its name, for people; may be empty.
    pub name: String,
    /// The address as it came; "" when it came as bytes.
    pub source: String,
    /// How closely a model shall look at a picture: "auto", "low", "high"; "" for not said.
    pub detail: String,
    /// How far it came.
    pub state: AttachmentState,
    /// Why it failed.
    pub problem: Option<Problem>,
    /// How often it was asked for.
    #[ts(type = "number")]
    pub tries: i64,
    /// When it is asked for again by itself; none for never.
    #[ts(type = "number | null")]
    pub next_at: Option<UnixMs>,
    /// When it was added.
    #[ts(type = "number")]
    pub created_at: UnixMs,
    /// What a document is made of, and how much of it was read.
    pub facts: DocumentFacts,
    /// Where a service keeps it, if it was handed to one.
    pub uploaded: Option<Uploaded>,
    /// Length of what was read out of it, in characters.
    #[ts(type = "number")]
    pub text_length: i64,
}

/// What a document is made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DocumentFacts {
    /// What it is: "pdf", "docx", ...; "" for what is no document.
    pub format: String,
    /// What its parts are: "pages", "sheets", "chapters", "slides", "rows"; "whole" for nothing that can be counted.
    pub unit: String,
    /// How many parts it has.
    #[ts(type = "number")]
    pub parts: i64,
    /// How many of them were read.
    #[ts(type = "number")]
    pub read: i64,
    /// Words that were read.
    #[ts(type = "number")]
    pub words: i64,
    /// There is more in it than was read.
    pub cut: bool,
}

/// A file that a service keeps under a web address.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Uploaded {
    /// The address that it was handed to.
    pub to: String,
    /// The address that it has.
    pub url: String,
}

/// Who brought an attachment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentRole {
    /// The person, with a question.
    Sent,
    /// An answer.
    Received,
}

/// What an attachment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentKind {
    /// A picture.
    Picture,
    /// A film.
    Film,
    /// A file with words.
    Document,
    /// An address that is sent as it is.
    Link,
}

/// How far an attachment came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AttachmentState {
    /// It is still being fetched or read.
    Waiting,
    /// It is here.
    Kept,
    /// It did not come, or cannot be used; the problem says why.
    Failed,
}

words!(AttachmentRole else Received { Sent = "sent", Received = "received" });
words!(AttachmentKind else Document {
    Picture = "picture",
    Film = "film",
    Document = "document",
    Link = "link",
});
words!(AttachmentState else Failed { Waiting = "waiting", Kept = "kept", Failed = "failed" });

impl Attachment {
    /// A new one of a message; what else is known is set by whoever writes it.
    pub fn of(message: MessageId, role: AttachmentRole, kind: AttachmentKind, at: UnixMs) -> Self {
        Self { message_id: Some(message), ..Self::blank(role, kind, at) }
    }

    /// A new one of a draft.
    pub fn in_draft(place: &str, kind: AttachmentKind, at: UnixMs) -> Self {
        Self { place: place.to_owned(), ..Self::blank(AttachmentRole::Sent, kind, at) }
    }

    fn blank(role: AttachmentRole, kind: AttachmentKind, at: UnixMs) -> Self {
        Self {
            id: AttachmentId::new(),
            message_id: None,
            place: String::new(),
            role,
            kind,
            media: None,
            name: String::new(),
            source: String::new(),
            detail: String::new(),
            state: AttachmentState::Waiting,
            problem: None,
            tries: 0,
            next_at: None,
            created_at: at,
            facts: DocumentFacts::default(),
            uploaded: None,
            text_length: 0,
        }
    }
}

/// How every read of attachments begins; its cells are in the order of [`attachment`].
macro_rules! select_attachment {
    ($rest:literal) => {
        concat!(
            "SELECT a.id, m.id, a.place, a.role, a.kind, a.name, a.source, a.detail, a.state, a.problem, a.tries,
                    a.next_at, a.created_at, a.facts, a.uploaded, a.text_length, a.media_key IS NOT NULL,
                    f.hash, f.mime, f.bytes, f.width, f.height, f.moves, f.duration_ms, f.placeholder, f.created_at
             FROM attachment a
             LEFT JOIN message m ON m.key = a.message_key
             LEFT JOIN media f ON f.key = a.media_key ",
            $rest
        )
    };
}

impl Read {
    /// One attachment.
    pub fn attachment(&self, id: AttachmentId) -> Result<Option<Attachment>, Error> {
        let mut select = self.connection.prepare_cached(select_attachment!("WHERE a.id = ?1"))?;
        Ok(select.query_row([id], attachment).optional()?)
    }

    /// The attachments of a message, in their order.
    pub fn attachments(&self, message: MessageId) -> Result<Vec<Attachment>, Error> {
        let mut select = self.connection.prepare_cached(select_attachment!(
            "WHERE a.message_key = (SELECT key FROM message WHERE id = ?1) ORDER BY a.position, a.key"
        ))?;
        let rows = select.query_map([message], attachment)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The attachments of a draft, in their order.
    pub fn draft_attachments(&self, place: &str) -> Result<Vec<Attachment>, Error> {
        if place.is_empty() {
            return Ok(Vec::new());
        }
        let mut select = self.connection.prepare_cached(select_attachment!(
            "WHERE a.place = ?1 AND a.place <> '' ORDER BY a.position, a.key"
        ))?;
        let rows = select.query_map([place], attachment)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// All that are still to be fetched or read, the oldest first.
    pub fn waiting_attachments(&self) -> Result<Vec<Attachment>, Error> {
        let mut select =
            self.connection.prepare_cached(select_attachment!("WHERE a.state = 'waiting' ORDER BY a.key"))?;
        let rows = select.query_map([], attachment)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What was read out of an attachment; "" when nothing was.
    pub fn attachment_text(&self, id: AttachmentId) -> Result<String, Error> {
        let mut select = self.connection.prepare_cached("SELECT text FROM attachment WHERE id = ?1")?;
        Ok(select.query_row([id], |row| row.get(0))?)
    }
}

fn attachment(row: &Row) -> rusqlite::Result<Attachment> {
    let mut cells = Cells::of(row);
    Ok(Attachment {
        id: cells.next()?,
        message_id: cells.next()?,
        place: cells.next()?,
        role: cells.next()?,
        kind: cells.next()?,
        name: cells.next()?,
        source: cells.next()?,
        detail: cells.next()?,
        state: cells.next()?,
        problem: cells.next::<Option<Json<_>>>()?.and_then(|problem| problem.0),
        tries: cells.next()?,
        next_at: cells.next()?,
        created_at: cells.next()?,
        facts: cells.next::<Json<_>>()?.0,
        uploaded: cells.next::<Option<Json<_>>>()?.and_then(|uploaded| uploaded.0),
        text_length: cells.next()?,
        media: if cells.next()? { Some(media(&mut cells)?) } else { None },
    })
}
