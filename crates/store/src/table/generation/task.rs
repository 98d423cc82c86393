//! Tasks: how a generation is known at a service that makes pictures step by step, and what can be done with what came. The
//! number of a task is written the moment it is known, so that nothing that was paid for is lost.

use rusqlite::params;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Generation;
use super::read::{generation, select_generation};
use crate::cell::Json;
use crate::store::must_touch_one;
use crate::{Error, GenerationId, Read, UnixMs, Write};

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
}

impl Read {
    /// The tasks that went on at their services while Medley was closed, the oldest first.
    pub fn running_tasks(&self) -> Result<Vec<Generation>, Error> {
        let mut select = self.connection.prepare_cached(select_generation!(
            "WHERE g.state = 'running' AND g.kind = 'midjourney' ORDER BY g.key"
        ))?;
        let rows = select.query_map([], generation)?.collect::<rusqlite::Result<Vec<_>>>()?;
        rows.into_iter().map(|row| self.with_references(row)).collect()
    }
}
