//! A speech under way: reads the connection, keeps its clocks and hands out pieces. Dropping it drops the connection; it
//! never repeats a request.

use std::collections::VecDeque;

use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{Method, Response};
use serde_json::{Map, Value};
use tokio::time::Instant;

use super::Piece;
use super::hear::{ENOUGH, Form, form};
use crate::error::body::{Facts, error_within};
use crate::error::refused::{self, Source};
use crate::images::base64;
use crate::sse::{Decoder, Item};
use crate::{Client, Endpoint, Error, Phase, Timeouts, chat, json};

/// The longest file in bytes: an hour of the largest form that services send.
pub const LONGEST_SOUND: usize = 512 * 1024 * 1024;
/// Words may be no longer; what is, is a sound that begins like words.
const LONGEST_WORDS: usize = 256 * 1024;

/// The sound of one request, piece by piece.
#[derive(Debug)]
pub struct Speaking {
    source: Source,
    /// Gone once it is over, and the connection with it.
    response: Option<Response>,
    coming: Coming,
    received: usize,
    sounded: bool,
    ready: VecDeque<Piece>,
    failed: Option<Error>,
    timeouts: Timeouts,
    /// When the last bytes came. Kept here and not per wait: callers give up waiting many times a second.
    heard: Instant,
    /// When the last event came that carried something.
    progress: Instant,
}

#[derive(Debug)]
enum Coming {
    Sound,
    Events(Decoder),
    Words(Vec<u8>),
}

impl Client {
    /// Has a text read aloud. `fields` are those of reference 7.3; a field that is null is not sent. Returns once the first
    /// bytes show in what form the sound comes. An error that leaves open whether it was made and charged says so:
    /// [`Error::may_be_done`].
    pub async fn speak(&self, at: &Endpoint, fields: &Map<String, Value>) -> Result<Speaking, Error> {
        let set: Map<String, Value> = fields
            .iter()
            .filter(|(_, it)| !it.is_null())
            .map(|(name, it)| (name.clone(), it.clone()))
            .collect();
        let body = serde_json::to_vec(&set).map_err(|error| Error::Internal { detail: error.to_string() })?;
        let wants_events = json::text(&Value::Object(set), &["stream_format"]) == Some("sse");
        let request = self
            .request(Method::POST, at, &format!("{}/audio/speech", at.root))?
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, if wants_events { "text/event-stream" } else { "*/*" })
            .body(body);
        let until = Instant::now() + self.timeouts().first_byte;
        // A path that does not exist means the same here as where pictures are made.
        let (source, response) = self.send(at, request, until).await.map_err(Error::of_pictures)?;
        Speaking::begin(source, response, self.timeouts(), until).await
    }
}

impl Speaking {
    async fn begin(
        source: Source,
        mut response: Response,
        timeouts: Timeouts,
        until: Instant,
    ) -> Result<Self, Error> {
        let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or_default().to_lowercase();
        let (mut head, mut is_over) = (Vec::new(), false);
        while head.len() < ENOUGH && !is_over {
            match chat::read(&mut response, &source, until, Phase::FirstByte).await? {
                Some(bytes) => head.extend_from_slice(&bytes),
                None => is_over = true,
            }
        }
        let coming = match form(&head, &content_type) {
            Form::Sound => Coming::Sound,
            Form::Events => Coming::Events(Decoder::default()),
            Form::Words => Coming::Words(Vec::new()),
        };
        let mut speaking = Self {
            source,
            response: Some(response),
            coming,
            received: 0,
            sounded: false,
            ready: VecDeque::new(),
            failed: None,
            timeouts,
            heard: Instant::now(),
            progress: Instant::now(),
        };
        speaking.take(head.into());
        if is_over && speaking.response.is_some() {
            speaking.finish();
        }
        // What is an error from its first byte on is told at once, as one by status is.
        match speaking.failed.take_if(|_| speaking.ready.is_empty()) {
            Some(error) => Err(error),
            None => Ok(speaking),
        }
    }

