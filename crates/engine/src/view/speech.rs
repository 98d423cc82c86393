//! Reading aloud, as the window is shown it.

use serde::{Deserialize, Serialize};
use store::table::problem::Problem;
use store::table::sound::{Sound, SoundOptions};
use store::{MessageId, RecordingId, ServiceId, SoundId};
use ts_rs::TS;

/// A model that reads aloud, and what it takes.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Speaker {
    /// Its service.
    pub service_id: ServiceId,
    /// The name sent over the wire.
    pub model: String,
    /// The name shown.
    pub label: String,
    /// The person's star.
    pub favourite: bool,
    /// The voices known by name; others can be typed in.
    pub voices: Vec<String>,
    /// The forms of files to choose from; empty where nothing can be chosen.
    pub formats: Vec<String>,
    /// How fast it reads can be said.
    pub speed: bool,
    /// How it is to sound can be said in words.
    pub instructions: bool,
    /// US dollars for a million tokens, where that is known.
    pub price_in: Option<f64>,
    /// US dollars for a call, where that is known.
    pub price_call: Option<f64>,
}

/// A text to be read aloud.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Speak {
    /// The service to ask.
    pub service_id: ServiceId,
    /// The model to ask.
    pub model: String,
    /// Whose voice.
    pub voice: String,
    /// The text.
    pub text: String,
    /// A message that is read in place of a text. What was made of it before is given again.
    pub message_id: Option<MessageId>,
    /// How.
    pub options: SoundOptions,
}

/// A sound with its text.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SoundPage {
    /// Its row.
    pub sound: Sound,
    /// The whole text.
    pub text: String,
    /// The same, sentence by sentence.
    pub sentences: Vec<SpokenSentence>,
    /// How loud it is, ten times a second, of 255.
    pub peaks: Vec<u8>,
}

/// A sentence, and when it is spoken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SpokenSentence {
    /// Its words.
    pub text: String,
    /// A paragraph begins with it.
    pub is_paragraph: bool,
    /// When it begins, milliseconds; none while it is not here.
    #[ts(type = "number | null")]
    pub start_ms: Option<i64>,
    /// When it ends.
    #[ts(type = "number | null")]
    pub end_ms: Option<i64>,
}

/// What is in the player, and how it stands.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Playback {
    /// The sound in it; none when it is something else or nothing was played.
    pub sound_id: Option<SoundId>,
    /// The recording in it.
    pub recording_id: Option<RecordingId>,
    /// It plays, or will as soon as the next part is here.
    pub playing: bool,
    /// The next part is waited for.
    pub waiting: bool,
    /// It came to its end.
    pub ended: bool,
    /// Where it is, milliseconds.
    #[ts(type = "number")]
    pub position_ms: i64,
    /// How fast, 1 being as it was spoken.
    pub speed: f64,
    /// How loud, from 0 to 1.
    pub volume: f64,
    /// Why it stopped by itself.
    pub problem: Option<Problem>,
}
