//! A request for pictures, read and checked as the three families of models check it (reference 5.1). It draws nothing.

use serde_json::Value;

use super::draw::{Format, Sketch};
use crate::{fault::Fault, log, turn::Turn};

/// What is asked of the pictures path.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Generate,
    Edit,
    Vary,
}

/// Which fields a model takes.
struct Family {
    /// Beyond `model`, `prompt`, `n`, `size` and `user`.
    fields: &'static [&'static str],
    sizes: &'static [&'static str],
    qualities: &'static [&'static str],
    longest: usize,
    most: u64,
}

const DALL_E_2: Family = Family {
    fields: &["response_format", "quality"],
    sizes: &["256x256", "512x512", "1024x1024"],
    qualities: &["standard"],
    longest: 1000,
    most: 10,
};
const DALL_E_3: Family = Family {
    fields: &["response_format", "quality", "style"],
    sizes: &["1024x1024", "1792x1024", "1024x1792"],
    qualities: &["standard", "hd"],
    longest: 4000,
    most: 1,
};
const GPT_IMAGE: Family = Family {
    fields: &[
        "quality",
        "background",
        "output_format",
        "output_compression",
        "moderation",
        "stream",
        "partial_images",
        "input_fidelity",
    ],
    sizes: &["auto", "1024x1024", "1536x1024", "1024x1536"],
    qualities: &["auto", "low", "medium", "high"],
    longest: 32_000,
    most: 10,
};
/// Fields that some family refuses.
const FIELDS: &[&str] = &[
    "response_format",
    "quality",
    "style",
    "background",
    "output_format",
    "output_compression",
    "moderation",
    "stream",
    "partial_images",
    "input_fidelity",
];

const NO_PROMPT: Fault =
    wrong("missing_required_parameter", "Missing required parameter: 'prompt'.", "prompt");
const NO_IMAGE: Fault = wrong("missing_required_parameter", "Missing required parameter: 'image'.", "image");
const TOO_LONG: Fault = wrong("string_above_max_length", "Invalid 'prompt': string too long.", "prompt");
const TOO_MANY: Fault = wrong("invalid_value", "Invalid 'n': too many pictures for this model.", "n");
const BAD_SIZE: Fault = wrong("invalid_value", "Invalid 'size': this model does not draw it.", "size");
const BAD_QUALITY: Fault = wrong("invalid_value", "Invalid 'quality' for this model.", "quality");
const NOT_CLEAR: Fault =
    wrong("invalid_value", "Transparent background needs png or webp as 'output_format'.", "background");
const NOT_PNG: Fault = wrong("invalid_image_format", "Invalid 'image': one PNG file is expected.", "image");

const BAD_MASK: Fault = wrong(
    "invalid_mask_image_format",
    "Invalid 'mask': a PNG below 4 MB with an alpha channel and the size of 'image' is expected.",
    "mask",
);
const NOT_SQUARE: Fault =
    wrong("invalid_image", "Invalid 'image': it must be square and below 4 MB.", "image");
const LONGEST_FILE: usize = 4 << 20;

/// A request that is in order.
pub(crate) struct Ask<'a> {
    pub(crate) turn: &'a Turn,
    pub(crate) kind: Kind,
    /// `WxH`; "auto" is drawn as a square.
    pub(crate) sketch: Sketch,
}

impl<'a> Ask<'a> {
    pub(crate) fn read(turn: &'a Turn, kind: Kind) -> Result<Self, Fault> {
        let family = match turn.model() {
            "dall-e-2" => Some(&DALL_E_2),
            "dall-e-3" => Some(&DALL_E_3),
            name if name.starts_with("gpt-image") => Some(&GPT_IMAGE),
            _ => None,
        };
        let prompt = text(turn, "prompt").unwrap_or_default();
        if kind != Kind::Vary && prompt.trim().is_empty() {
            return Err(NO_PROMPT);
        }
        if kind != Kind::Generate && !turn.files.iter().any(|file| file.field.starts_with("image")) {
            return Err(NO_IMAGE);
        }
        let size = text(turn, "size").unwrap_or_else(|| "1024x1024".to_owned());
        check_mask(turn)?;
        if let Some(family) = family {
            check(turn, family, &prompt, &size)?;
        }
        let sketch = sketch(turn, &prompt, &size).ok_or(BAD_SIZE)?;
        let ask = Self { turn, kind, sketch };
        if ask.sketch.is_transparent && ask.format() == Format::Jpeg {
            return Err(NOT_CLEAR);
        }
        Ok(ask)
    }