    /// The next piece; nothing after [`Piece::End`] or an error. Safe to cancel: no piece is lost.
    pub async fn next(&mut self) -> Option<Result<Piece, Error>> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Some(Ok(piece));
            }
            if let Some(error) = self.failed.take() {
                return Some(Err(error));
            }
            let (until, phase) = match self.coming {
                Coming::Events(_) => (self.progress + self.timeouts.progress, Phase::Progress),
                Coming::Sound | Coming::Words(_) => (self.heard + self.timeouts.bytes, Phase::Bytes),
            };
            let response = self.response.as_mut()?;
            match chat::read(response, &self.source, until, phase).await {
                Ok(Some(bytes)) => self.take(bytes),
                Ok(None) => self.finish(),
                Err(error) => self.fail(error),
            }
        }
    }

    fn take(&mut self, bytes: Bytes) {
        self.heard = Instant::now();
        self.received += bytes.len();
        if self.received > LONGEST_SOUND {
            let detail = format!("the sound is longer than {LONGEST_SOUND} bytes");
            return self.fail(Error::BadAnswer { detail });
        }
        match &mut self.coming {
            Coming::Sound => self.give(bytes),
            Coming::Words(words) => {
                words.extend_from_slice(&bytes);
                if words.len() > LONGEST_WORDS {
                    let sound = std::mem::take(words).into();
                    self.coming = Coming::Sound;
                    self.give(sound);
                }
            }
            Coming::Events(decoder) => {
                let mut items = VecDeque::new();
                let pushed = decoder.push(&bytes, &mut items);
                self.take_items(items);
                if let Err(error) = pushed
                    && self.response.is_some()
                {
                    self.fail(Error::BadAnswer { detail: error.to_string() });
                }
            }
        }
    }

    fn give(&mut self, sound: Bytes) {
        if !sound.is_empty() {
            self.sounded = true;
            self.ready.push_back(Piece::Sound(sound));
        }
    }

    fn take_items(&mut self, items: VecDeque<Item>) {
        for item in items {
            if let Item::Event { name, data } = item
                && self.response.is_some()
            {
                self.take_event(&name, data.trim());
            }
        }
    }

    fn take_event(&mut self, name: &str, data: &str) {
        // Some leave the connection open for long after the last event.
        if data.starts_with("[DONE]") {
            return self.end();
        }
        let Ok(value) = serde_json::from_str::<Value>(data) else { return };
        let kind = json::text(&value, &["type"]).unwrap_or(name);
        if kind.rsplit('.').next() == Some("done") {
            let usage = value.get("usage").filter(|usage| usage.is_object()).cloned();
            self.ready.extend(usage.map(Piece::Usage));
            return self.end();
        }
        if let Some(text) = json::text(&value, &["audio", "delta"]) {
            self.progress = Instant::now();
            return match base64::decode(text) {
                Some(sound) => self.give(sound.into()),
                None => self.fail(self.source.unreadable("an event holds no sound", text)),
            };
        }
        let error = error_within(&value).or_else(|| (kind == "error").then(|| Facts::of_value(&value)));
        if let Some(facts) = error {
            self.fail(self.source.failure(facts, true));
        }
    }

    /// The connection ended in good order.
    fn finish(&mut self) {
        match &mut self.coming {
            Coming::Sound => self.end(),
            Coming::Words(words) => {
                let words = std::mem::take(words);
                if let Some(error) = self.meant(&words) {
                    self.fail(error);
                } else {
                    self.give(words.into());
                    self.end();
                }
            }
            Coming::Events(decoder) => {
                let mut items = VecDeque::new();
                decoder.finish(&mut items);
                self.take_items(items);
                if self.response.is_some() {
                    self.fail(Error::Cut { detail: "the events ended before the sound".into() });
                }
            }
        }
    }

    /// What words in the place of a sound mean; nothing for bytes that are none.
    fn meant(&self, words: &[u8]) -> Option<Error> {
        let text = std::str::from_utf8(words).ok()?.trim_start_matches('\u{feff}').trim();
        if refused::looks_like_html(text) {
            return Some(self.source.page(text));
        }
        let error = serde_json::from_str::<Value>(text).ok().and_then(|value| error_within(&value));
        Some(match error {
            Some(facts) => self.source.failure(facts, false),
            None => self.source.unreadable("no sound", text),
        })
    }

    fn end(&mut self) {
        if self.sounded {
            self.ready.push_back(Piece::End);
            self.response = None;
        } else {
            self.fail(self.source.unreadable("no sound", ""));
        }
    }

    /// What came before the error still goes out, before the error.
    fn fail(&mut self, error: Error) {
        self.failed = Some(error);
        self.response = None;
    }
}
