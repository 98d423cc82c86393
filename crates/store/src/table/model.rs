//! Models that services list, and names that the person typed in.

use rusqlite::{Row, named_params, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::cell::{Cells, words};
use crate::store::must_touch_one;
use crate::{Error, Read, ServiceId, Write};

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
    /// US dollars per call, whatever its length.
    pub price_call: Option<f64>,
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

words!(ModelKind else Other {
    Chat = "chat",
    Image = "image",
    Midjourney = "midjourney",
    Speech = "speech",
    Transcription = "transcription",
    Embedding = "embedding",
    Other = "other",
});

impl Read {
    /// The models of all services, in the order of the services and, within each, as it lists them.
    pub fn models(&self) -> Result<Vec<Model>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT s.id, m.name, m.label, m.kind, m.context, m.price_in, m.price_out, m.price_call,
                    m.favourite, m.typed_in AND NOT m.listed
             FROM model m JOIN service s ON s.key = m.service_key
             ORDER BY s.position, s.key, m.position, m.key",
        )?;
        let rows = select.query_map([], model)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The models of one service, as it lists them.
    pub fn models_of(&self, service: ServiceId) -> Result<Vec<Model>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT s.id, m.name, m.label, m.kind, m.context, m.price_in, m.price_out, m.price_call,
                    m.favourite, m.typed_in AND NOT m.listed
             FROM service s JOIN model m ON m.service_key = s.key
             WHERE s.id = ?1 ORDER BY m.position, m.key",
        )?;
        let rows = select.query_map([service], model)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Write {
    /// Takes over what a service lists now. Stars stay, also when `models` does not have them; what is no
    /// longer listed goes, unless the person starred it or typed it in.
    pub fn replace_models(&self, service: ServiceId, models: &[Model]) -> Result<(), Error> {
        let service_key = self.service_key(service)?;
        self.connection
            .prepare_cached("UPDATE model SET listed = 0 WHERE service_key = ?1")?
            .execute([service_key])?;
        for (position, model) in (0..).zip(models) {
            self.list_model(service_key, position, model)?;
        }
        self.connection
            .prepare_cached(
                "DELETE FROM model WHERE service_key = ?1 AND NOT listed AND NOT typed_in AND NOT favourite",
            )?
            .execute([service_key])?;
        Ok(())
    }

    /// Stars a model or takes its star away; [`Error::NotFound`] when the service has no such model.
    pub fn set_favourite(&self, service: ServiceId, name: &str, favourite: bool) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE model SET favourite = ?3
             WHERE service_key = (SELECT key FROM service WHERE id = ?1) AND name = ?2",
        )?;
        must_touch_one(update.execute(params![service, name, favourite])?)
    }

    /// Names a model as the person wants it shown; [`Error::NotFound`] when the service has no such model.
    pub fn label_model(&self, service: ServiceId, name: &str, label: &str) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE model SET label = ?3
             WHERE service_key = (SELECT key FROM service WHERE id = ?1) AND name = ?2",
        )?;
        must_touch_one(update.execute(params![service, name, label])?)
    }

    /// Adds a name that the person typed. A model that is there already keeps its facts and its star, and
    /// will outlast being dropped from the service's list.
    pub fn add_typed_model(&self, model: &Model) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "INSERT INTO model (service_key, name, label, kind, context, price_in, price_out, price_call, favourite,
                                    typed_in, listed, position)
                 VALUES (:service, :name, :label, :kind, :context, :price_in, :price_out, :price_call, :favourite, 1, 0,
                         (SELECT coalesce(max(position), -1) + 1 FROM model WHERE service_key = :service))
                 ON CONFLICT (service_key, name) DO UPDATE SET typed_in = 1",
            )?
            .execute(named_params! {
                ":service": self.service_key(model.service_id)?,
                ":name": model.name,
                ":label": model.label,
                ":kind": model.kind,
                ":context": model.context,
                ":price_in": model.price_in,
                ":price_out": model.price_out,
                ":price_call": model.price_call,
                ":favourite": model.favourite,
            })?;
        Ok(())
    }

    fn list_model(&self, service_key: i64, position: i64, model: &Model) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "INSERT INTO model (service_key, name, label, kind, context, price_in, price_out, price_call, favourite,
                                    listed, position)
                 VALUES (:service, :name, :label, :kind, :context, :price_in, :price_out, :price_call, :favourite, 1,
                         :position)
                 ON CONFLICT (service_key, name) DO UPDATE SET
                   label = CASE WHEN typed_in AND label <> name THEN label ELSE excluded.label END, kind = excluded.kind, context = excluded.context,
                   price_in = excluded.price_in, price_out = excluded.price_out,
                   price_call = excluded.price_call,
                   favourite = favourite OR excluded.favourite, listed = 1, position = excluded.position",
            )?
            .execute(named_params! {
                ":service": service_key,
                ":name": model.name,
                ":label": model.label,
                ":kind": model.kind,
                ":context": model.context,
                ":price_in": model.price_in,
                ":price_out": model.price_out,
                ":price_call": model.price_call,
                ":favourite": model.favourite,
                ":position": position,
            })?;
        Ok(())
    }
}

fn model(row: &Row) -> rusqlite::Result<Model> {
    let mut cells = Cells::of(row);
    Ok(Model {
        service_id: cells.next()?,
        name: cells.next()?,
        label: cells.next()?,
        kind: cells.next()?,
        context: cells.next()?,
        price_in: cells.next()?,
        price_out: cells.next()?,
        price_call: cells.next()?,
        favourite: cells.next()?,
        typed_in: cells.next()?,
    })
}
