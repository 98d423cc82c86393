//! Parts of transcripts: each is a stretch of the recording, and one request.

use rusqlite::params;

use super::Line;
use crate::cell::{Cells, words};
use crate::store::must_touch_one;
use crate::{Error, Read, TranscriptId, UnixMs, Write};

/// A part of a transcript.
#[derive(Clone, Debug, PartialEq)]
pub struct TranscriptPart {
    /// Its place, from 0.
    pub position: i64,
    /// Where it begins in the recording, milliseconds.
    pub start_ms: i64,
    /// Where it ends.
    pub end_ms: i64,
    /// Its lines are here.
    pub is_kept: bool,
    /// When it was last asked for.
    pub sent_at: Option<UnixMs>,
}

/// What came of a part.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptTranscriptPart {
    /// Its place.
    pub position: i64,
    /// Its lines.
    pub lines: Vec<Line>,
    /// The language that was heard; "" where that was not told.
    pub language: String,
    /// US dollars, where that is known.
    pub cost_usd: Option<f64>,
}

#[derive(Clone, Copy, PartialEq)]
enum PartState {
    Missing,
    Kept,
}

words!(PartState else Missing {
    Missing = "missing",
    Kept = "kept",
});

impl Read {
    /// The parts of a transcript, in their order.
    pub fn transcript_parts(&self, id: TranscriptId) -> Result<Vec<TranscriptPart>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT p.position, p.start_ms, p.end_ms, p.state, p.sent_at
             FROM transcript t JOIN transcript_part p ON p.transcript_key = t.key
             WHERE t.id = ?1 ORDER BY p.start_ms, p.position",
        )?;
        let rows = select.query_map([id], |row| {
            let mut cells = Cells::of(row);
            Ok(TranscriptPart {
                position: cells.next()?,
                start_ms: cells.next()?,
                end_ms: cells.next()?,
                is_kept: cells.next::<PartState>()? == PartState::Kept,
                sent_at: cells.next()?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Write {
    /// Puts stretches in the place of all that are not here. Those that are keep their places.
    pub fn replan_transcript(&self, id: TranscriptId, stretches: &[(i64, i64)]) -> Result<(), Error> {
        let key = self.transcript_key(id)?;
        self.connection
            .prepare_cached("DELETE FROM transcript_part WHERE transcript_key = ?1 AND state <> 'kept'")?
            .execute([key])?;
        let next: i64 = self
            .connection
            .prepare_cached(
                "SELECT ifnull(max(position) + 1, 0) FROM transcript_part WHERE transcript_key = ?1",
            )?
            .query_row([key], |row| row.get(0))?;
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO transcript_part (transcript_key, position, start_ms, end_ms) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for (position, (start, end)) in (next..).zip(stretches) {
            insert.execute(params![key, position, start, end])?;
        }
        Ok(())
    }

    /// Notes that a part goes out now: from here on it may be paid for; or that it certainly was not. [`Error::NotFound`]
    /// when the transcript is not being asked for any more.
    pub fn set_transcript_part_sent(
        &self,
        id: TranscriptId,
        position: i64,
        at: Option<UnixMs>,
    ) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE transcript_part SET sent_at = ?3
             WHERE position = ?2 AND transcript_key = (SELECT key FROM transcript WHERE id = ?1 AND state = 'running')",
        )?;
        must_touch_one(update.execute(params![id, position, at])?)
    }

    /// Keeps what came of a part, whatever became of its transcript meanwhile. [`Error::NotFound`] when it was here before.
    pub fn keep_transcript_part(&self, id: TranscriptId, came: &KeptTranscriptPart) -> Result<(), Error> {
        let key = self.transcript_key(id)?;
        let mut update = self.connection.prepare_cached(
            "UPDATE transcript_part SET state = 'kept', cost = ?3
             WHERE transcript_key = ?1 AND position = ?2 AND state <> 'kept'",
        )?;
        must_touch_one(update.execute(params![key, came.position, came.cost_usd])?)?;
        self.connection
            .prepare_cached("UPDATE transcript SET language = ?2 WHERE key = ?1 AND language = ''")?
            .execute(params![key, came.language])?;
        self.change_lines(id, &[], &came.lines)?;
        Ok(())
    }
}
