//! A making under way: reads the connection, keeps its clocks and hands out pieces. Dropping it drops the connection; it
//! never repeats a request.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::time::Duration;

use reqwest::header::ACCEPT;
use reqwest::{Method, Response};
use serde_json::Value;
use tokio::time::Instant;

use super::found;
use super::lift::{Lift, Lifted};
use super::tally::{Tally, is_chat};
use super::{Piece, Request};
use crate::chat::{self, shape::Shape};
use crate::client::LONGEST_BODY;
use crate::error::body::{Facts, error_within};
use crate::error::refused::Source;
use crate::sse::{Decoder, Item};
use crate::{Client, Endpoint, Error, Phase, Timeouts, json};

/// The longest answer in bytes, previews included: what is longer is refused, whatever it holds.
pub const LONGEST_ANSWER: usize = 200 * 1024 * 1024;
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

impl Client {
    /// Has pictures made. Returns once the first bytes show in what form they come, which may take minutes. An error that
    /// leaves open whether they were made and charged says so: [`Error::may_be_done`].
    pub async fn make_pictures(&self, at: &Endpoint, wish: &Request) -> Result<Making, Error> {
        let accept = if wish.wants_stream() { "text/event-stream" } else { "application/json" };
        let request = self.request(Method::POST, at, &wish.address(&at.root))?.header(ACCEPT, accept);
        let request = wish.put_into(request)?;
        let until = Instant::now() + self.timeouts().first_byte;
        let (source, response) = self.send(at, request, until).await.map_err(Error::of_pictures)?;
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
        matches!(self.form, Form::Events(_)) && self.tally.pictures() >= self.wanted
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
        let (json, lifted) = taken_apart(text);
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
                self.tally.mishap(error);
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
        let has_begun = self.tally.take(value, lifted, &self.source, &mut self.ready);
        if has_begun {
            self.progress = Instant::now();
        }
        let error = error_within(value).or_else(|| (kind == "error").then(|| Facts::of_value(value)));
        if let Some(facts) = error.filter(|_| !has_begun || is_chat(value)) {
            self.fail(self.source.failure(facts, true));
        }
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
                let file = std::mem::take(file).into();
                self.tally.add(super::Source::Bytes(file), &mut self.ready);
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
            Err(error) => {
                let error = self.source.unreadable(&error.to_string(), text);
                self.keep_whole(lifted);
                return self.fail(error);
            }
        };
        self.tally.is_done = true;
        let has_begun = self.tally.take(&value, &lifted, &self.source, &mut self.ready);
        match error_within(&value) {
            Some(facts) if !has_begun || is_chat(&value) => self.fail(self.source.failure(facts, false)),
            _ if has_begun || found::is_answer(&value) => self.end(),
            _ => self.fail(self.source.unreadable("no pictures", text)),
        }
    }

    fn end(&mut self) {
        self.failed = std::mem::take(&mut self.tally).close(self.wanted, &mut self.ready);
        self.response = None;
    }

    /// What came before the error still goes out, before the error.
    fn fail(&mut self, error: Error) {
        if let Form::Whole(lift) = &mut self.form {
            let (_, lifted) = std::mem::take(lift).finish();
            self.keep_whole(lifted);
        }
        self.failed = Some(error);
        self.response = None;
    }

    /// Pictures that came whole in an answer that did not.
    fn keep_whole(&mut self, lifted: Lifted) {
        for bytes in lifted.whole() {
            self.tally.add(super::Source::Bytes(bytes), &mut self.ready);
        }
    }
}

/// A piece of a chat is left whole: its words may be the middle of a picture.
fn taken_apart(event: &str) -> (Cow<'_, str>, Lifted) {
    if event.contains("\"choices\"") {
        return (event.into(), Lifted::default());
    }
    let mut lift = Lift::default();
    lift.push(event.as_bytes());
    let (json, lifted) = lift.finish();
    (json.into(), lifted)
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
