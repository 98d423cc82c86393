//! Finds pictures, numbers of tasks and facts in the JSON of an answer, in every shape that services give it (reference
//! 5.1). It takes any JSON without failing, and sees nothing in words: see `Piece::Words`.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::base64;
use super::lift::{Lifted, MARK};
use super::{Piece, Source};
use crate::error::body::Facts;
use crate::json;

/// Where lists of pictures stand, in the order of trust: who sends several says the same in each.
const LISTS: &[&str] = &["data", "images", "output", "results", "result"];
/// Where a picture's bytes stand; some relays put its address there.
const BYTES: &[&str] = &["b64_json", "b64", "base64", "image_base64", "image_b64", "partial_image_b64"];
/// Where a picture's address stands; some relays put its bytes there.
const ADDRESSES: &[&str] = &["url", "image_url", "image"];
/// What a task is said to be doing that has no picture yet.
const WAITING: &[&str] = &[
    "queued",
    "pending",
    "submitted",
    "processing",
    "in_progress",
    "in_queue",
    "running",
    "starting",
    "not_start",
    "waiting",
];
/// Lists inside lists inside lists are no answer.
const DEEPEST: u8 = 3;
/// More pictures than any service makes at once; what is beyond is ignored.
const MOST: usize = 100;

/// One entry of a list of pictures.
pub(super) enum Entry {
    Picture(Piece),
    /// This one was not made, for a reason.
    Refused(Facts),
    /// It cannot be read.
    Unreadable,
}

/// The pictures that `value` holds.
pub(super) fn pictures(value: &Value, lifted: &Lifted) -> Vec<Entry> {
    entries(value, 0).into_iter().take(MOST).map(|entry| read(entry, lifted)).collect()
}

/// The bytes of a preview.
pub(super) fn preview(value: &Value, lifted: &Lifted) -> Option<Bytes> {
    match source(value, lifted)? {
        Source::Bytes(bytes) => Some(bytes),
        Source::Url(_) => None,
    }
}

/// Where a picture is that `text` tells: an address, a data URL, base64, or the mark of one that was lifted out.
pub(super) fn source_of(text: &str, lifted: &Lifted) -> Option<Source> {
    if text.starts_with(MARK) {
        return lifted.get(text).map(Source::Bytes);
    }
    let text = text.trim();
    if is_address(text) {
        return Some(Source::Url(text.to_owned()));
    }
    base64::decode(text).map(|bytes| Source::Bytes(bytes.into()))
}

/// The number of a task that is to be asked again.
pub(super) fn task(value: &Value) -> Option<String> {
    let places = [Some(value), value.get("data"), value.get("output")];
    let numbered =
        |place: &Value| ["task_id", "taskId"].iter().find_map(|key| json::scalar(place.get(*key)?));
    let waiting = |place: &Value| {
        let status = json::text(place, &["status", "task_status", "state"])?.to_lowercase();
        WAITING.contains(&status.as_str()).then(|| json::scalar(place.get("id")?)).flatten()
    };
    // new-api's own tasks.
    let bare = || {
        let is_good = json::text(value, &["code"]) == Some("success");
        value.get("data").filter(|data| is_good && data.is_string()).and_then(json::scalar)
    };
    let mut places = places.into_iter().flatten();
    places.find_map(|place| numbered(place).or_else(|| waiting(place))).or_else(bare)
}

/// True for an answer in the shape of pictures, even without one.
pub(super) fn is_answer(value: &Value) -> bool {
    value.is_array() || ["data", "images", "created", "choices"].iter().any(|key| value.get(key).is_some())
}

/// When it was made, in Unix seconds.
pub(super) fn created(value: &Value) -> Option<i64> {
    ["created", "created_at"].iter().find_map(|key| json::whole(value.get(*key)?)).filter(|at| *at > 0)
}

/// Puts what the service says about its pictures into `facts`.
pub(super) fn facts(value: &Value, facts: &mut Map<String, Value>) {
    for key in ["size", "quality", "background", "output_format"] {
        if let Some(fact) = value.get(key).filter(|fact| json::scalar(fact).is_some()) {
            facts.insert(key.to_owned(), fact.clone());
        }
    }
}

fn entries(value: &Value, depth: u8) -> Vec<&Value> {
    match value {
        Value::Array(list) => list.iter().filter(|entry| is_entry(entry, depth + 1)).collect(),
        Value::Object(_) | Value::String(_) if is_entry(value, depth) => vec![value],
        Value::Object(_) if depth < DEEPEST => {
            let lists = LISTS.iter().filter_map(|key| Some(entries(value.get(*key)?, depth + 1)));
            lists.into_iter().find(|list| !list.is_empty()).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

fn is_entry(value: &Value, depth: u8) -> bool {
    match value {
        Value::String(text) => {
            depth > 0 && (text.starts_with(MARK) || is_address(text) || base64::is_data_url(text.as_bytes()))
        }
        Value::Object(_) => {
            texts(value).next().is_some() || (depth > 0 && value.get("error").is_some_and(Value::is_object))
        }
        _ => false,
    }
}

fn read(entry: &Value, lifted: &Lifted) -> Entry {
    match source(entry, lifted) {
        Some(source) => {
            let revised_prompt = json::text(entry, &["revised_prompt"]).unwrap_or_default().to_owned();
            Entry::Picture(Piece::Picture { source, revised_prompt })
        }
        None if entry.get("error").is_some_and(Value::is_object) => Entry::Refused(Facts::of_value(entry)),
        None => Entry::Unreadable,
    }
}

/// Bytes before an address: an address may be gone before it is asked for.
fn source(entry: &Value, lifted: &Lifted) -> Option<Source> {
    let sources: Vec<Source> = match entry {
        Value::String(text) => source_of(text, lifted).into_iter().collect(),
        _ => texts(entry).filter_map(|(key, text)| told(key, text, lifted)).collect(),
    };
    let bytes = sources.iter().position(|source| matches!(source, Source::Bytes(_))).unwrap_or(0);
    sources.into_iter().nth(bytes)
}

/// The texts of an entry that may tell where its picture is.
fn texts(entry: &Value) -> impl Iterator<Item = (&'static str, &str)> {
    BYTES.iter().chain(ADDRESSES).filter_map(|key| {
        let told = entry.get(*key)?;
        let text = told.as_str().or_else(|| json::text(told, &["url", "b64_json"]))?;
        (!text.trim().is_empty()).then_some((*key, text))
    })
}

/// A short text where an address belongs is a path, although it could be read as base64.
fn told(key: &str, text: &str, lifted: &Lifted) -> Option<Source> {
    let is_path =
        key.contains("url") && !text.starts_with(MARK) && !base64::is_data_url(text.trim().as_bytes());
    if is_path && !is_address(text.trim()) { None } else { source_of(text, lifted) }
}

fn is_address(text: &str) -> bool {
    let starts =
        |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    starts("http://") || starts("https://")
}
