//! The recycle bin: everything that was deleted and can still be brought back, whatever it is.

use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::cell::Cells;
use crate::{
    AlbumId, ConversationId, Error, MediaId, MessageId, PictureId, Read, RecordingId, SoundId, UnixMs, Write,
};

/// What can lie in the bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Binned {
    /// A conversation with all its messages.
    Conversation(ConversationId),
    /// One message of a conversation that is not in the bin.
    Message(MessageId),
    /// A picture of the gallery.
    Picture(PictureId),
    /// An album; its pictures stay in the gallery.
    Album(AlbumId),
    /// A sound.
    Sound(SoundId),
    /// A recording with what is said in it.
    Recording(RecordingId),
}

/// One thing in the bin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BinRow {
    /// What it is.
    pub what: Binned,
    /// Its title, or how it begins; "" where there is neither.
    pub name: String,
    /// Where a message was said.
    pub conversation_id: Option<ConversationId>,
    /// The title of that conversation.
    pub conversation: String,
    /// The file of a picture.
    pub media_id: Option<MediaId>,
    /// When it was deleted.
    #[ts(type = "number")]
    pub deleted_at: UnixMs,
}

/// The newest of each kind along its index, then the newest of these.
const LIST: &str = "
    SELECT * FROM (
      SELECT 'conversation', id, title, NULL, '', NULL, deleted_at FROM conversation INDEXED BY conversation_bin
      WHERE deleted_at IS NOT NULL AND (deleted_at, id) < (?1, ?2) ORDER BY deleted_at DESC, id DESC LIMIT ?3)
    UNION ALL
    SELECT * FROM (
      SELECT 'message', m.id, substr(b.text, 1, 120), c.id, c.title, NULL, m.deleted_at
      FROM message m INDEXED BY message_bin
      CROSS JOIN conversation c ON c.key = m.conversation_key CROSS JOIN message_body b ON b.key = m.key
      WHERE m.deleted_at > 0 AND (m.deleted_at, m.id) < (?1, ?2) AND c.deleted_at IS NULL
      ORDER BY m.deleted_at DESC, m.id DESC LIMIT ?3)
    UNION ALL
    SELECT * FROM (
      SELECT 'picture', p.id, substr(ifnull(g.prompt, ''), 1, 120), NULL, '', d.hash, p.deleted_at
      FROM picture p INDEXED BY picture_bin
      LEFT JOIN media d ON d.key = p.media_key LEFT JOIN generation g ON g.key = p.generation_key
      WHERE p.deleted_at IS NOT NULL AND (p.deleted_at, p.id) < (?1, ?2)
      ORDER BY p.deleted_at DESC, p.id DESC LIMIT ?3)
    UNION ALL
    SELECT * FROM (
      SELECT 'album', id, name, NULL, '', NULL, deleted_at FROM album INDEXED BY album_bin
      WHERE deleted_at IS NOT NULL AND (deleted_at, id) < (?1, ?2) ORDER BY deleted_at DESC, id DESC LIMIT ?3)
    UNION ALL
    SELECT * FROM (
      SELECT 'sound', id, title, NULL, '', NULL, deleted_at FROM sound INDEXED BY sound_bin
      WHERE deleted_at IS NOT NULL AND (deleted_at, id) < (?1, ?2) ORDER BY deleted_at DESC, id DESC LIMIT ?3)
    UNION ALL
    SELECT * FROM (
      SELECT 'recording', id, name, NULL, '', NULL, deleted_at FROM recording INDEXED BY recording_bin
      WHERE deleted_at IS NOT NULL AND (deleted_at, id) < (?1, ?2) ORDER BY deleted_at DESC, id DESC LIMIT ?3)
    ORDER BY 7 DESC, 2 DESC LIMIT ?3";

impl Read {
    /// Some of what lies in the bin, the last deleted first: behind `after`, or from the beginning.
    pub fn bin(&self, after: Option<&BinRow>, count: u32) -> Result<Vec<BinRow>, Error> {
        let (at, id) = after.map_or((UnixMs::MAX, Uuid::max()), |row| (row.deleted_at, row.what.id()));
        let mut select = self.connection.prepare_cached(LIST)?;
        let rows = select.query_map(params![at, id.as_bytes().as_slice(), count], binned)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Binned {
    fn id(self) -> Uuid {
        match self {
            Self::Conversation(id) => id.0,
            Self::Message(id) => id.0,
            Self::Picture(id) => id.0,
            Self::Album(id) => id.0,
            Self::Sound(id) => id.0,
            Self::Recording(id) => id.0,
        }
    }
}

impl Write {
    /// Removes for good what went to the bin before `before`. Files go later, when nothing has mentioned them for a while.
    pub fn purge_bin(&self, before: UnixMs) -> Result<(), Error> {
        self.purge_conversations(before)?;
        self.purge_messages(before)?;
        self.purge_pictures(before)?;
        self.purge_albums(before)?;
        self.purge_sounds(before)?;
        self.purge_recordings(before)?;
        Ok(())
    }
}

fn binned(row: &Row) -> rusqlite::Result<BinRow> {
    let mut cells = Cells::of(row);
    let kind: String = cells.next()?;
    Ok(BinRow {
        what: match kind.as_str() {
            "conversation" => Binned::Conversation(cells.next()?),
            "message" => Binned::Message(cells.next()?),
            "picture" => Binned::Picture(cells.next()?),
            "album" => Binned::Album(cells.next()?),
            "sound" => Binned::Sound(cells.next()?),
            _ => Binned::Recording(cells.next()?),
        },
        name: cells.next()?,
        conversation_id: cells.next()?,
        conversation: cells.next()?,
        media_id: cells.next()?,
        deleted_at: cells.next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::LIST;
    use crate::Store;

    #[test]
    fn a_page_is_read_along_the_indexes_of_the_bin() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let plan: Vec<String> = store
            .read(|read| {
                let mut explain = read.connection.prepare(&format!("EXPLAIN QUERY PLAN {LIST}"))?;
                let rows = explain.raw_query().mapped(|row| row.get("detail"));
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            })
            .unwrap();
        for index in
            ["conversation_bin", "message_bin", "picture_bin", "album_bin", "sound_bin", "recording_bin"]
        {
            assert!(
                plan.iter().any(|line| line.contains("SEARCH") && line.contains(index)),
                "{index}: {plan:?}"
            );
        }
    }
}
