//! A making under way: reads the connection, keeps its clocks and hands out pieces. Dropping it drops the connection; it
//! never repeats a request.

use std::collections::VecDeque;
use std::time::Duration;

use reqwest::header::ACCEPT;
use reqwest::{Method, Response};
use serde_json::{Map, Value};
use tokio::time::Instant;

use super::found::{self, Entry};
use super::lift::{Lift, Lifted};
use super::{Piece, Request};
use crate::chat::fold::Fold;
use crate::chat::shape::Shape;
use crate::chat::{self, Event};
use crate::client::LONGEST_BODY;
use crate::error::body::{Facts, error_within};
use crate::error::refused::Source;
use crate::sse::{Decoder, Item};
use crate::{Client, Endpoint, Error, Phase, Timeouts, json};

/// The longest answer in bytes, previews included: what is longer is refused, whatever it holds.
pub const LONGEST_ANSWER: usize = 200 * 1024 * 1024;
/// Longer words are no answer about pictures.
const LONGEST_WORDS: usize = 1024 * 1024;
/// When every picture is there, a service that keeps the connection open has nothing to add.
const LINGER: Duration = Duration::from_secs(2);

/// The pictures of one request, piece by piece.
#[derive(Debug)]
pub struct Making {
    source: Source,
    /// Gone once it is over, and the connection with it.
    response: Option<Response>,
    form: Form,
    received: usize,
    wanted: usize,
    tally: Tally,
    ready: VecDeque<Piece>,
    failed: Option<Error>,
    timeouts: Timeouts,
    /// When the last bytes came. Kept here and not per wait: callers give up waiting many times a second.
    heard: Instant,
    /// When the last event came that carried something.
    progress: Instant,
}

#[derive(Debug)]
enum Form {
    Events(Decoder),
    Whole(Lift),
    /// The file of a picture itself.
    File(Vec<u8>),
}

/// What came so far.
#[derive(Debug, Default)]
struct Tally {
    pictures: usize,
    /// An answer to a chat instead.
    chat: Fold,
    words: String,
    task: Option<String>,
    usage: Option<Value>,
    created: Option<i64>,
    facts: Map<String, Value>,
    /// The first thing that went wrong with a picture of several.
    trouble: Option<Error>,
    /// The service said that it was done.
    is_done: bool,
}

impl Client {
    /// Has pictures made. Returns once the first bytes show in what form they come, which may take minutes. An error that
    /// leaves open whether they were made and charged says so: [`Error::may_be_done`].
    pub async fn make_pictures(&self, at: &Endpoint, wish: &Request) -> Result<Making, Error> {
        let accept = if wish.wants_stream() { "text/event-stream" } else { "application/json" };
        let request = self.request(Method::POST, at, &wish.address(&at.root))?.header(ACCEPT, accept);
        let request = wish.put_into(request)?;
        let until = Instant::now() + self.timeouts().first_byte;
        let (source, response) = self.send(at, request, until).await?;
        Making::begin(wish, source, response, self.timeouts(), until).await
    }
}

