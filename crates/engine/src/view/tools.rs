//! What the window is shown of tools and their calls, and what it says about them.

use serde::{Deserialize, Serialize};
use store::ToolId;
use store::table::step::CallState;
use ts_rs::TS;

/// One round of tool calls within an answer, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StepView {
    /// How many of the answer's blocks stand before it.
    #[ts(type = "number")]
    pub before: usize,
    /// What was asked for at one go, in the model's order.
    pub calls: Vec<CallView>,
}

/// One tool call, ready to be shown: its arguments and its result only as far as anybody reads them at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CallView {
    /// Its id, unique within the answer.
    pub id: String,
    /// The tool's name.
    pub name: String,
    /// The beginning of its arguments: JSON text as the model wrote it, perhaps invalid.
    pub arguments: String,
    /// Bytes of all its arguments.
    #[ts(type = "number")]
    pub arguments_size: usize,
    /// How far it came.
    pub state: CallState,
    /// The beginning of what went back to the model; "" while there is nothing.
    pub result: String,
    /// Bytes of the whole result.
    #[ts(type = "number")]
    pub result_size: usize,
    /// How long it ran, milliseconds.
    #[ts(type = "number | null")]
    pub duration_ms: Option<i64>,
}

/// Which round of tool calls an answer is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Round {
    /// This one, from 1; 0 before the first.
    #[ts(type = "number")]
    pub number: u32,
    /// After how many it stops by itself.
    #[ts(type = "number")]
    pub of: u32,
}

/// What the person says to a call that waits for them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Decision {
    /// It may be carried out, this time.
    Once,
    /// It may be carried out, and this tool need not be asked for again.
    Always,
    /// Not this time.
    Refuse,
    /// Not now and not later.
    Never,
    /// They carried it out themselves.
    Result {
        /// What came of it.
        text: String,
    },
}

/// A function of the person's own as it is typed or pasted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ToolDraft {
    /// The one that is changed; none for a new one.
    pub id: Option<ToolId>,
    /// What models call it by.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// What it takes: a JSON schema as text; "" for nothing.
    pub parameters: String,
}
