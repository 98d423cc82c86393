//! Pages of conversations: of one shelf in the person's order, of all that live, of a search of titles. A
//! page begins behind a row and is read along an index, so that the last of 50,000 costs what the first does.

use rusqlite::{Params, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::{Conversation, conversation, select_conversation};
use crate::cell::words;
use crate::search::{self, Search};
use crate::{ConversationId, Error, FolderId, Read, UnixMs};

/// Titles found at most that are sorted. Where there are more, the list is walked in its order until the page is full:
/// with so many hits that is not far.
const SORTED: i64 = 2_000;

/// Which page of which list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConversationQuery {
    /// What the person typed; "" for all. Looks at titles, on all shelves.
    pub search: String,
    /// One shelf alone; none for all of them, newest first and the archive last.
    pub shelf: Option<Shelf>,
    /// The order within a shelf.
    pub order: Order,
    /// Begin after this place; none for the first page.
    pub before: Option<Cursor>,
    /// How many at most.
    pub limit: u32,
}

/// A part of the list. Every conversation that is not in the bin stands on exactly one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum Shelf {
    /// Those kept on top.
    Pinned,
    /// Those in no folder.
    #[default]
    Loose,
    /// Those in one folder.
    Folder(FolderId),
    /// Those put away.
    Archived,
}

/// In what order a shelf is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Last written in first.
    #[default]
    Newest,
    /// Last written in last.
    Oldest,
    /// Begun last first.
    Created,
    /// By title.
    Title,
}

words!(Order else Newest { Newest = "newest", Oldest = "oldest", Created = "created", Title = "title" });

/// A place in a list of conversations. It stays good when rows come, go or move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Not in the archive.
    pub listed: bool,
    /// Among the pinned ones.
    pub pinned: bool,
    /// When it was updated.
    pub at: UnixMs,
    /// What its title is ordered by.
    pub title: String,
    /// Which one.
    pub id: ConversationId,
}

impl Conversation {
    /// Its place in its list, to ask for those after it.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            listed: self.archived_at.is_none(),
            pinned: self.pinned,
            at: self.updated_at,
            title: search::order(&self.title),
            id: self.id,
        }
    }
}

/// Before every conversation there can be.
fn top() -> Cursor {
    let id = ConversationId(Uuid::max());
    Cursor { listed: true, pinned: true, at: UnixMs::MAX, title: String::new(), id }
}

/// Behind every conversation there can be, for lists that go upwards.
fn bottom() -> Cursor {
    let id = ConversationId(Uuid::nil());
    Cursor { listed: false, pinned: false, at: UnixMs::MIN, title: String::new(), id }
}

const LIVING: &str = select_conversation!(
    "WHERE c.deleted_at IS NULL AND (c.listed, c.pinned, c.updated_at, c.id) < (?1, ?2, ?3, ?4)
     ORDER BY c.listed DESC, c.pinned DESC, c.updated_at DESC, c.id DESC LIMIT ?5"
);

const NEWEST: &str = select_conversation!(
    "WHERE c.shelf = ?1 AND (c.updated_at, c.id) < (?2, ?3)
     ORDER BY c.updated_at DESC, c.id DESC LIMIT ?4"
);

const OLDEST: &str = select_conversation!(
    "WHERE c.shelf = ?1 AND (c.updated_at, c.id) > (?2, ?3)
     ORDER BY c.updated_at, c.id LIMIT ?4"
);

/// Rows are numbered in the order in which conversations begin.
const CREATED: &str = select_conversation!(
    "WHERE c.shelf = ?1 AND c.key < coalesce((SELECT key FROM conversation WHERE id = ?2), 9223372036854775807)
     ORDER BY c.key DESC LIMIT ?3"
);

const BY_TITLE: &str = select_conversation!(
    "WHERE c.shelf = ?1 AND (c.title_order, c.id) > (?2, ?3)
     ORDER BY c.title_order, c.id LIMIT ?4"
);

/// Where many titles match: the list is walked, and who is among the hits is looked up. `+` keeps SQLite from starting
/// with the hits.
const WALKED: &str = select_conversation!(
    "WHERE c.deleted_at IS NULL AND +c.key IN (SELECT rowid FROM conversation_words(?1))
       AND (c.listed, c.pinned, c.updated_at, c.id) < (?2, ?3, ?4, ?5)
     ORDER BY c.listed DESC, c.pinned DESC, c.updated_at DESC, c.id DESC LIMIT ?6"
);

const SORTED_WORDS: &str = select_conversation!(
    "WHERE c.key IN (SELECT rowid FROM conversation_words(?1)) AND c.deleted_at IS NULL
       AND (c.listed, c.pinned, c.updated_at, c.id) < (?2, ?3, ?4, ?5)
     ORDER BY c.listed DESC, c.pinned DESC, c.updated_at DESC, c.id DESC LIMIT ?6"
);

const SORTED_SIGNS: &str = select_conversation!(
    "WHERE instr(c.title, ?1) > 0 AND c.deleted_at IS NULL
       AND (c.listed, c.pinned, c.updated_at, c.id) < (?2, ?3, ?4, ?5)
     ORDER BY c.listed DESC, c.pinned DESC, c.updated_at DESC, c.id DESC LIMIT ?6"
);

const COUNT: &str = "SELECT count(*) FROM conversation WHERE shelf = ?1";

