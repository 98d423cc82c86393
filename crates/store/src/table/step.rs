//! What an answer did on its way besides writing: tool calls, sources, and how much it was sent. Kept with the message.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One round of tool calls within an answer: what the model asked for at one go.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Step {
    /// Bytes of the answer's text that were said before it.
    #[ts(type = "number")]
    pub at: usize,
    /// What was asked for, in the model's order.
    pub calls: Vec<ToolCall>,
}

/// One tool call and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ToolCall {
    /// The model's id of it, unique within the answer.
    pub id: String,
    /// The tool's name.
    pub name: String,
    /// Its arguments: JSON text as the model wrote it, perhaps invalid.
    pub arguments: String,
    /// How far it came.
    pub state: CallState,
    /// What went back to the model; "" while there is nothing.
    pub result: String,
    /// How long it ran, milliseconds.
    #[ts(type = "number | null")]
    pub duration_ms: Option<i64>,
}

/// How far a tool call came.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CallState {
    /// It waits for the person.
    #[default]
    Asking,
    /// It runs.
    Running,
    /// It ran, and its result went back.
    Done,
    /// The person refused it.
    Refused,
    /// It failed; the result says why.
    Failed,
}

/// A source that an answer names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Citation {
    /// Its address as it came.
    pub url: String,
    /// Its title; may be empty.
    pub title: String,
}

/// How much of a conversation went along with a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Sent {
    /// Messages sent, the question included, instructions not.
    #[ts(type = "number")]
    pub messages: usize,
    /// Messages there were on the branch.
    #[ts(type = "number")]
    pub of: usize,
    /// Tokens they take, instructions included.
    #[ts(type = "number")]
    pub tokens: i64,
    /// Tokens the model's window holds; none where the service does not say.
    #[ts(type = "number | null")]
    pub window: Option<i64>,
    /// Counted by the model's own tokenizer rather than estimated.
    pub exact: bool,
}
