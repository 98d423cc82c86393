//! Transcripts: what is said in a recording, the parts in which it is asked for, and its lines. A transcript outlives its
//! service.

mod line;
mod part;
mod read;
mod write;

pub use line::{Line, LineWord};
pub use part::{KeptTranscriptPart, TranscriptPart};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::problem::Problem;
use crate::cell::words;
use crate::{ServiceId, TranscriptId, UnixMs};

/// A transcript, but for its parts and its lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Transcript {
    /// Its id.
    pub id: TranscriptId,
    /// As it is spoken, or in English.
    pub task: TranscriptTask,
    /// The service asked; none when it is gone.
    pub service_id: Option<ServiceId>,
    /// The model asked.
    pub model: String,
    /// How it is asked for.
    pub options: TranscriptOptions,
    /// How far it came.
    pub state: TranscriptState,
    /// Why not everything came.
    pub problem: Option<Problem>,
    /// The language that was heard, as the service names it; "" where it does not.
    pub language: String,
    /// In how many parts it comes; 0 while that is not known.
    #[ts(type = "number")]
    pub parts: i64,
    /// How many of them are here.
    #[ts(type = "number")]
    pub kept: i64,
    /// US dollars, where that is known.
    pub cost_usd: Option<f64>,
    /// When it was asked for.
    #[ts(type = "number")]
    pub created_at: UnixMs,
}

impl Transcript {
    /// A new one of which nothing is here.
    pub fn blank(task: TranscriptTask, service: ServiceId, model: &str, at: UnixMs) -> Self {
        Self {
            id: TranscriptId::new(),
            task,
            service_id: Some(service),
            model: model.to_owned(),
            options: TranscriptOptions::default(),
            state: TranscriptState::Queued,
            problem: None,
            language: String::new(),
            parts: 0,
            kept: 0,
            cost_usd: None,
            created_at: at,
        }
    }
}

/// How a transcript is asked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct TranscriptOptions {
    /// What is spoken: "en", "zh"; none where the model finds out.
    pub language: Option<String>,
    /// Names and words that are said, for their spelling.
    pub prompt: String,
}

/// What is written down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TranscriptTask {
    /// What is said, as it is said.
    #[default]
    Transcribe,
    /// The same in English.
    Translate,
}

words!(TranscriptTask else Transcribe {
    Transcribe = "transcribe",
    Translate = "translate",
});

/// How far a transcript came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TranscriptState {
    /// It waits for its turn; nothing is under way.
    #[default]
    Queued,
    /// Its parts are being asked for.
    Running,
    /// All of it is here.
    Done,
    /// The person wants it to wait; what came is here.
    Paused,
    /// Something went wrong; what came is here.
    Failed,
    /// Medley was closed while a part was under way.
    Interrupted,
}

words!(TranscriptState else Interrupted {
    Queued = "queued",
    Running = "running",
    Done = "done",
    Paused = "paused",
    Failed = "failed",
    Interrupted = "interrupted",
});
