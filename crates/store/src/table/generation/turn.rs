//! Turns: which generation is made next, and how far the one being made is. Every step is on disk before the next one.

use rusqlite::{OptionalExtension, params};
use serde_json::Value;

use super::read::{generation, select_generation};
use super::{Generation, GenerationState};
use crate::cell::Json;
use crate::store::must_touch_one;
use crate::table::problem::Problem;
use crate::{Error, GenerationId, Read, UnixMs, Write};

/// Tasks of Midjourney at once, at each service: they wait there, and not here.
const TASKS: u32 = 12;

/// What became of a generation.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    /// In which way it ended.
    pub state: GenerationState,
    /// Why not well.
    pub problem: Option<Problem>,
    /// US dollars, where that is known.
    pub cost_usd: Option<f64>,
    /// What the service said beside the pictures.
    pub answered: Value,
    /// When.
    pub at: UnixMs,
}

impl Write {
    /// Gives the next generation its turn: the one that waits longest among those whose service makes fewer than `at_once`
    /// now. None when nothing may begin. Tasks of Midjourney have turns of their own.
    pub fn begin_generation(&self, at_once: u32, at: UnixMs) -> Result<Option<Generation>, Error> {
        let mut select = self.connection.prepare_cached(select_generation!(
            "WHERE g.state = 'queued'
               AND (SELECT count(*) FROM generation o
                    WHERE o.state = 'running' AND o.service_key IS g.service_key
                      AND (o.kind = 'midjourney') = (g.kind = 'midjourney'))
                   < CASE g.kind WHEN 'midjourney' THEN ?2 ELSE ?1 END
             ORDER BY g.queued_at, g.key LIMIT 1"
        ))?;
        let Some((key, next)) = select.query_row([at_once, TASKS], generation).optional()? else {
            return Ok(None);
        };
        self.connection
            .prepare_cached(
                "UPDATE generation SET state = 'running', started_at = ?2, sent_at = NULL WHERE key = ?1",
            )?
            .execute(params![key, at])?;
        let begun = Generation { state: GenerationState::Running, started_at: Some(at), place: 0, ..next };
        self.with_references((key, begun)).map(Some)
    }

    /// Notes that it goes out now: from here on it may be paid for; or that it certainly was not, and waits to go out again.
    /// [`Error::NotFound`] when it has no turn any more.
    pub fn set_generation_sent(&self, id: GenerationId, at: Option<UnixMs>) -> Result<(), Error> {
        let mut update = self
            .connection
            .prepare_cached("UPDATE generation SET sent_at = ?2 WHERE id = ?1 AND state = 'running'")?;
        must_touch_one(update.execute(params![id, at])?)
    }

    /// Writes down how one ended that waited or was being made. False when it had ended before.
    pub fn end_generation(&self, id: GenerationId, end: &Ended) -> Result<bool, Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE generation SET state = ?2, problem = ?3, cost = ?4, ended_at = ?6, preview_key = NULL,
                    answered = CASE WHEN json_extract(answered, '$.task') IS NULL THEN ?5
                      WHEN json_type(?5) = 'object' THEN json_patch(answered, ?5) ELSE answered END
             WHERE id = ?1 AND state IN ('queued', 'running')",
        )?;
        let problem = end.problem.as_ref().map(Json);
        let touched =
            update.execute(params![id, end.state, problem, end.cost_usd, Json(&end.answered), end.at])?;
        Ok(touched > 0)
    }

    /// Lets one that ended without success wait for another turn. A task that may still come to an end at its service is
    /// looked for there and not asked for anew. [`Error::NotFound`] when it did not end so.
    pub fn queue_generation_again(&self, id: GenerationId, at: UnixMs) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE generation SET state = 'queued', problem = NULL, queued_at = ?2, started_at = NULL, sent_at = NULL,
                    ended_at = NULL, dismissed_at = NULL,
                    answered = CASE state WHEN 'interrupted' THEN answered ELSE '{}' END
             WHERE id = ?1 AND state IN ('failed', 'cancelled', 'interrupted')",
        )?;
        must_touch_one(update.execute(params![id, at])?)
    }

    /// Puts right what a kill left behind: what was never sent waits for its turn again; what was sent is interrupted,
    /// unless all its pictures had come. Tasks of Midjourney go on at their service, and are looked for there.
    pub fn interrupt_generations(&self, problem: &Problem, at: UnixMs) -> Result<usize, Error> {
        self.connection
            .prepare_cached(
                "UPDATE generation SET state = 'queued', started_at = NULL
                 WHERE state = 'running' AND sent_at IS NULL",
            )?
            .execute([])?;
        self.connection
            .prepare_cached(
                "UPDATE generation SET state = 'done', ended_at = ?1, preview_key = NULL
                 WHERE state = 'running' AND kind <> 'midjourney'
                   AND (SELECT count(*) FROM picture
                        WHERE generation_key = generation.key AND created_at >= generation.sent_at)
                       >= max(1, ifnull(json_extract(options, '$.count'), 1))",
            )?
            .execute([at])?;
        let mut update = self.connection.prepare_cached(
            "UPDATE generation SET state = 'interrupted', problem = ?1, ended_at = ?2, preview_key = NULL
             WHERE state = 'running' AND kind <> 'midjourney'",
        )?;
        Ok(update.execute(params![Json(problem), at])?)
    }
}

impl Read {
    /// What a service said beside the pictures.
    pub fn generation_answer(&self, id: GenerationId) -> Result<Value, Error> {
        let mut select = self.connection.prepare_cached("SELECT answered FROM generation WHERE id = ?1")?;
        Ok(select.query_row([id], |row| row.get::<_, Json<Value>>(0))?.0)
    }
}
