//! Whole messages: one, several, the end of a branch, a path to send.

use rusqlite::{OptionalExtension, Row, params};

use super::{Message, PathStep};
use crate::cell::{Cells, Json};
use crate::{ConversationId, Error, MessageId, Read, UnixMs};

/// How every read of messages begins; its cells are in the order of [`message`]. `CROSS JOIN` keeps SQLite
/// from starting at another table than the one given.
macro_rules! select_message {
    ($with:literal, $from:literal, $rest:literal) => {
        concat!(
            $with,
            " SELECT m.id, c.id, p.id, m.role, m.state, b.text, b.thoughts, m.thought_ms, b.suffix, b.steps,
                     b.citations, m.adapted, m.sent, m.beside, s.id, m.model, m.answered_by, m.known_as, m.finish_reason,
                     m.problem, m.usage, m.first_ms, m.duration_ms,
                     m.created_at, m.deleted_at
              FROM ",
            $from,
            " CROSS JOIN message_body b ON b.key = m.key
              CROSS JOIN conversation c ON c.key = m.conversation_key
              LEFT JOIN message p ON p.key = m.parent_key
              LEFT JOIN service s ON s.key = m.service_key ",
            $rest
        )
    };
}

impl Read {
    /// One message, also a deleted one; none when it does not exist.
    pub fn message(&self, id: MessageId) -> Result<Option<Message>, Error> {
        let mut select =
            self.connection.prepare_cached(select_message!("", "message m", "WHERE m.id = ?1"))?;
        Ok(select.query_row([id], message).optional()?)
    }

    /// Several messages in the order asked for; those that do not exist are left out.
    pub fn messages(&self, ids: &[MessageId]) -> Result<Vec<Message>, Error> {
        let found = ids.iter().filter_map(|id| self.message(*id).transpose());
        found.collect()
    }

    /// The last `count` messages of the branch shown, oldest first, deleted ones left out.
    pub fn tail(&self, conversation: ConversationId, count: usize) -> Result<Vec<Message>, Error> {
        let mut ids = Vec::new();
        let mut next = self.head_key(conversation)?;
        while let Some(key) = next.filter(|_| ids.len() < count) {
            let step = self.step_up(key)?;
            if step.deleted_at.is_none() {
                ids.push(step.id);
            }
            next = step.parent_key;
        }
        ids.reverse();
        self.messages(&ids)
    }

    /// The messages from the first of the conversation to `id`, itself included; deleted ones are left out.
    pub fn path(&self, id: MessageId) -> Result<Vec<Message>, Error> {
        let mut select = self.connection.prepare_cached(select_message!(
            "WITH RECURSIVE up (key, parent_key, depth) AS (
               SELECT key, parent_key, 0 FROM message WHERE id = ?1
               UNION ALL
               SELECT m.key, m.parent_key, depth + 1 FROM up CROSS JOIN message m ON m.key = up.parent_key
             )",
            "up CROSS JOIN message m ON m.key = up.key",
            "WHERE m.deleted_at IS NULL ORDER BY up.depth DESC"
        ))?;
        let rows = select.query_map([id], message)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The messages from the first of the conversation to `id`, itself included, without what was said; deleted ones
    /// are left out.
    pub fn path_outline(&self, id: MessageId) -> Result<Vec<PathStep>, Error> {
        let mut select = self.connection.prepare_cached(
            "WITH RECURSIVE up (key, parent_key, depth) AS (
               SELECT key, parent_key, 0 FROM message WHERE id = ?1
               UNION ALL
               SELECT m.key, m.parent_key, depth + 1 FROM up CROSS JOIN message m ON m.key = up.parent_key
             )
             SELECT m.id, m.length FROM up CROSS JOIN message m ON m.key = up.key
             WHERE m.deleted_at IS NULL ORDER BY up.depth DESC",
        )?;
        let rows = select.query_map([id], |row| Ok(PathStep { id: row.get(0)?, length: row.get(1)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The key of a message that must exist in the conversation with the key given.
    pub(crate) fn message_key_in(&self, conversation_key: i64, id: MessageId) -> Result<i64, Error> {
        let mut select = self
            .connection
            .prepare_cached("SELECT key FROM message WHERE id = ?1 AND conversation_key = ?2")?;
        Ok(select.query_row(params![id, conversation_key], |row| row.get(0))?)
    }

    /// The key of the last message shown; [`Error::NotFound`] without the conversation.
    pub(super) fn head_key(&self, conversation: ConversationId) -> Result<Option<i64>, Error> {
        let mut select = self.connection.prepare_cached("SELECT head_key FROM conversation WHERE id = ?1")?;
        Ok(select.query_row([conversation], |row| row.get(0))?)
    }

    fn step_up(&self, key: i64) -> Result<Step, Error> {
        let mut select = self
            .connection
            .prepare_cached("SELECT id, parent_key, deleted_at FROM message WHERE key = ?1")?;
        Ok(select.query_row([key], |row| {
            Ok(Step { id: row.get(0)?, parent_key: row.get(1)?, deleted_at: row.get(2)? })
        })?)
    }
}

/// One message on the way from a leaf to the root.
struct Step {
    id: MessageId,
    parent_key: Option<i64>,
    deleted_at: Option<UnixMs>,
}

fn message(row: &Row) -> rusqlite::Result<Message> {
    let mut cells = Cells::of(row);
    Ok(Message {
        id: cells.next()?,
        conversation_id: cells.next()?,
        parent_id: cells.next()?,
        role: cells.next()?,
        state: cells.next()?,
        text: cells.next()?,
        thoughts: cells.next()?,
        thought_ms: cells.next()?,
        suffix: cells.next()?,
        steps: cells.next::<Json<_>>()?.0,
        citations: cells.next::<Json<_>>()?.0,
        adapted: cells.next::<Json<_>>()?.0,
        sent: cells.next::<Option<Json<_>>>()?.and_then(|sent| sent.0),
        beside: cells.next()?,
        service_id: cells.next()?,
        model: cells.next()?,
        answered_by: cells.next()?,
        known_as: cells.next()?,
        finish_reason: cells.next()?,
        problem: cells.next::<Option<Json<_>>>()?.and_then(|problem| problem.0),
        usage: cells.next::<Option<Json<_>>>()?.and_then(|usage| usage.0),
        first_ms: cells.next()?,
        duration_ms: cells.next()?,
        created_at: cells.next()?,
        deleted_at: cells.next()?,
    })
}
