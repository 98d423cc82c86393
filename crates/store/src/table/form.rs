//! That an answer was asked for as data, and by which schema: kept with the message, so that it is read as data for
//! ever, whatever the conversation asks for later.

use rusqlite::{OptionalExtension, params};

use crate::{Error, MessageId, Read, Write};

impl Read {
    /// The schema that an answer was asked to fit, "" for any JSON; none when it was asked for in words.
    pub fn form(&self, id: MessageId) -> Result<Option<String>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT schema FROM message_form WHERE key = (SELECT key FROM message WHERE id = ?1)",
        )?;
        Ok(select.query_row([id], |row| row.get(0)).optional()?)
    }

    /// True when an answer was asked for as data.
    pub fn has_form(&self, id: MessageId) -> Result<bool, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM message_form WHERE key = (SELECT key FROM message WHERE id = ?1))",
        )?;
        Ok(select.query_row([id], |row| row.get(0))?)
    }
}

impl Write {
    /// Keeps what form an answer was asked for in; none is "in words". [`Error::NotFound`] without the message.
    pub fn set_form(&self, id: MessageId, schema: Option<&str>) -> Result<(), Error> {
        let key: i64 = self
            .connection
            .prepare_cached("SELECT key FROM message WHERE id = ?1")?
            .query_row([id], |row| row.get(0))?;
        match schema {
            Some(schema) => self
                .connection
                .prepare_cached("INSERT OR REPLACE INTO message_form (key, schema) VALUES (?1, ?2)")?
                .execute(params![key, schema])?,
            None => {
                self.connection.prepare_cached("DELETE FROM message_form WHERE key = ?1")?.execute([key])?
            }
        };
        Ok(())
    }
}
