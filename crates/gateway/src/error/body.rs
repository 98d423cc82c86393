//! Reads the many shapes of an error body into one set of facts. It judges nothing: see `reading`.

use serde_json::Value;

use super::field;
use crate::json;

/// What an error body says, not yet redacted.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Facts {
    /// The server's words.
    pub message: String,
    /// `code`, as text.
    pub code: String,
    /// `type`, as text.
    pub kind: String,
    /// The refused request field.
    pub field: Option<String>,
    /// A request number found inside the words.
    pub request_id: Option<String>,
}

/// Where small servers put their words, in the order of trust.
const MESSAGE_KEYS: &[&str] =
    &["message", "description", "msg", "error_msg", "err", "error_description", "title"];

impl Facts {
    /// The facts of a body that is known to be an error: JSON of any shape, else its plain text.
    pub(crate) fn of_body(body: &str) -> Self {
        match serde_json::from_str::<Value>(body.trim_start_matches('\u{feff}')) {
            Ok(value) => Self::of_value(&value),
            Err(_) => Self { message: body.trim().to_owned(), ..Self::default() }.finish(),
        }
    }

    /// The facts of a JSON value that is known to be an error.
    pub(crate) fn of_value(value: &Value) -> Self {
        let mut facts = Self::default();
        facts.absorb(value, 0);
        facts.finish()
    }

    /// Takes from `value` what is still unknown; the inner error object speaks first.
    fn absorb(&mut self, value: &Value, depth: u8) {
        if depth > 4 {
            return;
        }
        match value {
            Value::Array(items) => items.iter().take(1).for_each(|item| self.absorb(item, depth + 1)),
            Value::String(text) => fill(&mut self.message, Some(text.clone())),
            Value::Object(_) => self.absorb_object(value, depth),
            _ => {}
        }
    }

    fn absorb_object(&mut self, value: &Value, depth: u8) {
        let words = json::text(value, MESSAGE_KEYS);
        for key in ["error", "errors", "header", "response"] {
            match value.get(key) {
                // `{"error":"code","message":"text"}`: beside a message, a lone word is a code.
                Some(Value::String(code)) if words.is_some() => fill(&mut self.code, Some(code.clone())),
                Some(inner) => self.absorb(inner, depth + 1),
                None => {}
            }
        }
        self.absorb_detail(value, depth);
        fill(&mut self.message, words.map(str::to_owned));
        fill(&mut self.code, value.get("code").and_then(json::scalar));
        fill(&mut self.kind, json::text(value, &["type"]).map(str::to_owned));
        if self.field.is_none() {
            self.field = json::text(value, &["param"]).map(str::to_owned);
        }
        // OpenRouter: the upstream's own words are worth more than "Provider returned error".
        if let Some(raw) = json::at(value, &["metadata", "raw"]).and_then(Value::as_str) {
            format!("{} {raw}", self.message).trim().clone_into(&mut self.message);
        }
    }

    /// `FastAPI`: a text, an object, or a list of what is wrong with which field.
    fn absorb_detail(&mut self, value: &Value, depth: u8) {
        let Some(detail) = value.get("detail") else { return };
        let Some(first) = detail.as_array().and_then(|list| list.first()) else {
            return self.absorb(detail, depth + 1);
        };
        fill(&mut self.message, json::text(first, &["msg"]).map(str::to_owned));
        fill(&mut self.kind, json::text(first, &["type"]).map(str::to_owned));
        let path: Vec<String> = json::list(first, "loc").iter().filter_map(json::scalar).collect();
        let path = path.strip_prefix(&["body".to_owned()]).unwrap_or(&path);
        self.field = (!path.is_empty()).then(|| path.join("."));
    }

    /// Unwraps words that are themselves JSON, and parts a request number from the sentence.
    fn finish(mut self) -> Self {
        if let Some(inner) = json_within(&self.message) {
            let mut deeper = Self::default();
            deeper.absorb(&inner, 0);
            if !deeper.message.is_empty() {
                self.message = deeper.message;
                // The upstream's own code says more than the relay's about it.
                if !deeper.code.is_empty() {
                    self.code = deeper.code;
                }
                fill(&mut self.kind, Some(deeper.kind));
                self.field = deeper.field.or(self.field);
            }
        }
        if let Some((sentence, id)) = split_request_note(&self.message) {
            self.request_id = Some(id);
            self.message = sentence;
        }
        if self.kind == "None" {
            self.kind.clear();
        }
        self.field = self.field.take().or_else(|| field::named_in(&self.message));
        self
    }
}

/// The error inside a good answer (status 200) or a stream, if there is one.
pub(crate) fn error_within(value: &Value) -> Option<Facts> {
    let value = match value {
        Value::Array(items) => items.first()?,
        other => other,
    };
    let is_set = |error: &Value| match error {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        _ => true,
    };
    if value.get("error").is_some_and(is_set) {
        return Some(Facts::of_value(value));
    }
    let choices = json::list(value, "choices");
    if let Some(error) = choices.iter().filter_map(|choice| choice.get("error")).find(|error| is_set(error)) {
        return Some(Facts::of_value(error));
    }
    (choices.is_empty() && is_error_shape(value)).then(|| Facts::of_value(value))
}

fn is_error_shape(value: &Value) -> bool {
    let says = |key: &str, word: &str| value.get(key).and_then(Value::as_str) == Some(word);
    let has = |key: &str| value.get(key).is_some_and(|inner| !inner.is_null());
    says("object", "error")
        || says("type", "error")
        || says("status", "failure")
        || value.get("success") == Some(&Value::Bool(false))
        || ["detail", "errors", "error_msg", "err"].iter().any(|key| has(key))
        || (has("code") && ["message", "msg", "description"].iter().any(|key| has(key)))
}

fn fill(slot: &mut String, text: Option<String>) {
    if slot.is_empty() {
        slot.extend(text);
    }
}

/// Relays wrap the upstream's body: `"{\"error\":{...}}"`, sometimes after a few words of their own.
fn json_within(message: &str) -> Option<Value> {
    let end = message.rfind('}')?;
    let inner = message.get(message.find('{')?..=end)?;
    serde_json::from_str(inner).ok().filter(Value::is_object)
}

/// one-api ends its sentences with `(request id: 2024...)`.
fn split_request_note(message: &str) -> Option<(String, String)> {
    let start = message.rfind("(request id:").or_else(|| message.rfind("（request id:"))?;
    let (sentence, note) = message.split_at(start);
    let id = note.split_once(':')?.1.trim().trim_end_matches([')', '）']).trim();
    Some((sentence.trim_end().to_owned(), id.to_owned()))
}
