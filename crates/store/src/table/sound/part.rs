//! Parts of sounds: each is one request, and one file.

use crate::cell::{Cells, words};
use crate::{Error, MediaId, Read, SoundId, UnixMs};

/// A part of a sound.
#[derive(Clone, Debug, PartialEq)]
pub struct SoundPart {
    /// Its place, from 0.
    pub position: i64,
    /// Bytes of the text before it.
    pub start: i64,
    /// Bytes of the text in it.
    pub length: i64,
    /// Whether it is here.
    pub state: SoundPartState,
    /// Its file.
    pub media_id: Option<MediaId>,
    /// When it was last asked for.
    pub sent_at: Option<UnixMs>,
    /// How long it is, milliseconds.
    pub duration_ms: i64,
    /// How loud it is, ten times a second, of 255.
    pub peaks: Vec<u8>,
    /// US dollars, where that is known.
    pub cost_usd: Option<f64>,
}

impl SoundPart {
    /// One that is not here.
    pub fn missing(position: i64, start: i64, length: i64) -> Self {
        Self {
            position,
            start,
            length,
            state: SoundPartState::Missing,
            media_id: None,
            sent_at: None,
            duration_ms: 0,
            peaks: Vec::new(),
            cost_usd: None,
        }
    }
}

/// Whether a part is here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SoundPartState {
    /// Nothing of it.
    #[default]
    Missing,
    /// Its beginning: the connection broke.
    Cut,
    /// All of it.
    Kept,
}

words!(SoundPartState else Missing {
    Missing = "missing",
    Cut = "cut",
    Kept = "kept",
});

impl Read {
    /// The parts of a sound, in their order.
    pub fn sound_parts(&self, id: SoundId) -> Result<Vec<SoundPart>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT p.position, p.start, p.length, p.state, f.hash, p.sent_at, p.duration_ms, p.peaks, p.cost
             FROM sound s JOIN sound_part p ON p.sound_key = s.key LEFT JOIN media f ON f.key = p.media_key
             WHERE s.id = ?1 ORDER BY p.position",
        )?;
        let rows = select.query_map([id], |row| {
            let mut cells = Cells::of(row);
            Ok(SoundPart {
                position: cells.next()?,
                start: cells.next()?,
                length: cells.next()?,
                state: cells.next()?,
                media_id: cells.next()?,
                sent_at: cells.next()?,
                duration_ms: cells.next()?,
                peaks: cells.next()?,
                cost_usd: cells.next()?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
