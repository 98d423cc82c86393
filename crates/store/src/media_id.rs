//! The name of a file in the media folder: the BLAKE3 hash of its bytes. In texts it is 64 lower-case hex digits.

use std::fmt::{Debug, Display, Formatter};
use std::str::FromStr;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use ts_rs::TS;

/// A file in the media folder, named by its bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, TS)]
#[ts(type = "string")]
pub struct MediaId(pub [u8; 32]);

/// What a text that names no media is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no media id")]
pub struct NoMediaId;

impl MediaId {
    /// The id of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }
}

impl Display for MediaId {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(&blake3::Hash::from_bytes(self.0).to_hex())
    }
}

impl Debug for MediaId {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        Display::fmt(self, f)
    }
}

impl FromStr for MediaId {
    type Err = NoMediaId;

    fn from_str(text: &str) -> Result<Self, NoMediaId> {
        // One file has one name: the library also takes capitals.
        let hash = blake3::Hash::from_hex(text).map_err(|_| NoMediaId)?;
        let id = Self(*hash.as_bytes());
        if id.to_string() == text { Ok(id) } else { Err(NoMediaId) }
    }
}

impl Serialize for MediaId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MediaId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl ToSql for MediaId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0.as_slice()))
    }
}

impl FromSql for MediaId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        <[u8; 32]>::try_from(value.as_blob()?).map(Self).map_err(FromSqlError::other)
    }
}
