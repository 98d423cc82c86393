//! Writes of sounds. The index of their words is kept in step by the writes themselves.

use rusqlite::{named_params, params};

use super::{Sound, SoundPart, SoundPartState, SoundState};
use crate::cell::Json;
use crate::store::must_touch_one;
use crate::table::media::Media;
use crate::table::problem::Problem;
use crate::{Error, SoundId, UnixMs, Write, search};

/// What came of a part.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptPart {
    /// Its place.
    pub position: i64,
    /// Its file; the row is added with it.
    pub media: Media,
    /// Whether all of it came.
    pub state: SoundPartState,
    /// How loud it is, ten times a second, of 255.
    pub peaks: Vec<u8>,
    /// US dollars, where that is known.
    pub cost_usd: Option<f64>,
}

impl Write {
    /// Adds a sound of which nothing is here, and makes it findable. [`Error::NotFound`] when its service does not exist.
    pub fn insert_sound(&self, sound: &Sound, text: &str, parts: &[SoundPart]) -> Result<(), Error> {
        let service = sound.service_id.map(|id| self.service_key(id)).transpose()?;
        self.connection
            .prepare_cached(
                "INSERT INTO sound (id, service_key, message_key, model, voice, title, text, options, state, created_at)
                 VALUES (:id, :service, (SELECT key FROM message WHERE id = :message), :model, :voice, :title, :text, :options,
                         :state, :created_at)",
            )?
            .execute(named_params! {
                ":id": sound.id,
                ":service": service,
                ":message": sound.message_id,
                ":model": sound.model,
                ":voice": sound.voice,
                ":title": sound.title,
                ":text": text,
                ":options": Json(&sound.options),
                ":state": sound.state,
                ":created_at": sound.created_at,
            })?;
        let key = self.connection.last_insert_rowid();
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO sound_part (sound_key, position, start, length) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for part in parts {
            insert.execute(params![key, part.position, part.start, part.length])?;
        }
        self.index_sound(key, &sound.title, text)
    }

