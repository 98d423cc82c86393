//! What the demo saw, so that tests can assert what was sent; it never keeps a key, only its last characters and a digest.

use std::{
    collections::{BTreeMap, VecDeque},
    time::{SystemTime, UNIX_EPOCH},
};

use axum::http::{HeaderMap, request::Parts};
use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::form::{Form, SeenFile};

/// Older entries are forgotten beyond this, so that a demo left running stays small.
const KEPT: usize = 2000;

/// One request as it arrived.
#[derive(Clone, Debug, Serialize)]
pub struct Seen {
    /// `GET`, `POST`, ...
    pub method: String,
    /// The path with its query, as sent.
    pub path: String,
    /// Header names in lower case. `authorization` is shortened to `Bearer …4f2a`, `mj-api-secret` to `…4f2a`.
    pub headers: BTreeMap<String, String>,
    /// The key that came along, if one did.
    pub key: Option<SeenKey>,
    /// The body: JSON where it is JSON, the texts of a form with pictures or sounds, else its text; null when there
    /// was none.
    pub body: Value,
    /// The files of a form. Their bytes are at `/__demo/files/{sha256}`.
    pub files: Vec<SeenFile>,
    /// When it arrived, in Unix milliseconds.
    pub at: u64,
}

/// What is kept of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SeenKey {
    /// The last four characters.
    pub ends: String,
    /// SHA-256 of the whole in lower-case hex; compare it with [`fingerprint`].
    pub sha256: String,
}

/// A client that went away before its answer was complete.
#[derive(Clone, Debug, Serialize)]
pub struct Dropped {
    /// The path that was asked.
    pub path: String,
    /// The model that was asked.
    pub model: String,
    /// Bytes of the body handed to the socket before.
    pub bytes: u64,
    /// Milliseconds from the last write (or the request, when nothing was written) to the moment the loss was noticed.
    pub quiet_ms: u64,
    /// When the loss was noticed, in Unix milliseconds.
    pub at: u64,
}

/// SHA-256 of a key in lower-case hex, to compare with [`SeenKey::sha256`].
pub fn fingerprint(key: &str) -> String {
    sha256(key.as_bytes())
}

/// SHA-256 in lower-case hex.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
}

/// Everything seen since the start or the last clearing.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) requests: VecDeque<Seen>,
    pub(crate) dropped: VecDeque<Dropped>,
}

impl Log {
    pub(crate) fn saw(&mut self, seen: Seen) {
        push(&mut self.requests, seen);
    }

    /// The bytes of a file that came in a form.
    pub(crate) fn file(&self, sha256: &str) -> Option<Bytes> {
        let mut files = self.requests.iter().flat_map(|seen| &seen.files);
        files.find(|file| file.sha256 == sha256).map(|file| file.bytes.clone())
    }

    pub(crate) fn lost(&mut self, dropped: Dropped) {
        push(&mut self.dropped, dropped);
    }
}

impl Seen {
    pub(crate) fn new(parts: &Parts, body: &Bytes) -> Self {
        let content_type = parts.headers.get("content-type").and_then(|value| value.to_str().ok());
        let form = Form::read(content_type.unwrap_or_default(), body).unwrap_or_default();
        let is_form =
            ["/images/", "/audio/"].iter().any(|part| parts.uri.path().contains(part)) && !form.is_empty();
        Self {
            method: parts.method.to_string(),
            path: parts.uri.to_string(),
            headers: parts
                .headers
                .iter()
                .map(|(name, value)| shown(name.as_str(), value.as_bytes()))
                .collect(),
            key: bearer(&parts.headers).map(|key| SeenKey { ends: ends(&key), sha256: fingerprint(&key) }),
            body: if is_form { form.texts.into() } else { read(body) },
            files: form.files,
            at: now(),
        }
    }
}

/// The bearer key of a request, if there is one.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<String> {
    let value = String::from_utf8_lossy(headers.get("authorization")?.as_bytes()).into_owned();
    Some(value.strip_prefix("Bearer ").unwrap_or(&value).to_owned())
}

/// Unix time in milliseconds.
pub(crate) fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| u64::try_from(since.as_millis()).unwrap_or(0))
}

fn push<T>(list: &mut VecDeque<T>, entry: T) {
    if list.len() == KEPT {
        list.pop_front();
    }
    list.push_back(entry);
}

fn shown(name: &str, value: &[u8]) -> (String, String) {
    let text = String::from_utf8_lossy(value).into_owned();
    let text = match name {
        "authorization" => format!("Bearer …{}", ends(&text)),
        "mj-api-secret" => format!("…{}", ends(&text)),
        _ => text,
    };
    (name.to_owned(), text)
}

fn ends(key: &str) -> String {
    let skip = key.chars().count().saturating_sub(4);
    key.chars().skip(skip).collect()
}

fn read(body: &[u8]) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(body).unwrap_or_else(|_| String::from_utf8_lossy(body).into())
}
