//! The shape of a conversation's tree: outline, siblings, leaves. Never reads what was said.

use std::collections::HashMap;
use std::iter::successors;

use rusqlite::Row;

use super::{OutlineEntry, Role};
use crate::cell::Cells;
use crate::{ConversationId, Error, MessageId, Read, UnixMs};

/// All messages of a conversation in the order they were made. One walk along an index and the branch found in
/// memory take a fraction of the time of a recursive query, which seeks for every step.
const NODES: &str = "
    SELECT key, parent_key, id, role, length, beside, deleted_at FROM message WHERE conversation_key = ?1 ORDER BY key";

impl Read {
    /// The whole branch shown, oldest first, deleted messages left out.
    pub fn outline(&self, conversation: ConversationId) -> Result<Vec<OutlineEntry>, Error> {
        let tree = self.tree(self.conversation_key(conversation)?)?;
        let up = successors(self.head_key(conversation)?, |key| tree.nodes.get(key)?.parent);
        let shown = up.filter_map(|key| tree.nodes.get(&key)).filter(|node| !node.deleted);
        let mut outline: Vec<OutlineEntry> = shown.map(|node| tree.entry(node)).collect();
        outline.reverse();
        Ok(outline)
    }

    /// The ids of all messages of a conversation, of all branches and the deleted ones too, in the order they were made.
    pub fn message_ids(&self, conversation: ConversationId) -> Result<Vec<MessageId>, Error> {
        let key = self.conversation_key(conversation)?;
        let mut select = self
            .connection
            .prepare_cached("SELECT id FROM message WHERE conversation_key = ?1 ORDER BY key")?;
        let rows = select.query_map([key], |row| row.get(0))?;
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

    /// The end of the branch that goes on from a message: where it was left, and from there by the newest child each
    /// time. Deleted children are followed only where no living one is, for what follows them may still be shown.
    pub fn last_leaf(&self, id: MessageId) -> Result<MessageId, Error> {
        let mut select = self.connection.prepare_cached(
            "WITH RECURSIVE down (key, conversation_key, depth) AS (
               SELECT ifnull(leaf_key, key), conversation_key, 0 FROM message WHERE id = ?1
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

    fn tree(&self, conversation_key: i64) -> Result<Tree, Error> {
        let mut select = self.connection.prepare_cached(NODES)?;
        let mut rows = select.query([conversation_key])?;
        let mut tree = Tree::default();
        while let Some(row) = rows.next()? {
            tree.add(row)?;
        }
        Ok(tree)
    }
}

/// A conversation's messages without what was said, by key.
#[derive(Default)]
struct Tree {
    nodes: HashMap<i64, Node>,
    /// How many living children each parent has; none is the parent of first messages.
    children: HashMap<Option<i64>, i64>,
    /// The answers that have a place side by side, by their question.
    beside: HashMap<i64, Vec<i64>>,
}

struct Node {
    parent: Option<i64>,
    id: MessageId,
    role: Role,
    length: i64,
    /// As in the row: a place among answers, or that answers are shown side by side.
    beside: i64,
    deleted: bool,
    /// Its place among its living siblings, from 1.
    version: i64,
}

impl Tree {
    fn entry(&self, node: &Node) -> OutlineEntry {
        let versions = self.children.get(&node.parent).copied().unwrap_or(node.version);
        let beside = self.beside(node);
        OutlineEntry {
            id: node.id,
            role: node.role,
            length: beside.iter().map(|other| other.length).max().unwrap_or(node.length),
            version: node.version,
            versions,
            beside: beside.into_iter().map(|other| other.id).collect(),
        }
    }

    /// The answers shown side by side in the place of one; none while it is shown alone.
    fn beside(&self, node: &Node) -> Vec<&Node> {
        let question = node.parent.filter(|_| node.beside > 0);
        let shown = question.filter(|key| self.nodes.get(key).is_some_and(|question| question.beside > 0));
        let keys = shown.and_then(|key| self.beside.get(&key)).filter(|keys| keys.len() > 1);
        let mut nodes: Vec<_> = keys.into_iter().flatten().filter_map(|key| self.nodes.get(key)).collect();
        nodes.sort_by_key(|other| other.beside);
        nodes
    }

    /// Adds a row of [`NODES`].
    fn add(&mut self, row: &Row) -> rusqlite::Result<()> {
        let mut cells = Cells::of(row);
        let key: i64 = cells.next()?;
        let mut node = Node {
            parent: cells.next()?,
            id: cells.next()?,
            role: cells.next()?,
            length: cells.next()?,
            beside: cells.next()?,
            deleted: cells.next::<Option<UnixMs>>()?.is_some(),
            version: 0,
        };
        if !node.deleted {
            let children = self.children.entry(node.parent).or_default();
            *children += 1;
            node.version = *children;
            if let Some(question) = node.parent.filter(|_| node.beside > 0 && node.role == Role::Assistant) {
                self.beside.entry(question).or_default().push(key);
            }
        }
        self.nodes.insert(key, node);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::NODES;
    use crate::Store;

    #[test]
    fn an_outline_walks_along_an_index() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let plan: Vec<String> = store
            .read(|read| {
                let mut explain = read.connection.prepare(&format!("EXPLAIN QUERY PLAN {NODES}"))?;
                let rows = explain.query_map([0], |row| row.get("detail"))?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            })
            .unwrap();
        assert_eq!(plan.len(), 1, "one walk, nothing sorted: {plan:?}");
        assert!(plan[0].starts_with("SEARCH message USING INDEX"), "not through a million others: {plan:?}");
    }
}
