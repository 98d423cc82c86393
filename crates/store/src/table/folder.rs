//! Folders: names under which conversations lie together. Removing one never removes what lies in it.

use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::cell::Cells;
use crate::store::must_touch_one;
use crate::{ConversationId, Error, FolderId, Read, UnixMs, Write};

/// A folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Folder {
    /// Its id.
    pub id: FolderId,
    /// Its name.
    pub name: String,
    /// Only its name is shown in the list.
    pub folded: bool,
    /// When it was made.
    #[ts(type = "number")]
    pub created_at: UnixMs,
}

impl Read {
    /// All folders, in the order they were made.
    pub fn folders(&self) -> Result<Vec<Folder>, Error> {
        let mut select =
            self.connection.prepare_cached("SELECT id, name, folded, created_at FROM folder ORDER BY key")?;
        let rows = select.query_map([], folder)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The integer key of a folder that must exist.
    pub(crate) fn folder_key(&self, id: FolderId) -> Result<i64, Error> {
        let mut select = self.connection.prepare_cached("SELECT key FROM folder WHERE id = ?1")?;
        Ok(select.query_row([id], |row| row.get(0))?)
    }
}

impl Write {
    /// Adds a folder.
    pub fn insert_folder(&self, folder: &Folder) -> Result<(), Error> {
        self.connection
            .prepare_cached("INSERT INTO folder (id, name, folded, created_at) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![folder.id, folder.name, folder.folded, folder.created_at])?;
        Ok(())
    }

    /// Gives a folder another name.
    pub fn rename_folder(&self, id: FolderId, name: &str) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached("UPDATE folder SET name = ?2 WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, name])?)
    }

    /// Remembers whether a folder is folded.
    pub fn fold_folder(&self, id: FolderId, folded: bool) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached("UPDATE folder SET folded = ?2 WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, folded])?)
    }

    /// Removes a folder and returns the conversations that lay in it, the deleted ones included: they stay, without a
    /// folder.
    pub fn remove_folder(&self, id: FolderId) -> Result<Vec<ConversationId>, Error> {
        let key = self.folder_key(id)?;
        let held: Vec<ConversationId> = self
            .connection
            .prepare_cached("SELECT id FROM conversation WHERE folder_key = ?1 ORDER BY key")?
            .query_map([key], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        self.connection.prepare_cached("DELETE FROM folder WHERE key = ?1")?.execute([key])?;
        Ok(held)
    }
}

fn folder(row: &Row) -> rusqlite::Result<Folder> {
    let mut cells = Cells::of(row);
    Ok(Folder { id: cells.next()?, name: cells.next()?, folded: cells.next()?, created_at: cells.next()? })
}
