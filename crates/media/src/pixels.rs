//! A picture's pixels, no more of them than are asked for: decoders that can make a smaller picture do so, and what would
//! not fit into memory is refused before it is decoded.

mod jpeg;
mod png;

use std::io::Cursor;

use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits};

use crate::look::is_turned;
use crate::{Error, Kind, Look, MOST_MEMORY, fit, look};

/// A decoded picture, upright, with what it is.
pub struct Pixels {
    /// 8 bits per channel: grey, colour, or either with transparency.
    pub image: DynamicImage,
    /// The colour profile it came with; none for the usual colours.
    pub profile: Option<Vec<u8>>,
    /// What it is, at its full size.
    pub look: Look,
}

/// A decoded picture that is not turned upright yet.
struct Raw {
    image: DynamicImage,
    profile: Option<Vec<u8>>,
}

/// Profiles longer than this are left out of smaller pictures, in bytes.
const LONGEST_PROFILE: usize = 64 * 1024;

/// The picture with a longer side of at most `side` pixels.
pub fn within(bytes: &[u8], side: u32) -> Result<Pixels, Error> {
    let look = look(bytes)?;
    let wanted = fit::within((look.width, look.height), side);
    // Decoders know the picture as it lies in the file.
    let lying = if is_turned(look.orientation) { (wanted.1, wanted.0) } else { wanted };
    let raw = match look.kind {
        Kind::Jpeg => jpeg::decode(bytes, &look, lying)?,
        Kind::Png => png::decode(bytes, &look, lying)?,
        kind => whole(bytes, kind, &look)?,
    };
    let mut image = shrink(eight_bits(raw.image), lying);
    image.apply_orientation(look.orientation);
    let profile = raw.profile.filter(|profile| profile.len() <= LONGEST_PROFILE);
    Ok(Pixels { image, profile, look })
}

/// Decodes everything, in the memory that is allowed.
fn whole(bytes: &[u8], kind: Kind, look: &Look) -> Result<Raw, Error> {
    // Pixels at four bytes, and half of that again for what a decoder keeps beside them.
    fits(look, 6)?;
    let format = kind.format().ok_or(Error::NotDecoded { kind })?;
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(Error::damaged)?;
    let profile = decoder.icc_profile().unwrap_or_default();
    let image = DynamicImage::from_decoder(decoder).map_err(Error::damaged)?;
    Ok(Raw { image, profile })
}

/// Refuses a picture that takes more than the memory allowed at so many bytes per pixel.
fn fits(look: &Look, bytes_per_pixel: u64) -> Result<(), Error> {
    let needed = u64::from(look.width) * u64::from(look.height) * bytes_per_pixel;
    if needed > MOST_MEMORY {
        return Err(Error::TooLarge { width: look.width, height: look.height });
    }
    Ok(())
}

/// At most 8 bits per channel: no screen and no service shows more.
fn eight_bits(image: DynamicImage) -> DynamicImage {
    match image {
        image @ (DynamicImage::ImageLuma8(_)
        | DynamicImage::ImageLumaA8(_)
        | DynamicImage::ImageRgb8(_)
        | DynamicImage::ImageRgba8(_)) => image,
        DynamicImage::ImageLuma16(_) => image.to_luma8().into(),
        image if image.color().has_alpha() => image.to_rgba8().into(),
        image => image.to_rgb8().into(),
    }
}

/// From twice the size on averaging is as good as any filter, and takes no memory beside the pixels. Everything that is
/// compiled for it lies in `image`: a library with code for each processor took minutes to compile for milliseconds.
fn shrink(image: DynamicImage, (width, height): (u32, u32)) -> DynamicImage {
    if (image.width(), image.height()) == (width, height) {
        return image;
    }
    if image.width() / 2 >= width && image.height() / 2 >= height {
        return image.thumbnail_exact(width, height);
    }
    image.resize_exact(width, height, FilterType::Lanczos3)
}
