//! What an answer has given so far, whatever its shape, and what its end means. It reads no connection.

use std::collections::VecDeque;

use serde_json::{Map, Value};

use super::found::{self, Entry};
use super::lift::{Lifted, MARK};
use super::{Piece, Source, words};
use crate::chat::Event;
use crate::chat::fold::Fold;
use crate::error::refused;
use crate::{Error, json};

/// What came so far. Bounded by the bound of the answer.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// The service said that it was done.
    pub(super) is_done: bool,
    pictures: usize,
    /// An answer to a chat instead.
    chat: Fold,
    words: String,
    task: Option<String>,
    usage: Option<Value>,
    created: Option<i64>,
    facts: Map<String, Value>,
    /// The first thing that went wrong with a picture of several.
    mishap: Option<Error>,
}

impl Tally {
    /// How many pictures came.
    pub(super) fn pictures(&self) -> usize {
        self.pictures
    }

    /// Something of the answer is lost; the rest may still be whole.
    pub(super) fn mishap(&mut self, error: Error) {
        self.mishap.get_or_insert(error);
    }

    /// Takes what a whole answer, or one event, holds. True when that is anything of what was asked for.
    pub(super) fn take(
        &mut self,
        value: &Value,
        lifted: &Lifted,
        from: &refused::Source,
        out: &mut VecDeque<Piece>,
    ) -> bool {
        self.created = found::created(value).or(self.created);
        found::facts(value, &mut self.facts);
        if let Some(usage) = value.get("usage").filter(|usage| usage.is_object()) {
            self.usage = Some(usage.clone());
        }
        if is_chat(value) {
            let mut events = VecDeque::new();
            self.chat.take(value, &mut events);
            return self.take_said(events, lifted, out);
        }
        let entries = found::pictures(value, lifted);
        let has_begun = !entries.is_empty();
        for entry in entries {
            match entry {
                Entry::Picture(piece) => {
                    out.push_back(piece);
                    self.pictures += 1;
                }
                Entry::Refused(facts) => self.mishap(from.failure(facts, false)),
                Entry::Unreadable => self.mishap(from.unreadable("a picture is damaged", "")),
            }
        }
        if !has_begun && value.get("error").is_none_or(Value::is_null) {
            self.task = found::task(value).or(self.task.take());
        }
        has_begun || self.task.is_some()
    }

    /// One more picture.
    pub(super) fn add(&mut self, source: Source, out: &mut VecDeque<Piece>) {
        out.push_back(super::drawn(source));
        self.pictures += 1;
    }

    /// The answer is over. `wanted` pictures were asked for: with fewer, what went wrong on the way is the end.
    pub(super) fn close(mut self, wanted: usize, out: &mut VecDeque<Piece>) -> Option<Error> {
        let is_finished = self.is_done || self.chat.is_finished();
        let mut events = VecDeque::new();
        self.chat.close(&mut events);
        self.take_said(events, &Lifted::default(), out);
        let (drawn, words) = words::pictures(self.words.trim());
        self.pictures += drawn.len();
        out.extend(drawn);
        let task = self.task.filter(|_| self.pictures == 0);
        let is_cut = self.pictures == 0 && task.is_none() && !is_finished;
        let cut = || Error::Cut { detail: "the stream ended before a picture".to_owned() };
        let error = self.mishap.filter(|_| self.pictures < wanted).or_else(|| is_cut.then(cut));
        out.extend((!words.is_empty()).then_some(Piece::Words(words)));
        out.extend(task.map(|id| Piece::Task { id }));
        out.extend(self.usage.map(|usage| Piece::Usage { usage }));
        if error.is_none() {
            out.push_back(Piece::End { created: self.created, facts: self.facts });
        }
        error
    }

    /// What a chat says: pictures beside its words, and the words.
    fn take_said(&mut self, events: VecDeque<Event>, lifted: &Lifted, out: &mut VecDeque<Piece>) -> bool {
        let mut says_something = false;
        for event in events {
            match event {
                Event::Pictures(addresses) => {
                    let sources = addresses.iter().filter_map(|one| found::source_of(bare(one), lifted));
                    sources.for_each(|source| self.add(source, out));
                }
                Event::Text { text, .. } if text.starts_with(MARK) => {
                    if let Some(source) = found::source_of(&text, lifted) {
                        self.add(source, out);
                    }
                }
                Event::Text { text, .. } | Event::Refusal { text, .. } => self.words.push_str(&text),
                Event::Finish { .. } => {}
                _ => continue,
            }
            says_something = true;
        }
        says_something
    }
}

/// True for an answer to a chat.
pub(super) fn is_chat(value: &Value) -> bool {
    !json::list(value, "choices").is_empty()
}

/// The mark of a picture that was lifted out, where the chat's reader took it for base64.
fn bare(address: &str) -> &str {
    let rest = address.rsplit_once(',').map(|(_, rest)| rest);
    rest.filter(|rest| rest.starts_with(MARK)).unwrap_or(address)
}
