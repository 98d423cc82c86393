//! Pages of conversations, with or without a search of their titles.

use rusqlite::{Params, params};
use uuid::Uuid;

use super::{Conversation, conversation, select_conversation};
use crate::search::Search;
use crate::{ConversationId, Error, Read, UnixMs};

/// Which page of which list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConversationQuery {
    /// What the person typed; "" for all. Looks at titles.
    pub search: String,
    /// The recycle bin instead of the living.
    pub bin: bool,
    /// Begin after this place; none for the first page.
    pub before: Option<Cursor>,
    /// How many at most.
    pub limit: u32,
}

/// A place in a list of conversations. It stays good when rows come, go or move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Among the pinned ones.
    pub pinned: bool,
    /// When it was updated or, in the bin, deleted.
    pub at: UnixMs,
    /// Which one.
    pub id: ConversationId,
}

impl Conversation {
    /// Its place in its list, to ask for those after it.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            pinned: self.pinned && self.deleted_at.is_none(),
            at: self.deleted_at.unwrap_or(self.updated_at),
            id: self.id,
        }
    }
}

/// Before every conversation there can be.
const TOP: Cursor = Cursor { pinned: true, at: UnixMs::MAX, id: ConversationId(Uuid::max()) };

const LIVING: &str = select_conversation!(
    "WHERE c.deleted_at IS NULL AND (c.pinned, c.updated_at, c.id) < (?1, ?2, ?3)
     ORDER BY c.pinned DESC, c.updated_at DESC, c.id DESC LIMIT ?4"
);

const BINNED: &str = select_conversation!(
    "WHERE c.deleted_at IS NOT NULL AND (c.deleted_at, c.id) < (?1, ?2)
     ORDER BY c.deleted_at DESC, c.id DESC LIMIT ?3"
);

impl Read {
    /// One page: pinned first, then the newest; in the bin the last deleted first.
    pub fn conversations(&self, query: &ConversationQuery) -> Result<Vec<Conversation>, Error> {
        let after = query.before.unwrap_or(TOP);
        match (Search::typed(&query.search), query.bin) {
            (Search::All, false) => self.page(LIVING, params![after.pinned, after.at, after.id, query.limit]),
            (Search::All, true) => self.page(BINNED, params![after.at, after.id, query.limit]),
            (Search::Words(words), bin) => self.page(
                select_conversation!(
                    "WHERE c.key IN (SELECT rowid FROM conversation_words WHERE conversation_words MATCH ?1)
                       AND (c.deleted_at IS NOT NULL) = ?2
                       AND (iif(?2, 0, c.pinned), coalesce(c.deleted_at, c.updated_at), c.id) < (?3, ?4, ?5)
                     ORDER BY iif(?2, 0, c.pinned) DESC, coalesce(c.deleted_at, c.updated_at) DESC, c.id DESC
                     LIMIT ?6"
                ),
                params![words, bin, after.pinned, after.at, after.id, query.limit],
            ),
            (Search::Literal(signs), bin) => self.page(
                select_conversation!(
                    "WHERE instr(c.title, ?1) > 0
                       AND (c.deleted_at IS NOT NULL) = ?2
                       AND (iif(?2, 0, c.pinned), coalesce(c.deleted_at, c.updated_at), c.id) < (?3, ?4, ?5)
                     ORDER BY iif(?2, 0, c.pinned) DESC, coalesce(c.deleted_at, c.updated_at) DESC, c.id DESC
                     LIMIT ?6"
                ),
                params![signs, bin, after.pinned, after.at, after.id, query.limit],
            ),
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
    use super::{BINNED, LIVING};
    use crate::Store;

    #[test]
    fn a_page_is_read_in_the_order_of_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for (sql, index) in [(LIVING, "conversation_list"), (BINNED, "conversation_bin")] {
            let plan: Vec<String> = store
                .read(|read| {
                    let mut explain = read.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                    let rows = explain.raw_query().mapped(|row| row.get("detail"));
                    Ok(rows.collect::<rusqlite::Result<_>>()?)
                })
                .unwrap();
            assert!(plan.iter().any(|line| line.contains(index)), "{index} gives the order: {plan:?}");
            assert!(!plan.iter().any(|line| line.contains("TEMP B-TREE")), "nothing is sorted: {plan:?}");
        }
    }
}
