//! Tasks: how a generation is known at a service that makes pictures step by step, and what can be done with what came. The
//! number of a task is written the moment it is known, so that nothing that was paid for is lost.

use rusqlite::params;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::read::{generation, select_generation};
use super::{Generation, GenerationState};
use crate::cell::Json;
use crate::store::must_touch_one;
use crate::{Error, GenerationId, PictureId, Read, ServiceId, UnixMs, Write};

/// A generation as its service knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Task {
    /// Its number there; "" while it is not taken.
    pub id: String,
    /// What it was sent out with, to be found by where its number never came.
    pub marker: String,
    /// The path that it was asked for at: "fast", "relax", "turbo"; "" for the usual one.
    pub speed: String,
    /// The key is shown as a secret of Midjourney's own.
    pub secret: bool,
    /// The queue there was full, and it is asked for again.
    pub full: bool,
    /// How many wait before it there, where that was told.
    #[ts(type = "number | null")]
    pub queue: Option<u32>,
    /// Per cent.
    #[ts(type = "number | null")]
    pub progress: Option<u8>,
    /// When its pop-up was filled in, or may have been: it is never told twice.
    #[ts(type = "number | null")]
    pub filled_at: Option<UnixMs>,
    /// What it did, as the service names it; "" until that is known.
    pub action: String,
    /// What can be done with what came of it.
    pub buttons: Vec<TaskButton>,
    /// What came of it, where that is words.
    pub words: String,
    /// The number that the picture grew from, once it was told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub seed: Option<String>,
}

/// What a task can be asked to do beside drawing what words say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PictureTool {
    /// Make one picture of several.
    Mix,
    /// Say in words what a picture shows.
    Describe,
    /// Say a prompt in fewer words.
    Shorten,
    /// Put the face of one picture into another.
    Swap,
}

/// A task that is known here by its number, or by what it was sent out with where its number never came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    /// The number; "" where it never came.
    pub task: String,
    /// What it was sent out with; may be "".
    pub marker: String,
    /// What it was asked for as.
    pub generation: GenerationId,
    /// How far that is.
    pub state: GenerationState,
    /// A picture came of it that is here, on its way, or deleted.
    pub has_picture: bool,
    /// A picture of it that could not be fetched.
    pub gone: Option<PictureId>,
}

/// Something that can be done with what came of a task.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct TaskButton {
    /// What is sent when it is pressed.
    pub custom_id: String,
    /// An emoji; may be empty.
    pub emoji: String,
    /// What the service writes on it; may be empty.
    pub label: String,
}

/// A button that was pressed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Press {
    /// The task whose button it is.
    pub task: String,
    /// The button.
    pub button: TaskButton,
    /// What its pop-up is told; "" for what it proposes.
    pub prompt: String,
    /// The path that the task was made at.
    pub speed: String,
}

impl Write {
    /// Writes down how a generation is known at its service. [`Error::NotFound`] when it is not being made any more.
    pub fn set_generation_task(&self, id: GenerationId, task: &Task) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE generation SET answered = json_set(answered, '$.task', json(?2)) WHERE id = ?1 AND state = 'running'",
        )?;
        must_touch_one(update.execute(params![id, Json(task)])?)
    }

    /// Keeps the number that the picture of a task grew from.
    pub fn set_task_seed(&self, id: GenerationId, seed: &str) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE generation SET answered = json_set(answered, '$.task.seed', ?2)
             WHERE id = ?1 AND json_extract(answered, '$.task') IS NOT NULL",
        )?;
        must_touch_one(update.execute(params![id, seed])?)
    }

    /// What ended without a picture has one after all, for it was found at its service.
    pub fn set_generation_found(&self, id: GenerationId, task: &Task) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE generation SET state = 'done', problem = NULL, answered = json_set(answered, '$.task', json(?2))
             WHERE id = ?1 AND state NOT IN ('queued', 'running')",
        )?;
        must_touch_one(update.execute(params![id, Json(task)])?)
    }
}

impl Read {
    /// Those of which words came and not pictures, the newest first.
    pub fn told_generations(&self, limit: u32) -> Result<Vec<Generation>, Error> {
        let mut select = self.connection.prepare_cached(select_generation!(
            "WHERE g.kind = 'midjourney' AND g.state = 'done' AND g.dismissed_at IS NULL
               AND json_extract(g.options, '$.tool') IN ('describe', 'shorten')
             ORDER BY g.key DESC LIMIT ?1"
        ))?;
        let rows = select.query_map([limit], generation)?.collect::<rusqlite::Result<Vec<_>>>()?;
        rows.into_iter().map(|row| self.with_references(row)).collect()
    }

    /// Every task of a service that is known here by its number or its marker.
    pub fn numbered_tasks(&self, service: ServiceId) -> Result<Vec<Numbered>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT ifnull(json_extract(g.answered, '$.task.id'), '') AS number,
                    ifnull(json_extract(g.answered, '$.task.marker'), '') AS marker, g.id, g.state,
                    EXISTS (SELECT 1 FROM picture
                            WHERE generation_key = g.key
                              AND (state <> 'gone' OR media_key IS NOT NULL OR deleted_at IS NOT NULL)),
                    (SELECT id FROM picture
                     WHERE generation_key = g.key AND state = 'gone' AND media_key IS NULL AND deleted_at IS NULL
                     ORDER BY key LIMIT 1)
             FROM generation g
             WHERE g.kind = 'midjourney' AND g.service_key = (SELECT key FROM service WHERE id = ?1)
               AND (number <> '' OR marker <> '')",
        )?;
        let rows = select.query_map([service], |row| {
            Ok(Numbered {
                task: row.get(0)?,
                marker: row.get(1)?,
                generation: row.get(2)?,
                state: row.get(3)?,
                has_picture: row.get(4)?,
                gone: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Whether tasks of a service wait, are being made, or broke off and can still be looked for there.
    pub fn has_open_tasks(&self, service: ServiceId) -> Result<bool, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM generation
                            WHERE kind = 'midjourney'
                              AND (state IN ('queued', 'running')
                                   OR state = 'interrupted' AND dismissed_at IS NULL
                                      AND json_extract(answered, '$.task') IS NOT NULL)
                              AND service_key = (SELECT key FROM service WHERE id = ?1))",
        )?;
        Ok(select.query_row([service], |row| row.get(0))?)
    }

    /// The tasks that went on at their services while Medley was closed, the oldest first.
    pub fn running_tasks(&self) -> Result<Vec<Generation>, Error> {
        let mut select = self.connection.prepare_cached(select_generation!(
            "WHERE g.state = 'running' AND g.kind = 'midjourney' ORDER BY g.key"
        ))?;
        let rows = select.query_map([], generation)?.collect::<rusqlite::Result<Vec<_>>>()?;
        rows.into_iter().map(|row| self.with_references(row)).collect()
    }
}