    /// Notes that a part goes out now: from here on it may be paid for; or that it certainly was not. [`Error::NotFound`]
    /// when the sound is not being made any more, or the part is out already.
    pub fn set_part_sent(&self, id: SoundId, position: i64, at: Option<UnixMs>) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE sound_part SET sent_at = ?3
             WHERE position = ?2 AND sound_key = (SELECT key FROM sound WHERE id = ?1 AND state = 'making')
               AND (?3 IS NULL OR sent_at IS NULL)",
        )?;
        must_touch_one(update.execute(params![id, position, at])?)
    }

    /// Keeps what came of a part, whatever became of its sound meanwhile. A whole part is never replaced, and a beginning
    /// only by one that is as long.
    pub fn keep_part(&self, id: SoundId, part: &KeptPart) -> Result<(), Error> {
        if part.state != SoundPartState::Kept && self.has_longer_beginning(id, part)? {
            return Ok(());
        }
        self.insert_media(&part.media)?;
        let mut update = self.connection.prepare_cached(
            "UPDATE sound_part
             SET state = :state, media_key = (SELECT key FROM media WHERE hash = :media), duration_ms = :duration,
                 peaks = :peaks, cost = :cost
             WHERE position = :position AND state <> 'kept' AND sound_key = (SELECT key FROM sound WHERE id = :id)",
        )?;
        must_touch_one(update.execute(named_params! {
            ":state": part.state,
            ":media": part.media.id,
            ":duration": part.media.duration_ms.unwrap_or_default(),
            ":peaks": part.peaks,
            ":cost": part.cost_usd,
            ":position": part.position,
            ":id": id,
        })?)
    }

    fn has_longer_beginning(&self, id: SoundId, part: &KeptPart) -> Result<bool, Error> {
        let mut find = self.connection.prepare_cached(
            "SELECT EXISTS (
               SELECT 1 FROM sound_part
               WHERE position = ?2 AND state <> 'kept' AND duration_ms > ?3
                 AND sound_key = (SELECT key FROM sound WHERE id = ?1))",
        )?;
        let duration = part.media.duration_ms.unwrap_or_default();
        Ok(find.query_row(params![id, part.position, duration], |row| row.get(0))?)
    }

    /// Writes down how the making of a sound ended. False when it had ended before.
    pub fn end_sound(
        &self,
        id: SoundId,
        state: SoundState,
        problem: Option<&Problem>,
    ) -> Result<bool, Error> {
        let mut update = self
            .connection
            .prepare_cached("UPDATE sound SET state = ?2, problem = ?3 WHERE id = ?1 AND state = 'making'")?;
        Ok(update.execute(params![id, state, problem.map(Json)])? > 0)
    }

    /// Goes on with one that ended before all of it was here. [`Error::NotFound`] when there is nothing to go on with.
    pub fn make_sound_again(&self, id: SoundId) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE sound SET state = 'making', problem = NULL
             WHERE id = ?1 AND state IN ('stopped', 'failed', 'interrupted') AND deleted_at IS NULL",
        )?;
        must_touch_one(update.execute([id])?)?;
        self.connection
            .prepare_cached(
                "UPDATE sound_part SET sent_at = NULL
                 WHERE state <> 'kept' AND sound_key = (SELECT key FROM sound WHERE id = ?1)",
            )?
            .execute([id])?;
        Ok(())
    }

    /// Puts right what a kill left behind: what was being made is interrupted, unless all of it had come.
    pub fn interrupt_sounds(&self, problem: &Problem) -> Result<usize, Error> {
        self.connection
            .prepare_cached(
                "UPDATE sound SET state = 'done'
                 WHERE state = 'making'
                   AND NOT EXISTS (SELECT 1 FROM sound_part WHERE sound_key = sound.key AND state <> 'kept')",
            )?
            .execute([])?;
        let mut update = self
            .connection
            .prepare_cached("UPDATE sound SET state = 'interrupted', problem = ?1 WHERE state = 'making'")?;
        Ok(update.execute([Json(problem)])?)
    }

    /// Remembers where listening stopped.
    pub fn set_sound_heard(&self, id: SoundId, heard_ms: i64) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached("UPDATE sound SET heard_ms = ?2 WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, heard_ms])?)
    }

    /// Gives a sound another name.
    pub fn rename_sound(&self, id: SoundId, title: &str) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached("UPDATE sound SET title = ?2 WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, title])?)?;
        let (key, text): (i64, String) = self
            .connection
            .prepare_cached("SELECT key, text FROM sound WHERE id = ?1")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.connection.prepare_cached("DELETE FROM sound_words WHERE rowid = ?1")?.execute([key])?;
        self.index_sound(key, title, &text)
    }

    /// Takes a sound out of the list. It can be brought back until it is purged.
    pub fn remove_sound(&self, id: SoundId, at: UnixMs) -> Result<(), Error> {
        let mut update = self
            .connection
            .prepare_cached("UPDATE sound SET deleted_at = ifnull(deleted_at, ?2) WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, at])?)
    }

    /// Brings a sound back.
    pub fn restore_sound(&self, id: SoundId) -> Result<(), Error> {
        let mut update =
            self.connection.prepare_cached("UPDATE sound SET deleted_at = NULL WHERE id = ?1")?;
        must_touch_one(update.execute([id])?)
    }

    /// Removes for good what was deleted before `before`. Files go later, when nothing has mentioned them for a while.
    pub fn purge_sounds(&self, before: UnixMs) -> Result<usize, Error> {
        self.connection
            .prepare_cached(
                "DELETE FROM sound_words WHERE rowid IN (SELECT key FROM sound WHERE deleted_at < ?1)",
            )?
            .execute([before])?;
        Ok(self.connection.prepare_cached("DELETE FROM sound WHERE deleted_at < ?1")?.execute([before])?)
    }

    fn index_sound(&self, key: i64, title: &str, text: &str) -> Result<(), Error> {
        self.connection
            .prepare_cached("INSERT INTO sound_words (rowid, words) VALUES (?1, ?2)")?
            .execute(params![key, search::index(&format!("{title}\n{text}"))])?;
        Ok(())
    }
}
