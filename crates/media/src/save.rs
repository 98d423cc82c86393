//! A picture in another form, for keeping outside of Medley: all its pixels, upright, and of what the file said only the
//! colours. Where it is wanted, it tells what it was made from.

use crate::encode::{self, Encoded};
use crate::{Error, Kind, Told, pixels};

/// Fine enough that nobody sees the loss.
const QUALITY: u8 = 92;

/// The picture as PNG, JPEG, or WebP without loss; of a picture that moves the first frame. [`Error::NotDecoded`] for other
/// kinds, wanted or brought.
pub fn saved(bytes: &[u8], kind: Kind, told: Option<&Told>) -> Result<Encoded, Error> {
    let pixels = pixels::within(bytes, u32::MAX)?;
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
