//! The recycle bin: everything that was deleted and can still be brought back, whatever it is.

use rusqlite::Row;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::cell::Cells;
use crate::{AlbumId, ConversationId, Error, MediaId, MessageId, PictureId, Read, SoundId, UnixMs, Write};

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
}

/// One thing in the bin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
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

/// How much of a text is its name, in characters.
macro_rules! name_length {
    () => {
        "120"
    };
}

const LIST: &str = concat!(
    "SELECT 'conversation', id, title, NULL, '', NULL, deleted_at FROM conversation WHERE deleted_at IS NOT NULL
     UNION ALL
     SELECT 'message', m.id, substr(b.text, 1, ",
    name_length!(),
    "), c.id, c.title, NULL, m.deleted_at
     FROM message m JOIN message_body b ON b.key = m.key JOIN conversation c ON c.key = m.conversation_key
     WHERE m.deleted_at > 0 AND c.deleted_at IS NULL
     UNION ALL
     SELECT 'picture', p.id, substr(ifnull(g.prompt, ''), 1, ",
    name_length!(),
    "), NULL, '', d.hash, p.deleted_at
     FROM picture p LEFT JOIN media d ON d.key = p.media_key LEFT JOIN generation g ON g.key = p.generation_key
     WHERE p.deleted_at IS NOT NULL
     UNION ALL
     SELECT 'album', id, name, NULL, '', NULL, deleted_at FROM album WHERE deleted_at IS NOT NULL
     UNION ALL
     SELECT 'sound', id, title, NULL, '', NULL, deleted_at FROM sound WHERE deleted_at IS NOT NULL
     ORDER BY 7 DESC, 2 DESC LIMIT ?1 OFFSET ?2"
);

impl Read {
    /// Some of what lies in the bin, the last deleted first, from a place in the list on.
    pub fn bin(&self, from: u32, count: u32) -> Result<Vec<BinRow>, Error> {
        let mut select = self.connection.prepare_cached(LIST)?;
        let rows = select.query_map([count, from], binned)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Write {
    /// Removes for good whatever was deleted before `before`. Files go later, when nothing has mentioned them for a while.
    pub fn purge_bin(&self, before: UnixMs) -> Result<(), Error> {
        self.purge_conversations(before)?;
        self.purge_messages(before)?;
        self.purge_pictures(before)?;
        self.purge_albums(before)?;
        self.purge_generations(before)?;
        self.purge_sounds(before)?;
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
            _ => Binned::Sound(cells.next()?),
        },
        name: cells.next()?,
        conversation_id: cells.next()?,
        conversation: cells.next()?,
        media_id: cells.next()?,
        deleted_at: cells.next()?,
    })
}
