//! Writes of generations, but for their turns.

use rusqlite::{named_params, params};
use serde_json::json;

use super::{Generation, MASK};
use crate::cell::Json;
use crate::store::must_touch_one;
use crate::table::media::Media;
use crate::{Error, GenerationId, UnixMs, Write};

impl Write {
    /// Adds a generation that waits for its turn. [`Error::NotFound`] when its service, or a picture that goes along, does
    /// not exist.
    pub fn insert_generation(&self, generation: &Generation) -> Result<(), Error> {
        let service = generation.service_id.map(|id| self.service_key(id)).transpose()?;
        let answered = generation.task.as_ref().map_or_else(|| json!({}), |task| json!({"task": task}));
        self.connection
            .prepare_cached(
                "INSERT INTO generation (id, service_key, model, kind, prompt, options, state, made_from_key, created_at,
                                         queued_at, answered)
                 VALUES (:id, :service, :model, :kind, :prompt, :options, :state,
                         (SELECT key FROM picture WHERE id = :made_from), :created_at, :created_at, :answered)",
            )?
            .execute(named_params! {
                ":id": generation.id,
                ":service": service,
                ":model": generation.model,
                ":kind": generation.kind,
                ":prompt": generation.prompt,
                ":options": Json(&generation.options),
                ":state": generation.state,
                ":made_from": generation.made_from,
                ":created_at": generation.created_at,
                ":answered": Json(answered),
            })?;
        let key = self.connection.last_insert_rowid();
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO generation_reference (generation_key, position, media_key)
             SELECT ?1, ?2, key FROM media WHERE hash = ?3",
        )?;
        let along = (MASK..).zip(&generation.mask).chain((0..).zip(&generation.references));
        for (position, media) in along {
            must_touch_one(insert.execute(params![key, position, media])?)?;
        }
        Ok(())
    }

    /// Shows how far it is. The file's row is added with it.
    pub fn set_preview(&self, id: GenerationId, media: &Media) -> Result<(), Error> {
        self.insert_media(media)?;
        let mut update = self.connection.prepare_cached(
            "UPDATE generation SET preview_key = (SELECT key FROM media WHERE hash = ?2) WHERE id = ?1",
        )?;
        must_touch_one(update.execute(params![id, media.id])?)
    }

    /// Takes a generation that ended out of sight.
    pub fn dismiss_generation(&self, id: GenerationId, at: UnixMs) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE generation SET dismissed_at = ?2 WHERE id = ?1 AND state NOT IN ('queued', 'running')",
        )?;
        must_touch_one(update.execute(params![id, at])?)
    }

    /// Brings a generation back into sight.
    pub fn restore_generation(&self, id: GenerationId) -> Result<(), Error> {
        let mut update =
            self.connection.prepare_cached("UPDATE generation SET dismissed_at = NULL WHERE id = ?1")?;
        must_touch_one(update.execute(params![id])?)
    }

    /// Removes for good what was taken out of sight before `before` and has no picture.
    pub fn purge_generations(&self, before: UnixMs) -> Result<usize, Error> {
        let mut delete = self.connection.prepare_cached(
            "DELETE FROM generation
             WHERE dismissed_at < ?1 AND NOT EXISTS (SELECT 1 FROM picture WHERE generation_key = generation.key)",
        )?;
        Ok(delete.execute([before])?)
    }
}
