//! An answer under way: reads the connection, keeps the two clocks and hands out events. Dropping it drops the
//! connection; it never repeats a request.

use std::collections::VecDeque;

use bytes::Bytes;
use reqwest::Response;
use reqwest::header::CONTENT_TYPE;
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::fold::Fold;
use super::shape::{self, Shape};
use super::{Event, Request};
use crate::client::{LONGEST_BODY, lost};
use crate::error::body::{Facts, error_within};
use crate::error::refused::Source;
use crate::sse::{Decoder, Item};
use crate::{Error, Phase, Timeouts};

/// A page's title stands near its beginning.
const ENOUGH_OF_A_PAGE: usize = 16 * 1024;

/// The answer to one request, piece by piece.
#[derive(Debug)]
pub struct Answer {
    source: Source,
    /// Gone once the answer is over, and the connection with it.
    response: Option<Response>,
    form: Form,
    fold: Fold,
    /// It continues a text.
    is_text: bool,
    ready: VecDeque<Event>,
    failed: Option<Error>,
    /// Some data could not be read: the answer is not whole.
    is_damaged: bool,
    timeouts: Timeouts,
    /// When the last bytes came. Kept here and not per wait: callers give up waiting many times a second.
    heard: Instant,
    /// When the last event came that carried something.
    progress: Instant,
}

#[derive(Debug)]
enum Form {
    Events(Decoder),
    Whole(Vec<u8>),
}

impl Answer {
    /// Reads until the form of the answer shows, but not longer than `until`.
    pub(crate) async fn begin(
        asked: &Request,
        source: Source,
        mut response: Response,
        timeouts: Timeouts,
        until: Instant,
    ) -> Result<Self, Error> {
        let (shape, head) = first_bytes(&mut response, &source, until).await?;
        let form = match shape {
            Shape::Events => Form::Events(Decoder::default()),
            Shape::Whole => Form::Whole(Vec::new()),
            Shape::Page => return Err(source.page(&String::from_utf8_lossy(&head))),
            Shape::Unknown => {
                return Err(source.unreadable("no chat answer", &String::from_utf8_lossy(&head)));
            }
        };
        let is_text = asked.prompt.is_some();
        let mut answer = Self {
            source,
            response: Some(response),
            form,
            fold: asked.fold(),
            is_text,
            ready: VecDeque::new(),
            failed: None,
            is_damaged: false,
            timeouts,
            heard: Instant::now(),
            progress: Instant::now(),
        };
        answer.take(&head);
        Ok(answer)
    }

    /// True when the answer comes piece by piece, whatever was asked for.
    pub fn is_streamed(&self) -> bool {
        matches!(self.form, Form::Events(_))
    }

