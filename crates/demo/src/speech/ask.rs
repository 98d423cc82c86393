//! A request for speech, read and checked as the models check it (reference 7.3). It makes no sound.

use serde_json::Value;

use crate::{fault::Fault, script::Cast, turn::Turn};

/// Letters of a text: at OpenAI characters, at relays bytes.
const LONGEST: usize = 4096;

const NO_INPUT: Fault = wrong("missing_required_parameter", "Missing required parameter: 'input'.", "input");
const NO_VOICE: Fault = wrong("missing_required_parameter", "Missing required parameter: 'voice'.", "voice");
const BAD_VOICE: Fault = wrong("invalid_value", "Invalid value: 'voice'. There is no such voice.", "voice");
const BAD_SPEED: Fault = wrong("invalid_value", "Invalid 'speed': between 0.25 and 4.", "speed");
const BAD_FORMAT: Fault = wrong("invalid_value", "Invalid 'response_format'.", "response_format");
const TOO_LONG: Fault = wrong("string_above_max_length", "Invalid 'input': string too long.", "input")
    .at_relays("text_too_long", "文本过长");
const NO_INSTRUCTIONS: Fault =
    wrong("unknown_parameter", "Unknown parameter for this model: 'instructions'.", "instructions");
const NO_EVENTS: Fault =
    wrong("unsupported_value", "Unsupported for this model: 'stream_format'.", "stream_format");

/// Forms of files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Format {
    Mp3,
    Opus,
    Aac,
    Flac,
    Wav,
    Pcm,
}

impl Format {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "mp3" => Self::Mp3,
            "opus" => Self::Opus,
            "aac" => Self::Aac,
            "flac" => Self::Flac,
            "wav" => Self::Wav,
            "pcm" => Self::Pcm,
            _ => return None,
        })
    }

    pub(crate) fn mime(self) -> &'static str {
        match self {
            Self::Mp3 => "audio/mpeg",
            Self::Opus => "audio/opus",
            Self::Aac => "audio/aac",
            Self::Flac => "audio/flac",
            Self::Wav => "audio/wav",
            Self::Pcm => "audio/pcm",
        }
    }
}

/// Voices and how high they speak, in Hertz.
const VOICES: &[(&str, f64)] = &[
    ("alloy", 330.0),
    ("echo", 247.0),
    ("fable", 392.0),
    ("onyx", 196.0),
    ("nova", 440.0),
    ("shimmer", 523.0),
    ("ash", 220.0),
    ("ballad", 262.0),
    ("coral", 466.0),
    ("sage", 349.0),
    ("verse", 294.0),
    ("marin", 494.0),
    ("cedar", 233.0),
];
/// The newer ones are known to newer models.
const CLASSIC: usize = 6;

/// A request that is in order.
pub(crate) struct Ask {
    pub(crate) input: String,
    pub(crate) format: Format,
    pub(crate) is_events: bool,
    /// Which of the classic voices is nearest; files of some forms are kept for those alone.
    pub(crate) nearest: usize,
    /// Hertz.
    pub(crate) pitch: f64,
    pub(crate) speed: f64,
    pause: u64,
}

impl Ask {
    pub(crate) fn read(turn: &Turn) -> Result<Self, Fault> {
        let is_old = turn.model().starts_with("tts-1");
        let text = |field: &str| turn.body.get(field).and_then(Value::as_str);
        let input = text("input").filter(|input| !input.trim().is_empty()).ok_or(NO_INPUT)?;
        let length = if turn.dialect().is_relay() { input.len() } else { input.chars().count() };
        if length > LONGEST {
            return Err(TOO_LONG);
        }
        let known = if is_old { VOICES.get(..CLASSIC).unwrap_or_default() } else { VOICES };
        let voice = text("voice").ok_or(NO_VOICE)?;
        let (_, pitch) = known.iter().find(|(name, _)| *name == voice).ok_or(BAD_VOICE)?;
        let speed = match turn.body.get("speed") {
            None => 1.0,
            Some(speed) => speed.as_f64().filter(|it| (0.25..=4.0).contains(it)).ok_or(BAD_SPEED)?,
        };
        let format = Format::named(text("response_format").unwrap_or("mp3")).ok_or(BAD_FORMAT)?;
        if is_old && turn.body.get("instructions").is_some() {
            return Err(NO_INSTRUCTIONS);
        }
        let is_events = text("stream_format") == Some("sse");
        if is_old && is_events {
            return Err(NO_EVENTS);
        }
        let nearest = nearest(*pitch);
        let pause = if turn.script.cast == Cast::Welcome || input.contains("[slow]") { 400 } else { 0 };
        Ok(Self { input: input.to_owned(), format, is_events, nearest, pitch: *pitch, speed, pause })
    }

    /// Milliseconds between two pieces of a file.
    pub(crate) fn pause(&self) -> u64 {
        self.pause
    }
}

fn nearest(pitch: f64) -> usize {
    let distance = |(_, (_, known)): &(usize, &(&str, f64))| (known - pitch).abs();
    let classic = VOICES.iter().take(CLASSIC).enumerate();
    classic.min_by(|one, other| distance(one).total_cmp(&distance(other))).map_or(0, |(at, _)| at)
}

const fn wrong(code: &'static str, message: &'static str, field: &'static str) -> Fault {
    Fault::new(400, "invalid_request_error", code, message).naming(field)
}
