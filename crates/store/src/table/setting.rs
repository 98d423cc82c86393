//! The person's settings: one JSON value per name.

use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use ts_rs::TS;

use super::ask::Ask;
use super::conversation::Order;
use super::options::Options;
use crate::{Error, Read, ServiceId, Write};

/// The person's settings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own on the screen of settings")]
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
    /// The model that answered also writes a title, by one more short request.
    pub titles_by_model: bool,
    /// After how many rounds of tool calls an answer stops by itself.
    #[ts(type = "number")]
    pub tool_rounds: i64,
    /// The order of the conversations.
    pub list_order: Order,
    /// The person's usual options: what counts in every conversation that says nothing else.
    pub options: Options,
    /// What every answer is told first, in conversations without instructions of their own; "" for nothing.
    pub instructions: String,
    /// The form in which pictures were last saved.
    pub picture_form: PictureForm,
    /// What a picture was made from goes into the file that is saved.
    pub picture_told: bool,
    /// The model that last wrote a better prompt.
    pub improve_with: Option<Ask>,
    /// The model that last described a picture.
    pub describe_with: Option<Ask>,
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
            titles_by_model: true,
            tool_rounds: 8,
            list_order: Order::Newest,
            options: Options::default(),
            instructions: String::new(),
            picture_form: PictureForm::Png,
            picture_told: true,
            improve_with: None,
            describe_with: None,
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

/// A form in which pictures are saved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum PictureForm {
    /// Without loss.
    #[default]
    Png,
    /// Small, and read everywhere.
    Jpeg,
    /// Without loss, and smaller.
    WebP,
}

impl Read {
    /// The settings. A value that is missing, or that this Medley does not understand, is the default; the
    /// others count all the same.
    pub fn settings(&self) -> Result<Settings, Error> {
        let mut select = self.connection.prepare_cached("SELECT name, value FROM setting ORDER BY name")?;
        let rows = select.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        let mut settings = Settings::default();
        let mut understood = Map::new();
        for row in rows {
            let (name, text) = row?;
            let Ok(value) = serde_json::from_str(&text) else { continue };
            let mut more = understood.clone();
            more.insert(name, value);
            if let Ok(with_it) = serde_json::from_value(Value::Object(more.clone())) {
                (settings, understood) = (with_it, more);
            }
        }
        Ok(settings)
    }
}

impl Write {
    /// Keeps all settings. Values under names that this Medley does not know stay as they are.
    pub fn set_settings(&self, settings: &Settings) -> Result<(), Error> {
        let Ok(Value::Object(values)) = serde_json::to_value(settings) else {
            unreachable!("a struct of plain values is a JSON object")
        };
        let mut upsert = self.connection.prepare_cached(
            "INSERT INTO setting (name, value) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )?;
        for (name, value) in values {
            upsert.execute(params![name, value.to_string()])?;
        }
        Ok(())
    }
}
