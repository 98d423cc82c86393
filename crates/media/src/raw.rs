//! A picture point by point, for programs that take no files, such as the clipboard.

use crate::{Error, pixels};

/// The longer side, in pixels at most: what no screen shows is not worth the memory.
const SIDE: u32 = 8192;

/// Width, height, and red, green, blue and opacity of every pixel, upright.
pub fn rgba(bytes: &[u8]) -> Result<(u32, u32, Vec<u8>), Error> {
    let image = pixels::within(bytes, SIDE)?.image.into_rgba8();
    Ok((image.width(), image.height(), image.into_raw()))
}

#[cfg(test)]
mod tests {
    use super::rgba;

    /// One red point.
    const DOT: &[u8] = b"GIF89a\x01\0\x01\0\x80\0\0\xff\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";

    #[test]
    fn every_pixel_has_four_bytes() {
        assert_eq!(rgba(DOT).unwrap(), (1, 1, vec![255, 0, 0, 255]));
        assert!(rgba(b"no picture").is_err());
    }
}
