//! Texts that are continued: the suggestion that waits, and the continuations there were. The text itself is a draft; it
//! is never looked into here.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::message::MessageState;
use crate::cell::Cells;
use crate::{ConversationId, Error, MessageId, Read, UnixMs, Write};

/// Characters of a continuation that a list shows.
const FIRST_WORDS: u32 = 240;

/// A text as it once was, and how it was continued then.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Continuation {
    /// The message that holds the text.
    pub question: MessageId,
    /// When it was asked, or kept.
    #[ts(type = "number")]
    pub created_at: UnixMs,
    /// Characters before the place where it was continued.
    #[ts(type = "number")]
    pub length: i64,
    /// Characters behind it.
    #[ts(type = "number")]
    pub behind: i64,
    /// What was suggested; none for a text that was only kept.
    pub answer: Option<Suggested>,
}

/// What was suggested at that place: of several versions, the one last gone on with, else the newest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Suggested {
    /// The answer.
    pub id: MessageId,
    /// The model that was asked.
    pub model: String,
    /// How far it came.
    pub state: MessageState,
    /// Its first words.
    pub words: String,
    /// How many versions there are.
    #[ts(type = "number")]
    pub versions: i64,
}

/// The key of what was suggested for the question `q`.
macro_rules! suggested {
    () => {
        "(SELECT v.key FROM message v
          WHERE v.conversation_key = q.conversation_key AND v.parent_key = q.key AND v.deleted_at IS NULL
          ORDER BY v.key = (SELECT head_key FROM conversation WHERE key = q.conversation_key) DESC,
                   EXISTS (SELECT 1 FROM message n
                           WHERE n.conversation_key = v.conversation_key AND n.parent_key = v.key) DESC,
                   v.key DESC
          LIMIT 1) "
    };
}

impl Read {
    /// The answer that waits to be taken into a text or thrown away.
    pub fn suggestion(&self, conversation: ConversationId) -> Result<Option<MessageId>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT m.id FROM conversation c
             CROSS JOIN suggestion s ON s.conversation_key = c.key
             CROSS JOIN message m ON m.key = s.answer_key
             WHERE c.id = ?1",
        )?;
        Ok(select.query_row([conversation], |row| row.get(0)).optional()?)
    }

    /// What was suggested for a question of a text: of several versions, the one last gone on with, else the newest.
    pub fn suggested_for(&self, question: MessageId) -> Result<Option<MessageId>, Error> {
        let mut select = self.connection.prepare_cached(concat!(
            "SELECT a.id FROM message q CROSS JOIN message a ON a.key = ",
            suggested!(),
            "WHERE q.id = ?1"
        ))?;
        Ok(select.query_row([question], |row| row.get(0)).optional()?)
    }

    /// The continuations of a text, newest first, at most `limit` of those before `before`.
    pub fn continuations(
        &self,
        conversation: ConversationId,
        before: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<Continuation>, Error> {
        let key = self.conversation_key(conversation)?;
        let before = before.map(|id| self.message_key_in(key, id)).transpose()?.unwrap_or(i64::MAX);
        let mut select = self.connection.prepare_cached(concat!(
            "SELECT q.id, q.created_at, q.length, length(t.suffix), a.id, a.model, a.state, substr(b.text, 1, ?4),
                    (SELECT count(*) FROM message v
                     WHERE v.conversation_key = q.conversation_key AND v.parent_key = q.key AND v.deleted_at IS NULL)
             FROM message q
             CROSS JOIN message_body t ON t.key = q.key
             LEFT JOIN message a ON a.key = ",
            suggested!(),
            "LEFT JOIN message_body b ON b.key = a.key
             WHERE q.conversation_key = ?1 AND q.key < ?2 AND q.role = 'user' AND q.deleted_at IS NULL
             ORDER BY q.key DESC LIMIT ?3",
        ))?;
        let rows = select.query_map(params![key, before, limit, FIRST_WORDS], |row| {
            let mut cells = Cells::of(row);
            let (question, created_at) = (cells.next()?, cells.next()?);
            let (length, behind) = (cells.next()?, cells.next()?);
            let answer = match cells.next::<Option<MessageId>>()? {
                Some(id) => Some(Suggested {
                    id,
                    model: cells.next()?,
                    state: cells.next()?,
                    words: cells.next()?,
                    versions: cells.next()?,
                }),
                None => None,
            };
            Ok(Continuation { question, created_at, length, behind, answer })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Write {
    /// Which answer waits to be taken or thrown away; none once that is decided.
    pub fn set_suggestion(
        &self,
        conversation: ConversationId,
        answer: Option<MessageId>,
    ) -> Result<(), Error> {
        let key = self.conversation_key(conversation)?;
        let Some(answer) = answer else {
            self.connection
                .prepare_cached("DELETE FROM suggestion WHERE conversation_key = ?1")?
                .execute([key])?;
            return Ok(());
        };
        let answer = self.message_key_in(key, answer)?;
        self.connection
            .prepare_cached(
                "INSERT INTO suggestion (conversation_key, answer_key) VALUES (?1, ?2)
                 ON CONFLICT (conversation_key) DO UPDATE SET answer_key = excluded.answer_key",
            )?
            .execute(params![key, answer])?;
        Ok(())
    }
}
