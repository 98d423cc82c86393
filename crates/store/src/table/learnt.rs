//! What was learnt about a service, or one of its models, from its answers. Can be forgotten.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ServiceId;

/// What was learnt. `model` is "" for the service as a whole.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Learnt {
    /// Streaming is refused: ask for a whole answer.
    pub no_stream: bool,
    /// `stream_options` is refused.
    pub no_stream_options: bool,
    /// `max_tokens` is refused: send `max_completion_tokens`.
    pub wants_max_completion_tokens: bool,
    /// Request fields that are refused: leave them out.
    pub refused_fields: Vec<String>,
}

/// One remembered row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LearntRow {
    /// The service.
    pub service_id: ServiceId,
    /// The model, or "" for the service as a whole.
    pub model: String,
    /// What was learnt.
    pub learnt: Learnt,
}
