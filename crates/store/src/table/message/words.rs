//! The index of what was said, kept in step with the messages by the writes themselves: what is in the database can be
//! found, whatever kills the program. Text that is still being received is not in it.

use std::borrow::Cow;

use rusqlite::{OptionalExtension, params};

use super::MessageState;
use crate::{Error, MessageId, Write, search};

impl Write {
    /// Makes a message findable, or, when it is deleted or still being received, not.
    pub(crate) fn index_message(&self, key: i64) -> Result<(), Error> {
        let row = self
            .connection
            .prepare_cached(
                "SELECT m.state, m.deleted_at IS NOT NULL, b.text, b.suffix
                 FROM message m CROSS JOIN message_body b ON b.key = m.key WHERE m.key = ?1",
            )?
            .query_row([key], |row| {
                let (text, suffix): (String, String) = (row.get(2)?, row.get(3)?);
                Ok((
                    row.get::<_, MessageState>(0)?,
                    row.get::<_, bool>(1)?,
                    spoken(&text, &suffix).into_owned(),
                ))
            })
            .optional()?;
        match row {
            Some((state, false, said)) if state != MessageState::Streaming => self.put_words(key, &said),
            _ => self.drop_words(key),
        }
    }

    /// Makes what a message says findable.
    pub(super) fn put_words(&self, key: i64, said: &str) -> Result<(), Error> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO message_words (rowid, words) VALUES (?1, ?2)")?
            .execute(params![key, search::index(said)])?;
        Ok(())
    }

    /// Makes all messages of a conversation unfindable, before they are removed for good.
    pub(crate) fn drop_words_of(&self, conversation_key: i64) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "DELETE FROM message_words WHERE rowid IN (SELECT key FROM message WHERE conversation_key = ?1)",
            )?
            .execute([conversation_key])?;
        Ok(())
    }

    /// As [`Write::index_message`], by id.
    pub(super) fn index_by_id(&self, id: MessageId) -> Result<(), Error> {
        let mut select = self.connection.prepare_cached("SELECT key FROM message WHERE id = ?1")?;
        let key = select.query_row([id], |row| row.get(0))?;
        self.index_message(key)
    }

    fn drop_words(&self, key: i64) -> Result<(), Error> {
        self.connection.prepare_cached("DELETE FROM message_words WHERE rowid = ?1")?.execute([key])?;
        Ok(())
    }
}

/// What a message says: its text and, where a gap was filled, what stands behind the gap.
pub(super) fn spoken<'text>(text: &'text str, suffix: &str) -> Cow<'text, str> {
    if suffix.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(format!("{text}\n{suffix}")) }
}