    /// The next event; nothing after [`Event::End`] or an error. Safe to cancel: no event is lost.
    pub async fn next(&mut self) -> Option<Result<Event, Error>> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(Ok(event));
            }
            if let Some(error) = self.failed.take() {
                return Some(Err(error));
            }
            let response = self.response.as_mut()?;
            let bytes = (self.heard + self.timeouts.bytes, Phase::Bytes);
            let progress = (self.progress + self.timeouts.progress, Phase::Progress);
            let (until, phase) = if progress.0 < bytes.0 { progress } else { bytes };
            match read(response, &self.source, until, phase).await {
                Ok(Some(bytes)) => self.take(&bytes),
                Ok(None) => self.finish(),
                Err(error) => self.fail(error),
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.heard = Instant::now();
        let mut items = VecDeque::new();
        match &mut self.form {
            Form::Events(decoder) => {
                if let Err(error) = decoder.push(bytes, &mut items) {
                    self.failed = Some(Error::BadAnswer { detail: error.to_string() });
                }
            }
            Form::Whole(body) if body.len() + bytes.len() > LONGEST_BODY => {
                let detail = format!("the body is longer than {LONGEST_BODY} bytes");
                self.failed = Some(Error::BadAnswer { detail });
            }
            Form::Whole(body) => body.extend_from_slice(bytes),
        }
        let failed = self.failed.take();
        self.take_items(items);
        if let Some(error) = failed.filter(|_| self.response.is_some()) {
            self.fail(error);
        }
    }

    fn take_items(&mut self, items: VecDeque<Item>) {
        for item in items {
            if self.response.is_none() {
                return;
            }
            match item {
                Item::Comment => self.ready.push_back(Event::Alive),
                Item::Event { name, data } => self.take_event(&name, &data),
            }
        }
    }

    fn take_event(&mut self, name: &str, data: &str) {
        let text = data.trim();
        if text.starts_with("[DONE]") {
            return self.end(!self.fold.is_finished());
        }
        match serde_json::from_str::<Value>(text) {
            Ok(chunk) => self.take_chunk(name, &chunk),
            // Events that nothing parted: each line is one.
            Err(_) if text.contains('\n') && text.lines().all(is_json) => {
                text.lines().for_each(|line| self.take_event(name, line));
            }
            Err(_) => {
                // A broken object is a lost piece of the answer; anything else (`ping`, `[none]`) is a sign of life.
                self.is_damaged |= text.starts_with('{');
                self.ready.push_back(Event::Alive);
            }
        }
    }

    fn take_chunk(&mut self, name: &str, chunk: &Value) {
        let error = error_within(chunk).or_else(|| (name == "error").then(|| Facts::of_value(chunk)));
        if error.is_none() || chunk.get("choices").is_some() {
            self.fold.take(chunk, &mut self.ready);
        }
        if self.ready.iter().any(|event| *event != Event::Alive) {
            self.progress = Instant::now();
        }
        if let Some(facts) = error {
            self.fail(self.source.failure(facts, true));
        }
    }

    /// The connection ended in good order.
    fn finish(&mut self) {
        let mut items = VecDeque::new();
        match &mut self.form {
            Form::Events(decoder) => decoder.finish(&mut items),
            Form::Whole(body) => {
                let body = std::mem::take(body);
                return self.finish_whole(&body);
            }
        }
        self.take_items(items);
        if self.response.is_some() {
            self.end(!self.fold.is_finished());
        }
    }

    fn finish_whole(&mut self, body: &[u8]) {
        let text = String::from_utf8_lossy(body);
        let text = text.trim_start_matches('\u{feff}').trim();
        let value = match serde_json::from_str::<Value>(text) {
            Ok(value) => value,
            Err(_) if text.lines().next().is_some_and(is_json) => return self.finish_lines(text),
            Err(error) => return self.fail(self.source.unreadable(&error.to_string(), text)),
        };
        if let Some(facts) = error_within(&value) {
            return self.fail(self.source.failure(facts, false));
        }
        self.fold.take(&value, &mut self.ready);
        if self.fold.has_begun() {
            self.end(false);
        } else {
            self.ready.clear();
            self.fail(self.source.unreadable("no choices", text));
        }
    }

    /// JSON lines that were called JSON.
    fn finish_lines(&mut self, text: &str) {
        text.lines().filter(|line| !line.trim().is_empty()).for_each(|line| {
            if self.response.is_some() {
                self.take_event("", line);
            }
        });
        if self.response.is_some() {
            self.end(!self.fold.is_finished());
        }
    }

    fn end(&mut self, is_cut: bool) {
        self.fold.close(&mut self.ready);
        self.ready.push_back(Event::End { cut: is_cut || self.is_damaged });
        self.response = None;
    }

    /// What was said before the error still goes out, before the error.
    fn fail(&mut self, error: Error) {
        self.fold.close(&mut self.ready);
        self.failed = Some(if self.is_text { error.of_text() } else { error });
        self.response = None;
    }
}

/// What comes until the form shows, and the form. Of a page, enough to hold its title.
pub(crate) async fn first_bytes(
    response: &mut Response,
    source: &Source,
    until: Instant,
) -> Result<(Shape, Vec<u8>), Error> {
    let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let content_type = content_type.unwrap_or_default().to_lowercase();
    let mut head = Vec::new();
    loop {
        let found = shape::decide(&head, &content_type);
        match found {
            Some(Shape::Page) if head.len() < ENOUGH_OF_A_PAGE => {}
            None if head.len() < LONGEST_BODY => {}
            found => return Ok((found.unwrap_or(Shape::Unknown), head)),
        }
        match read(response, source, until, Phase::FirstByte).await? {
            // Services under load send blank lines for minutes: they need not be looked at again and again.
            Some(bytes) if bytes.trim_ascii().is_empty() && head.is_empty() => {}
            Some(bytes) => head.extend_from_slice(&bytes),
            None if found.is_none() && content_type.contains("event-stream") => {
                return Ok((Shape::Events, head));
            }
            None => return Ok((found.unwrap_or(Shape::Unknown), head)),
        }
    }
}

fn is_json(line: &str) -> bool {
    serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
}

/// The next bytes of the body; nothing at its end.
pub(crate) async fn read(
    response: &mut Response,
    source: &Source,
    until: Instant,
    phase: Phase,
) -> Result<Option<Bytes>, Error> {
    let late = |_| Error::TimedOut { host: source.host.clone(), phase };
    let read = timeout_at(until, response.chunk()).await.map_err(late)?;
    read.map_err(|error| lost(&error, &source.host))
}
