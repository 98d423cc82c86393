//! Services that the person connected. Keys are not here: they are in the vault under the service's id.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{ServiceId, UnixMs};

/// A connected service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Service {
    /// Its id; the key lies in the vault under it.
    pub id: ServiceId,
    /// The name shown, editable.
    pub name: String,
    /// Which preset it began as: "modelbox", "arcee", ... or "other".
    pub preset: String,
    /// API root, normalised, without a trailing slash: `https://host/v1`.
    pub address: String,
    /// Server family as recognised: "openrouter", "new-api", ... or "" when unknown.
    pub family: String,
    /// Where the key is and its last four characters. Never the key.
    pub key: KeyState,
    /// What the service offers, as last probed.
    pub lamps: Lamps,
    /// Money left, as the service tells it.
    pub balance: Option<Balance>,
    /// Place in the list, ascending.
    #[ts(type = "number")]
    pub position: i64,
    /// When it was connected.
    #[ts(type = "number")]
    pub created_at: UnixMs,
    /// When it was last probed with success; 0 for never.
    #[ts(type = "number")]
    pub checked_at: UnixMs,
}

/// Where a key is kept, as the window may know it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct KeyState {
    /// Where it is.
    pub place: KeyPlace,
    /// Its last four characters, where it is long enough for that to be harmless.
    pub ends_in: String,
}

/// Where a key is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyPlace {
    /// The service has none.
    #[default]
    None,
    /// In the system's keychain.
    Keychain,
    /// In memory until Medley quits.
    Memory,
}

/// One lamp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Lamp {
    /// It works.
    Works,
    /// The service does not offer it.
    NotOffered,
    /// Nobody asked yet, or the answer said nothing.
    #[default]
    NotChecked,
}

/// What a service offers, learnt by harmless probes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Lamps {
    /// Chat completions.
    pub chat: Lamp,
    /// Pictures by the images API or a chat-borne engine.
    pub pictures: Lamp,
    /// The Midjourney task API.
    pub midjourney: Lamp,
    /// Text to speech.
    pub speech: Lamp,
    /// Speech to text.
    pub transcription: Lamp,
    /// Embeddings.
    pub meaning_search: Lamp,
    /// Money left.
    pub balance: Lamp,
}

/// Money left at a service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Balance {
    /// How much is left, in `currency`; none for an unlimited key.
    pub left: Option<f64>,
    /// ISO code, or "" when the service does not say.
    pub currency: String,
    /// When it was asked.
    #[ts(type = "number")]
    pub at: UnixMs,
}
