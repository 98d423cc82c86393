//! Writes of transcripts.

use rusqlite::{named_params, params};

use super::{Transcript, TranscriptState};
use crate::cell::Json;
use crate::table::problem::Problem;
use crate::{Error, RecordingId, ServiceId, TranscriptId, UnixMs, Write};

impl Write {
    /// Adds a transcript that waits for its turn, unless one is waiting or under way already. [`Error::NotFound`] without its
    /// service.
    pub fn insert_transcript(&self, recording: RecordingId, row: &Transcript) -> Result<(), Error> {
        let mut is_at_it = self.connection.prepare_cached(
            "SELECT 1 FROM transcript WHERE recording_key = (SELECT key FROM recording WHERE id = ?1) AND task = ?2
               AND state IN ('queued', 'running')",
        )?;
        if is_at_it.exists(params![recording, row.task])? {
            return Ok(());
        }
        let service = row.service_id.map(|id| self.service_key(id)).transpose()?;
        self.connection
            .prepare_cached(
                "INSERT INTO transcript (id, recording_key, task, service_key, model, options, state, queued_at, created_at)
                 VALUES (:id, (SELECT key FROM recording WHERE id = :recording), :task, :service, :model, :options, :state,
                         :at, :at)",
            )?
            .execute(named_params! {
                ":id": row.id,
                ":recording": recording,
                ":task": row.task,
                ":service": service,
                ":model": row.model,
                ":options": Json(&row.options),
                ":state": row.state,
                ":at": row.created_at,
            })?;
        Ok(())
    }

    /// Begins with one that waits for its turn. False when it does not any more.
    pub fn start_transcript(&self, id: TranscriptId) -> Result<bool, Error> {
        let mut update = self
            .connection
            .prepare_cached("UPDATE transcript SET state = 'running' WHERE id = ?1 AND state = 'queued'")?;
        Ok(update.execute([id])? > 0)
    }

    /// Writes down how one ended. False when it had ended before.
    pub fn end_transcript(
        &self,
        id: TranscriptId,
        state: TranscriptState,
        problem: Option<&Problem>,
    ) -> Result<bool, Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE transcript SET state = ?2, problem = ?3 WHERE id = ?1 AND state IN ('queued', 'running')",
        )?;
        Ok(update.execute(params![id, state, problem.map(Json)])? > 0)
    }

    /// Goes on with one that ended before all of it was here, where another is named with that service and model.
    /// One that waits or is under way already stays as it is. [`Error::NotFound`] when there is nothing to go on with.
    pub fn queue_transcript_again(
        &self,
        id: TranscriptId,
        with: Option<(ServiceId, &str)>,
        at: UnixMs,
    ) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE transcript SET state = 'queued', problem = NULL, queued_at = ?2
             WHERE id = ?1 AND state IN ('paused', 'failed', 'interrupted')",
        )?;
        if update.execute(params![id, at])? == 0 {
            let mut is_at_it = self.connection.prepare_cached(
                "SELECT 1 FROM transcript WHERE id = ?1 AND state IN ('queued', 'running')",
            )?;
            return if is_at_it.exists([id])? { Ok(()) } else { Err(Error::NotFound) };
        }
        self.connection
            .prepare_cached(
                "UPDATE transcript_part SET sent_at = NULL
                 WHERE state <> 'kept' AND transcript_key = (SELECT key FROM transcript WHERE id = ?1)",
            )?
            .execute([id])?;
        if let Some((service, model)) = with {
            let service = self.service_key(service)?;
            self.connection
                .prepare_cached("UPDATE transcript SET service_key = ?2, model = ?3 WHERE id = ?1")?
                .execute(params![id, service, model])?;
        }
        Ok(())
    }

    /// Puts right what a kill left behind: what was under way is interrupted, for it may have been paid for; what was between
    /// two parts waits again; what had all its parts is done.
    pub fn interrupt_transcripts(&self, problem: &Problem) -> Result<usize, Error> {
        let missing =
            "SELECT 1 FROM transcript_part WHERE transcript_key = transcript.key AND state <> 'kept'";
        self.connection.execute(
            &format!(
                "UPDATE transcript SET state = 'done'
                 WHERE state = 'running' AND NOT EXISTS ({missing})
                   AND EXISTS (SELECT 1 FROM transcript_part WHERE transcript_key = transcript.key)"
            ),
            [],
        )?;
        let interrupted = self.connection.execute(
            &format!(
                "UPDATE transcript SET state = 'interrupted', problem = ?1
                 WHERE state = 'running' AND EXISTS ({missing} AND sent_at IS NOT NULL)"
            ),
            [Json(problem)],
        )?;
        self.connection.execute("UPDATE transcript SET state = 'queued' WHERE state = 'running'", [])?;
        Ok(interrupted)
    }
}
