//! Pictures that a service only named: where they lie, how often they were asked for, and when they are asked for again.

use rusqlite::{OptionalExtension, Row, params};

use super::PictureState;
use crate::cell::{Cells, Json};
use crate::store::must_touch_one;
use crate::table::media::Media;
use crate::table::problem::Problem;
use crate::{Error, PictureId, Read, ServiceId, UnixMs, Write};

/// A picture to be fetched.
#[derive(Clone, Debug, PartialEq)]
pub struct Fetch {
    /// Which picture.
    pub id: PictureId,
    /// Where it lies. It may be secret: whoever has the address has the picture.
    pub source: String,
    /// The service that named it; none when it is gone.
    pub service_id: Option<ServiceId>,
    /// Whether it is still to be fetched.
    pub state: PictureState,
    /// Why it is not here.
    pub problem: Option<Problem>,
    /// How often it was asked for.
    pub tries: i64,
    /// When it is asked for again by itself.
    pub next_at: Option<UnixMs>,
}

macro_rules! select_fetch {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.source, s.id, p.state, p.problem, p.tries, p.next_at
             FROM picture p LEFT JOIN service s ON s.key = p.service_key ",
            $rest
        )
    };
}

impl Read {
    /// All that are still to be fetched, the oldest first.
    pub fn pictures_to_fetch(&self) -> Result<Vec<Fetch>, Error> {
        let mut select =
            self.connection.prepare_cached(select_fetch!("WHERE p.state = 'waiting' ORDER BY p.key"))?;
        let rows = select.query_map([], fetch)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How one picture is fetched.
    pub fn picture_fetch(&self, id: PictureId) -> Result<Option<Fetch>, Error> {
        let mut select = self.connection.prepare_cached(select_fetch!("WHERE p.id = ?1"))?;
        Ok(select.query_row([id], fetch).optional()?)
    }
}

impl Write {
    /// Notes where a picture lies and what came of fetching it so far.
    pub fn set_picture_fetch(&self, fetch: &Fetch) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE picture SET source = ?2, state = ?3, problem = ?4, tries = ?5, next_at = ?6 WHERE id = ?1",
        )?;
        must_touch_one(update.execute(params![
            fetch.id,
            fetch.source,
            fetch.state,
            fetch.problem.as_ref().map(Json),
            fetch.tries,
            fetch.next_at,
        ])?)
    }

    /// Writes down that the file of a picture is here. The file's row is added with it.
    pub fn keep_picture(&self, id: PictureId, media: &Media) -> Result<(), Error> {
        self.insert_media(media)?;
        let ratio = super::write::ratio(media.width.unwrap_or_default(), media.height.unwrap_or_default());
        let mut update = self.connection.prepare_cached(
            "UPDATE picture SET media_key = (SELECT key FROM media WHERE hash = ?2), state = 'kept', problem = NULL,
                    source = '', next_at = NULL, ratio = ?3
             WHERE id = ?1",
        )?;
        must_touch_one(update.execute(params![id, media.id, ratio])?)
    }
}

fn fetch(row: &Row) -> rusqlite::Result<Fetch> {
    let mut cells = Cells::of(row);
    Ok(Fetch {
        id: cells.next()?,
        source: cells.next()?,
        service_id: cells.next()?,
        state: cells.next()?,
        problem: cells.next::<Option<Json<_>>>()?.and_then(|problem| problem.0),
        tries: cells.next()?,
        next_at: cells.next()?,
    })
}
