//! Sounds: texts that were read aloud, and the parts in which they come. A sound outlives its service.

mod part;
mod read;
mod write;

pub use part::{SoundPart, SoundPartState};
pub use write::KeptPart;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::problem::Problem;
use crate::cell::words;
use crate::{MessageId, ServiceId, SoundId, UnixMs};

/// A text that is read aloud, but for its text and its parts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Sound {
    /// Its id.
    pub id: SoundId,
    /// The service asked; none when it is gone.
    pub service_id: Option<ServiceId>,
    /// The message that it reads; none where it reads a text of its own.
    pub message_id: Option<MessageId>,
    /// The model asked.
    pub model: String,
    /// Whose voice it is.
    pub voice: String,
    /// What it is called.
    pub title: String,
    /// How it is read.
    pub options: SoundOptions,
    /// How far it came.
    pub state: SoundState,
    /// Why not everything came.
    pub problem: Option<Problem>,
    /// In how many parts it comes.
    #[ts(type = "number")]
    pub parts: i64,
    /// How many of them are here.
    #[ts(type = "number")]
    pub kept: i64,
    /// How long that is, milliseconds.
    #[ts(type = "number")]
    pub duration_ms: i64,
    /// Where listening stopped, milliseconds.
    #[ts(type = "number")]
    pub heard_ms: i64,
    /// US dollars, where that is known.
    pub cost_usd: Option<f64>,
    /// When it was asked for.
    #[ts(type = "number")]
    pub created_at: UnixMs,
}

impl Sound {
    /// A new one of which nothing is here.
    pub fn blank(service: ServiceId, model: &str, voice: &str, title: &str, at: UnixMs) -> Self {
        Self {
            id: SoundId::new(),
            service_id: Some(service),
            message_id: None,
            model: model.to_owned(),
            voice: voice.to_owned(),
            title: title.to_owned(),
            options: SoundOptions::default(),
            state: SoundState::Making,
            problem: None,
            parts: 0,
            kept: 0,
            duration_ms: 0,
            heard_ms: 0,
            cost_usd: None,
            created_at: at,
        }
    }
}

/// How a text is read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct SoundOptions {
    /// How fast, 1 being normal; none where nothing was chosen.
    pub speed: Option<f64>,
    /// The form of the file that was asked for: "mp3", "wav", ...
    pub format: Option<String>,
    /// How it is to sound, in words.
    pub instructions: String,
}

/// How far a sound came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SoundState {
    /// Its parts are being asked for.
    #[default]
    Making,
    /// All of it is here.
    Done,
    /// The person wanted no more of it.
    Stopped,
    /// Something went wrong; what came is here.
    Failed,
    /// Medley was closed while it was being made.
    Interrupted,
}

words!(SoundState else Interrupted {
    Making = "making",
    Done = "done",
    Stopped = "stopped",
    Failed = "failed",
    Interrupted = "interrupted",
});
