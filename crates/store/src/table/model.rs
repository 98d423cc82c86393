//! Models that services list, and names that the person typed in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ServiceId;

/// A model of one service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Model {
    /// The service it belongs to.
    pub service_id: ServiceId,
    /// The name sent over the wire.
    pub name: String,
    /// The name shown; the wire name where the service gives none.
    pub label: String,
    /// What it is for.
    pub kind: ModelKind,
    /// Context window in tokens, where the service says.
    #[ts(type = "number | null")]
    pub context: Option<i64>,
    /// US dollars per million tokens in, where the service publishes it.
    pub price_in: Option<f64>,
    /// US dollars per million tokens out.
    pub price_out: Option<f64>,
    /// The person's star.
    pub favourite: bool,
    /// Typed in by the person, not listed by the service.
    pub typed_in: bool,
}

/// What a model is for; guessed from its name where the service does not say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ModelKind {
    /// Conversation.
    #[default]
    Chat,
    /// Pictures.
    Image,
    /// Midjourney tasks.
    Midjourney,
    /// Text to speech.
    Speech,
    /// Speech to text.
    Transcription,
    /// Embeddings.
    Embedding,
    /// Moderation, reranking and the like: hidden from pickers.
    Other,
}
