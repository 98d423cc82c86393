//! JPEG at an eighth, a quarter or half of its size, made from its frequencies without decoding the rest: a photograph of
//! 24 megapixels is a thumbnail in a fraction of the time and memory.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::{DynamicImage, GrayImage, ImageBuffer, Luma, RgbImage};
use jpeg_decoder::{CodingProcess, Decoder, ImageInfo, PixelFormat};

use super::{Raw, fits, whole};
use crate::{Error, Kind, Look};

/// The picture at least as large as `wanted`, as it lies in the file.
pub fn decode(bytes: &[u8], look: &Look, wanted: (u32, u32)) -> Result<Raw, Error> {
    // The library has panicked at broken files before. Its state is dropped with it.
    let tried = catch_unwind(AssertUnwindSafe(|| scaled(bytes, look, wanted)));
    match tried {
        Ok(Ok(raw)) => Ok(raw),
        Ok(Err(error @ Error::TooLarge { .. })) => Err(error),
        // What one decoder does not know, another may.
        Ok(Err(_)) | Err(_) => whole(bytes, Kind::Jpeg, look),
    }
}

fn scaled(bytes: &[u8], look: &Look, wanted: (u32, u32)) -> Result<Raw, Error> {
    let mut decoder = Decoder::new(Cursor::new(bytes));
    decoder.read_info().map_err(Error::damaged)?;
    let info = decoder.info().ok_or_else(|| Error::damaged("no header"))?;
    if info.coding_process != CodingProcess::DctSequential {
        // It keeps all frequencies until the last scan: two bytes for each of a pixel's channels.
        fits(look, 2 * channels(info.pixel_format))?;
    }
    let side = |length: u32| u16::try_from(length).unwrap_or(u16::MAX);
    let (width, height) = decoder.scale(side(wanted.0), side(wanted.1)).map_err(Error::damaged)?;
    let samples = decoder.decode().map_err(Error::damaged)?;
    let profile = decoder.icc_profile().filter(|_| info.pixel_format != PixelFormat::CMYK32);
    let image = image_of(samples, ImageInfo { width, height, ..info });
    Ok(Raw { image: image.ok_or_else(|| Error::damaged("too few pixels"))?, profile })
}

fn channels(format: PixelFormat) -> u64 {
    match format {
        PixelFormat::L8 | PixelFormat::L16 => 1,
        PixelFormat::RGB24 => 3,
        PixelFormat::CMYK32 => 4,
    }
}

fn image_of(samples: Vec<u8>, info: ImageInfo) -> Option<DynamicImage> {
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    match info.pixel_format {
        PixelFormat::L8 => GrayImage::from_raw(width, height, samples).map(Into::into),
        PixelFormat::RGB24 => RgbImage::from_raw(width, height, samples).map(Into::into),
        PixelFormat::L16 => {
            let wide = samples
                .chunks_exact(2)
                .map(|pair| pair.iter().fold(0, |sum, byte| sum << 8 | u16::from(*byte)));
            ImageBuffer::<Luma<u16>, _>::from_raw(width, height, wide.collect()).map(Into::into)
        }
        PixelFormat::CMYK32 => RgbImage::from_raw(width, height, from_ink(&samples)).map(Into::into),
    }
}

/// Ink on paper as light on a screen; the decoder has turned Adobe's inverted values round already.
fn from_ink(samples: &[u8]) -> Vec<u8> {
    samples
        .chunks_exact(4)
        .flat_map(|ink| {
            let [cyan, magenta, yellow, black] =
                [0, 1, 2, 3].map(|at| u16::from(ink.get(at).copied().unwrap_or(0)));
            [cyan, magenta, yellow].map(|colour| u8::try_from(colour * black / 255).unwrap_or(u8::MAX))
        })
        .collect()
}
