//! Reads of sounds.

use rusqlite::{OptionalExtension, Row, named_params, params};

use super::Sound;
use crate::cell::{Cells, Json};
use crate::search::Search;
use crate::{Error, Read, SoundId};

/// How every read of sounds begins; its cells are in the order of [`sound`].
macro_rules! select_sound {
    ($rest:literal) => {
        concat!(
            "SELECT s.id, v.id, (SELECT id FROM message WHERE key = s.message_key), s.model, s.voice, s.title, s.options, s.state, s.problem,
                    (SELECT count(*) FROM sound_part WHERE sound_key = s.key),
                    (SELECT count(*) FROM sound_part WHERE sound_key = s.key AND state = 'kept'),
                    (SELECT ifnull(sum(duration_ms), 0) FROM sound_part WHERE sound_key = s.key),
                    s.heard_ms, (SELECT sum(cost) FROM sound_part WHERE sound_key = s.key), s.created_at
             FROM sound s LEFT JOIN service v ON v.key = s.service_key ",
            $rest
        )
    };
}

const LIST: &str = select_sound!(
    "WHERE s.deleted_at IS NULL
       AND (?1 IS NULL OR +s.key IN (SELECT rowid FROM sound_words(?1)))
       AND (?2 IS NULL OR instr(s.text, ?2) > 0 OR instr(s.title, ?2) > 0)
     ORDER BY s.created_at DESC, s.key DESC LIMIT ?3 OFFSET ?4"
);

const OF_MESSAGE: &str = select_sound!(
    "WHERE s.message_key = (SELECT key FROM message WHERE id = :message) AND s.deleted_at IS NULL AND s.text = :text
       AND +v.id = :service AND s.model = :model AND s.voice = :voice AND s.options = :options
     ORDER BY s.key DESC LIMIT 1"
);

impl Read {
    /// One sound, also one in the recycle bin.
    pub fn sound(&self, id: SoundId) -> Result<Option<Sound>, Error> {
        let mut select = self.connection.prepare_cached(select_sound!("WHERE s.id = ?1"))?;
        Ok(select.query_row([id], sound).optional()?)
    }

    /// The text of a sound.
    pub fn sound_text(&self, id: SoundId) -> Result<Option<String>, Error> {
        let mut select = self.connection.prepare_cached("SELECT text FROM sound WHERE id = ?1")?;
        Ok(select.query_row([id], |row| row.get(0)).optional()?)
    }

    /// The newest sound that reads the message of `like` as it does, with this text.
    pub fn sound_of_message(&self, like: &Sound, text: &str) -> Result<Option<Sound>, Error> {
        let mut select = self.connection.prepare_cached(OF_MESSAGE)?;
        let ways = named_params! {
            ":message": like.message_id,
            ":text": text,
            ":service": like.service_id,
            ":model": like.model,
            ":voice": like.voice,
            ":options": Json(&like.options),
        };
        Ok(select.query_row(ways, sound).optional()?)
    }

    /// Some sounds whose title or text says this, the newest first, from a place in the list on.
    pub fn sounds(&self, search: &str, from: u32, count: u32) -> Result<Vec<Sound>, Error> {
        let (words, signs) = match Search::typed(search) {
            Search::All => (None, None),
            Search::Words(words) => (Some(words), None),
            Search::Literal(signs) => (None, Some(signs)),
        };
        let mut select = self.connection.prepare_cached(LIST)?;
        let rows = select.query_map(params![words, signs, count, from], sound)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn sound(row: &Row) -> rusqlite::Result<Sound> {
    let mut cells = Cells::of(row);
    Ok(Sound {
        id: cells.next()?,
        service_id: cells.next()?,
        message_id: cells.next()?,
        model: cells.next()?,
        voice: cells.next()?,
        title: cells.next()?,
        options: cells.next::<Json<_>>()?.0,
        state: cells.next()?,
        problem: cells.next::<Option<Json<_>>>()?.and_then(|problem| problem.0),
        parts: cells.next()?,
        kept: cells.next()?,
        duration_ms: cells.next()?,
        heard_ms: cells.next()?,
        cost_usd: cells.next()?,
        created_at: cells.next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::{LIST, OF_MESSAGE};
    use crate::Store;

    fn plan(query: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        store
            .read(|read| {
                let mut explain = read.connection.prepare(&format!("EXPLAIN QUERY PLAN {query}"))?;
                let rows = explain.raw_query().mapped(|row| row.get("detail"));
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            })
            .unwrap()
    }

    #[test]
    fn the_list_is_read_in_its_order_and_no_further_than_asked() {
        let plan = plan(LIST);
        assert!(plan.iter().any(|line| line.contains("INDEX sound_list")), "by its index: {plan:?}");
        assert!(!plan.iter().any(|line| line.contains("ORDER BY")), "nothing is sorted: {plan:?}");
    }

    #[test]
    fn the_sound_of_a_message_is_found_by_its_index() {
        let plan = plan(OF_MESSAGE);
        assert!(plan.iter().any(|line| line.contains("INDEX sound_message")), "{plan:?}");
    }
}
