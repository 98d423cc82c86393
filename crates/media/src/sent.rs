//! The copy of a picture that goes to a service: small enough for the bodies that gateways take, upright, and without
//! what cameras write into pictures, such as where they were taken.

use crate::encode::{self, Encoded};
use crate::{Error, Kind, pixels};

/// The longer side of a picture that is sent, in pixels at most.
pub const SENT_SIDE: u32 = 2048;

/// Fine enough for small print in photographs of pages.
const QUALITY: u8 = 88;
/// Screenshots and drawings stay sharp while they are not larger than this, in bytes.
const SMALL: usize = 1024 * 1024;
/// What shines through is kept up to here, in bytes.
const SEE_THROUGH: usize = 4 * 1024 * 1024;

/// The longer side for services that take little.
const SMALL_SIDE: u32 = 1024;
const SMALL_QUALITY: u8 = 75;

/// The smallest copy that still shows what a picture is about: for a service that found the usual one too large.
pub fn small_copy(bytes: &[u8]) -> Result<Encoded, Error> {
    encode::jpeg(&pixels::within(bytes, SMALL_SIDE)?, SMALL_QUALITY)
}

/// The copy to send of a picture: PNG for small drawings and for what shines through, else JPEG.
pub fn sent_copy(bytes: &[u8]) -> Result<Encoded, Error> {
    let pixels = pixels::within(bytes, SENT_SIDE)?;
    let most = match pixels.look.kind {
        _ if encode::is_see_through(&pixels.image) => SEE_THROUGH,
        Kind::Png | Kind::Gif | Kind::Bmp => SMALL,
        _ => 0,
    };
    if most > 0 {
        let sharp = encode::png(&pixels)?;
        if sharp.bytes.len() <= most {
            return Ok(sharp);
        }
    }
    encode::jpeg(&pixels, QUALITY)
}
