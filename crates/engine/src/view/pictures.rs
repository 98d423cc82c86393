//! Making pictures and the gallery, as the window is shown them.

use serde::{Deserialize, Serialize};
use store::table::generation::{Generation, PictureOptions};
use store::table::picture::{Picture, PictureFamily};
use store::table::setting::PictureForm;
use store::{ConversationId, MediaId, PictureId, ServiceId, UnixMs};
use ts_rs::TS;

/// A model that makes pictures, and what it takes.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PictureEngine {
    /// Its service.
    pub service_id: ServiceId,
    /// The name sent over the wire.
    pub model: String,
    /// The name shown.
    pub label: String,
    /// Which kind of engine it is.
    pub family: EngineFamily,
    /// The person's star.
    pub favourite: bool,
    /// US dollars a picture, where that is known.
    pub price: Option<f64>,
    /// Characters that a prompt may have, where that is known.
    #[ts(type = "number | null")]
    pub prompt_limit: Option<usize>,
    /// The sizes to choose from, "1024x1024" or "auto".
    pub sizes: Vec<String>,
    /// The qualities.
    pub qualities: Vec<String>,
    /// The styles.
    pub styles: Vec<String>,
    /// The backgrounds.
    pub backgrounds: Vec<String>,
    /// The formats of the file.
    pub formats: Vec<String>,
    /// How strongly JPEG and WebP are compressed can be said.
    pub compression: bool,
    /// How strictly it is moderated can be chosen among these.
    pub moderations: Vec<String>,
    /// How many pictures it makes at a time, at most.
    #[ts(type = "number")]
    pub max_count: i64,
    /// How many pictures may go along; 0 for none.
    #[ts(type = "number")]
    pub references: usize,
}

/// Which kind of engine makes pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum EngineFamily {
    /// DALL·E 2.
    #[serde(rename = "dall-e-2")]
    #[ts(rename = "dall-e-2")]
    DallE2,
    /// DALL·E 3.
    #[serde(rename = "dall-e-3")]
    #[ts(rename = "dall-e-3")]
    DallE3,
    /// The GPT image models.
    GptImage,
    /// Anything else behind the images API.
    Other,
    /// A model that draws in its answers.
    Chat,
}

/// Pictures to make.
#[derive(Clone, Debug, PartialEq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MakePictures {
    /// The service to ask.
    pub service_id: ServiceId,
    /// The model to ask.
    pub model: String,
    /// What to make.
    pub prompt: String,
    /// How.
    pub options: PictureOptions,
    /// Pictures that go along.
    pub references: Vec<MediaId>,
    /// The picture whose prompt and settings this began with.
    pub made_from: Option<PictureId>,
}

/// A day of the gallery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PictureDay {
    /// Its first moment where the person is.
    #[ts(type = "number")]
    pub begins: UnixMs,
    /// How many pictures it has.
    #[ts(type = "number")]
    pub count: usize,
}

/// The gallery laid out: all days, and the shape of every picture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PictureOutline {
    /// The days, the newest first.
    pub days: Vec<PictureDay>,
    /// A hundred times width by height of every picture, the newest first.
    #[ts(type = "Array<number>")]
    pub ratios: Vec<i64>,
}

/// One picture, looked at closely.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PicturePage {
    /// Its row.
    pub picture: Picture,
    /// What it is the result of.
    pub generation: Option<Generation>,
    /// Its place in the whole gallery, the newest being 0; none for a deleted one.
    #[ts(type = "number | null")]
    pub index: Option<i64>,
    /// What it was made from, and what was made from it.
    pub family: PictureFamily,
    /// The conversation that it came with, unless that is gone.
    pub conversation_id: Option<ConversationId>,
}

/// How a picture is saved in another form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavePicture {
    /// The form.
    pub form: PictureForm,
    /// What it was made from goes into the file.
    pub told: bool,
}

/// A picture that was saved in another form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedPicture {
    /// It moves, and only its first frame was saved.
    pub still: bool,
}

/// A picture point by point, for the clipboard. It never goes to the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// Points across.
    pub width: u32,
    /// Points down.
    pub height: u32,
    /// Red, green, blue and opacity of each, line by line.
    pub rgba: Vec<u8>,
}
