//! The request body of a chat completion, or of a text to be continued: only what was asked for, because strict services
//! refuse defaults.

use serde_json::{Map, Value, json};

use super::fold::Fold;
use crate::{ApiRoot, json};

/// Continues texts at a root of its own, whatever root was entered.
const DEEPSEEK: &str = "api.deepseek.com";

/// One question to a model.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The model's name, as the service knows it.
    pub model: String,
    /// The conversation so far, oldest first.
    pub messages: Vec<Message>,
    /// A text to be continued (`POST {root}/completions`); `messages` are not sent then.
    pub prompt: Option<String>,
    /// Ask for the answer piece by piece.
    pub stream: bool,
    /// Ask for token counts at the end of a stream (`stream_options`); ignored without `stream`.
    pub include_usage: bool,
    /// What the person changed, by wire name. Merged last, so it can replace any field but what is said.
    pub options: Map<String, Value>,
}

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// The words. Sent as a string where there are no pictures: many services refuse lists of parts.
    pub content: String,
    /// Pictures that go along, behind the words.
    pub pictures: Vec<Picture>,
    /// Tools that the model called, in its order.
    pub tool_calls: Vec<Called>,
    /// The call that this is the result of; "" otherwise.
    pub tool_call_id: String,
}

/// A picture that goes along with a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// A web address or a data URL.
    pub url: String,
    /// How closely to look: "low", "high", "auto"; "" leaves it out.
    pub detail: String,
}

/// A tool call as it stands in the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Called {
    /// The model's id of it.
    pub id: String,
    /// The tool's name.
    pub name: String,
    /// JSON text.
    pub arguments: String,
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
    /// A tool, with the result of a call.
    Tool,
}

impl Role {
    /// The wire name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Assistant => "assistant",
            Self::Tool => "tool",
        }
    }
}

impl Message {
    /// A message of words alone.
    pub fn text(role: Role, content: impl Into<String>) -> Self {
        Self {
            role,
            content: content.into(),
            pictures: Vec::new(),
            tool_calls: Vec::new(),
            tool_call_id: String::new(),
        }
    }

    fn body(&self) -> Value {
        let mut body = Map::new();
        body.insert("role".into(), self.role.as_str().into());
        body.insert("content".into(), self.content_body());
        if !self.tool_calls.is_empty() {
            body.insert("tool_calls".into(), self.tool_calls.iter().map(Called::body).collect());
        }
        if !self.tool_call_id.is_empty() {
            body.insert("tool_call_id".into(), self.tool_call_id.clone().into());
        }
        Value::Object(body)
    }

    fn content_body(&self) -> Value {
        if self.pictures.is_empty() {
            return self.content.clone().into();
        }
        let words = (!self.content.is_empty()).then(|| json!({"type": "text", "text": self.content}));
        words.into_iter().chain(self.pictures.iter().map(Picture::body)).collect()
    }
}

impl Picture {
    fn body(&self) -> Value {
        let mut at = Map::new();
        at.insert("url".into(), self.url.clone().into());
        if !self.detail.is_empty() {
            at.insert("detail".into(), self.detail.clone().into());
        }
        json!({"type": "image_url", "image_url": at})
    }
}

impl Called {
    fn body(&self) -> Value {
        let function = json!({"name": self.name, "arguments": self.arguments});
        json!({"id": self.id, "type": "function", "function": function})
    }
}

impl Request {
    /// The body as it goes over the wire.
    pub(crate) fn body(&self) -> Value {
        let mut body = Map::new();
        body.insert("model".into(), self.model.clone().into());
        match &self.prompt {
            Some(prompt) => body.insert("prompt".into(), prompt.clone().into()),
            None => body.insert("messages".into(), self.messages.iter().map(Message::body).collect()),
        };
        // `stream: false` is the default everywhere and is refused by some when spelt out.
        if self.stream {
            body.insert("stream".into(), true.into());
            if self.include_usage {
                body.insert("stream_options".into(), json!({"include_usage": true}));
            }
        }
        for (name, value) in self.options.iter().filter(|(name, _)| *name != "messages" && *name != "prompt")
        {
            body.insert(name.clone(), value.clone());
        }
        Value::Object(body)
    }

    /// Where it goes.
    pub(crate) fn address(&self, root: &ApiRoot) -> String {
        match self.prompt {
            None => format!("{root}/chat/completions"),
            Some(_) if root.host() == DEEPSEEK => format!("{}/beta/completions", root.host_root()),
            Some(_) => format!("{root}/completions"),
        }
    }

    /// How its answer is to be read.
    pub(crate) fn fold(&self) -> Fold {
        let echoes = self.options.get("echo").is_some_and(json::truthy);
        match &self.prompt {
            Some(prompt) => Fold::of_text(echoes.then_some(prompt.as_str())),
            None => Fold::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_a_path_of_their_own_and_one_service_a_root_of_its_own_for_them() {
        let text = Request { prompt: Some("Roses are".into()), ..Request::default() };
        for (entered, address) in [
            ("https://api.openai.com/v1", "https://api.openai.com/v1/completions"),
            ("https://api.arcee.ai", "https://api.arcee.ai/api/v1/completions"),
            ("https://api.deepseek.com", "https://api.deepseek.com/beta/completions"),
        ] {
            let root = ApiRoot::parse(entered).unwrap();
            assert_eq!(text.address(&root), address);
            assert!(
                Request::default().address(&root).ends_with("/v1/chat/completions"),
                "chats stay where they are"
            );
        }
    }
}
