//! Albums: names under which pictures lie together. Deleting one never deletes what lies in it.

use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::cell::Cells;
use crate::store::must_touch_one;
use crate::{AlbumId, Error, Read, UnixMs, Write};

/// An album.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Album {
    /// Its id.
    pub id: AlbumId,
    /// Its name.
    pub name: String,
    /// How many pictures it shows: deleted ones are not among them.
    #[ts(type = "number")]
    pub pictures: i64,
    /// When it was made.
    #[ts(type = "number")]
    pub created_at: UnixMs,
}

/// What was deleted is few, and is taken off what the albums hold, once for all of them: so nothing is looked up picture by
/// picture. CROSS keeps SQLite from turning that round.
const ALBUMS: &str = "
    SELECT a.id, a.name,
           (SELECT count(*) FROM album_picture WHERE album_key = a.key) - ifnull(gone.pictures, 0), a.created_at
    FROM album a
    LEFT JOIN (SELECT i.album_key, count(*) AS pictures
               FROM picture p CROSS JOIN album_picture i ON i.picture_key = p.key
               WHERE p.deleted_at IS NOT NULL GROUP BY i.album_key) gone ON gone.album_key = a.key
    WHERE a.deleted_at IS NULL ORDER BY a.key";

impl Read {
    /// All albums, in the order they were made.
    pub fn albums(&self) -> Result<Vec<Album>, Error> {
        let mut select = self.connection.prepare_cached(ALBUMS)?;
        let rows = select.query_map([], album)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The integer key of an album that must exist.
    pub(super) fn album_key(&self, id: AlbumId) -> Result<i64, Error> {
        let mut select = self.connection.prepare_cached("SELECT key FROM album WHERE id = ?1")?;
        Ok(select.query_row([id], |row| row.get(0))?)
    }
}

impl Write {
    /// Makes an empty album.
    pub fn insert_album(&self, id: AlbumId, name: &str, at: UnixMs) -> Result<(), Error> {
        self.connection
            .prepare_cached("INSERT INTO album (id, name, created_at) VALUES (?1, ?2, ?3)")?
            .execute(params![id, name, at])?;
        Ok(())
    }

    /// Gives an album another name.
    pub fn rename_album(&self, id: AlbumId, name: &str) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached("UPDATE album SET name = ?2 WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, name])?)
    }

    /// Deletes an album, or brings it back with what lay in it; its pictures stay in the gallery either way.
    pub fn set_album_deleted(&self, id: AlbumId, at: Option<UnixMs>) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached("UPDATE album SET deleted_at = ?2 WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, at])?)
    }

    /// Forgets for good the albums that were deleted before `before`.
    pub fn purge_albums(&self, before: UnixMs) -> Result<usize, Error> {
        let mut delete = self.connection.prepare_cached("DELETE FROM album WHERE deleted_at < ?1")?;
        Ok(delete.execute([before])?)
    }
}

fn album(row: &Row) -> rusqlite::Result<Album> {
    let mut cells = Cells::of(row);
    Ok(Album { id: cells.next()?, name: cells.next()?, pictures: cells.next()?, created_at: cells.next()? })
}

#[cfg(test)]
mod tests {
    use super::ALBUMS;
    use crate::Store;

    #[test]
    fn albums_are_counted_along_indexes() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let plan: Vec<String> = store
            .read(|read| {
                let mut explain = read.connection.prepare(&format!("EXPLAIN QUERY PLAN {ALBUMS}"))?;
                let rows = explain.query_map([], |row| row.get("detail"))?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            })
            .unwrap();
        let reads = |words: &str| plan.iter().any(|line| line.contains(words));
        assert!(reads("SEARCH album_picture USING PRIMARY KEY (album_key=?)"), "its pictures: {plan:?}");
        assert!(reads("COVERING INDEX picture_bin"), "less those deleted: {plan:?}");
        assert!(!plan.iter().any(|line| line == "SCAN p"), "never picture by picture: {plan:?}");
    }
}
