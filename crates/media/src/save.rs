//! A picture in another form, for keeping outside of Medley: all its pixels, upright, and of what the file said only the
//! colours. Where it is wanted, it tells what it was made from.

use crate::encode::{self, Encoded};
use crate::{Error, Kind, Told, pixels};

/// Fine enough that nobody sees the loss.
const QUALITY: u8 = 92;

/// The picture as PNG, JPEG, or WebP without loss; of a picture that moves the first frame. [`Error::TooLarge`] for
/// more pixels on a side than the kind can hold, [`Error::NotDecoded`] for other kinds, wanted or brought.
pub fn saved(bytes: &[u8], kind: Kind, told: Option<&Told>) -> Result<Encoded, Error> {
    let pixels = pixels::within(bytes, u32::MAX)?;
    let most = match kind {
        Kind::WebP => 16_384,
        Kind::Jpeg => 65_535,
        _ => u32::MAX,
    };
    let (width, height) = (pixels.image.width(), pixels.image.height());
    if width.max(height) > most {
        return Err(Error::TooLarge { width, height });
    }
    let made = match kind {
        Kind::Png => encode::png(&pixels)?,
        Kind::Jpeg => encode::jpeg(&pixels, QUALITY)?,
        Kind::WebP => encode::webp(&pixels)?,
        kind => return Err(Error::NotDecoded { kind }),
    };
    match told {
        Some(told) => told.inside(made),
        None => Ok(made),
    }
}
