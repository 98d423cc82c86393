//! Pictures: one row for each picture of the gallery, whoever brought it. The file is a row of media.

mod family;
mod fetch;
mod import;
mod list;
mod many;
mod write;

pub use family::{PictureFamily, PictureMessage};
pub use fetch::Fetch;
pub use import::TakenIn;
pub use list::{Laid, PictureCounts};
pub use many::{PictureChange, PictureFile};

use rusqlite::{OptionalExtension, Row};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::problem::Problem;
use crate::cell::{Cells, Json, words};
use crate::{AlbumId, Error, GenerationId, MediaId, PictureId, Read, ServiceId, UnixMs};

/// A picture of the gallery.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Picture {
    /// Its id.
    pub id: PictureId,
    /// Its file, once that is here.
    pub media_id: Option<MediaId>,
    /// The media type of the file; "" while it is not here.
    pub mime: String,
    /// Length of the file.
    #[ts(type = "number")]
    pub bytes: i64,
    /// Pixels across, as it is shown; 0 where that is not known.
    #[ts(type = "number")]
    pub width: i64,
    /// Pixels down.
    #[ts(type = "number")]
    pub height: i64,
    /// What it is the result of; none for pictures that were not made here.
    pub generation_id: Option<GenerationId>,
    /// How it came.
    pub origin: PictureOrigin,
    /// Whether its file is here.
    pub state: PictureState,
    /// Why the file is not here, or not yet.
    pub problem: Option<Problem>,
    /// The words that it was made from; "" where there are none.
    pub prompt: String,
    /// The words that the engine made of them; "" where it did not say.
    pub revised_prompt: String,
    /// The person's star.
    pub starred: bool,
    /// The service that brought it; none where there was none, or when it is gone.
    pub service_id: Option<ServiceId>,
    /// The model that made it; "" where that is not known.
    pub model: String,
    /// Its blurred colours in about 25 bytes, to be painted before it is there; empty where there are none.
    #[ts(type = "Array<number>")]
    pub placeholder: Vec<u8>,
    /// When it came.
    #[ts(type = "number")]
    pub created_at: UnixMs,
    /// When the person deleted it; it can be brought back for 30 days.
    #[ts(type = "number | null")]
    pub deleted_at: Option<UnixMs>,
}

/// How a picture came into the gallery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PictureOrigin {
    /// Made at the desk.
    #[default]
    Made,
    /// An answer brought it.
    Received,
    /// The person sent it along with a question.
    Attached,
    /// The person took it in.
    Imported,
}

/// Whether the file of a picture is here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PictureState {
    /// It is being fetched.
    #[default]
    Waiting,
    /// It is here.
    Kept,
    /// It cannot be had any more; the problem says why.
    Gone,
}

/// Which shape a picture has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PictureShape {
    /// About as wide as high.
    Square,
    /// Wider than high.
    Wide,
    /// Higher than wide.
    Tall,
}

/// Which pictures are shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct PictureQuery {
    /// Words of the prompt; "" for all.
    pub search: String,
    /// Only those with a star.
    pub starred: bool,
    /// Only those of one model.
    pub model: Option<String>,
    /// Only those of one shape.
    pub shape: Option<PictureShape>,
    /// Only those that came in one way.
    pub origin: Option<PictureOrigin>,
    /// Only those that came at this time or later.
    #[ts(type = "number | null")]
    pub since: Option<UnixMs>,
    /// Only those that came before this time.
    #[ts(type = "number | null")]
    pub until: Option<UnixMs>,
    /// Only those of one album.
    pub album: Option<AlbumId>,
    /// Only those whose file another picture of the gallery has too.
    pub twice: bool,
}

words!(PictureOrigin else Imported {
    Made = "made",
    Received = "received",
    Attached = "attached",
    Imported = "imported",
});
words!(PictureState else Gone { Waiting = "waiting", Kept = "kept", Gone = "gone" });

impl Picture {
    /// A new one whose file is not here; what else is known is set by whoever writes it.
    pub fn blank(origin: PictureOrigin, at: UnixMs) -> Self {
        Self {
            id: PictureId::new(),
            media_id: None,
            mime: String::new(),
            bytes: 0,
            width: 0,
            height: 0,
            generation_id: None,
            origin,
            state: PictureState::Waiting,
            problem: None,
            prompt: String::new(),
            revised_prompt: String::new(),
            starred: false,
            service_id: None,
            model: String::new(),
            placeholder: Vec::new(),
            created_at: at,
            deleted_at: None,
        }
    }
}

/// How every read of pictures begins; its cells are in the order of [`picture`].
macro_rules! select_picture {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, f.hash, ifnull(f.mime, ''), ifnull(f.bytes, 0), ifnull(f.width, 0), ifnull(f.height, 0),
                    g.id, p.origin, p.state, p.problem, ifnull(g.prompt, ''), p.revised_prompt, p.starred, s.id, p.model,
                    ifnull(f.placeholder, x''), p.created_at, p.deleted_at
             FROM picture p
             LEFT JOIN media f ON f.key = p.media_key
             LEFT JOIN generation g ON g.key = p.generation_key
             LEFT JOIN service s ON s.key = p.service_key ",
            $rest
        )
    };
}
use select_picture;

impl Read {
    /// One picture, also a deleted one.
    pub fn picture(&self, id: PictureId) -> Result<Option<Picture>, Error> {
        let mut select = self.connection.prepare_cached(select_picture!("WHERE p.id = ?1"))?;
        Ok(select.query_row([id], picture).optional()?)
    }

    /// What was cut out of a picture, in the order of reading, deleted ones included.
    pub fn cut_from(&self, whole: PictureId) -> Result<Vec<Picture>, Error> {
        let mut select = self.connection.prepare_cached(select_picture!(
            "WHERE g.made_from_key = (SELECT key FROM picture WHERE id = ?1) AND g.kind = 'cut'
             ORDER BY p.created_at DESC, p.key"
        ))?;
        let rows = select.query_map([whole], picture)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What came of a generation, the first first, deleted ones included.
    pub fn pictures_of(&self, generation: GenerationId) -> Result<Vec<Picture>, Error> {
        let mut select = self.connection.prepare_cached(select_picture!(
            "WHERE p.generation_key = (SELECT key FROM generation WHERE id = ?1) ORDER BY p.key"
        ))?;
        let rows = select.query_map([generation], picture)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn picture(row: &Row) -> rusqlite::Result<Picture> {
    let mut cells = Cells::of(row);
    Ok(Picture {
        id: cells.next()?,
        media_id: cells.next()?,
        mime: cells.next()?,
        bytes: cells.next()?,
        width: cells.next()?,
        height: cells.next()?,
        generation_id: cells.next()?,
        origin: cells.next()?,
        state: cells.next()?,
        problem: cells.next::<Option<Json<_>>>()?.and_then(|problem| problem.0),
        prompt: cells.next()?,
        revised_prompt: cells.next()?,
        starred: cells.next()?,
        service_id: cells.next()?,
        model: cells.next()?,
        placeholder: cells.next()?,
        created_at: cells.next()?,
        deleted_at: cells.next()?,
    })
}
