//! Small pictures of large ones, for lists and for the page.

use crate::encode::{self, Encoded};
use crate::pixels::{self, Pixels};
use crate::placeholder::of_pixels;
use crate::{Error, Look};

/// Nobody sees the difference to a better one at this size.
const QUALITY: u8 = 82;

/// What is made of a picture when it comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What it is.
    pub look: Look,
    /// The small picture.
    pub thumbnail: Encoded,
    /// Its blurred colours, see [`crate::placeholder()`].
    pub placeholder: Vec<u8>,
}

/// A picture whose longer side is at most `side` pixels: JPEG, or WebP where something shines through.
pub fn thumbnail(bytes: &[u8], side: u32) -> Result<Encoded, Error> {
    encoded(&pixels::within(bytes, side)?)
}

/// A thumbnail and a placeholder, with one decoding.
pub fn make(bytes: &[u8], side: u32) -> Result<Made, Error> {
    let pixels = pixels::within(bytes, side)?;
    Ok(Made { look: pixels.look, thumbnail: encoded(&pixels)?, placeholder: of_pixels(&pixels.image) })
}

fn encoded(pixels: &Pixels) -> Result<Encoded, Error> {
    if encode::is_see_through(&pixels.image) { encode::webp(pixels) } else { encode::jpeg(pixels, QUALITY) }
}
