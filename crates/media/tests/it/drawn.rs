//! Pictures for the tests: four coloured quarters, so that every turn of them shows.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

pub const RED: [u8; 3] = [220, 30, 30];
pub const GREEN: [u8; 3] = [30, 200, 30];
pub const BLUE: [u8; 3] = [30, 30, 220];
pub const WHITE: [u8; 3] = [250, 250, 250];

/// Red and green above, blue and white below.
pub fn quarters(width: u32, height: u32) -> DynamicImage {
    let colour = |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => RED,
        (false, true) => GREEN,
        (true, false) => BLUE,
        (false, false) => WHITE,
    };
    RgbImage::from_fn(width, height, |x, y| Rgb(colour(x, y))).into()
}

/// Noise that no encoder makes small.
pub fn noise(width: u32, height: u32) -> DynamicImage {
    let mut seed = 7_u32;
    RgbImage::from_fn(width, height, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [one, two, three, _] = seed.to_be_bytes();
        Rgb([one, two, three])
    })
    .into()
}

/// A red disc on nothing.
pub fn disc(side: u32) -> DynamicImage {
    let middle = i64::from(side / 2);
    let inside =
        |x, y| (i64::from(x) - middle).pow(2) + (i64::from(y) - middle).pow(2) < (middle * 3 / 4).pow(2);
    RgbaImage::from_fn(side, side, |x, y| {
        let [red, green, blue] = RED;
        Rgba([red, green, blue, if inside(x, y) { 255 } else { 0 }])
    })
    .into()
}

pub fn bytes(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn jpeg(image: &DynamicImage) -> Vec<u8> {
    bytes(image, ImageFormat::Jpeg)
}

pub fn png(image: &DynamicImage) -> Vec<u8> {
    bytes(image, ImageFormat::Png)
}

/// A JPEG whose camera was held so: EXIF's numbers from 1 to 8, and a place where it was taken.
pub fn held(image: &DynamicImage, orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    exif.extend([orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"GPS 51.5N 0.1W");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let plain = jpeg(image);
    let (start, rest) = plain.split_at(2);
    [start, b"\xff\xe1", &length, &exif, rest].concat()
}

pub fn open(bytes: &[u8]) -> RgbaImage {
    image::load_from_memory(bytes).unwrap().to_rgba8()
}

/// Whether the pixel has about that colour.
pub fn is(image: &RgbaImage, x: u32, y: u32, colour: [u8; 3]) -> bool {
    let pixel = image.get_pixel(x, y).0;
    colour.iter().zip(pixel).all(|(wanted, found)| wanted.abs_diff(found) < 30)
}
