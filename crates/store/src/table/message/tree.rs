//! The shape of a conversation's tree: outline, siblings, leaves. Never reads what was said.

use rusqlite::Row;

use super::OutlineEntry;
use crate::cell::Cells;
use crate::{ConversationId, Error, MessageId, Read};

/// The branch shown, each with its place among its living siblings.
const OUTLINE: &str = "
    WITH RECURSIVE up (key, parent_key, depth) AS (
      SELECT m.key, m.parent_key, 0
      FROM conversation c CROSS JOIN message m ON m.key = c.head_key
      WHERE c.key = ?1
      UNION ALL
      SELECT m.key, m.parent_key, depth + 1 FROM up CROSS JOIN message m ON m.key = up.parent_key
    )
    SELECT m.id, m.role, m.length, sum(s.key <= m.key), count(*)
    FROM up
    CROSS JOIN message m ON m.key = up.key
    CROSS JOIN message s
      ON s.conversation_key = ?1 AND s.parent_key IS m.parent_key AND s.deleted_at IS NULL
    WHERE m.deleted_at IS NULL
    GROUP BY up.depth
    ORDER BY up.depth DESC";

impl Read {
    /// The whole branch shown, oldest first, deleted messages left out.
    pub fn outline(&self, conversation: ConversationId) -> Result<Vec<OutlineEntry>, Error> {
        let key = self.conversation_key(conversation)?;
        let mut select = self.connection.prepare_cached(OUTLINE)?;
        let rows = select.query_map([key], entry)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The living messages with the same parent, itself included, in the order they were made.
    pub fn siblings(&self, id: MessageId) -> Result<Vec<MessageId>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT s.id
             FROM message m
             CROSS JOIN message s
               ON s.conversation_key = m.conversation_key AND s.parent_key IS m.parent_key
                  AND s.deleted_at IS NULL
             WHERE m.id = ?1
             ORDER BY s.key",
        )?;
        let rows = select.query_map([id], |row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The end of the branch that goes on from a message by its newest child each time. Deleted children are
    /// followed only where no living one is, for what follows them may still be shown.
    pub fn newest_leaf(&self, id: MessageId) -> Result<MessageId, Error> {
        let mut select = self.connection.prepare_cached(
            "WITH RECURSIVE down (key, conversation_key, depth) AS (
               SELECT key, conversation_key, 0 FROM message WHERE id = ?1
               UNION ALL
               SELECT (SELECT key FROM message
                       WHERE conversation_key = down.conversation_key AND parent_key = down.key
                       ORDER BY deleted_at IS NOT NULL, key DESC LIMIT 1),
                      conversation_key, depth + 1
               FROM down WHERE key IS NOT NULL
             )
             SELECT m.id FROM down CROSS JOIN message m ON m.key = down.key ORDER BY depth DESC LIMIT 1",
        )?;
        Ok(select.query_row([id], |row| row.get(0))?)
    }
}

fn entry(row: &Row) -> rusqlite::Result<OutlineEntry> {
    let mut cells = Cells::of(row);
    Ok(OutlineEntry {
        id: cells.next()?,
        role: cells.next()?,
        length: cells.next()?,
        version: cells.next()?,
        versions: cells.next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::OUTLINE;
    use crate::Store;

    #[test]
    fn an_outline_never_scans_a_table() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let plan: Vec<String> = store
            .read(|read| {
                let mut explain = read.connection.prepare(&format!("EXPLAIN QUERY PLAN {OUTLINE}"))?;
                let rows = explain.query_map([0], |row| row.get("detail"))?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            })
            .unwrap();
        let scans: Vec<_> =
            plan.iter().filter(|line| line.starts_with("SCAN") && *line != "SCAN up").collect();
        assert!(scans.is_empty(), "10,000 messages among a million need indexes, not {scans:?}");
        let siblings = plan.iter().any(|line| line.contains("COVERING INDEX message_children"));
        assert!(siblings, "siblings are counted in the index alone: {plan:?}");
    }
}
