//! Reads what came back: JSON with times or without, a plain text, one that is quoted or wrapped, subtitles, or events. A page
//! or an error under status 200 is an error.

use std::collections::VecDeque;

use serde_json::Value;

use super::{Segment, Transcription, Word, cues};
use crate::error::body::error_within;
use crate::error::refused::{self, Source};
use crate::sse::{Decoder, Item};
use crate::{Error, json};

/// Where services hide the answer.
const WRAPPERS: &[&str] = &["data", "result", "results", "transcription", "output"];

/// What a whole body says.
pub(super) fn answer(source: &Source, body: &str) -> Result<Transcription, Error> {
    let text = body.trim();
    if text.is_empty() {
        return Err(source.unreadable("nothing came", ""));
    }
    if refused::looks_like_html(text) {
        return Err(source.page(text));
    }
    if ["data:", "event:"].iter().any(|field| text.starts_with(field)) {
        return events(source, body);
    }
    match serde_json::from_str::<Value>(text) {
        Ok(Value::String(quoted)) => Ok(of_text(&quoted)),
        Ok(value @ (Value::Object(_) | Value::Array(_))) => of_value(source, &value, text),
        Err(error) if text.starts_with('{') => Err(source.unreadable(&error.to_string(), text)),
        // A number alone was spoken: it is a text like any other.
        Ok(_) | Err(_) => Ok(of_text(text)),
    }
}

/// A plain text, or subtitles.
fn of_text(text: &str) -> Transcription {
    let segments = cues::read(text);
    let text = if segments.is_empty() { text.trim().to_owned() } else { joined(&segments) };
    Transcription { text, segments, ..Transcription::default() }
}

fn of_value(source: &Source, value: &Value, body: &str) -> Result<Transcription, Error> {
    let told = if value.is_array() { listed(value) } else { told(value) };
    let says = |told: &Transcription| !told.text.is_empty() || !told.words.is_empty();
    // Without a word it is silence only when it is no error.
    let silence = match told {
        Some(told) if says(&told) => return Ok(told),
        silence => silence,
    };
    if let Some(facts) = error_within(value) {
        return Err(source.failure(facts, false));
    }
    if let Some(silence) = silence {
        return Ok(silence);
    }
    let inner = WRAPPERS.iter().find_map(|name| value.get(*name)).filter(|inner| !inner.is_null());
    match inner {
        Some(Value::String(text)) => Ok(of_text(text)),
        Some(inner) => of_value(source, inner, body),
        None => Err(source.unreadable("no words", body)),
    }
}

/// The words of an object, if it holds any; empty words count, for silence says nothing.
fn told(value: &Value) -> Option<Transcription> {
    let whole = ["text", "transcript"].iter().find_map(|name| value.get(*name)?.as_str());
    let pieces = ["segments", "utterances"].map(|name| json::list(value, name));
    let segments: Vec<Segment> = pieces.into_iter().flatten().filter_map(segment).collect();
    if whole.is_none() && segments.is_empty() {
        return None;
    }
    let said = whole.map(of_text).unwrap_or_default();
    let segments = if segments.is_empty() { said.segments } else { segments };
    let words = json::list(value, "words");
    let within = json::list(value, "segments").iter().flat_map(|piece| json::list(piece, "words"));
    let words: Vec<Word> = if words.is_empty() {
        within.filter_map(word).collect()
    } else {
        words.iter().filter_map(word).collect()
    };
    Some(Transcription {
        text: if said.text.is_empty() { joined(&segments) } else { said.text },
        language: json::text(value, &["language", "detected_language"]).map(str::to_owned),
        duration: value.get("duration").and_then(json::number),
        segments,
        words,
        usage: value.get("usage").filter(|usage| usage.is_object()).cloned(),
    })
}

/// The pieces of a list, objects or bare texts. A list of something else says nothing, not even silence.
fn listed(value: &Value) -> Option<Transcription> {
    let items = value.as_array()?;
    let piece = |item: &Value| match item {
        Value::String(text) => {
            Some(Segment { start: None, end: None, text: text.trim().to_owned(), speaker: None })
        }
        item => segment(item),
    };
    let segments: Vec<Segment> = items.iter().filter_map(piece).collect();
    (items.is_empty() || !segments.is_empty()).then(|| Transcription {
        text: joined(&segments),
        segments,
        ..Transcription::default()
    })
}

fn segment(value: &Value) -> Option<Segment> {
    let text = value.get("text").or_else(|| value.get("transcript"))?.as_str()?.trim().to_owned();
    Some(Segment {
        start: value.get("start").and_then(json::number),
        end: value.get("end").and_then(json::number),
        text,
        speaker: ["speaker", "speaker_id"].iter().find_map(|name| json::scalar(value.get(*name)?)),
    })
}

fn word(value: &Value) -> Option<Word> {
    let text = json::text(value, &["word", "text"])?.trim().to_owned();
    let (start, end) = (json::number(value.get("start")?)?, json::number(value.get("end")?)?);
    Some(Word { text, start, end })
}

fn joined(segments: &[Segment]) -> String {
    segments.iter().map(|segment| segment.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Events, though nobody asked for them.
fn events(source: &Source, body: &str) -> Result<Transcription, Error> {
    let (mut decoder, mut items) = (Decoder::default(), VecDeque::new());
    decoder
        .push(body.as_bytes(), &mut items)
        .map_err(|error| Error::BadAnswer { detail: error.to_string() })?;
    decoder.finish(&mut items);
    let (mut heard, mut is_over) = (Transcription::default(), false);
    for item in items {
        let Item::Event { data, .. } = item else { continue };
        is_over |= data.trim().starts_with("[DONE]");
        let Ok(value) = serde_json::from_str::<Value>(data.trim()) else { continue };
        match json::text(&value, &["type"]).and_then(|kind| kind.rsplit('.').next()) {
            Some("delta") => heard.text.push_str(json::text(&value, &["delta"]).unwrap_or_default()),
            Some("segment") => heard.segments.extend(segment(&value)),
            Some("done") => {
                is_over = true;
                heard.usage = value.get("usage").filter(|usage| usage.is_object()).cloned();
                if let Some(text) = json::text(&value, &["text"]) {
                    text.clone_into(&mut heard.text);
                }
            }
            _ => {
                if let Some(facts) = error_within(&value) {
                    return Err(source.failure(facts, true));
                }
            }
        }
    }
    if is_over { Ok(heard) } else { Err(Error::Cut { detail: "the events ended before the words".into() }) }
}
