//! A request for words, read and checked as the models check it. It hears nothing.

use serde_json::Value;

use super::length;
use crate::{fault::Fault, turn::Turn};

/// Bytes of a file.
const LARGEST: usize = 26_214_400;
/// Of one model that stands for relays with a smaller limit.
const NARROW: usize = 400_000;
const ENDINGS: &[&str] = &["flac", "mp3", "mp4", "mpeg", "mpga", "m4a", "ogg", "wav", "webm"];

const NO_FILE: Fault = wrong("missing_required_parameter", "Missing required parameter: 'file'.", "file");
const BAD_FILE: Fault = wrong("invalid_value", "Invalid file format.", "file");
const TOO_LARGE: Fault = Fault::new(
    413,
    "server_error",
    "",
    "413: Maximum content size limit (26214400) exceeded (30000000 bytes read)",
);
const TOO_LARGE_HERE: Fault =
    Fault::new(413, "server_error", "request_too_large", "Request body is too large.");
const BAD_FORMAT: Fault = wrong(
    "unsupported_value",
    "response_format is not compatible with this model. Use a compatible format.",
    "response_format",
);
const NO_TIMES: Fault = wrong(
    "unsupported_value",
    "Timestamp granularities are only supported with response_format verbose_json.",
    "timestamp_granularities",
);
const NO_CHUNKING: Fault = wrong(
    "missing_required_parameter",
    "chunking_strategy is required for diarization models.",
    "chunking_strategy",
);
const NO_PROMPT: Fault = wrong("unsupported_parameter", "Prompt is not supported for this model.", "prompt");
const BAD_LANGUAGE: Fault = wrong("invalid_language_format", "Invalid language. Use ISO 639-1.", "language");

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Text,
    Srt,
    Verbose,
    Vtt,
    Diarized,
}

/// A request that is in order.
pub(super) struct Ask {
    pub(super) prompt: String,
    pub(super) format: Format,
    pub(super) wants_words: bool,
    pub(super) is_translation: bool,
    /// Seconds of the file.
    pub(super) length: f64,
}

impl Ask {
    pub(super) fn read(turn: &Turn, is_translation: bool) -> Result<Self, Fault> {
        let text = |field: &str| turn.body.get(field).and_then(Value::as_str);
        let file = turn.files.iter().find(|file| file.field == "file").ok_or(NO_FILE)?;
        let is_narrow = turn.model() == "whisper-narrow";
        if file.length > LARGEST {
            return Err(TOO_LARGE);
        }
        if is_narrow && file.length > NARROW {
            return Err(TOO_LARGE_HERE);
        }
        let ending = file.name.rsplit('.').next().unwrap_or_default().to_lowercase();
        if !ENDINGS.contains(&ending.as_str()) || file.length < 8 {
            return Err(BAD_FILE);
        }
        let is_whisper = turn.model().starts_with("whisper");
        let is_diarizing = turn.model().ends_with("-diarize");
        let format = match text("response_format").unwrap_or("json") {
            "json" => Format::Json,
            "text" if is_whisper || is_diarizing => Format::Text,
            "srt" if is_whisper => Format::Srt,
            "vtt" if is_whisper => Format::Vtt,
            "verbose_json" if is_whisper => Format::Verbose,
            "diarized_json" if is_diarizing => Format::Diarized,
            _ => return Err(BAD_FORMAT),
        };
        let granularity = text("timestamp_granularities[]");
        if granularity.is_some() && format != Format::Verbose {
            return Err(NO_TIMES);
        }
        let length = length::seconds(&file.bytes);
        if is_diarizing && length > 30.0 && text("chunking_strategy").is_none() {
            return Err(NO_CHUNKING);
        }
        if is_diarizing && text("prompt").is_some() {
            return Err(NO_PROMPT);
        }
        if text("language").is_some_and(|it| it.len() != 2 || is_translation) {
            return Err(BAD_LANGUAGE);
        }
        let prompt = text("prompt").unwrap_or_default().to_owned();
        Ok(Self { prompt, format, wants_words: granularity == Some("word"), is_translation, length })
    }
}

const fn wrong(code: &'static str, message: &'static str, field: &'static str) -> Fault {
    Fault::new(400, "invalid_request_error", code, message).naming(field)
}
