//! Work that a migration left for a quiet moment, done in small steps, the newest rows first. A step is one transaction
//! that also notes how far it came, so that a kill costs at most one step.

use rusqlite::{OptionalExtension, params};

use crate::{Error, Read, Write, search};

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// Messages still to be looked through, about.
    pub left: i64,
    /// All messages there are, about.
    pub of: i64,
}

const TITLES: &str = "title_order";
const WORDS: &str = "message_words";

impl Read {
    /// What is left to do; none when all is done.
    pub fn backlog(&self) -> Result<Option<Backlog>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT coalesce(max(upto), 0), (SELECT coalesce(max(key), 0) FROM message)
             FROM backlog HAVING count(*) > 0",
        )?;
        Ok(select.query_row([], |row| Ok(Backlog { left: row.get(0)?, of: row.get(1)? })).optional()?)
    }

    fn upto(&self, work: &str) -> Result<Option<i64>, Error> {
        let mut select = self.connection.prepare_cached("SELECT upto FROM backlog WHERE work = ?1")?;
        Ok(select.query_row([work], |row| row.get(0)).optional()?)
    }
}

impl Write {
    /// Does the next `rows` of what is left. True while there is more.
    pub fn work_off(&self, rows: u32) -> Result<bool, Error> {
        if let Some(upto) = self.upto(TITLES)? {
            let keys = self.keys(
                "SELECT key FROM conversation WHERE key <= ?1 ORDER BY key DESC LIMIT ?2",
                upto,
                rows,
            )?;
            keys.iter().try_for_each(|key| self.order_title(*key))?;
            self.note(TITLES, &keys)?;
        } else if let Some(upto) = self.upto(WORDS)? {
            let keys =
                self.keys("SELECT key FROM message WHERE key <= ?1 ORDER BY key DESC LIMIT ?2", upto, rows)?;
            keys.iter().try_for_each(|key| self.index_message(*key))?;
            self.note(WORDS, &keys)?;
        }
        Ok(self.backlog()?.is_some())
    }

    fn keys(&self, sql: &str, upto: i64, rows: u32) -> Result<Vec<i64>, Error> {
        let mut select = self.connection.prepare_cached(sql)?;
        let keys = select.query_map(params![upto, rows], |row| row.get(0))?;
        Ok(keys.collect::<rusqlite::Result<_>>()?)
    }

    fn order_title(&self, key: i64) -> Result<(), Error> {
        let title: String = self
            .connection
            .prepare_cached("SELECT title FROM conversation WHERE key = ?1")?
            .query_row([key], |row| row.get(0))?;
        self.connection
            .prepare_cached("UPDATE conversation SET title_order = ?2 WHERE key = ?1")?
            .execute(params![key, search::order(&title)])?;
        Ok(())
    }

    /// Notes that these rows, which came in falling order, are done; with none of them the work is.
    fn note(&self, work: &str, done: &[i64]) -> Result<(), Error> {
        let Some(last) = done.last() else {
            self.connection.prepare_cached("DELETE FROM backlog WHERE work = ?1")?.execute([work])?;
            return Ok(());
        };
        self.connection
            .prepare_cached("UPDATE backlog SET upto = ?2 WHERE work = ?1")?
            .execute(params![work, last - 1])?;
        Ok(())
    }
}
