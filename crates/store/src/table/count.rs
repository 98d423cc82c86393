//! How many rows there are, for the storage page and the log.

use crate::{Error, Read};

/// How much the store holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Conversations, those in the bin included.
    pub conversations: i64,
    /// Messages of all branches, deleted ones included.
    pub messages: i64,
}

impl Read {
    /// Counts all rows; takes some milliseconds per 100,000 messages.
    pub fn counts(&self) -> Result<Counts, Error> {
        let mut select = self
            .connection
            .prepare_cached("SELECT (SELECT count(*) FROM conversation), (SELECT count(*) FROM message)")?;
        Ok(select.query_row([], |row| Ok(Counts { conversations: row.get(0)?, messages: row.get(1)? }))?)
    }
}
