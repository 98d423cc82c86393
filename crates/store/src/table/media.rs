//! Media: one row for each file in the media folder that anything ever mentioned.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, Row, named_params, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::cell::Cells;
use crate::{Error, MediaId, Read, UnixMs, Write};

/// A file in the media folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Media {
    /// Its id: the hash of its bytes.
    pub id: MediaId,
    /// Its media type, told by its bytes.
    pub mime: String,
    /// Its length.
    #[ts(type = "number")]
    pub bytes: i64,
    /// Pixels across, as it is shown; none where that is not known.
    #[ts(type = "number | null")]
    pub width: Option<i64>,
    /// Pixels down, as it is shown.
    #[ts(type = "number | null")]
    pub height: Option<i64>,
    /// A picture of several frames.
    pub moves: bool,
    /// How long it plays, milliseconds.
    #[ts(type = "number | null")]
    pub duration_ms: Option<i64>,
    /// Its blurred colours in about 25 bytes; empty where there are none.
    #[serde(skip)]
    pub placeholder: Vec<u8>,
    /// When it came.
    #[ts(type = "number")]
    pub created_at: UnixMs,
}

impl Media {
    /// A file about which nothing is known but its type and length.
    pub fn plain(id: MediaId, mime: impl Into<String>, bytes: i64, at: UnixMs) -> Self {
        Self {
            id,
            mime: mime.into(),
            bytes,
            width: None,
            height: None,
            moves: false,
            duration_ms: None,
            placeholder: Vec::new(),
            created_at: at,
        }
    }
}

/// What holds for a file that something mentions.
macro_rules! is_mentioned {
    () => {
        "(EXISTS (SELECT 1 FROM attachment WHERE media_key = media.key)
          OR EXISTS (SELECT 1 FROM picture WHERE media_key = media.key)
          OR EXISTS (SELECT 1 FROM generation WHERE preview_key = media.key)
          OR EXISTS (SELECT 1 FROM generation_reference WHERE media_key = media.key)
          OR EXISTS (SELECT 1 FROM sound_part WHERE media_key = media.key)
          OR EXISTS (SELECT 1 FROM recording WHERE media_key = media.key))"
    };
}

impl Read {
    /// The row of a file.
    pub fn media(&self, id: MediaId) -> Result<Option<Media>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT hash, mime, bytes, width, height, moves, duration_ms, placeholder, created_at
             FROM media WHERE hash = ?1",
        )?;
        Ok(select.query_row([id], |row| media(&mut Cells::of(row))).optional()?)
    }

    /// The ids of all rows.
    pub(crate) fn media_ids(&self) -> Result<HashSet<MediaId>, Error> {
        let mut select = self.connection.prepare_cached("SELECT hash FROM media")?;
        let rows = select.query_map([], |row: &Row| row.get(0))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Write {
    /// Adds the row of a file that lies in the media folder. One that is there stays as it is.
    pub fn insert_media(&self, media: &Media) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "INSERT INTO media (hash, mime, bytes, width, height, moves, duration_ms, placeholder, created_at)
                 VALUES (:hash, :mime, :bytes, :width, :height, :moves, :duration_ms, :placeholder, :created_at)
                 ON CONFLICT (hash) DO NOTHING",
            )?
            .execute(named_params! {
                ":hash": media.id,
                ":mime": media.mime,
                ":bytes": media.bytes,
                ":width": media.width,
                ":height": media.height,
                ":moves": media.moves,
                ":duration_ms": media.duration_ms,
                ":placeholder": media.placeholder,
                ":created_at": media.created_at,
            })?;
        Ok(())
    }

    /// Writes down what was found out about a file.
    pub fn learn_media(&self, media: &Media) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "UPDATE media SET width = :width, height = :height, moves = :moves, duration_ms = :duration_ms,
                        placeholder = :placeholder
                 WHERE hash = :hash",
            )?
            .execute(named_params! {
                ":hash": media.id,
                ":width": media.width,
                ":height": media.height,
                ":moves": media.moves,
                ":duration_ms": media.duration_ms,
                ":placeholder": media.placeholder,
            })?;
        Ok(())
    }

    /// Says that a file is wanted again, and gives its row if there is one.
    pub(crate) fn want_media(&self, id: MediaId) -> Result<Option<Media>, Error> {
        self.connection
            .prepare_cached("UPDATE media SET unmentioned_at = NULL WHERE hash = ?1")?
            .execute([id])?;
        self.media(id)
    }

    /// Removes the rows that nothing has mentioned since `before`, and notes for the others since when nothing does.
    /// Returns how many were removed.
    pub(crate) fn forget_unmentioned(&self, now: UnixMs, before: UnixMs) -> Result<usize, Error> {
        self.connection
            .prepare_cached(concat!(
                "UPDATE media SET unmentioned_at = NULL WHERE unmentioned_at IS NOT NULL AND ",
                is_mentioned!()
            ))?
            .execute([])?;
        self.connection
            .prepare_cached(concat!(
                "UPDATE media SET unmentioned_at = ?1 WHERE unmentioned_at IS NULL AND NOT ",
                is_mentioned!()
            ))?
            .execute([now])?;
        let mut delete = self.connection.prepare_cached("DELETE FROM media WHERE unmentioned_at < ?1")?;
        Ok(delete.execute(params![before])?)
    }
}

/// Reads the cells of a row, in the order of [`Read::media`].
pub(crate) fn media(cells: &mut Cells) -> rusqlite::Result<Media> {
    Ok(Media {
        id: cells.next()?,
        mime: cells.next()?,
        bytes: cells.next()?,
        width: cells.next()?,
        height: cells.next()?,
        moves: cells.next()?,
        duration_ms: cells.next()?,
        placeholder: cells.next()?,
        created_at: cells.next()?,
    })
}
