//! The request body of a chat completion: only what was asked for, because strict services refuse defaults.

use serde_json::{Map, Value, json};

/// One question to a model.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The model's name, as the service knows it.
    pub model: String,
    /// The conversation so far, oldest first.
    pub messages: Vec<Message>,
    /// Ask for the answer piece by piece.
    pub stream: bool,
    /// Ask for token counts at the end of a stream (`stream_options`); ignored without `stream`.
    pub include_usage: bool,
    /// What the person changed, by wire name. Merged last, so it can replace any field but `messages`.
    pub options: Map<String, Value>,
}

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// Plain text. Sent as a string: many services refuse lists of parts.
    pub content: String,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Instructions. Sent as `system`: older services do not know `developer`.
    System,
    /// The person.
    User,
    /// The model.
    Assistant,
}

impl Role {
    /// The wire name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
        }
    }
}

impl Request {
    /// The body as it goes over the wire.
    pub(crate) fn body(&self) -> Value {
        let messages: Vec<Value> =
            self.messages.iter().map(|m| json!({"role": m.role.as_str(), "content": m.content})).collect();
        let mut body = Map::new();
        body.insert("model".into(), self.model.clone().into());
        body.insert("messages".into(), messages.into());
        // `stream: false` is the default everywhere and is refused by some when spelt out.
        if self.stream {
            body.insert("stream".into(), true.into());
            if self.include_usage {
                body.insert("stream_options".into(), json!({"include_usage": true}));
            }
        }
        for (name, value) in self.options.iter().filter(|(name, _)| *name != "messages") {
            body.insert(name.clone(), value.clone());
        }
        Value::Object(body)
    }
}
