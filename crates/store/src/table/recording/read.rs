//! Reads of recordings.

use rusqlite::{OptionalExtension, Row, params};

use super::Recording;
use crate::cell::Cells;
use crate::search::Search;
use crate::table::transcript::{Transcript, TranscriptTask};
use crate::{Error, MediaId, Read, RecordingId};

/// How every read of recordings begins; its cells are in the order of [`recording`].
macro_rules! select_recording {
    ($rest:literal) => {
        concat!(
            "SELECT r.id, f.hash, r.name, r.origin, r.state, r.duration_ms, r.heard_ms,
                    (SELECT count(DISTINCT l.speaker) FROM line l JOIN transcript t ON t.key = l.transcript_key
                     WHERE t.recording_key = r.key AND t.task = 'transcribe' AND l.speaker <> ''),
                    r.created_at
             FROM recording r LEFT JOIN media f ON f.key = r.media_key ",
            $rest
        )
    };
}

const LIST: &str = select_recording!(
    "WHERE r.deleted_at IS NULL
       AND (?1 IS NULL OR +r.key IN (SELECT rowid FROM recording_words(?1)))
       AND (?2 IS NULL OR instr(r.name, ?2) > 0)
     ORDER BY r.created_at DESC, r.key DESC LIMIT ?3 OFFSET ?4"
);

impl Read {
    /// One recording, also one in the recycle bin.
    pub fn recording(&self, id: RecordingId) -> Result<Option<Recording>, Error> {
        let mut select = self.connection.prepare_cached(select_recording!("WHERE r.id = ?1"))?;
        let found = select.query_row([id], recording).optional()?;
        found.map(|found| self.with_transcripts(found)).transpose()
    }

    /// How loud it is, ten times a second, of 255.
    pub fn recording_peaks(&self, id: RecordingId) -> Result<Vec<u8>, Error> {
        let mut select = self.connection.prepare_cached("SELECT peaks FROM recording WHERE id = ?1")?;
        Ok(select.query_row([id], |row| row.get(0)).optional()?.unwrap_or_default())
    }

    /// Some recordings whose name or lines say this, the newest first, from a place in the list on.
    pub fn recordings(&self, search: &str, from: u32, count: u32) -> Result<Vec<Recording>, Error> {
        let (words, signs) = match Search::typed(search) {
            Search::All => (None, None),
            Search::Words(words) => (Some(words), None),
            Search::Literal(signs) => (None, Some(signs)),
        };
        let mut select = self.connection.prepare_cached(LIST)?;
        let rows = select.query_map(params![words, signs, count, from], recording)?;
        let rows: Vec<Recording> = rows.collect::<rusqlite::Result<_>>()?;
        rows.into_iter().map(|row| self.with_transcripts(row)).collect()
    }

    /// What the microphone took when Medley was closed.
    pub fn recordings_running(&self) -> Result<Vec<Recording>, Error> {
        let mut select = self.connection.prepare_cached(select_recording!("WHERE r.state = 'recording'"))?;
        let rows = select.query_map([], recording)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The recording with this file, if it is in the list.
    pub fn recording_of(&self, media: MediaId) -> Result<Option<RecordingId>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT r.id FROM recording r JOIN media f ON f.key = r.media_key
             WHERE f.hash = ?1 AND r.deleted_at IS NULL ORDER BY r.key LIMIT 1",
        )?;
        Ok(select.query_row([media], |row| row.get(0)).optional()?)
    }

    fn with_transcripts(&self, row: Recording) -> Result<Recording, Error> {
        let of = |task: TranscriptTask, all: &[Transcript]| all.iter().find(|one| one.task == task).cloned();
        let all = self.transcripts(row.id)?;
        Ok(Recording {
            transcript: of(TranscriptTask::Transcribe, &all),
            english: of(TranscriptTask::Translate, &all),
            ..row
        })
    }
}

fn recording(row: &Row) -> rusqlite::Result<Recording> {
    let mut cells = Cells::of(row);
    Ok(Recording {
        id: cells.next()?,
        media_id: cells.next()?,
        name: cells.next()?,
        origin: cells.next()?,
        state: cells.next()?,
        duration_ms: cells.next()?,
        heard_ms: cells.next()?,
        speakers: cells.next()?,
        transcript: None,
        english: None,
        created_at: cells.next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::LIST;
    use crate::Store;

    #[test]
    fn the_list_is_read_in_its_order_and_no_further_than_asked() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let plan: Vec<String> = store
            .read(|read| {
                let mut explain = read.connection.prepare(&format!("EXPLAIN QUERY PLAN {LIST}"))?;
                let rows = explain.query_map([None::<String>, None, None, None], |row| row.get("detail"))?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            })
            .unwrap();
        assert!(plan.iter().any(|line| line.contains("INDEX recording_list")), "by its index: {plan:?}");
        assert!(!plan.iter().any(|line| line.contains("FOR ORDER BY")), "nothing is sorted: {plan:?}");
    }
}
