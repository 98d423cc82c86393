//! What a picture is before it is decoded: its kind, its size as it is shown, whether it moves.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{ImageDecoder, ImageReader};

use crate::{Error, Kind, MOST_PIXELS};

/// What the beginning of a picture says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// What it is.
    pub kind: Kind,
    /// Pixels across, as it is shown.
    pub width: u32,
    /// Pixels down, as it is shown.
    pub height: u32,
    /// It holds more than one frame.
    pub moves: bool,
    /// How the camera was held.
    pub(crate) orientation: Orientation,
}

/// Looks at a picture without decoding it. [`Error::NotDecoded`] for kinds that are kept only.
pub fn look(bytes: &[u8]) -> Result<Look, Error> {
    let kind = Kind::of(bytes);
    let picture = kind.filter(|kind| kind.is_picture()).ok_or(Error::NotAPicture { found: kind })?;
    let format = picture.format().ok_or(Error::NotDecoded { kind: picture })?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    // Nothing is decoded here; what decoding may take is decided where it is done.
    reader.no_limits();
    let mut decoder = reader.into_decoder().map_err(Error::damaged)?;
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 {
        return Err(Error::damaged("it has no pixels"));
    }
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(Error::TooLarge { width, height });
    }
    // A picture without a word about it stands upright.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (width, height) = if is_turned(orientation) { (height, width) } else { (width, height) };
    Ok(Look { kind: picture, width, height, moves: moves(picture, bytes), orientation })
}

/// Whether width and height change places.
pub(crate) fn is_turned(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

/// Reads no frame: the marks of moving pictures stand in their headers, or are counted.
fn moves(kind: Kind, bytes: &[u8]) -> bool {
    match kind {
        Kind::WebP => {
            image::codecs::webp::WebPDecoder::new(Cursor::new(bytes)).is_ok_and(|it| it.has_animation())
        }
        Kind::Png => image::codecs::png::PngDecoder::new(Cursor::new(bytes))
            .is_ok_and(|it| it.is_apng().unwrap_or(false)),
        // Each frame of a GIF that moves has a control block with a delay; one that stands still has one at most.
        Kind::Gif => bytes.windows(4).filter(|four| *four == [0x00, 0x21, 0xf9, 0x04]).nth(1).is_some(),
        _ => false,
    }
}
