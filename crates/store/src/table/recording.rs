//! Recordings: sounds that were recorded here or brought, with how far their transcripts are.

mod read;
mod write;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::transcript::Transcript;
use crate::cell::words;
use crate::{MediaId, RecordingId, UnixMs};

/// A recording, but for its peaks and its lines.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Recording {
    /// Its id.
    pub id: RecordingId,
    /// Its file; none while it is being recorded.
    pub media_id: Option<MediaId>,
    /// What it is called.
    pub name: String,
    /// Where it comes from.
    pub origin: RecordingOrigin,
    /// How far it is.
    pub state: RecordingState,
    /// How long it is, milliseconds.
    #[ts(type = "number")]
    pub duration_ms: i64,
    /// Where listening stopped, milliseconds.
    #[ts(type = "number")]
    pub heard_ms: i64,
    /// How many people speak in it, where that was told.
    #[ts(type = "number")]
    pub speakers: i64,
    /// What is said in it.
    pub transcript: Option<Transcript>,
    /// The same in English.
    pub english: Option<Transcript>,
    /// When it was recorded or brought.
    #[ts(type = "number")]
    pub created_at: UnixMs,
}

impl Recording {
    /// A new one without a file.
    pub fn blank(name: &str, origin: RecordingOrigin, at: UnixMs) -> Self {
        Self {
            id: RecordingId::new(),
            media_id: None,
            name: name.to_owned(),
            origin,
            state: RecordingState::Kept,
            duration_ms: 0,
            heard_ms: 0,
            speakers: 0,
            transcript: None,
            english: None,
            created_at: at,
        }
    }
}

/// Where a recording comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecordingOrigin {
    /// The microphone took it here.
    Recorded,
    /// A file of the person's own.
    #[default]
    Imported,
}

words!(RecordingOrigin else Imported {
    Recorded = "recorded",
    Imported = "imported",
});

/// How far a recording is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecordingState {
    /// The microphone takes it now.
    Recording,
    /// Medley was closed while it was being recorded; everything up to then is here, and nobody has looked at it yet.
    Found,
    /// All of it is here.
    #[default]
    Kept,
}

words!(RecordingState else Kept {
    Recording = "recording",
    Found = "found",
    Kept = "kept",
});
