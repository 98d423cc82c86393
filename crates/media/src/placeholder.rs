//! The blurred colours of a picture in about 25 bytes, to be painted before the picture is there.

use image::DynamicImage;

use crate::{Encoded, Error, Kind, encode, pixels::Pixels};

/// The hash takes no larger picture, in pixels.
const SIDE: u32 = 100;

/// A placeholder as a tiny PNG, from the bytes that [`crate::make`] gave. [`Error::Damaged`] when they are no placeholder.
pub fn placeholder(hash: &[u8]) -> Result<Encoded, Error> {
    let (width, height, rgba) =
        thumbhash::thumb_hash_to_rgba(hash).map_err(|()| Error::damaged("no placeholder"))?;
    let side = |length: usize| u32::try_from(length).unwrap_or_default();
    let image = image::RgbaImage::from_raw(side(width), side(height), rgba);
    let image = image.ok_or_else(|| Error::damaged("no placeholder"))?;
    let look = crate::Look {
        kind: Kind::Png,
        width: image.width(),
        height: image.height(),
        moves: false,
        orientation: image::metadata::Orientation::NoTransforms,
    };
    encode::png(&Pixels { image: image.into(), profile: None, look })
}

/// The placeholder of a picture.
pub fn of_pixels(image: &DynamicImage) -> Vec<u8> {
    let small = image.thumbnail(SIDE, SIDE).to_rgba8();
    thumbhash::rgba_to_thumb_hash(small.width() as usize, small.height() as usize, small.as_raw())
}
