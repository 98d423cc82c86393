//! The person's settings: one JSON value per name.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ServiceId;

/// The person's settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// Light, dark, or as the system.
    pub theme: Theme,
    /// Text size in percent, 80 to 200.
    #[ts(type = "number")]
    pub text_scale: i64,
    /// Language tag ("en", "zh-CN"), or "" for the system's.
    pub language: String,
    /// The side panel is folded.
    pub side_folded: bool,
    /// The service last chosen for a new conversation.
    pub service_id: Option<ServiceId>,
    /// The model last chosen.
    pub model: String,
    /// Thoughts stand open while they come.
    pub thoughts_open: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            text_scale: 100,
            language: String::new(),
            side_folded: false,
            service_id: None,
            model: String::new(),
            thoughts_open: false,
        }
    }
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}
