//! Pixels into bytes: JPEG where nothing shines through, a form without loss where something does.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{DynamicImage, ImageEncoder};

use crate::pixels::Pixels;
use crate::{Error, Kind};

/// A picture made here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// What it is.
    pub kind: Kind,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

/// More transparent than this and it shows.
const NEARLY_OPAQUE: u8 = 250;

/// JPEG of this quality, from 1 to 100.
pub fn jpeg(pixels: &Pixels, quality: u8) -> Result<Encoded, Error> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    with_profile(&mut encoder, pixels);
    let image = on_paper(&pixels.image);
    image.write_with_encoder(encoder).map_err(Error::damaged)?;
    Ok(encoded(bytes, Kind::Jpeg, &image))
}

/// PNG.
pub fn png(pixels: &Pixels) -> Result<Encoded, Error> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    with_profile(&mut encoder, pixels);
    pixels.image.write_with_encoder(encoder).map_err(Error::damaged)?;
    Ok(encoded(bytes, Kind::Png, &pixels.image))
}

/// WebP without loss: half of a PNG.
pub fn webp(pixels: &Pixels) -> Result<Encoded, Error> {
    let mut bytes = Vec::new();
    let mut encoder = WebPEncoder::new_lossless(&mut bytes);
    with_profile(&mut encoder, pixels);
    pixels.image.write_with_encoder(encoder).map_err(Error::damaged)?;
    Ok(encoded(bytes, Kind::WebP, &pixels.image))
}

/// Whether anything shines through.
pub fn is_see_through(image: &DynamicImage) -> bool {
    match image {
        DynamicImage::ImageRgba8(image) => image.pixels().any(|pixel| opacity(&pixel.0) < NEARLY_OPAQUE),
        DynamicImage::ImageLumaA8(image) => image.pixels().any(|pixel| opacity(&pixel.0) < NEARLY_OPAQUE),
        _ => false,
    }
}

fn opacity(channels: &[u8]) -> u8 {
    channels.last().copied().unwrap_or(u8::MAX)
}

fn encoded(bytes: Vec<u8>, kind: Kind, image: &DynamicImage) -> Encoded {
    Encoded { bytes, kind, width: image.width(), height: image.height() }
}

fn with_profile(encoder: &mut impl ImageEncoder, pixels: &Pixels) {
    if let Some(profile) = &pixels.profile {
        // A form that takes no profile is shown in the usual colours.
        drop(encoder.set_icc_profile(profile.clone()));
    }
}

/// Without transparency, on white, as it would be printed.
fn on_paper(image: &DynamicImage) -> DynamicImage {
    match image {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) => image.clone(),
        other => {
            let mut flat = image::RgbImage::new(other.width(), other.height());
            for (pixel, from) in flat.pixels_mut().zip(other.to_rgba8().pixels()) {
                let [red, green, blue, opacity] = from.0.map(u16::from);
                pixel.0 = [red, green, blue].map(|colour| {
                    u8::try_from((colour * opacity + 255 * (255 - opacity)) / 255).unwrap_or(u8::MAX)
                });
            }
            flat.into()
        }
    }
}
