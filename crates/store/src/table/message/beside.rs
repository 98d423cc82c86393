//! Answers shown side by side: which, in what order, and whether they are shown so now. Decides nothing about which.

use rusqlite::params;

use crate::store::must_touch_one;
use crate::{Error, MessageId, Read, Write};

impl Read {
    /// The living answers to a question that have a place side by side, in that order.
    pub fn beside(&self, question: MessageId) -> Result<Vec<MessageId>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT a.id
             FROM message q
             CROSS JOIN message a ON a.conversation_key = q.conversation_key AND a.parent_key = q.key
               AND a.deleted_at IS NULL
             WHERE q.id = ?1 AND a.role = 'assistant' AND a.beside > 0
             ORDER BY a.beside, a.key",
        )?;
        let rows = select.query_map([question], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The ids of all messages before one, the nearest first, deleted ones among them.
    pub fn ancestors(&self, id: MessageId) -> Result<Vec<MessageId>, Error> {
        let mut select = self.connection.prepare_cached(
            "WITH RECURSIVE up (key, parent_key, depth) AS (
               SELECT key, parent_key, 0 FROM message WHERE id = ?1
               UNION ALL
               SELECT m.key, m.parent_key, depth + 1 FROM up CROSS JOIN message m ON m.key = up.parent_key
             )
             SELECT m.id FROM up CROSS JOIN message m ON m.key = up.key WHERE up.depth > 0 ORDER BY up.depth",
        )?;
        let rows = select.query_map([id], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Write {
    /// Gives an answer its place side by side, from 1, or takes it away with 0. On a question: 1 shows its answers side
    /// by side, 0 shows one of them.
    pub fn set_beside(&self, id: MessageId, place: i64) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached("UPDATE message SET beside = ?2 WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, place])?)
    }
}