    /// How many pictures.
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(number(self.turn, "n").unwrap_or(1)).unwrap_or(1).clamp(1, 10)
    }

    /// How many previews.
    pub(crate) fn previews(&self) -> u64 {
        number(self.turn, "partial_images").unwrap_or(0).min(3)
    }

    pub(crate) fn streams(&self) -> bool {
        text(self.turn, "stream").as_deref() == Some("true")
    }

    pub(crate) fn prompt(&self) -> String {
        text(self.turn, "prompt").unwrap_or_default()
    }

    /// Whether files are asked for, and not addresses.
    pub(crate) fn wants_files(&self) -> bool {
        text(self.turn, "response_format").as_deref() == Some("b64_json")
    }

    pub(crate) fn format(&self) -> Format {
        match text(self.turn, "output_format").as_deref() {
            Some("jpeg") => Format::Jpeg,
            Some("webp") => Format::WebP,
            _ => Format::Png,
        }
    }

    /// A field as it is told in the answer.
    pub(crate) fn told(&self, field: &str, else_: &str) -> String {
        text(self.turn, field).filter(|told| told != "auto").unwrap_or_else(|| else_.to_owned())
    }
}

fn check(turn: &Turn, family: &Family, prompt: &str, size: &str) -> Result<(), Fault> {
    let unknown = FIELDS.iter().find(|field| !family.fields.contains(field) && text(turn, field).is_some());
    if let Some(field) = unknown {
        return Err(wrong("unknown_parameter", "Unknown parameter for this model.", field));
    }
    if prompt.chars().count() > family.longest {
        return Err(TOO_LONG);
    }
    if number(turn, "n").is_some_and(|count| count == 0 || count > family.most) {
        return Err(TOO_MANY);
    }
    if !family.sizes.contains(&size) {
        return Err(BAD_SIZE);
    }
    if text(turn, "quality").is_some_and(|quality| !family.qualities.contains(&quality.as_str())) {
        return Err(BAD_QUALITY);
    }
    // Only the oldest insists on one PNG.
    let images = || turn.files.iter().filter(|file| file.field.starts_with("image"));
    let is_strict = turn.model() == "dall-e-2";
    if is_strict && (images().count() > 1 || images().any(|file| !file.bytes.starts_with(b"\x89PNG"))) {
        return Err(NOT_PNG);
    }
    if is_strict && images().any(|file| !is_square(&file.bytes)) {
        return Err(NOT_SQUARE);
    }
    Ok(())
}

/// A mask lies over the first picture, pixel by pixel.
fn check_mask(turn: &Turn) -> Result<(), Fault> {
    let Some(mask) = turn.files.iter().find(|file| file.field == "mask") else { return Ok(()) };
    let image = turn.files.iter().find(|file| file.field.starts_with("image")).ok_or(NO_IMAGE)?;
    let decoded = image::load_from_memory_with_format(&mask.bytes, image::ImageFormat::Png);
    let mask_image = decoded.map_err(|_| BAD_MASK)?;
    let size = size_of(&image.bytes).ok_or(BAD_MASK)?;
    let is_good = mask_image.color().has_alpha()
        && (mask_image.width(), mask_image.height()) == size
        && mask.kind == "image/png"
        && mask.length < LONGEST_FILE;
    if is_good { Ok(()) } else { Err(BAD_MASK) }
}

fn is_square(bytes: &[u8]) -> bool {
    size_of(bytes).is_some_and(|(width, height)| width == height) && bytes.len() < LONGEST_FILE
}

fn size_of(bytes: &[u8]) -> Option<(u32, u32)> {
    image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().ok()?.into_dimensions().ok()
}

fn sketch(turn: &Turn, prompt: &str, size: &str) -> Option<Sketch> {
    let (width, height) = if size == "auto" { ("1024", "1024") } else { size.split_once('x')? };
    let files: String = turn.files.iter().map(|file| file.sha256.as_str()).collect();
    let digest = log::sha256(format!("{}{prompt}{files}{}", turn.model(), turn.attempt).as_bytes());
    let seed = u32::from_str_radix(digest.get(..8)?, 16).ok()?;
    let whole = Sketch::new(width.parse().ok()?, height.parse().ok()?, seed)?;
    Some(Sketch { is_transparent: text(turn, "background").as_deref() == Some("transparent"), ..whole })
}

/// A field as text; a form has nothing else.
fn text(turn: &Turn, field: &str) -> Option<String> {
    match turn.body.get(field)? {
        Value::String(text) => Some(text.clone()),
        Value::Null => None,
        other => Some(other.to_string()),
    }
}

fn number(turn: &Turn, field: &str) -> Option<u64> {
    text(turn, field)?.parse().ok()
}

const fn wrong(code: &'static str, message: &'static str, field: &'static str) -> Fault {
    Fault::new(400, "invalid_request_error", code, message).naming(field)
}
