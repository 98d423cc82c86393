//! Where a conversation is put: its folder, on top, the archive, the recycle bin. Read before it changes, so that all of it can
//! be taken back at once.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::store::must_touch_one;
use crate::{ConversationId, Error, FolderId, Read, UnixMs, Write};

/// Where a conversation is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// Which conversation.
    pub id: ConversationId,
    /// The folder it lies in.
    pub folder_id: Option<FolderId>,
    /// It stays on top.
    pub pinned: bool,
    /// When it was archived; none while it is in the list.
    #[ts(type = "number | null")]
    pub archived_at: Option<UnixMs>,
    /// When it went to the recycle bin; none while it is not there.
    #[ts(type = "number | null")]
    pub deleted_at: Option<UnixMs>,
}

impl Read {
    /// Where a conversation is; none when it does not exist.
    pub fn place(&self, id: ConversationId) -> Result<Option<Place>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT f.id, c.pinned, c.archived_at, c.deleted_at FROM conversation c
             LEFT JOIN folder f ON f.key = c.folder_key WHERE c.id = ?1",
        )?;
        let place = select.query_row([id], |row| {
            Ok(Place {
                id,
                folder_id: row.get(0)?,
                pinned: row.get(1)?,
                archived_at: row.get(2)?,
                deleted_at: row.get(3)?,
            })
        });
        Ok(place.optional()?)
    }
}

impl Write {
    /// Puts a conversation somewhere. Its pictures leave the gallery with it, and come back. [`Error::NotFound`] when it does
    /// not exist; a folder that does not is none.
    pub fn put_in_place(&self, place: &Place) -> Result<(), Error> {
        let before = self.place(place.id)?.ok_or(Error::NotFound)?;
        let mut update = self.connection.prepare_cached(
            "UPDATE conversation SET folder_key = (SELECT key FROM folder WHERE id = ?2), pinned = ?3, archived_at = ?4,
                    deleted_at = ?5
             WHERE id = ?1",
        )?;
        must_touch_one(update.execute(params![
            place.id,
            place.folder_id,
            place.pinned,
            place.archived_at,
            place.deleted_at
        ])?)?;
        if before.deleted_at.is_some() == place.deleted_at.is_some() {
            return Ok(());
        }
        self.follow_conversation(place.id)
    }
}
