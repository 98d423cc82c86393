//! Reads of generations.

use rusqlite::{OptionalExtension, Row, params};

use super::{Generation, MASK};
use crate::cell::{Cells, Json};
use crate::{Error, GenerationId, MediaId, Read, ServiceId, UnixMs};

/// How every read of generations begins; its cells are in the order of [`generation`]. The references are read apart.
macro_rules! select_generation {
    ($rest:literal) => {
        concat!(
            "SELECT g.key, g.id, s.id, g.model, g.kind, g.prompt, g.options, g.state, g.problem,
                    CASE WHEN g.state = 'queued' THEN
                      (SELECT count(*) FROM generation o
                       WHERE o.state = 'queued' AND o.service_key IS g.service_key
                         AND (o.queued_at, o.key) <= (g.queued_at, g.key))
                    ELSE 0 END,
                    f.hash, g.cost, g.created_at, g.started_at, g.ended_at, p.id,
                    json_extract(g.answered, '$.task')
             FROM generation g
             LEFT JOIN service s ON s.key = g.service_key
             LEFT JOIN media f ON f.key = g.preview_key
             LEFT JOIN picture p ON p.key = g.made_from_key ",
            $rest
        )
    };
}
pub(super) use select_generation;

/// However many there ever were, few are in sight.
const IN_SIGHT: &str = select_generation!(
    "WHERE g.key IN (SELECT key FROM generation WHERE state = 'queued'
                     UNION ALL SELECT key FROM generation WHERE state = 'running'
                     UNION ALL SELECT key FROM generation
                     WHERE state IN ('failed', 'cancelled', 'interrupted') AND dismissed_at IS NULL
                     UNION ALL SELECT key FROM generation WHERE ended_at >= ?1 AND dismissed_at IS NULL)
     ORDER BY g.created_at DESC, g.key DESC"
);

impl Read {
    /// One generation.
    pub fn generation(&self, id: GenerationId) -> Result<Option<Generation>, Error> {
        let mut select = self.connection.prepare_cached(select_generation!("WHERE g.id = ?1"))?;
        let found = select.query_row([id], generation).optional()?;
        found.map(|row| self.with_references(row)).transpose()
    }

    /// All that a person may still want to see beside the gallery, the newest first: those that wait, run or failed, and
    /// those that are done since `since`.
    pub fn generations(&self, since: UnixMs) -> Result<Vec<Generation>, Error> {
        let mut select = self.connection.prepare_cached(IN_SIGHT)?;
        let rows = select.query_map([since], generation)?.collect::<rusqlite::Result<Vec<_>>>()?;
        rows.into_iter().map(|row| self.with_references(row)).collect()
    }

    /// Those that wait for a service, the next one first.
    pub fn waiting_generations(&self, service: Option<ServiceId>) -> Result<Vec<Generation>, Error> {
        let mut select = self.connection.prepare_cached(select_generation!(
            "WHERE g.state = 'queued' AND g.service_key IS (SELECT key FROM service WHERE id = ?1)
             ORDER BY g.queued_at, g.key"
        ))?;
        let rows = select.query_map(params![service], generation)?.collect::<rusqlite::Result<Vec<_>>>()?;
        rows.into_iter().map(|row| self.with_references(row)).collect()
    }

    /// The integer key of a generation that must exist.
    pub(crate) fn generation_key(&self, id: GenerationId) -> Result<i64, Error> {
        let mut select = self.connection.prepare_cached("SELECT key FROM generation WHERE id = ?1")?;
        Ok(select.query_row([id], |row| row.get(0))?)
    }

    pub(super) fn with_references(&self, (key, row): (i64, Generation)) -> Result<Generation, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT r.position, f.hash FROM generation_reference r JOIN media f ON f.key = r.media_key
             WHERE r.generation_key = ?1 ORDER BY r.position",
        )?;
        let along: Vec<(i64, MediaId)> = select
            .query_map([key], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        let (masks, references): (Vec<_>, Vec<_>) = along.into_iter().partition(|(at, _)| *at == MASK);
        let references = references.into_iter().map(|(_, media)| media).collect();
        Ok(Generation { references, mask: masks.first().map(|(_, media)| *media), ..row })
    }
}

pub(super) fn generation(row: &Row) -> rusqlite::Result<(i64, Generation)> {
    let mut cells = Cells::of(row);
    let key = cells.next()?;
    let generation = Generation {
        id: cells.next()?,
        service_id: cells.next()?,
        model: cells.next()?,
        kind: cells.next()?,
        prompt: cells.next()?,
        options: cells.next::<Json<_>>()?.0,
        references: Vec::new(),
        mask: None,
        state: cells.next()?,
        problem: cells.next::<Option<Json<_>>>()?.and_then(|problem| problem.0),
        place: cells.next()?,
        preview_id: cells.next()?,
        cost_usd: cells.next()?,
        created_at: cells.next()?,
        started_at: cells.next()?,
        ended_at: cells.next()?,
        made_from: cells.next()?,
        task: cells.next::<Option<Json<Option<_>>>>()?.and_then(|task| task.0),
    };
    Ok((key, generation))
}

#[cfg(test)]
mod tests {
    use super::IN_SIGHT;
    use crate::Store;

    #[test]
    fn those_in_sight_are_found_among_many_without_looking_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let plan: Vec<String> = store
            .read(|read| {
                let mut explain = read.connection.prepare(&format!("EXPLAIN QUERY PLAN {IN_SIGHT}"))?;
                let rows = explain.query_map([0], |row| row.get("detail"))?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            })
            .unwrap();
        let reads_all = |line: &String| line.starts_with("SCAN") && !line.contains("INDEX generation_");
        assert!(!plan.iter().any(reads_all), "each part has an index: {plan:?}");
    }
}
