//! Reads of transcripts.

use rusqlite::{OptionalExtension, Row};

use super::Transcript;
use crate::cell::{Cells, Json};
use crate::{Error, Read, RecordingId, TranscriptId};

/// How every read of transcripts begins; its cells are in the order of [`transcript`].
macro_rules! select_transcript {
    ($rest:literal) => {
        concat!(
            "SELECT t.id, t.task, v.id, t.model, t.options, t.state, t.problem, t.language,
                    (SELECT count(*) FROM transcript_part WHERE transcript_key = t.key),
                    (SELECT count(*) FROM transcript_part WHERE transcript_key = t.key AND state = 'kept'),
                    (SELECT sum(cost) FROM transcript_part WHERE transcript_key = t.key), t.created_at
             FROM transcript t JOIN recording r ON r.key = t.recording_key
             LEFT JOIN service v ON v.key = t.service_key ",
            $rest
        )
    };
}

impl Read {
    /// One transcript.
    pub fn transcript(&self, id: TranscriptId) -> Result<Option<Transcript>, Error> {
        let mut select = self.connection.prepare_cached(select_transcript!("WHERE t.id = ?1"))?;
        Ok(select.query_row([id], transcript).optional()?)
    }

    /// The recording of a transcript.
    pub fn recording_of_transcript(&self, id: TranscriptId) -> Result<Option<RecordingId>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT r.id FROM transcript t JOIN recording r ON r.key = t.recording_key WHERE t.id = ?1",
        )?;
        Ok(select.query_row([id], |row| row.get(0)).optional()?)
    }

    /// All transcripts of a recording.
    pub fn transcripts(&self, id: RecordingId) -> Result<Vec<Transcript>, Error> {
        let mut select =
            self.connection.prepare_cached(select_transcript!("WHERE r.id = ?1 ORDER BY t.key"))?;
        let rows = select.query_map([id], transcript)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Those that wait for their turn, in its order.
    pub fn queued_transcripts(&self) -> Result<Vec<Transcript>, Error> {
        let mut select = self.connection.prepare_cached(select_transcript!(
            "WHERE t.state = 'queued' AND r.deleted_at IS NULL AND r.state <> 'recording'
             ORDER BY t.queued_at, t.key"
        ))?;
        let rows = select.query_map([], transcript)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn transcript(row: &Row) -> rusqlite::Result<Transcript> {
    let mut cells = Cells::of(row);
    Ok(Transcript {
        id: cells.next()?,
        task: cells.next()?,
        service_id: cells.next()?,
        model: cells.next()?,
        options: cells.next::<Json<_>>()?.0,
        state: cells.next()?,
        problem: cells.next::<Option<Json<_>>>()?.and_then(|problem| problem.0),
        language: cells.next()?,
        parts: cells.next()?,
        kept: cells.next()?,
        cost_usd: cells.next()?,
        created_at: cells.next()?,
    })
}
