//! The copy of a picture that is sent to be changed: as fine as services take it, upright, so that it lies under its mask,
//! and without what cameras write into pictures.

use img_parts::Bytes;
use img_parts::png::Png;

use crate::encode::{self, Encoded};
use crate::pixels::{self, Pixels};
use crate::{Error, Kind, fit, look};

/// The longer side, in pixels at most.
pub(crate) const SIDE: u32 = 4096;
/// The side of a square copy, in pixels at most: finer ones are larger files than the oldest models take.
const SQUARE: u32 = 1024;
/// Nobody sees a difference.
const QUALITY: u8 = 95;

/// The parts of a PNG that are seen.
const SEEN: [[u8; 4]; 12] = [
    *b"IHDR", *b"PLTE", *b"tRNS", *b"iCCP", *b"sRGB", *b"gAMA", *b"cHRM", *b"cICP", *b"sBIT", *b"bKGD",
    *b"IDAT", *b"IEND",
];

/// The size in which a picture of that size is sent.
pub(crate) fn size(picture: (u32, u32)) -> (u32, u32) {
    fit::within(picture, SIDE)
}

/// The copy to send: a PNG with all its pixels, anything else upright as JPEG, or as PNG where something shines through.
pub fn edit_copy(bytes: &[u8]) -> Result<Encoded, Error> {
    let look = look(bytes)?;
    let (width, height) = (look.width, look.height);
    let is_upright = look.orientation == image::metadata::Orientation::NoTransforms;
    if look.kind == Kind::Png && is_upright && size((width, height)) == (width, height) {
        return Ok(Encoded { bytes: seen(bytes)?, kind: Kind::Png, width, height });
    }
    let pixels = pixels::within(bytes, SIDE)?;
    if matches!(look.kind, Kind::Png | Kind::Gif) || encode::is_see_through(&pixels.image) {
        return encode::png(&pixels);
    }
    encode::jpeg(&pixels, QUALITY)
}

/// A PNG without what nobody sees of it: where it was taken, what it was made from.
fn seen(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    let mut png = Png::from_bytes(Bytes::copy_from_slice(bytes)).map_err(Error::damaged)?;
    png.chunks_mut().retain(|chunk| SEEN.contains(&chunk.kind()));
    Ok(png.encoder().bytes().to_vec())
}

/// The square in the middle, as PNG with room for transparency: what the oldest models take, and nothing else.
pub fn square_copy(bytes: &[u8]) -> Result<Encoded, Error> {
    let Pixels { image, profile, look } = pixels::within(bytes, SIDE)?;
    let side = image.width().min(image.height());
    let (left, top) = ((image.width() - side) / 2, (image.height() - side) / 2);
    let middle = image.crop_imm(left, top, side, side);
    let image = if side > SQUARE { middle.thumbnail_exact(SQUARE, SQUARE) } else { middle };
    encode::png(&Pixels { image: image.into_rgba8().into(), profile, look })
}
