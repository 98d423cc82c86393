//! What went wrong, as facts: a code that the window turns into words, never a sentence of ours.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A failure as it is kept with a message and sent to the window. Holds no key.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// One of the engine's codes; open, because an older or newer Medley may have written it.
    pub code: String,
    /// The other side's own words, redacted and shortened, for "Details". May be empty.
    pub message: String,
    /// Facts that the sentence may use.
    pub facts: Facts,
}

/// Facts beside a code. Absent where nobody said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Facts {
    /// HTTP status.
    #[ts(type = "number | null")]
    pub status: Option<u16>,
    /// The other side's own code or type, as it came.
    pub server_code: Option<String>,
    /// The request field that was refused.
    pub field: Option<String>,
    /// Tokens that the model's window holds, where that was exceeded and the service says so.
    #[ts(type = "number | null")]
    pub window: Option<i64>,
    /// Milliseconds to wait, as the other side asked.
    #[ts(type = "number | null")]
    pub retry_after_ms: Option<i64>,
    /// For support: the other side's id of the request.
    pub request_id: Option<String>,
    /// The name of the service.
    pub service: Option<String>,
    /// The model that was asked.
    pub model: Option<String>,
    /// The host that was called.
    pub host: Option<String>,
}
