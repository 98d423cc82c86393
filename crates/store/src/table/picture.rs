//! Pictures: one row for each picture of the gallery, whoever brought it. The file is a row of media.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::problem::Problem;
use crate::cell::words;
use crate::{GenerationId, MediaId, PictureId, ServiceId, UnixMs};

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
}

words!(PictureOrigin else Imported {
    Made = "made",
    Received = "received",
    Attached = "attached",
    Imported = "imported",
});
words!(PictureState else Gone { Waiting = "waiting", Kept = "kept", Gone = "gone" });
