//! Makes a file with the structure of a photograph, for timing: `photo OUT WIDTH HEIGHT`. Its name says of what kind: JPEG, PNG, WebP.
#![allow(clippy::print_stderr)]

use std::process::ExitCode;

use image::codecs::jpeg::JpegEncoder;
use image::{ImageFormat, Rgb, RgbImage};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let sides = |at: usize| arguments.get(at).and_then(|side| side.parse::<u32>().ok());
    let (Some(out), Some(width), Some(height)) = (arguments.first(), sides(1), sides(2)) else {
        eprintln!("photo OUT WIDTH HEIGHT");
        return ExitCode::FAILURE;
    };
    match write(out, width, height) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("photo: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Soft hills with grain: flat colours would be decoded too fast, pure noise too slowly.
fn write(out: &str, width: u32, height: u32) -> Result<(), Box<dyn std::error::Error>> {
    let mut dice = 0x2545_f491_u32;
    let mut grain = || {
        dice ^= dice << 13;
        dice ^= dice >> 17;
        dice ^= dice << 5;
        dice % 9
    };
    let photo = RgbImage::from_fn(width, height, |x, y| {
        let (across, down) = (x * 255 / width, y * 255 / height);
        let wave = (x / 37 + y / 53) % 64;
        let mut light = |part: u32| u8::try_from((part / 2 + wave + grain()).min(255)).unwrap_or(u8::MAX);
        Rgb([light(across), light(down), light(255 - across)])
    });
    if ImageFormat::from_path(out)? != ImageFormat::Jpeg {
        return Ok(photo.save(out)?);
    }
    let mut file = std::io::BufWriter::new(std::fs::File::create(out)?);
    Ok(JpegEncoder::new_with_quality(&mut file, 90).encode_image(&photo)?)
}
