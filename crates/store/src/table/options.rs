//! What a person can ask of an answer. Everything absent is not sent: the service's own default counts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Options of chat and text completions, by the API's own names.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Options {
    /// Surprise, 0 to 2.
    pub temperature: Option<f64>,
    /// How many unlikely words may be considered, 0 to 1.
    pub top_p: Option<f64>,
    /// How many answers, 1 to 128.
    #[ts(type = "number | null")]
    pub n: Option<i64>,
    /// The longest answer, tokens.
    #[ts(type = "number | null")]
    pub max_tokens: Option<i64>,
    /// The longest answer, tokens, thoughts included.
    #[ts(type = "number | null")]
    pub max_completion_tokens: Option<i64>,
    /// New subjects, -2 to 2.
    pub presence_penalty: Option<f64>,
    /// Fewer repetitions, -2 to 2.
    pub frequency_penalty: Option<f64>,
    /// Token ids made likelier or less likely, -100 to 100.
    #[ts(type = "Record<string, number> | null")]
    pub logit_bias: Option<BTreeMap<String, f64>>,
    /// The same number gives nearly the same answer again.
    #[ts(type = "number | null")]
    pub seed: Option<i64>,
    /// Where to stop: up to four texts.
    pub stop: Vec<String>,
    /// Piece by piece, or whole; absent: piece by piece.
    pub stream: Option<bool>,
    /// Ask for token counts at the end of a stream; absent: yes.
    pub include_usage: Option<bool>,
    /// Who asks, for the service's own statistics.
    pub user: Option<String>,
    /// How long it may think: "low", "medium", "high", or any word that the model takes.
    pub reasoning_effort: Option<String>,
    /// How long answers should be; the model is told so in words.
    pub answer_length: Option<AnswerLength>,
    /// In what form to answer.
    pub response_format: Option<ResponseFormat>,
    /// Names of the tools that may be called.
    pub tools: Vec<String>,
    /// "none", "auto", "required", or the name of the tool that must be called.
    pub tool_choice: Option<String>,
    /// Several calls at once.
    pub parallel_tool_calls: Option<bool>,
    /// Report how sure the model was of each word.
    pub logprobs: Option<bool>,
    /// How many alternatives to report, 0 to 20.
    #[ts(type = "number | null")]
    pub top_logprobs: Option<i64>,
    /// Of a text that is continued: send what follows the cursor too, so that the gap between is filled; yes unless it
    /// says no.
    pub suffix: Option<bool>,
    /// Of a text that is continued: give the text back before its continuation.
    pub echo: Option<bool>,
    /// Of a text that is continued: make so many, give the best; at least `n`.
    #[ts(type = "number | null")]
    pub best_of: Option<i64>,
    /// More fields as JSON text, merged last; "" for none.
    pub extra: String,
    /// Options of the person's usual ones that are not sent here, by the names of this structure's JSON.
    pub unset: Vec<String>,
}

/// How long answers should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AnswerLength {
    /// A few sentences.
    Short,
    /// In detail.
    Long,
}

/// In what form to answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase", tag = "kind")]
pub enum ResponseFormat {
    /// Words.
    Text,
    /// Any JSON object.
    JsonObject,
    /// JSON that fits a schema.
    JsonSchema {
        /// The schema's name, as the API wants one.
        name: String,
        /// What it is for, in words for the model; "" for none.
        #[serde(default)]
        description: String,
        /// The schema, as JSON text.
        schema: String,
        /// The service itself holds the model to it.
        strict: bool,
    },
}
