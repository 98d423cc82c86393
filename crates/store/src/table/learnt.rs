//! What was learnt about a service, or one of its models, from its answers. Can be forgotten.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::generation::{GenerationKind, PictureTool};
use crate::cell::Json;
use crate::{Error, Read, ServiceId, Write};

/// What was learnt. `model` is "" for the service as a whole.
#[expect(clippy::struct_excessive_bools, reason = "each is learnt by itself, and none excludes another")]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Learnt {
    /// Streaming is refused: ask for a whole answer.
    pub no_stream: bool,
    /// `stream_options` is refused.
    pub no_stream_options: bool,
    /// `max_tokens` is refused: send `max_completion_tokens`.
    pub wants_max_completion_tokens: bool,
    /// Texts are not continued: ask for it in a chat.
    pub wants_chat: bool,
    /// Request fields that are refused: leave them out.
    pub refused_fields: Vec<String>,
    /// A schema for the answer is refused: ask for JSON, and tell the schema in words.
    pub no_schemas: bool,
    /// A system message is refused: what is told first is told by the person.
    pub no_system: bool,
    /// It was seen to think before it answers.
    pub thinks: bool,
    /// Tokens that its window holds, found out by being refused.
    #[ts(type = "number | null")]
    pub window: Option<i64>,
    /// Ways of making pictures that the service says it does not have.
    pub no_pictures: Vec<GenerationKind>,
    /// Tools that the service says it does not have.
    pub no_tools: Vec<PictureTool>,
    /// Bytes of a sound that were more than is taken at one go.
    #[ts(type = "number | null")]
    pub too_long_sound: Option<i64>,
}

impl Learnt {
    /// Both together; of two windows the one found out last.
    #[must_use]
    pub fn and(mut self, later: Self) -> Self {
        for field in later.refused_fields {
            if !self.refused_fields.contains(&field) {
                self.refused_fields.push(field);
            }
        }
        for kind in later.no_pictures {
            if !self.no_pictures.contains(&kind) {
                self.no_pictures.push(kind);
            }
        }
        for tool in later.no_tools {
            if !self.no_tools.contains(&tool) {
                self.no_tools.push(tool);
            }
        }
        Self {
            no_stream: self.no_stream || later.no_stream,
            no_stream_options: self.no_stream_options || later.no_stream_options,
            wants_max_completion_tokens: self.wants_max_completion_tokens
                || later.wants_max_completion_tokens,
            wants_chat: self.wants_chat || later.wants_chat,
            refused_fields: self.refused_fields,
            no_schemas: self.no_schemas || later.no_schemas,
            no_system: self.no_system || later.no_system,
            thinks: self.thinks || later.thinks,
            window: later.window.or(self.window),
            no_pictures: self.no_pictures,
            no_tools: self.no_tools,
            too_long_sound: match (self.too_long_sound, later.too_long_sound) {
                (Some(one), Some(other)) => Some(one.min(other)),
                (one, other) => one.or(other),
            },
        }
    }
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

impl Read {
    /// What was learnt about a model, or with "" about the service; the default when nothing was.
    pub fn learnt(&self, service: ServiceId, model: &str) -> Result<Learnt, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT l.learnt FROM service s JOIN learnt l ON l.service_key = s.key
             WHERE s.id = ?1 AND l.model = ?2",
        )?;
        let found =
            select.query_row(params![service, model], |row| row.get::<_, Json<Learnt>>(0)).optional()?;
        Ok(found.map(|json| json.0).unwrap_or_default())
    }

    /// All that was learnt about a service and its models, by model name.
    pub fn learnt_of(&self, service: ServiceId) -> Result<Vec<LearntRow>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT l.model, l.learnt FROM service s JOIN learnt l ON l.service_key = s.key
             WHERE s.id = ?1 ORDER BY l.model",
        )?;
        let rows = select.query_map([service], |row| {
            let learnt = row.get::<_, Json<Learnt>>(1)?.0;
            Ok(LearntRow { service_id: service, model: row.get(0)?, learnt })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Write {
    /// Remembers what was learnt, in place of what was known; [`Error::NotFound`] without the service.
    pub fn set_learnt(&self, row: &LearntRow) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "INSERT INTO learnt (service_key, model, learnt) VALUES (?1, ?2, ?3)
                 ON CONFLICT (service_key, model) DO UPDATE SET learnt = excluded.learnt",
            )?
            .execute(params![self.service_key(row.service_id)?, row.model, Json(&row.learnt)])?;
        Ok(())
    }

    /// Forgets what was learnt about one model, or with "" about the service as a whole.
    pub fn forget_learnt_of(&self, service: ServiceId, model: &str) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "DELETE FROM learnt
                 WHERE service_key = (SELECT key FROM service WHERE id = ?1) AND model = ?2",
            )?
            .execute(params![service, model])?;
        Ok(())
    }

    /// Forgets all that was learnt about a service and its models.
    pub fn forget_learnt(&self, service: ServiceId) -> Result<(), Error> {
        self.connection
            .prepare_cached("DELETE FROM learnt WHERE service_key = (SELECT key FROM service WHERE id = ?1)")?
            .execute([service])?;
        Ok(())
    }
}
