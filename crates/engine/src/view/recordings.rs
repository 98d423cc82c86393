//! Recordings and transcripts, as the window is shown them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::table::problem::Problem;
use store::table::recording::Recording;
use store::table::transcript::{Line, TranscriptOptions, TranscriptTask};
use store::{RecordingId, ServiceId, TranscriptId};
use ts_rs::TS;

/// A model that writes down what is said, and what it takes.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each is known by itself, and none excludes another")]
pub struct Scribe {
    /// Its service.
    pub service_id: ServiceId,
    /// The name sent over the wire.
    pub model: String,
    /// The name shown.
    pub label: String,
    /// The person's star.
    pub favourite: bool,
    /// It tells when each line is said.
    pub times: bool,
    /// It tells who says it.
    pub speakers: bool,
    /// Names and words can be told for their spelling.
    pub prompt: bool,
    /// The language can be said.
    pub language: bool,
    /// It can tell what is said in English.
    pub translates: bool,
    /// US dollars for a call, where that is known.
    pub price_call: Option<f64>,
}

/// With what something is written down, and how.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TranscribeWith {
    /// The service to ask.
    pub service_id: ServiceId,
    /// The model to ask.
    pub model: String,
    /// How.
    pub options: TranscriptOptions,
}

/// What became of files that were chosen or dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TookIn {
    /// Recordings that are here now.
    pub ids: Vec<RecordingId>,
    /// Those that were here before.
    pub before: Vec<RecordingId>,
    /// They are so many that none is written down unasked.
    pub is_many: bool,
    /// Files that hold no sound, or cannot be read.
    #[ts(type = "number")]
    pub unread: usize,
}

/// A recording with what is said in it.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecordingPage {
    /// Its row.
    pub recording: Recording,
    /// As it is said, or in English.
    pub task: TranscriptTask,
    /// The lines that are here, in their order.
    pub lines: Vec<Line>,
    /// How loud it is, ten times a second, of 255.
    pub peaks: Vec<u8>,
}

/// The form of a file that holds a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TranscriptForm {
    /// Plain text.
    Txt,
    /// Subtitles for films.
    Srt,
    /// Subtitles for the web.
    Vtt,
    /// For programs.
    Json,
    /// A Word document.
    Docx,
}

/// A transcript to be saved.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SaveTranscript {
    /// Which.
    pub id: TranscriptId,
    /// In what form.
    pub form: TranscriptForm,
    /// What those who speak are called in the person's language, where nobody named them: "A" is "Speaker A".
    pub names: BTreeMap<String, String>,
}

/// A microphone that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Microphone {
    /// What the system knows it by.
    pub id: String,
    /// What people know it by.
    pub name: String,
    /// It is taken where none is named.
    pub is_default: bool,
}

/// How far the recorder is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RecorderStage {
    /// Nobody listens.
    #[default]
    Off,
    /// It listens, and keeps no more than a moment.
    Armed,
    /// It writes down what it hears.
    Recording,
    /// It waits in the middle of a recording.
    Paused,
    /// The recording broke off by itself.
    Broken,
}

/// How the recorder stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecorderView {
    /// How far it is.
    pub stage: RecorderStage,
    /// What is being recorded.
    pub recording_id: Option<RecordingId>,
    /// How loud it is, of 1.
    pub level: f64,
    /// How much was recorded, milliseconds.
    #[ts(type = "number")]
    pub duration_ms: i64,
    /// Why it broke off, or why nobody listens.
    pub problem: Option<Problem>,
}
