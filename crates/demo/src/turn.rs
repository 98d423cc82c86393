//! One chat request as a scenario reads it: the raw body with the few questions that scenarios ask of it.

use serde_json::Value;

use crate::{dialect::Dialect, form::SeenFile, script::Script};

/// A chat request and the circumstances it arrived in.
pub(crate) struct Turn {
    /// The body exactly as parsed.
    pub(crate) body: Value,
    /// The files of a form.
    pub(crate) files: Vec<SeenFile>,
    /// The script in force.
    pub(crate) script: Script,
    /// How often this model was asked before, since the start or the last change of script.
    pub(crate) attempt: u32,
    /// This demo's own host root.
    pub(crate) url: String,
    /// The path that was asked, with its query.
    pub(crate) path: String,
}

impl Turn {
    pub(crate) fn dialect(&self) -> Dialect {
        self.script.dialect
    }

    pub(crate) fn model(&self) -> &str {
        self.body.get("model").and_then(Value::as_str).unwrap_or_default()
    }

    pub(crate) fn streams(&self) -> bool {
        self.body.get("stream").and_then(Value::as_bool).unwrap_or(false)
    }

    /// Whether the closing usage chunk was asked for.
    pub(crate) fn wants_usage(&self) -> bool {
        self.body.pointer("/stream_options/include_usage").and_then(Value::as_bool).unwrap_or(false)
    }

    /// The text to be continued.
    pub(crate) fn prompt(&self) -> String {
        text_of(self.body.get("prompt"))
    }

    /// What follows the gap in it.
    pub(crate) fn suffix(&self) -> String {
        text_of(self.body.get("suffix"))
    }

    /// The same request with another body.
    pub(crate) fn with_body(&self, body: Value) -> Self {
        Self {
            body,
            files: self.files.clone(),
            script: self.script.clone(),
            attempt: self.attempt,
            url: self.url.clone(),
            path: self.path.clone(),
        }
    }

    /// Whether it was asked how sure the model is of its words.
    pub(crate) fn wants_logprobs(&self) -> bool {
        self.body.get("logprobs").and_then(Value::as_bool).unwrap_or(false)
    }

    /// How many alternatives of each word were asked for.
    pub(crate) fn top_logprobs(&self) -> usize {
        let count = self.body.get("top_logprobs").and_then(Value::as_u64).unwrap_or_default();
        usize::try_from(count).unwrap_or_default().min(20)
    }

    /// In what form the answer was asked for: "`json_object`", "`json_schema`".
    pub(crate) fn form(&self) -> Option<&str> {
        self.body.pointer("/response_format/type").and_then(Value::as_str)
    }

    /// The schema that the answer is to fit.
    pub(crate) fn schema(&self) -> Option<&Value> {
        self.body.pointer("/response_format/json_schema/schema")
    }

    /// Whether any message says that word, in small letters.
    pub(crate) fn says(&self, word: &str) -> bool {
        let roles = ["system", "developer", "user", "assistant"];
        roles.iter().flat_map(|role| self.texts(role)).any(|text| text.to_lowercase().contains(word))
    }

    /// How many answers were asked for.
    pub(crate) fn choices(&self) -> u64 {
        self.body.get("n").and_then(Value::as_u64).unwrap_or(1)
    }

    /// The text of the last message of the person.
    pub(crate) fn question(&self) -> String {
        self.texts("user").pop().unwrap_or_default()
    }

    /// The texts of all messages with that role.
    pub(crate) fn texts(&self, role: &str) -> Vec<String> {
        let messages = self.body.get("messages").and_then(Value::as_array);
        messages
            .into_iter()
            .flatten()
            .filter(|message| message.get("role").and_then(Value::as_str) == Some(role))
            .map(|message| text_of(message.get("content")))
            .collect()
    }

    /// A whole call that asks for a short title of the conversation.
    pub(crate) fn asks_for_title(&self) -> bool {
        !self.streams()
            && (self.texts("system").iter().any(|text| is_wish(text)) || is_wish(&self.question()))
    }

    /// A chat that is asked to go on with a text as if it were a text model.
    pub(crate) fn asks_to_continue(&self) -> bool {
        let question = self.question();
        ["Continue the text", "Fill the gap"].iter().any(|wish| question.starts_with(wish))
    }

    /// The text that such a chat is to go on with: everything after the wish.
    pub(crate) fn to_be_continued(&self) -> String {
        let question = self.question();
        question.split_once("\n\n").map_or(String::new(), |(_, text)| text.to_owned())
    }

    /// What a title is asked for: the first paragraph after the wish, or the whole question where the wish stands elsewhere.
    pub(crate) fn to_be_titled(&self) -> String {
        let question = self.question();
        match question.split_once("\n\n") {
            Some((wish, talk)) if is_wish(wish) => talk.split("\n\n").next().unwrap_or_default().to_owned(),
            _ => question,
        }
    }
}

fn is_wish(text: &str) -> bool {
    text.to_lowercase().contains("title") || text.contains("标题")
}

/// Content is a string or an array of parts.
fn text_of(content: Option<&Value>) -> String {
    match content {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(parts)) => {
            parts.iter().filter_map(|part| part.get("text").and_then(Value::as_str)).collect()
        }
        _ => String::new(),
    }
}
