//! Services that the person connected. Keys are not here: they are in the vault under the service's id.

use rusqlite::{OptionalExtension, Row, named_params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::cell::{Cells, Json, words};
use crate::store::must_touch_one;
use crate::{Error, Read, ServiceId, UnixMs, Write};

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
    /// Where it takes files for models that open links; "" for nowhere.
    pub upload_address: String,
    /// Where Midjourney's tasks are; "" where they are at its own address.
    pub midjourney_address: String,
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
    /// Nobody asked yet, or the answer said nothing, or a newer Medley wrote a word unknown here.
    #[default]
    #[serde(other)]
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

words!(KeyPlace else None { None = "none", Keychain = "keychain", Memory = "memory" });

impl Read {
    /// All services, in the person's order.
    pub fn services(&self) -> Result<Vec<Service>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, name, preset, address, family, key_place, key_ends_in, lamps, balance, position,
                    created_at, checked_at, upload_address, midjourney_address
             FROM service ORDER BY position, key",
        )?;
        let rows = select.query_map([], service)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// One service; none when it does not exist.
    pub fn service(&self, id: ServiceId) -> Result<Option<Service>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, name, preset, address, family, key_place, key_ends_in, lamps, balance, position,
                    created_at, checked_at, upload_address, midjourney_address
             FROM service WHERE id = ?1",
        )?;
        Ok(select.query_row([id], service).optional()?)
    }

    /// The integer key of a service that must exist.
    pub(crate) fn service_key(&self, id: ServiceId) -> Result<i64, Error> {
        let mut select = self.connection.prepare_cached("SELECT key FROM service WHERE id = ?1")?;
        Ok(select.query_row([id], |row| row.get(0))?)
    }
}

impl Write {
    /// Adds a service.
    pub fn insert_service(&self, service: &Service) -> Result<(), Error> {
        self.put_service(
            service,
            "INSERT INTO service (id, name, preset, address, family, key_place, key_ends_in, lamps, balance,
                                  position, created_at, checked_at, upload_address, midjourney_address)
             VALUES (:id, :name, :preset, :address, :family, :key_place, :key_ends_in, :lamps, :balance,
                     :position, :created_at, :checked_at, :upload_address, :midjourney_address)",
        )
    }

    /// Writes all of a service anew; [`Error::NotFound`] when it does not exist.
    pub fn update_service(&self, service: &Service) -> Result<(), Error> {
        self.put_service(
            service,
            "UPDATE service SET name = :name, preset = :preset, address = :address, family = :family,
                    key_place = :key_place, key_ends_in = :key_ends_in, lamps = :lamps, balance = :balance,
                    position = :position, created_at = :created_at, checked_at = :checked_at,
                    upload_address = :upload_address, midjourney_address = :midjourney_address
             WHERE id = :id",
        )
    }

    /// Removes a service with its models and what was learnt about it. Conversations and messages stay,
    /// with the model's name and no service.
    pub fn remove_service(&self, id: ServiceId) -> Result<(), Error> {
        let mut delete = self.connection.prepare_cached("DELETE FROM service WHERE id = ?1")?;
        must_touch_one(delete.execute([id])?)
    }

    fn put_service(&self, service: &Service, sql: &str) -> Result<(), Error> {
        let touched = self.connection.prepare_cached(sql)?.execute(named_params! {
            ":id": service.id,
            ":name": service.name,
            ":preset": service.preset,
            ":address": service.address,
            ":family": service.family,
            ":key_place": service.key.place,
            ":key_ends_in": service.key.ends_in,
            ":lamps": Json(service.lamps),
            ":balance": service.balance.as_ref().map(Json),
            ":position": service.position,
            ":created_at": service.created_at,
            ":checked_at": service.checked_at,
            ":upload_address": service.upload_address,
            ":midjourney_address": service.midjourney_address,
        })?;
        must_touch_one(touched)
    }
}

fn service(row: &Row) -> rusqlite::Result<Service> {
    let mut cells = Cells::of(row);
    Ok(Service {
        id: cells.next()?,
        name: cells.next()?,
        preset: cells.next()?,
        address: cells.next()?,
        family: cells.next()?,
        key: KeyState { place: cells.next()?, ends_in: cells.next()? },
        lamps: cells.next::<Json<_>>()?.0,
        balance: cells.next::<Option<Json<_>>>()?.and_then(|balance| balance.0),
        position: cells.next()?,
        created_at: cells.next()?,
        checked_at: cells.next()?,
        upload_address: cells.next()?,
        midjourney_address: cells.next()?,
    })
}
