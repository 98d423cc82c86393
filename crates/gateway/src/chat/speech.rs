//! What one choice of an answer has said so far: turns its deltas and messages into events. It knows nothing of
//! the other choices.

use std::collections::VecDeque;

use serde_json::Value;

use super::Event;
use super::calls::Calls;
use super::confidence;
use super::echo::Echo;
use super::think::{Piece, Think};
use crate::json;

/// From this length on, a `message` that begins with all that was said repeats it, rather than continuing it.
const REPEATS_FROM: usize = 8;

/// One choice of an answer.
#[derive(Debug)]
pub(crate) struct Speech {
    choice: u32,
    manner: Manner,
    said: String,
    thought: String,
    calls: Calls,
    finish: Option<String>,
}

/// How the words of a choice are read.
#[derive(Debug, Clone)]
pub(crate) enum Manner {
    /// As an answer: thoughts may stand before it, marked by tags.
    Talk(Think),
    /// As the continuation of a text: tags are words like any other.
    Text(Echo),
}

impl Default for Manner {
    fn default() -> Self {
        Self::Talk(Think::default())
    }
}

impl Speech {
    pub(crate) fn new(choice: u32, manner: Manner) -> Self {
        Self {
            choice,
            manner,
            said: String::new(),
            thought: String::new(),
            calls: Calls::default(),
            finish: None,
        }
    }

    /// True once the service has said why this choice ended.
    pub(crate) fn is_finished(&self) -> bool {
        self.finish.is_some()
    }

    /// Takes one entry of `choices`; pictures are left in `pictures`.
    pub(crate) fn take(&mut self, entry: &Value, out: &mut VecDeque<Event>, pictures: &mut Vec<String>) {
        let reason = entry.get("finish_reason").and_then(json::scalar);
        let (part, is_whole) = spoken_part(entry);
        self.take_tokens(entry, out);
        self.take_thought(part, is_whole, reason.is_some(), out);
        match part.get("content") {
            Some(Value::Array(parts)) => parts.iter().for_each(|part| self.take_part(part, out, pictures)),
            Some(object @ Value::Object(_)) => self.take_part(object, out, pictures),
            Some(Value::String(text)) => self.take_text(text, is_whole, reason.is_some(), out),
            _ => {}
        }
        // The legacy form carries its text beside `index`, not inside a message.
        if let Some(text) = json::text(entry, &["text"]) {
            self.take_text(text, false, false, out);
        }
        if let Some(text) = json::text(part, &["refusal"]) {
            out.push_back(Event::Refusal { choice: self.choice, text: text.to_owned() });
        }
        pictures.extend(json::list(part, "images").iter().filter_map(picture));
        self.take_calls(part, is_whole, out);
        self.take_finish(reason, out);
    }

    /// The answer is over: gives out what was held back.
    pub(crate) fn close(&mut self, out: &mut VecDeque<Event>) {
        let mut pieces = Vec::new();
        if let Manner::Talk(think) = &mut self.manner {
            think.close(&mut pieces);
        }
        self.emit(pieces, out);
        let calls = self.calls.close();
        if !calls.is_empty() {
            out.push_back(Event::Calls { choice: self.choice, calls });
        }
    }

    fn take_calls(&mut self, part: &Value, is_whole: bool, out: &mut VecDeque<Event>) {
        if self.calls.take(part, is_whole)
            && let Some((name, bytes)) = self.calls.current()
        {
            out.push_back(Event::Calling { choice: self.choice, name: name.to_owned(), bytes });
        }
    }

    fn take_tokens(&mut self, entry: &Value, out: &mut VecDeque<Event>) {
        let mut tokens = entry.get("logprobs").map(confidence::read).unwrap_or_default();
        if let Manner::Text(echo) = &mut self.manner {
            tokens = echo.tokens_beyond(tokens);
        }
        if !tokens.is_empty() {
            out.push_back(Event::Confidence { choice: self.choice, tokens });
        }
    }

    fn take_thought(&mut self, part: &Value, is_whole: bool, is_last: bool, out: &mut VecDeque<Event>) {
        let field = json::text(part, &["reasoning_content", "reasoning"]).map(str::to_owned);
        let details = || {
            let items = json::list(part, "reasoning_details").iter();
            items.filter_map(|item| json::text(item, &["text", "summary"])).collect::<String>()
        };
        let text = field.unwrap_or_else(details);
        let fresh = fresh(&mut self.thought, &text, is_whole, is_last);
        self.emit_thought(fresh, out);
    }

