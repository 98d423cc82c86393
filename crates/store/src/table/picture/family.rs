//! What a picture was made from, and what was made from it. Deleted pictures are no part of a family.

use serde::Serialize;
use ts_rs::TS;

use super::{Picture, picture, select_picture};
use crate::{ConversationId, Error, MessageId, PictureId, Read};

/// The pictures around one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PictureFamily {
    /// Those that went along when it was asked for, and the one whose prompt and settings it began with.
    pub made_from: Vec<Picture>,
    /// Those that came of the same wish.
    pub made_with: Vec<Picture>,
    /// Those that it went along for, or that began with its prompt and settings, the first first.
    pub made_into: Vec<Picture>,
}

const MADE_FROM: &str = select_picture!(
    "WHERE p.deleted_at IS NULL AND p.id <> ?1 AND p.key IN (
       SELECT g.made_from_key FROM picture o JOIN generation g ON g.key = o.generation_key WHERE o.id = ?1
       UNION ALL
       SELECT q.key FROM picture o JOIN generation_reference r ON r.generation_key = o.generation_key
         JOIN picture q ON q.media_key = r.media_key WHERE o.id = ?1)
     ORDER BY p.key LIMIT 40"
);
const MADE_WITH: &str = select_picture!(
    "WHERE p.deleted_at IS NULL AND p.id <> ?1
       AND p.generation_key = (SELECT generation_key FROM picture WHERE id = ?1)
     ORDER BY p.key LIMIT 40"
);
const MADE_INTO: &str = select_picture!(
    "WHERE p.deleted_at IS NULL AND p.id <> ?1 AND p.generation_key IN (
       SELECT g.key FROM picture o JOIN generation g ON g.made_from_key = o.key WHERE o.id = ?1
       UNION ALL
       SELECT r.generation_key FROM picture o JOIN generation_reference r ON r.media_key = o.media_key
       WHERE o.id = ?1)
     ORDER BY p.key LIMIT 40"
);

const SAME: &str = select_picture!(
    "WHERE p.deleted_at IS NULL AND p.away = 0 AND p.id <> ?1
       AND p.media_key = (SELECT media_key FROM picture WHERE id = ?1)
     ORDER BY p.key LIMIT 40"
);
const MESSAGES: &str = "SELECT m.id, c.id, c.title, max(a.role = 'sent') FROM picture p
     JOIN attachment a ON a.media_key = p.media_key
     JOIN message m ON m.key = a.message_key
     JOIN conversation c ON c.key = m.conversation_key
     WHERE p.id = ?1 AND m.deleted_at IS NULL AND c.deleted_at IS NULL
     GROUP BY m.key ORDER BY min(a.key) LIMIT 40";

/// A message that the file of a picture came with or went along with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PictureMessage {
    /// The message.
    pub message_id: MessageId,
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// What that is called.
    pub title: String,
    /// The person sent it along; else a model brought it.
    pub sent: bool,
}

impl Read {
    /// The family of a picture.
    pub fn picture_family(&self, id: PictureId) -> Result<PictureFamily, Error> {
        let all = |sql: &str| -> Result<Vec<Picture>, Error> {
            let mut select = self.connection.prepare_cached(sql)?;
            let rows = select.query_map([id], picture)?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        };
        Ok(PictureFamily {
            made_from: all(MADE_FROM)?,
            made_with: all(MADE_WITH)?,
            made_into: all(MADE_INTO)?,
        })
    }

    /// The other pictures of the gallery whose file is the same.
    pub fn same_pictures(&self, id: PictureId) -> Result<Vec<Picture>, Error> {
        let mut select = self.connection.prepare_cached(SAME)?;
        let rows = select.query_map([id], picture)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The messages that the file of a picture came with or went along with, the first first; none of those in the bin.
    pub fn picture_messages(&self, id: PictureId) -> Result<Vec<PictureMessage>, Error> {
        let mut select = self.connection.prepare_cached(MESSAGES)?;
        let rows = select.query_map([id], |row| {
            Ok(PictureMessage {
                message_id: row.get(0)?,
                conversation_id: row.get(1)?,
                title: row.get(2)?,
                sent: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::{MADE_FROM, MADE_INTO, MADE_WITH, MESSAGES, SAME};
    use crate::Store;

    #[test]
    fn a_family_is_found_among_many_without_looking_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        for sql in [MADE_FROM, MADE_WITH, MADE_INTO, SAME, MESSAGES] {
            let plan: Vec<String> = store
                .read(|read| {
                    let mut explain = read.connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}"))?;
                    let rows = explain.query_map([crate::PictureId::new()], |row| row.get("detail"))?;
                    Ok(rows.collect::<rusqlite::Result<_>>()?)
                })
                .unwrap();
            assert!(!plan.iter().any(|line| line.starts_with("SCAN")), "{plan:?}");
        }
    }
}
