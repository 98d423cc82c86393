//! A picture cut into its four quarters, point by point: nothing is made smaller, sharper or rounder.

use crate::Error;
use crate::encode::{self, Encoded};
use crate::pixels::{self, Pixels};

/// The quarters in the order of reading, as PNG with the colours of the whole. Where a side is odd, the second half has one
/// point more. [`Error::Damaged`] for a picture that has less than two points on a side.
pub fn quarters(bytes: &[u8]) -> Result<Vec<Encoded>, Error> {
    let whole = pixels::within(bytes, u32::MAX)?;
    let (width, height) = (whole.image.width(), whole.image.height());
    if width < 2 || height < 2 {
        return Err(Error::Damaged { detail: "too small to be cut".into() });
    }
    let (left, top) = (width / 2, height / 2);
    let parts = [
        (0, 0, left, top),
        (left, 0, width - left, top),
        (0, top, left, height - top),
        (left, top, width - left, height - top),
    ];
    let cut = |(x, y, width, height)| {
        let image = whole.image.crop_imm(x, y, width, height);
        encode::png(&Pixels { image, profile: whole.profile.clone(), look: whole.look })
    };
    parts.into_iter().map(cut).collect()
}
