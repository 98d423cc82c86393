//! What is done to many pictures at once, by their numbers, and what is needed to take them out. Every change tells which
//! pictures it really changed, so that just those can be changed back.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::cell::Cells;
use crate::table::media::{Media, media};
use crate::{AlbumId, Error, Read, UnixMs, Write};

/// What is done to many pictures at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum PictureChange {
    /// Gives them the person's star.
    Star,
    /// Takes it away.
    Unstar,
    /// Takes them out of the gallery.
    Remove,
    /// Brings them back.
    Restore,
    /// Puts them into an album.
    AddTo {
        /// Which.
        album_id: AlbumId,
    },
    /// Takes them out of an album.
    TakeFrom {
        /// Which.
        album_id: AlbumId,
    },
}

/// A picture as it is taken out of Medley.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureFile {
    /// When it came.
    pub created_at: UnixMs,
    /// The words it was made from; "" where there are none.
    pub prompt: String,
    /// Its file; none while that is not here.
    pub media: Option<Media>,
}

impl Read {
    /// Pictures by their numbers, in that order; those that are gone are left out.
    pub fn picture_files(&self, keys: &[i64]) -> Result<Vec<PictureFile>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT p.created_at, ifnull(g.prompt, ''), f.key, f.hash, f.mime, f.bytes, f.width, f.height, f.moves,
                    f.duration_ms, f.placeholder, f.created_at
             FROM picture p
             LEFT JOIN generation g ON g.key = p.generation_key
             LEFT JOIN media f ON f.key = p.media_key
             WHERE p.key = ?1",
        )?;
        let mut files = Vec::with_capacity(keys.len());
        for key in keys {
            let found = select.query_row([key], |row| {
                let mut cells = Cells::of(row);
                let (created_at, prompt) = (cells.next()?, cells.next()?);
                let file = cells.next::<Option<i64>>()?;
                let media = file.map(|_| media(&mut cells)).transpose()?;
                Ok(PictureFile { created_at, prompt, media })
            });
            files.extend(found.optional()?);
        }
        Ok(files)
    }
}

impl Write {
    /// Does one thing to many pictures and returns the numbers of those that it changed. [`Error::NotFound`] when the album
    /// does not exist.
    pub fn change_pictures(
        &self,
        keys: &[i64],
        change: PictureChange,
        at: UnixMs,
    ) -> Result<Vec<i64>, Error> {
        let (sql, value) = match change {
            PictureChange::Star => {
                ("UPDATE picture SET starred = ?2, away = 0 WHERE key = ?1 AND starred <> ?2", 1)
            }
            PictureChange::Unstar => ("UPDATE picture SET starred = ?2 WHERE key = ?1 AND starred <> ?2", 0),
            PictureChange::Remove => {
                ("UPDATE picture SET deleted_at = ?2 WHERE key = ?1 AND deleted_at IS NULL", at)
            }
            PictureChange::Restore => {
                ("UPDATE picture SET deleted_at = NULL WHERE key = ?1 AND deleted_at IS NOT NULL AND ?2", 1)
            }
            PictureChange::AddTo { album_id } => (
                "INSERT OR IGNORE INTO album_picture (album_key, picture_key)
                 SELECT ?2, key FROM picture WHERE key = ?1",
                self.album_key(album_id)?,
            ),
            PictureChange::TakeFrom { album_id } => (
                "DELETE FROM album_picture WHERE picture_key = ?1 AND album_key = ?2",
                self.album_key(album_id)?,
            ),
        };
        let mut update = self.connection.prepare_cached(sql)?;
        let mut changed = Vec::with_capacity(keys.len());
        for key in keys {
            if update.execute(params![key, value])? > 0 {
                changed.push(*key);
            }
        }
        if matches!(change, PictureChange::AddTo { .. }) {
            let mut show =
                self.connection.prepare_cached("UPDATE picture SET away = 0 WHERE key = ?1 AND away = 1")?;
            for key in &changed {
                show.execute([key])?;
            }
        }
        Ok(changed)
    }
}
