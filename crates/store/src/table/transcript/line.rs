//! Lines of transcripts: what somebody says in one breath, with its time.

use rusqlite::{named_params, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Transcript;
use crate::cell::{Cells, Json};
use crate::{Error, Read, TranscriptId, Write};

/// A line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Line {
    /// Its number, for good; 0 for one that is not kept yet.
    #[ts(type = "number")]
    pub key: i64,
    /// When it begins, milliseconds.
    #[ts(type = "number")]
    pub start_ms: i64,
    /// When it ends.
    #[ts(type = "number")]
    pub end_ms: i64,
    /// Who says it; "" where that is not known.
    pub speaker: String,
    /// The words, as the person left them.
    pub text: String,
    /// The words as they came; "" for a line that the person made.
    pub said: String,
    /// Word by word, where that was told.
    pub words: Vec<LineWord>,
}

/// One word of a line.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct LineWord {
    /// The word.
    pub text: String,
    /// When it begins, milliseconds.
    #[ts(type = "number")]
    pub start_ms: i64,
    /// When it ends.
    #[ts(type = "number")]
    pub end_ms: i64,
}

impl Read {
    /// The lines of a transcript, in their order.
    pub fn lines(&self, id: TranscriptId) -> Result<Vec<Line>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT l.key, l.start_ms, l.end_ms, l.speaker, l.text, l.said, l.words
             FROM transcript t JOIN line l ON l.transcript_key = t.key
             WHERE t.id = ?1 ORDER BY l.start_ms, l.key",
        )?;
        let rows = select.query_map([id], |row| {
            let mut cells = Cells::of(row);
            Ok(Line {
                key: cells.next()?,
                start_ms: cells.next()?,
                end_ms: cells.next()?,
                speaker: cells.next()?,
                text: cells.next()?,
                said: cells.next()?,
                words: cells.next::<Json<_>>()?.0,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Write {
    /// Takes lines out of a transcript and puts others in: one with a number takes its place again, what came with it stays
    /// beside it. Gives the numbers of those put in, in their order. [`Error::NotFound`] without the transcript.
    pub fn change_lines(&self, id: TranscriptId, out: &[i64], put: &[Line]) -> Result<Vec<i64>, Error> {
        let key = self.transcript_key(id)?;
        let mut delete =
            self.connection.prepare_cached("DELETE FROM line WHERE transcript_key = ?1 AND key = ?2")?;
        for gone in out {
            delete.execute(params![key, gone])?;
        }
        // A number of another transcript's line is never taken over.
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO line (key, transcript_key, start_ms, end_ms, speaker, text, said, words)
             VALUES (nullif(:key, 0), :transcript, :start, :end, :speaker, :text, :said, :words)
             ON CONFLICT (key) DO UPDATE
             SET start_ms = excluded.start_ms, end_ms = excluded.end_ms, speaker = excluded.speaker, text = excluded.text,
                 words = excluded.words
             WHERE transcript_key = excluded.transcript_key
             RETURNING key",
        )?;
        let mut keys = Vec::with_capacity(put.len());
        for line in put {
            keys.push(insert.query_row(
                named_params! {
                    ":key": line.key,
                    ":transcript": key,
                    ":start": line.start_ms,
                    ":end": line.end_ms,
                    ":speaker": line.speaker,
                    ":text": line.text,
                    ":said": line.said,
                    ":words": Json(&line.words),
                },
                |row| row.get(0),
            )?);
        }
        self.index_transcript(key)?;
        Ok(keys)
    }

    pub(super) fn transcript_key(&self, id: TranscriptId) -> Result<i64, Error> {
        let mut select = self.connection.prepare_cached("SELECT key FROM transcript WHERE id = ?1")?;
        Ok(select.query_row([id], |row| row.get(0))?)
    }

    pub(super) fn index_transcript(&self, key: i64) -> Result<(), Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT r.id FROM transcript t JOIN recording r ON r.key = t.recording_key WHERE t.key = ?1",
        )?;
        let recording = select.query_row([key], |row| row.get(0))?;
        self.index_recording(recording)
    }
}

impl Transcript {
    /// Nothing more comes by itself.
    pub fn is_over(&self) -> bool {
        !matches!(self.state, super::TranscriptState::Queued | super::TranscriptState::Running)
    }
}