impl Read {
    /// One page outside the bin: of a shelf, in the order asked for; else of all, pinned first, the archive last, the
    /// newest first in each.
    pub fn conversations(&self, query: &ConversationQuery) -> Result<Vec<Conversation>, Error> {
        match (Search::typed(&query.search), query.shelf) {
            (Search::All, Some(of)) => self.shelf_page(of, query),
            (Search::All, None) => {
                let after = query.before.clone().unwrap_or_else(top);
                self.page(LIVING, params![after.listed, after.pinned, after.at, after.id, query.limit])
            }
            (found, ..) => self.found_page(&found, query),
        }
    }

    /// The ids of everything that [`Read::conversations`] would list page by page, in no order.
    pub fn conversation_ids(&self, query: &ConversationQuery) -> Result<Vec<ConversationId>, Error> {
        let stand = query.shelf.map(|of| self.shelf_key(of)).transpose()?;
        let (words, signs) = match Search::typed(&query.search) {
            Search::All => (None, None),
            Search::Words(words) => (Some(words), None),
            Search::Literal(signs) => (None, Some(signs)),
        };
        let mut select = self.connection.prepare_cached(
            "SELECT id FROM conversation
             WHERE deleted_at IS NULL AND (?1 IS NULL OR shelf = ?1)
               AND (?2 IS NULL OR key IN (SELECT rowid FROM conversation_words(?2)))
               AND (?3 IS NULL OR instr(title, ?3) > 0)",
        )?;
        let rows = select.query_map(params![stand, words, signs], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How many stand on a shelf.
    pub fn shelf_count(&self, of: Shelf) -> Result<i64, Error> {
        let mut select = self.connection.prepare_cached(COUNT)?;
        Ok(select.query_row([self.shelf_key(of)?], |row| row.get(0))?)
    }

    fn shelf_page(&self, of: Shelf, query: &ConversationQuery) -> Result<Vec<Conversation>, Error> {
        let key = self.shelf_key(of)?;
        let before = query.before.clone();
        match query.order {
            Order::Newest => {
                let after = before.unwrap_or_else(top);
                self.page(NEWEST, params![key, after.at, after.id, query.limit])
            }
            Order::Oldest => {
                let after = before.unwrap_or_else(bottom);
                self.page(OLDEST, params![key, after.at, after.id, query.limit])
            }
            Order::Created => {
                let after = before.unwrap_or_else(top);
                self.page(CREATED, params![key, after.id, query.limit])
            }
            Order::Title => {
                let after = before.unwrap_or_else(bottom);
                self.page(BY_TITLE, params![key, after.title, after.id, query.limit])
            }
        }
    }

    fn found_page(&self, found: &Search, query: &ConversationQuery) -> Result<Vec<Conversation>, Error> {
        let after = query.before.clone().unwrap_or_else(top);
        let page = |sql, said| {
            self.page(sql, params![said, after.listed, after.pinned, after.at, after.id, query.limit])
        };
        match found {
            Search::Words(words) if self.is_common(words)? => page(WALKED, words),
            Search::Words(words) => page(SORTED_WORDS, words),
            Search::Literal(signs) => page(SORTED_SIGNS, signs),
            Search::All => Ok(Vec::new()),
        }
    }

    fn is_common(&self, words: &str) -> Result<bool, Error> {
        let mut select = self
            .connection
            .prepare_cached("SELECT count(*) FROM (SELECT 1 FROM conversation_words(?1) LIMIT ?2)")?;
        let count: i64 = select.query_row(params![words, SORTED], |row| row.get(0))?;
        Ok(count == SORTED)
    }

    /// The number that a shelf has in the table; that of a folder is its key.
    fn shelf_key(&self, of: Shelf) -> Result<i64, Error> {
        match of {
            Shelf::Archived => Ok(-2),
            Shelf::Pinned => Ok(-1),
            Shelf::Loose => Ok(0),
            Shelf::Folder(id) => self.folder_key(id),
        }
    }

    fn page(&self, sql: &str, params: impl Params) -> Result<Vec<Conversation>, Error> {
        let mut select = self.connection.prepare_cached(sql)?;
        let rows = select.query_map(params, conversation)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Store;

    /// How SQLite would read a page.
    fn plan(sql: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store
            .read(|read| {
                let mut explain = read.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                let rows = explain.raw_query().mapped(|row| row.get("detail"));
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            })
            .unwrap()
    }

    #[test]
    fn a_page_is_read_in_the_order_of_an_index() {
        for (sql, index) in [
            (LIVING, "conversation_list"),
            (NEWEST, "conversation_shelf"),
            (OLDEST, "conversation_shelf"),
            (CREATED, "conversation_created"),
            (BY_TITLE, "conversation_title"),
            (WALKED, "conversation_list"),
        ] {
            let plan = plan(sql);
            assert!(plan.iter().any(|line| line.contains(index)), "{index} gives the order: {plan:?}");
            assert!(!plan.iter().any(|line| line.contains("TEMP B-TREE")), "nothing is sorted: {plan:?}");
        }
    }

    #[test]
    fn a_shelf_is_counted_along_an_index() {
        let plan = plan(COUNT);
        assert!(plan[0].contains("USING INDEX conversation_created"), "not through all of them: {plan:?}");
    }
}
