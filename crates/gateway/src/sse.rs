//! Decodes server-sent events as gateways really send them. It parses no JSON payload and reads no socket.
//!
//! Why not a crate: `eventsource-stream` and `sse-stream` follow the standard to the letter. They drop a last
//! event without its closing blank line, hide comments (which the byte clock must see), lose bare JSON lines
//! (errors that relays print into the stream), merge events whose blank lines are missing, and bound no memory.

use std::collections::VecDeque;

use serde::de::IgnoredAny;

/// The longest event in bytes: inline pictures are megabytes long, an endless line must not eat the memory.
pub const LONGEST_EVENT: usize = 64 * 1024 * 1024;

/// What the decoder found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    /// A line that only says that the service lives.
    Comment,
    /// An event with data.
    Event {
        /// The `event:` name; empty when none was given.
        name: String,
        /// The data lines, joined with line feeds.
        data: String,
    },
}

/// An event is longer than the bound. The stream cannot be read further.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an event of the stream is longer than {0} bytes")]
pub struct TooLong(pub usize);

/// Turns bytes, in whatever chunks, into items.
#[derive(Debug)]
pub struct Decoder {
    limit: usize,
    line: Vec<u8>,
    after_cr: bool,
    has_begun: bool,
    name: String,
    data: Option<Data>,
}

#[derive(Debug)]
struct Data {
    text: String,
    lines: usize,
    /// JSON that stands in the stream without `data:`.
    is_bare: bool,
    /// Whether the first line is an event by itself, once that was looked at.
    is_whole: Option<bool>,
}

impl Default for Decoder {
    fn default() -> Self {
        Self::with_limit(LONGEST_EVENT)
    }
}

impl Decoder {
    /// A decoder that holds at most about `limit` bytes of an unfinished event.
    pub fn with_limit(limit: usize) -> Self {
        let line = Vec::new();
        Self { limit, line, after_cr: false, has_begun: false, name: String::new(), data: None }
    }

    /// Takes the next bytes and appends what they complete.
    pub fn push(&mut self, mut bytes: &[u8], out: &mut VecDeque<Item>) -> Result<(), TooLong> {
        while let Some((first, rest)) = bytes.split_first() {
            // The line feed of a CRLF whose carriage return has already ended the line.
            if std::mem::take(&mut self.after_cr) && *first == b'\n' {
                bytes = rest;
                continue;
            }
            let Some(end) = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
                return self.grow(bytes);
            };
            let (line, tail) = bytes.split_at(end);
            self.grow(line)?;
            self.after_cr = tail.first() == Some(&b'\r');
            bytes = tail.get(1..).unwrap_or_default();
            self.end_line(out);
        }
        Ok(())
    }

    /// The stream is over: a last line and a last event without their endings count.
    pub fn finish(&mut self, out: &mut VecDeque<Item>) {
        if !self.line.is_empty() {
            self.end_line(out);
        }
        self.dispatch(out);
    }

    fn grow(&mut self, bytes: &[u8]) -> Result<(), TooLong> {
        let held = self.line.len() + self.data.as_ref().map_or(0, |data| data.text.len());
        if held + bytes.len() > self.limit {
            return Err(TooLong(self.limit));
        }
        self.line.extend_from_slice(bytes);
        Ok(())
    }

    fn end_line(&mut self, out: &mut VecDeque<Item>) {
        let raw = std::mem::take(&mut self.line);
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        let bytes = raw.strip_prefix(b"\xef\xbb\xbf").filter(|_| is_first).unwrap_or(&raw);
        self.take_line(&String::from_utf8_lossy(bytes), out);
        // Keeps the buffer of ordinary lines, gives back that of a picture.
        if raw.capacity() <= 64 * 1024 {
            self.line = raw;
            self.line.clear();
        }
    }

    fn take_line(&mut self, line: &str, out: &mut VecDeque<Item>) {
        if line.is_empty() {
            return self.dispatch(out);
        }
        match field(line) {
            Some(("data", value)) => self.take_data(value, out),
            Some(("event", value)) => self.take_name(value, out),
            Some(("", _)) => out.push_back(Item::Comment),
            Some(_) => {}
            None => self.take_bare(line, out),
        }
    }

    fn take_name(&mut self, value: &str, out: &mut VecDeque<Item>) {
        // Without blank lines between events, the next name ends the event before.
        if self.data.as_mut().is_some_and(Data::is_complete) {
            self.dispatch(out);
        }
        value.clone_into(&mut self.name);
    }

    fn take_data(&mut self, value: &str, out: &mut VecDeque<Item>) {
        if self.data.as_mut().is_some_and(|data| data.is_bare || data.is_complete()) {
            self.dispatch(out);
        }
        self.add(value, false);
    }

    /// A line of no known field: the beginning or the middle of bare JSON, else nothing.
    fn take_bare(&mut self, line: &str, out: &mut VecDeque<Item>) {
        if self.data.as_ref().is_some_and(|data| data.is_bare) {
            return self.add(line, true);
        }
        if line.trim_start().starts_with('{') {
            self.dispatch(out);
            self.add(line, true);
            if self.data.as_mut().is_some_and(Data::is_complete) {
                self.dispatch(out);
            }
        }
    }

    fn add(&mut self, value: &str, is_bare: bool) {
        match &mut self.data {
            Some(data) => {
                data.text.push('\n');
                data.text.push_str(value);
                data.lines += 1;
            }
            none => *none = Some(Data { text: value.to_owned(), lines: 1, is_bare, is_whole: None }),
        }
    }

    fn dispatch(&mut self, out: &mut VecDeque<Item>) {
        let name = std::mem::take(&mut self.name);
        if let Some(data) = self.data.take() {
            out.push_back(Item::Event { name, data: data.text });
        }
    }
}

impl Data {
    /// True when the first line is an event by itself. Looked at for the first line only, and once: looking again
    /// after each further line, or each further name, would take quadratic time.
    fn is_complete(&mut self) -> bool {
        let text = &self.text;
        let is_whole = || text.starts_with("[DONE]") || serde_json::from_str::<IgnoredAny>(text).is_ok();
        self.lines == 1 && *self.is_whole.get_or_insert_with(is_whole)
    }
}

/// A line's field and value. A line without a colon is a field without a value only if the field is known:
/// anything else is no part of the format.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':').unwrap_or((line, ""));
    let value = value.strip_prefix(' ').unwrap_or(value);
    matches!(name, "data" | "event" | "id" | "retry" | "").then_some((name, value))
}