    fn take_text(&mut self, text: &str, is_whole: bool, is_last: bool, out: &mut VecDeque<Event>) {
        let fresh = fresh(&mut self.said, text, is_whole, is_last);
        let mut pieces = Vec::new();
        match &mut self.manner {
            Manner::Talk(think) => think.push(fresh, &mut pieces),
            Manner::Text(echo) => {
                pieces.extend(echo.beyond(fresh).map(|text| Piece::Text(text.into_owned())));
            }
        }
        self.emit(pieces, out);
    }

    fn take_part(&mut self, part: &Value, out: &mut VecDeque<Event>, pictures: &mut Vec<String>) {
        if let Some(address) = picture(part) {
            pictures.push(address);
            return;
        }
        let inner: String = match part.get("thinking") {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(items)) => {
                items.iter().filter_map(|item| json::text(item, &["text"])).collect()
            }
            _ => String::new(),
        };
        self.emit_thought(&inner, out);
        match part.as_str().or_else(|| json::text(part, &["text"])) {
            Some(text) => self.take_text(text, false, false, out),
            None => {
                if let Some(text) = json::text(part, &["refusal"]) {
                    out.push_back(Event::Refusal { choice: self.choice, text: text.to_owned() });
                }
            }
        }
    }

    fn take_finish(&mut self, reason: Option<String>, out: &mut VecDeque<Event>) {
        if let Some(reason) = reason.filter(|reason| self.finish.as_ref() != Some(reason)) {
            self.finish = Some(reason.clone());
            out.push_back(Event::Finish { choice: self.choice, reason });
        }
    }

    fn emit_thought(&mut self, text: &str, out: &mut VecDeque<Event>) {
        if !text.is_empty() {
            if let Manner::Talk(think) = &mut self.manner {
                think.reasoned_elsewhere();
            }
            out.push_back(Event::Thought { choice: self.choice, text: text.to_owned() });
        }
    }

    fn emit(&self, pieces: Vec<Piece>, out: &mut VecDeque<Event>) {
        let choice = self.choice;
        out.extend(pieces.into_iter().map(|piece| match piece {
            Piece::Text(text) => Event::Text { choice, text },
            Piece::Thought(text) => Event::Thought { choice, text },
            Piece::TextWasThought => Event::TextWasThought { choice },
        }));
    }
}

/// `delta`, else `message` (then `true`: it may hold the whole text), else nothing.
fn spoken_part(entry: &Value) -> (&Value, bool) {
    match (entry.get("delta"), entry.get("message")) {
        // Some send an empty delta beside the message that counts.
        (Some(delta), None) => (delta, false),
        (Some(delta), Some(_)) if delta.as_object().is_some_and(|fields| !fields.is_empty()) => {
            (delta, false)
        }
        (_, Some(message)) => (message, true),
        (None, None) => (&Value::Null, false),
    }
}

/// What `text` adds to `before`, which is brought up to date.
fn fresh<'a>(before: &mut String, text: &'a str, is_whole: bool, is_last: bool) -> &'a str {
    let may_repeat = is_whole && !before.is_empty() && (is_last || before.len() >= REPEATS_FROM);
    let fresh = match text.strip_prefix(before.as_str()) {
        Some(rest) if may_repeat => rest,
        _ => text,
    };
    before.push_str(fresh);
    fresh
}

/// The picture in a content part or an entry of `images`: an address, or base64 made a data URL.
pub(crate) fn picture(part: &Value) -> Option<String> {
    let spot = ["image_url", "image"].iter().find_map(|key| part.get(key)).unwrap_or(part);
    if let Some(address) = spot.as_str().filter(|_| !part.is_string()).or_else(|| json::text(spot, &["url"]))
    {
        return Some(address.to_owned());
    }
    let base64 = json::text(spot, &["b64_json"])?;
    Some(if base64.starts_with("data:") {
        base64.to_owned()
    } else {
        format!("data:image/png;base64,{base64}")
    })
}
