//! Finding messages by what was said in them: the newest first, for the words are looked for while they are typed, and
//! ranking all hits of a common word takes a thousand times as long as taking the newest.

use std::collections::HashSet;

use rusqlite::{Row, params};
use serde::Serialize;
use ts_rs::TS;

use super::Role;
use crate::cell::Cells;
use crate::search::{Piece, Said};
use crate::{ConversationId, Error, MessageId, Read, UnixMs};

/// Which page of what was said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SaidQuery {
    /// What the person typed.
    pub search: String,
    /// Leave this conversation out.
    pub but: Option<ConversationId>,
    /// Begin behind this message; none for the first page.
    pub after: Option<MessageId>,
    /// How many at most.
    pub limit: u32,
}

/// A message that says what was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Found {
    /// The message.
    pub message_id: MessageId,
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// The title of that.
    pub title: String,
    /// The conversation is in the archive.
    pub archived: bool,
    /// Who speaks.
    pub role: Role,
    /// The model asked; "" on the person's own messages.
    pub model: String,
    /// When it was written.
    #[ts(type = "number")]
    pub created_at: UnixMs,
    /// The part that shows why it was found.
    pub excerpt: Vec<Piece>,
}

/// `CROSS JOIN` keeps SQLite from starting anywhere but with the words, whose order is that of the page.
const SAID: &str = "
    SELECT m.id, c.id, c.title, c.archived_at IS NOT NULL, m.role, m.model, m.created_at, b.text, b.suffix
    FROM message_words w
    CROSS JOIN message m ON m.key = w.rowid
    CROSS JOIN conversation c ON c.key = m.conversation_key
    CROSS JOIN message_body b ON b.key = m.key
    WHERE message_words MATCH ?1 AND w.rowid < ?2 AND m.deleted_at IS NULL AND c.deleted_at IS NULL AND c.id IS NOT ?4
    ORDER BY w.rowid DESC LIMIT ?3";

impl Read {
    /// One page of messages that say what was typed, the last written first, in conversations outside the bin.
    pub fn said(&self, query: &SaidQuery) -> Result<Vec<Found>, Error> {
        let said = Said::typed(&query.search);
        let Some(words) = said.query() else { return Ok(Vec::new()) };
        let before = query.after.map_or(Ok(i64::MAX), |id| self.message_key(id))?;
        let mut select = self.connection.prepare_cached(SAID)?;
        let rows =
            select.query_map(params![words, before, query.limit, query.but], |row| found(row, &said))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The messages of one conversation that say what was typed, of all its branches.
    pub fn said_in(&self, conversation: ConversationId, typed: &str) -> Result<HashSet<MessageId>, Error> {
        let Some(words) = Said::typed(typed).query() else { return Ok(HashSet::new()) };
        let key = self.conversation_key(conversation)?;
        let mut select = self.connection.prepare_cached(
            "SELECT m.id FROM message_words w CROSS JOIN message m ON m.key = w.rowid
             WHERE message_words MATCH ?1 AND m.conversation_key = ?2 AND m.deleted_at IS NULL
               AND w.rowid BETWEEN (SELECT min(key) FROM message WHERE conversation_key = ?2)
                               AND (SELECT max(key) FROM message WHERE conversation_key = ?2)",
        )?;
        let rows = select.query_map(params![words, key], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn message_key(&self, id: MessageId) -> Result<i64, Error> {
        let mut select = self.connection.prepare_cached("SELECT key FROM message WHERE id = ?1")?;
        Ok(select.query_row([id], |row| row.get(0))?)
    }
}

fn found(row: &Row, said: &Said) -> rusqlite::Result<Found> {
    let mut cells = Cells::of(row);
    Ok(Found {
        message_id: cells.next()?,
        conversation_id: cells.next()?,
        title: cells.next()?,
        archived: cells.next()?,
        role: cells.next()?,
        model: cells.next()?,
        created_at: cells.next()?,
        excerpt: {
            let (text, suffix): (String, String) = (cells.next()?, cells.next()?);
            said.excerpt(&super::words::spoken(&text, &suffix))
        },
    })
}

#[cfg(test)]
mod tests {
    use super::SAID;
    use crate::Store;

    #[test]
    fn a_page_is_read_in_the_order_of_the_words() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let plan: Vec<String> = store
            .read(|read| {
                let mut explain = read.connection.prepare(&format!("EXPLAIN QUERY PLAN {SAID}"))?;
                let rows =
                    explain.query_map(rusqlite::params!["a", 0, 0, None::<i64>], |row| row.get("detail"))?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            })
            .unwrap();
        assert!(plan[0].contains("VIRTUAL TABLE"), "the words come first: {plan:?}");
        assert!(!plan.iter().any(|line| line.contains("TEMP B-TREE")), "nothing is sorted: {plan:?}");
    }
}