impl Making {
    async fn begin(
        wish: &Request,
        source: Source,
        mut response: Response,
        timeouts: Timeouts,
        until: Instant,
    ) -> Result<Self, Error> {
        let (shape, head) = chat::first_bytes(&mut response, &source, until).await?;
        let sample = || String::from_utf8_lossy(&head).into_owned();
        let form = match shape {
            Shape::Events => Form::Events(Decoder::default()),
            Shape::Whole => Form::Whole(Lift::default()),
            Shape::Page => return Err(source.page(&sample())),
            Shape::Unknown if is_file(&head) => Form::File(Vec::new()),
            Shape::Unknown => return Err(source.unreadable("no pictures", &sample())),
        };
        let mut making = Self {
            source,
            response: Some(response),
            form,
            received: 0,
            wanted: wish.wanted(),
            tally: Tally::default(),
            ready: VecDeque::new(),
            failed: None,
            timeouts,
            heard: Instant::now(),
            progress: Instant::now(),
        };
        making.take(&head);
        Ok(making)
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
            let (until, phase) = self.clock();
            let response = self.response.as_mut()?;
            match chat::read(response, &self.source, until, phase).await {
                Ok(Some(bytes)) => self.take(&bytes),
                Ok(None) => self.finish(),
                // Only the goodbye is missing.
                Err(_) if self.is_complete() => self.finish(),
                Err(error) => self.fail(error),
            }
        }
    }

    /// Who draws is silent for minutes also between previews, and giving up early may be paying for nothing: so only a body
    /// that comes at one go has a clock between bytes.
    fn clock(&self) -> (Instant, Phase) {
        match self.form {
            Form::Events(_) if self.is_complete() => (self.progress + LINGER, Phase::Progress),
            Form::Events(_) => (self.progress + self.timeouts.progress, Phase::Progress),
            Form::Whole(_) | Form::File(_) => (self.heard + self.timeouts.bytes, Phase::Bytes),
        }
    }

    fn is_complete(&self) -> bool {
        matches!(self.form, Form::Events(_)) && self.tally.pictures >= self.wanted
    }

    fn take(&mut self, bytes: &[u8]) {
        self.heard = Instant::now();
        self.received += bytes.len();
        let mut items = VecDeque::new();
        let result = match &mut self.form {
            _ if self.received > LONGEST_ANSWER => Err(too_long("the answer", LONGEST_ANSWER)),
            Form::Events(decoder) => decoder
                .push(bytes, &mut items)
                .map_err(|error| Error::BadAnswer { detail: error.to_string() }),
            Form::Whole(lift) => {
                lift.push(bytes);
                let is_long = lift.kept() > LONGEST_BODY;
                if is_long { Err(too_long("what is no picture", LONGEST_BODY)) } else { Ok(()) }
            }
            Form::File(file) => {
                file.extend_from_slice(bytes);
                Ok(())
            }
        };
        self.take_items(items);
        if let Err(error) = result
            && self.response.is_some()
        {
            self.fail(error);
        }
    }

    fn take_items(&mut self, items: VecDeque<Item>) {
        for item in items {
            if self.response.is_none() {
                return;
            }
            if let Item::Event { name, data } = item {
                self.take_event(&name, &data);
            }
        }
    }

    fn take_event(&mut self, name: &str, data: &str) {
        let text = data.trim();
        if text.starts_with("[DONE]") {
            self.tally.is_done = true;
            return self.end();
        }
        let mut lift = Lift::default();
        lift.push(text.as_bytes());
        let (json, lifted) = lift.finish();
        match serde_json::from_str::<Value>(&json) {
            Ok(value) => self.take_value(name, &value, &lifted),
            // Events that nothing parted: each line is one.
            Err(_) if text.contains('\n') && text.lines().all(is_json) => {
                for line in text.lines() {
                    if self.response.is_some() {
                        self.take_event(name, line);
                    }
                }
            }
            // A broken object is a lost piece; anything else is a sign of life.
            Err(error) if text.starts_with('{') => {
                let error = self.source.unreadable(&error.to_string(), &json);
                self.tally.trouble.get_or_insert(error);
            }
            Err(_) => {}
        }
    }

    /// One event of a stream.
    fn take_value(&mut self, name: &str, value: &Value, lifted: &Lifted) {
        let kind = json::text(value, &["type"]).unwrap_or(name);
        if kind.ends_with("partial_image") {
            let index = value.get("partial_image_index").and_then(json::whole).unwrap_or(0);
            let index = u32::try_from(index).unwrap_or(0);
            let preview = found::preview(value, lifted).map(|bytes| Piece::Partial { index, bytes });
            self.progress = Instant::now();
            return self.ready.extend(preview);
        }
        let has_begun = self.take_answer(value, lifted);
        if has_begun {
            self.progress = Instant::now();
        }
        let error = error_within(value).or_else(|| (kind == "error").then(|| Facts::of_value(value)));
        if let Some(facts) = error.filter(|_| !has_begun || !json::list(value, "choices").is_empty()) {
            self.fail(self.source.failure(facts, true));
        }
    }

    /// Takes what a whole answer, or one event, holds. True when that is anything of what was asked for.
    fn take_answer(&mut self, value: &Value, lifted: &Lifted) -> bool {
        let tally = &mut self.tally;
        tally.created = found::created(value).or(tally.created);
        found::facts(value, &mut tally.facts);
        if let Some(usage) = value.get("usage").filter(|usage| usage.is_object()) {
            tally.usage = Some(usage.clone());
        }
        if !json::list(value, "choices").is_empty() {
            return self.take_chat(value, lifted);
        }
        let before = self.tally.pictures;
        for entry in found::pictures(value, lifted) {
            let error = match entry {
                Entry::Picture(piece) => {
                    self.ready.push_back(piece);
                    self.tally.pictures += 1;
                    continue;
                }
                Entry::Refused(facts) => self.source.failure(facts, false),
                Entry::Unreadable => self.source.unreadable("a picture is damaged", ""),
            };
            self.tally.trouble.get_or_insert(error);
        }
        if self.tally.pictures == before && error_within(value).is_none() {
            self.tally.task = found::task(value).or(self.tally.task.take());
        }
        self.tally.pictures > before || self.tally.task.is_some() || self.tally.trouble.is_some()
    }

    /// An answer in the shape of a chat: pictures beside its words, and the words.
    fn take_chat(&mut self, value: &Value, lifted: &Lifted) -> bool {
        let mut events = VecDeque::new();
        self.tally.chat.take(value, &mut events);
        self.take_said(events, lifted)
    }

    fn take_said(&mut self, events: VecDeque<Event>, lifted: &Lifted) -> bool {
        let mut says_something = false;
        for event in events {
            match event {
                Event::Pictures(addresses) => {
                    for address in addresses {
                        let source = found::source_of(bare(&address), lifted);
                        let Some(source) = source else { continue };
                        self.ready.push_back(Piece::Picture { source, revised_prompt: String::new() });
                        self.tally.pictures += 1;
                    }
                }
                Event::Text { text, .. } | Event::Refusal { text, .. } => self.tally.words.push_str(&text),
                Event::Finish { .. } => {}
                _ => continue,
            }
            says_something = true;
        }
        says_something
    }

    /// The connection ended in good order.
    fn finish(&mut self) {
        let mut items = VecDeque::new();
        match &mut self.form {
            Form::Events(decoder) => decoder.finish(&mut items),
            Form::Whole(lift) => {
                let lift = std::mem::take(lift);
                return self.finish_whole(lift);
            }
            Form::File(file) => {
                let source = super::Source::Bytes(std::mem::take(file).into());
                self.ready.push_back(Piece::Picture { source, revised_prompt: String::new() });
                self.tally.pictures += 1;
            }
        }
        self.take_items(items);
        if self.response.is_some() {
            self.end();
        }
    }

    fn finish_whole(&mut self, lift: Lift) {
        let (text, lifted) = lift.finish();
        let text = text.trim_start_matches('\u{feff}').trim();
        let value = match serde_json::from_str::<Value>(text) {
            Ok(value) => value,
            Err(error) => return self.fail(self.source.unreadable(&error.to_string(), text)),
        };
        self.tally.is_done = true;
        if self.take_answer(&value, &lifted) || self.tally.chat.has_begun() {
            return self.end();
        }
        match error_within(&value) {
            Some(facts) => self.fail(self.source.failure(facts, false)),
            None if found::is_answer(&value) => self.end(),
            None => self.fail(self.source.unreadable("no pictures", text)),
        }
    }

    fn end(&mut self) {
        let mut events = VecDeque::new();
        self.tally.chat.close(&mut events);
        self.take_said(events, &Lifted::default());
        let tally = std::mem::take(&mut self.tally);
        let (pictures, is_chat) = (tally.pictures, tally.chat.has_begun());
        let task = tally.task.filter(|_| pictures == 0);
        let is_silent = pictures == 0 && task.is_none() && !is_chat && !tally.is_done;
        let cut = || Error::Cut { detail: "the stream ended before a picture".to_owned() };
        let trouble = tally.trouble.filter(|_| pictures < self.wanted).or_else(|| is_silent.then(cut));
        let words = tally.words.trim();
        let words = (!words.is_empty()).then(|| Piece::Words(shortened(words)));
        self.ready.extend(words);
        self.ready.extend(task.map(|id| Piece::Task { id }));
        self.ready.extend(tally.usage.map(|usage| Piece::Usage { usage }));
        match trouble {
            Some(error) => self.failed = Some(error),
            None => self.ready.push_back(Piece::End { created: tally.created, facts: tally.facts }),
        }
        self.response = None;
    }

    /// What came before the error still goes out, before the error.
    fn fail(&mut self, error: Error) {
        self.failed = Some(error);
        self.response = None;
    }
}

/// Also the mark of a picture that was lifted out, which the chat's reader took for base64.
fn bare(address: &str) -> &str {
    let rest = address.strip_prefix("data:image/png;base64,");
    rest.filter(|rest| rest.starts_with('\0')).unwrap_or(address)
}

fn shortened(words: &str) -> String {
    match words.char_indices().nth(LONGEST_WORDS) {
        Some((end, _)) => words.get(..end).unwrap_or_default().to_owned(),
        None => words.to_owned(),
    }
}

fn too_long(what: &str, most: usize) -> Error {
    Error::BadAnswer { detail: format!("{what} is longer than {most} bytes") }
}

fn is_json(line: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
}

/// The files that services send bare.
fn is_file(head: &[u8]) -> bool {
    let starts: [&[u8]; 4] = [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF"];
    starts.iter().any(|start| head.starts_with(start))
}
