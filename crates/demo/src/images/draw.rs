//! Draws hills under a sun, of any size: no two seeds look alike, and the same seed always looks the same. It knows nothing
//! of requests.

use bytes::Bytes;
use image::codecs::{
    jpeg::JpegEncoder,
    png::{CompressionType, FilterType, PngEncoder},
    webp::WebPEncoder,
};
use image::{ExtendedColorType, ImageEncoder, ImageResult};

/// Sides, in pixels.
const SHORTEST: u32 = 16;
const LONGEST: u32 = 4096;
/// Rows of hills, one behind the other.
pub(crate) const RIDGES: u8 = 4;

/// What is to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sketch {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) seed: u32,
    /// How many of its ridges are there already.
    pub(crate) ridges: u8,
    /// Without a sky.
    pub(crate) is_transparent: bool,
}

/// The kinds of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Png,
    Jpeg,
    WebP,
}

/// Where hills begin, column by column, counted from above.
struct Ridge {
    tops: Vec<u32>,
    highest: u32,
    lowest: u32,
}

impl Ridge {
    fn of(tops: Vec<u32>) -> Self {
        let (highest, lowest) = (tops.iter().min().copied(), tops.iter().max().copied());
        Self { tops, highest: highest.unwrap_or_default(), lowest: lowest.unwrap_or_default() }
    }
}

impl Sketch {
    /// A whole picture, if such a size can be drawn.
    pub(crate) fn new(width: u32, height: u32, seed: u32) -> Option<Self> {
        let fits = |side| (SHORTEST..=LONGEST).contains(&side);
        let whole = Self { width, height, seed, ridges: RIDGES, is_transparent: false };
        (fits(width) && fits(height)).then_some(whole)
    }

    /// The one with that file name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let (seed, size) = name.strip_suffix(".png")?.split_once('-')?;
        let (width, height) = size.split_once('x')?;
        Self::new(width.parse().ok()?, height.parse().ok()?, seed.parse().ok()?)
    }

    /// Its file name.
    pub(crate) fn name(&self) -> String {
        format!("{}-{}x{}.png", self.seed, self.width, self.height)
    }

    /// Its pixels: red, green and blue of each, row by row.
    pub(crate) fn opaque(&self) -> Vec<u8> {
        self.pixels::<3>()
    }

    /// Its file.
    pub(crate) fn file(&self, format: Format) -> ImageResult<Bytes> {
        let clear = self.is_transparent && format != Format::Jpeg;
        let (pixels, color) = if clear {
            (self.pixels::<4>(), ExtendedColorType::Rgba8)
        } else {
            (self.pixels::<3>(), ExtendedColorType::Rgb8)
        };
        let mut file = Vec::new();
        match format {
            Format::Png => {
                PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::Sub).write_image(
                    &pixels,
                    self.width,
                    self.height,
                    color,
                )?;
            }
            Format::Jpeg => {
                JpegEncoder::new_with_quality(&mut file, 85).write_image(
                    &pixels,
                    self.width,
                    self.height,
                    color,
                )?;
            }
            Format::WebP => {
                WebPEncoder::new_lossless(&mut file).write_image(&pixels, self.width, self.height, color)?;
            }
        }
        Ok(file.into())
    }

    /// Row by row; with four bytes a pixel, the sky is clear. Whole stretches at a time: there are millions of pixels.
    fn pixels<const BYTES: usize>(&self) -> Vec<u8> {
        let ridges: Vec<Ridge> = (0..self.ridges).map(|ridge| Ridge::of(self.ridge(ridge))).collect();
        let mut pixels = Vec::new();
        for y in 0..self.height {
            let mut row = vec![cut::<BYTES>(self.sky(y)); self.width as usize];
            self.add_sun(y, &mut row);
            for (Ridge { tops, highest, lowest }, ridge) in ridges.iter().zip(0..) {
                let hill = cut::<BYTES>(self.hill(ridge));
                if *lowest <= y {
                    row.fill(hill);
                } else if *highest <= y {
                    let mut rest = row.as_mut_slice();
                    for stretch in tops.chunk_by(|one, other| (*one <= y) == (*other <= y)) {
                        let Some((here, after)) = rest.split_at_mut_checked(stretch.len()) else { break };
                        if stretch.first().is_some_and(|top| *top <= y) {
                            here.fill(hill);
                        }
                        rest = after;
                    }
                }
            }
            pixels.extend_from_slice(row.as_flattened());
        }
        pixels
    }

    /// What of the sun lies in this row.
    fn add_sun<const BYTES: usize>(&self, y: u32, row: &mut [[u8; BYTES]]) {
        let (sun_x, sun_y, radius) = self.sun();
        let Some(rest) = (radius * radius).checked_sub(y.abs_diff(sun_y).pow(2)) else { return };
        let half = rest.isqrt();
        let (from, to) = (sun_x.saturating_sub(half), (sun_x + half).min(self.width));
        if let Some(sun) = row.get_mut(from as usize..to as usize) {
            sun.fill(cut([255, 236, 179, 255]));
        }
    }

    /// Where the hills of a ridge begin, column by column.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it lies inside the picture")]
    fn ridge(&self, ridge: u8) -> Vec<u32> {
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        let turn = |salt: u32| f64::from(self.dice(u32::from(ridge) * 7 + salt) % 628) / 100.0;
        let base = height * (0.45 + 0.14 * f64::from(ridge));
        (0..self.width)
            .map(|x| {
                let along = f64::from(x) / width * std::f64::consts::TAU;
                let wave = (along + turn(1)).sin() * 0.07 + (along * 2.7 + turn(2)).sin() * 0.03;
                (base + wave * height).clamp(0.0, height) as u32
            })
            .collect()
    }

    fn sky(&self, y: u32) -> [u8; 4] {
        let fall = u8::try_from(y * 70 / self.height).unwrap_or(70);
        let tint = u8::try_from(self.dice(40) % 60).unwrap_or_default();
        [150 + tint / 2 + fall / 2, 175 + fall, 225 - tint + fall / 4, 0]
    }

    fn hill(&self, ridge: u8) -> [u8; 4] {
        let tint = |salt| u8::try_from(self.dice(salt) % 70).unwrap_or_default();
        let dark = ridge * 22;
        [110 + tint(50) - dark, 130 + tint(51) - dark, 90 + tint(52) - dark, 255]
    }

    fn sun(&self) -> (u32, u32, u32) {
        let least = self.width.min(self.height);
        let x = self.width / 8 + self.dice(60) % (self.width * 3 / 4);
        (x, self.height / 8 + self.dice(61) % (self.height / 6).max(1), least / 12)
    }

    /// A number that follows from the seed.
    fn dice(&self, salt: u32) -> u32 {
        let mut number = self.seed.wrapping_add(salt.wrapping_mul(0x9e37_79b9)) | 1;
        for _ in 0..3 {
            number ^= number << 13;
            number ^= number >> 17;
            number ^= number << 5;
        }
        number
    }
}

/// As many bytes of a color as a pixel has.
fn cut<const BYTES: usize>(color: [u8; 4]) -> [u8; BYTES] {
    color.first_chunk().copied().unwrap_or([0; BYTES])
}
