//! Writes of recordings. The index of their words is kept in step by the writes themselves.

use rusqlite::{named_params, params};

use super::{Recording, RecordingState};
use crate::store::must_touch_one;
use crate::table::media::Media;
use crate::{Error, RecordingId, UnixMs, Write, search};

impl Write {
    /// Adds a recording, with the row of its file where it has one, and makes it findable.
    pub fn insert_recording(
        &self,
        row: &Recording,
        media: Option<&Media>,
        peaks: &[u8],
    ) -> Result<(), Error> {
        if let Some(media) = media {
            self.insert_media(media)?;
        }
        self.connection
            .prepare_cached(
                "INSERT INTO recording (id, media_key, name, origin, state, duration_ms, peaks, created_at)
                 VALUES (:id, (SELECT key FROM media WHERE hash = :media), :name, :origin, :state, :duration, :peaks,
                         :created_at)",
            )?
            .execute(named_params! {
                ":id": row.id,
                ":media": media.map(|media| media.id),
                ":name": row.name,
                ":origin": row.origin,
                ":state": row.state,
                ":duration": row.duration_ms,
                ":peaks": peaks,
                ":created_at": row.created_at,
            })?;
        self.index_recording(row.id)
    }

    /// What was being recorded is a file now. [`Error::NotFound`] when it was one before.
    pub fn end_recording(
        &self,
        id: RecordingId,
        state: RecordingState,
        media: &Media,
        peaks: &[u8],
    ) -> Result<(), Error> {
        self.insert_media(media)?;
        let mut update = self.connection.prepare_cached(
            "UPDATE recording SET state = ?2, media_key = (SELECT key FROM media WHERE hash = ?3), duration_ms = ?4, peaks = ?5
             WHERE id = ?1 AND state = 'recording'",
        )?;
        must_touch_one(update.execute(params![
            id,
            state,
            media.id,
            media.duration_ms.unwrap_or_default(),
            peaks
        ])?)
    }

    /// The person has looked at what was found.
    pub fn see_recording(&self, id: RecordingId) -> Result<bool, Error> {
        let mut update = self
            .connection
            .prepare_cached("UPDATE recording SET state = 'kept' WHERE id = ?1 AND state = 'found'")?;
        Ok(update.execute([id])? > 0)
    }

    /// Nothing of it is there: forgets it as if it had never been begun. One that has a file stays; false then.
    pub fn drop_recording(&self, id: RecordingId) -> Result<bool, Error> {
        self.connection
            .prepare_cached(
                "DELETE FROM recording_words WHERE rowid =
                 (SELECT key FROM recording WHERE id = ?1 AND state = 'recording' AND media_key IS NULL)",
            )?
            .execute([id])?;
        let mut delete = self.connection.prepare_cached(
            "DELETE FROM recording WHERE id = ?1 AND state = 'recording' AND media_key IS NULL",
        )?;
        Ok(delete.execute([id])? > 0)
    }

    /// Remembers where listening stopped.
    pub fn set_recording_heard(&self, id: RecordingId, heard_ms: i64) -> Result<(), Error> {
        let mut update =
            self.connection.prepare_cached("UPDATE recording SET heard_ms = ?2 WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, heard_ms])?)
    }

    /// Gives a recording another name.
    pub fn rename_recording(&self, id: RecordingId, name: &str) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached("UPDATE recording SET name = ?2 WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, name])?)?;
        self.index_recording(id)
    }

    /// Takes a recording out of the list. It can be brought back until it is purged.
    pub fn remove_recording(&self, id: RecordingId, at: UnixMs) -> Result<(), Error> {
        let mut update = self
            .connection
            .prepare_cached("UPDATE recording SET deleted_at = ifnull(deleted_at, ?2) WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, at])?)
    }

    /// Brings a recording back.
    pub fn restore_recording(&self, id: RecordingId) -> Result<(), Error> {
        let mut update =
            self.connection.prepare_cached("UPDATE recording SET deleted_at = NULL WHERE id = ?1")?;
        must_touch_one(update.execute([id])?)
    }

    /// Removes for good what was deleted before `before`. Files go later, when nothing has mentioned them for a while.
    pub fn purge_recordings(&self, before: UnixMs) -> Result<usize, Error> {
        self.connection
            .prepare_cached(
                "DELETE FROM recording_words WHERE rowid IN (SELECT key FROM recording WHERE deleted_at < ?1)",
            )?
            .execute([before])?;
        Ok(self
            .connection
            .prepare_cached("DELETE FROM recording WHERE deleted_at < ?1")?
            .execute([before])?)
    }

    /// Makes a recording findable by its name and everything that is said in it.
    pub(crate) fn index_recording(&self, id: RecordingId) -> Result<(), Error> {
        let (key, name): (i64, String) = self
            .connection
            .prepare_cached("SELECT key, name FROM recording WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut select = self.connection.prepare_cached(
            "SELECT l.text FROM line l JOIN transcript t ON t.key = l.transcript_key
             WHERE t.recording_key = ?1 ORDER BY t.key, l.start_ms, l.key",
        )?;
        let mut words = name;
        let mut rows = select.query([key])?;
        while let Some(row) = rows.next()? {
            words.push('\n');
            words.push_str(&row.get::<_, String>(0)?);
        }
        self.connection.prepare_cached("DELETE FROM recording_words WHERE rowid = ?1")?.execute([key])?;
        self.connection
            .prepare_cached("INSERT INTO recording_words (rowid, words) VALUES (?1, ?2)")?
            .execute(params![key, search::index(&words)])?;
        Ok(())
    }
}
