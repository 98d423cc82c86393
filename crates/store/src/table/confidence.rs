//! How sure a model was of each token of an answer, packed, apart from the message: only who asks for it pays for it.
//! While an answer comes its tokens are added piece by piece; at the end they become one row.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rusqlite::params;
use serde::{Deserialize, Serialize};

use crate::{Error, MessageId, Read, Write};

/// Bytes of one unpacked piece that are read; what is written stays far below.
const LONGEST: u64 = 256 * 1024 * 1024;

/// One token of an answer, and how sure the model was of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Token {
    /// What it says, in UTF-8; perhaps half a letter.
    #[serde(rename = "t", with = "spelling")]
    pub bytes: Vec<u8>,
    /// The natural logarithm of its probability; none where the service did not say.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub logprob: Option<f64>,
    /// What else could have stood there, likeliest first.
    #[serde(rename = "o", default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<Alternative>,
}

/// Something else that could have stood in a token's place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// What it says, in UTF-8; perhaps half a letter.
    #[serde(rename = "t", with = "spelling")]
    pub bytes: Vec<u8>,
    /// The natural logarithm of its probability.
    #[serde(rename = "p")]
    pub logprob: f64,
}

impl Read {
    /// True when it is known how sure the model was of anything in this message.
    pub fn has_confidence(&self, id: MessageId) -> Result<bool, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM confidence WHERE message_key = (SELECT key FROM message WHERE id = ?1))",
        )?;
        Ok(select.query_row([id], |row| row.get(0))?)
    }

    /// All tokens of a message, in order; empty where nothing is known. A piece that cannot be read is left out.
    pub fn confidence(&self, id: MessageId) -> Result<Vec<Token>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT tokens FROM confidence
             WHERE message_key = (SELECT key FROM message WHERE id = ?1) ORDER BY key",
        )?;
        let rows = select.query_map([id], |row| row.get::<_, Vec<u8>>(0))?;
        let pieces = rows.collect::<rusqlite::Result<Vec<_>>>()?;
        Ok(pieces.iter().flat_map(|piece| unpack(piece).unwrap_or_default()).collect())
    }
}

impl Write {
    /// Adds the tokens that came next. [`Error::NotFound`] without the message.
    pub fn add_confidence(&self, id: MessageId, tokens: &[Token]) -> Result<(), Error> {
        if tokens.is_empty() {
            return Ok(());
        }
        let key: i64 = self
            .connection
            .prepare_cached("SELECT key FROM message WHERE id = ?1")?
            .query_row([id], |row| row.get(0))?;
        self.connection
            .prepare_cached("INSERT INTO confidence (message_key, tokens) VALUES (?1, ?2)")?
            .execute(params![key, pack(tokens)])?;
        Ok(())
    }

    /// Gives a message what is known of another one with the same words.
    pub fn copy_confidence(&self, from: MessageId, to: MessageId) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "INSERT INTO confidence (message_key, tokens)
                 SELECT (SELECT key FROM message WHERE id = ?2), tokens FROM confidence
                 WHERE message_key = (SELECT key FROM message WHERE id = ?1) ORDER BY key",
            )?
            .execute([from, to])?;
        Ok(())
    }

    /// Makes one row of the pieces: the answer has ended.
    pub fn settle_confidence(&self, id: MessageId) -> Result<(), Error> {
        let pieces: i64 = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM confidence
                 WHERE message_key = (SELECT key FROM message WHERE id = ?1)",
            )?
            .query_row([id], |row| row.get(0))?;
        if pieces < 2 {
            return Ok(());
        }
        let tokens = self.confidence(id)?;
        self.connection
            .prepare_cached(
                "DELETE FROM confidence WHERE message_key = (SELECT key FROM message WHERE id = ?1)",
            )?
            .execute([id])?;
        self.add_confidence(id, &tokens)
    }
}

fn pack(tokens: &[Token]) -> Vec<u8> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
    // Numbers and texts always make JSON, and writing into memory does not fail.
    let json = serde_json::to_vec(tokens).unwrap_or_default();
    _ = packer.write_all(&json);
    packer.finish().unwrap_or_default()
}

fn unpack(piece: &[u8]) -> Option<Vec<Token>> {
    let mut json = Vec::new();
    DeflateDecoder::new(piece).take(LONGEST).read_to_end(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}

/// Bytes as text where they are whole letters, else as a list of numbers.
mod spelling {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Spelling {
        Text(String),
        Bytes(Vec<u8>),
    }

    pub fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        match std::str::from_utf8(bytes) {
            Ok(text) => to.serialize_str(text),
            Err(_) => bytes.serialize(to),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        Ok(match Spelling::deserialize(from)? {
            Spelling::Text(text) => text.into_bytes(),
            Spelling::Bytes(bytes) => bytes,
        })
    }
}
