//! Making pictures and the gallery, as the window is shown them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use store::table::album::Album;
use store::table::generation::{Generation, GenerationKind, PictureOptions, PictureTool};
use store::table::picture::{Picture, PictureFamily, PictureMessage};
use store::table::problem::Problem;
use store::table::setting::PictureForm;
use store::{MediaId, PictureId, ServiceId, UnixMs};
use ts_rs::TS;

/// A model that makes pictures, and what it takes.
#[expect(clippy::struct_excessive_bools, reason = "each is taken or not by itself")]
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
    /// It takes any other size too.
    pub any_size: bool,
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
    /// How closely pictures that go along are followed can be chosen among these.
    pub fidelities: Vec<String>,
    /// How many pictures it makes at a time, at most.
    #[ts(type = "number")]
    pub max_count: i64,
    /// How many pictures may go along; 0 for none.
    #[ts(type = "number")]
    pub references: usize,
    /// Where a picture is to be changed can be painted.
    pub masks: bool,
    /// It makes others like a picture, without a word.
    pub variations: bool,
    /// What of all this its service said that it does not have. Without "generation" it makes nothing.
    pub refused: Vec<GenerationKind>,
    /// What it does beside drawing what words say.
    pub tools: Vec<PictureTool>,
    /// Tools that its service said it does not have.
    pub no_tools: Vec<PictureTool>,
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
    /// Midjourney, as tasks.
    Midjourney,
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
    /// Where the first of them is to be changed; none for all of it.
    pub mask: Option<Painted>,
    /// The picture whose prompt and settings this began with.
    pub made_from: Option<PictureId>,
}

/// A button below a picture to press.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PressButton {
    /// The picture.
    pub picture_id: PictureId,
    /// The button, by what is sent for it.
    pub custom_id: String,
    /// What its pop-up is told; "" for what it proposes.
    pub prompt: String,
    /// Where the picture is to be changed.
    pub mask: Option<Painted>,
}

/// What was painted over a picture.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Painted {
    /// Points across of the picture that was painted on.
    pub width: u32,
    /// Points down.
    pub height: u32,
    /// What was done with the brush, in its order.
    pub marks: Vec<PaintedMark>,
}

/// What was done with a brush. Places are those of the picture that was painted on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum PaintedMark {
    /// A stroke.
    Paint {
        /// How wide the brush is.
        size: u32,
        /// Across and down of each point in turn.
        points: Vec<i32>,
    },
    /// A stroke that takes away.
    Erase {
        /// How wide the brush is.
        size: u32,
        /// Across and down of each point in turn.
        points: Vec<i32>,
    },
    /// What was painted is not any more, and the rest is.
    Invert,
    /// Nothing is painted.
    Clear,
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
    /// The number of every picture, in the same order: what is chosen is named by it.
    #[ts(type = "Array<number>")]
    pub keys: Vec<i64>,
}

/// What the gallery is made of, whatever is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PictureShelf {
    /// How many pictures there are.
    #[ts(type = "number")]
    pub all: i64,
    /// How many have a star.
    #[ts(type = "number")]
    pub starred: i64,
    /// All albums, in the order they were made.
    pub albums: Vec<Album>,
}

/// Pictures to take out of Medley, as they came.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavePictures {
    /// Their numbers.
    #[ts(type = "Array<number>")]
    pub keys: Vec<i64>,
    /// In what form.
    pub form: PictureBundle,
    /// What a picture without a prompt is called, in the person's language.
    pub untitled: String,
    /// What the folder or the archive is called, before its date.
    pub folder: String,
}

/// In what form pictures are taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PictureBundle {
    /// A folder of files.
    Folder,
    /// One ZIP archive.
    Zip,
}

/// What was taken out. The page learns the name alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SavedPictures {
    /// The name of the folder or the archive, without where it lies.
    pub name: String,
    /// How many pictures are in it.
    #[ts(type = "number")]
    pub pictures: usize,
    /// How many are not, because their files are not here.
    #[ts(type = "number")]
    pub missing: usize,
}

/// What a person chooses in the system's dialog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ImportFrom {
    /// Files.
    Files,
    /// Folders, with all that lies in them.
    Folders,
}

/// What came of taking pictures in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// The numbers of the pictures that are in the gallery now and were not before.
    #[ts(type = "Array<number>")]
    pub keys: Vec<i64>,
    /// How many files were there already.
    #[ts(type = "number")]
    pub before: usize,
    /// How many files are no pictures, or cannot be drawn.
    #[ts(type = "number")]
    pub unread: usize,
    /// How many files and folders could not be opened.
    #[ts(type = "number")]
    pub unopened: usize,
    /// How many pictures have more bytes than are read.
    #[ts(type = "number")]
    pub too_large: usize,
    /// How many pictures its service does not have any more.
    #[ts(type = "number")]
    pub gone: usize,
    /// It was one picture that was pasted: others may still be being taken in.
    pub pasted: bool,
    /// The person wanted it to stop.
    pub stopped: bool,
    /// Why it could not go on.
    pub problem: Option<Problem>,
}

/// One picture, looked at closely.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PicturePage {
    /// Its row.
    pub picture: Picture,
    /// What it is the result of.
    pub generation: Option<Generation>,
    /// What the service says that it used, by the names of the API: size, quality, background, `output_format`.
    #[ts(type = "Record<string, string>")]
    pub used: BTreeMap<String, String>,
    /// The fields of the wish that the service refused, by the names of the API: it was made without them.
    pub left_out: Vec<String>,
    /// Its place in the whole gallery, the newest being 0; none for a deleted one.
    #[ts(type = "number | null")]
    pub index: Option<i64>,
    /// What it was made from, and what was made from it.
    pub family: PictureFamily,
    /// The messages that its file came with or went along with.
    pub messages: Vec<PictureMessage>,
    /// The other pictures of the gallery whose file is the same.
    pub same: Vec<Picture>,
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
