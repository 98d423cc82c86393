//! PNG read row by row: a large one is made smaller while it is read, so that only a few rows lie in memory.

use std::io::Cursor;

use image::{DynamicImage, GrayAlphaImage, GrayImage, RgbImage, RgbaImage};
use png::{ColorType, Decoder, Limits, Transformations};

use super::{Raw, whole};
use crate::{Error, Kind, Look, MOST_MEMORY};

/// Rows are averaged down no further than to this many times what is wanted: the rest is done with a better filter.
const MARGIN: u32 = 2;

/// The picture at least as large as `wanted`, as it lies in the file.
pub fn decode(bytes: &[u8], look: &Look, wanted: (u32, u32)) -> Result<Raw, Error> {
    let limits = Limits { bytes: usize::try_from(MOST_MEMORY).unwrap_or(usize::MAX) };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info().map_err(Error::damaged)?;
    let (width, height) = (reader.info().width, reader.info().height);
    let step = (width / (wanted.0 * MARGIN).max(1)).min(height / (wanted.1 * MARGIN).max(1));
    if step < 2 || reader.info().interlaced {
        return whole(bytes, Kind::Png, look);
    }
    let profile = reader.info().icc_profile.as_ref().map(|profile| profile.to_vec());
    let mut averages = Averages::new(width, step, reader.output_color_type().0);
    while let Some(row) = reader.next_row().map_err(Error::damaged)? {
        averages.take(row.data());
    }
    Ok(Raw { image: averages.image().ok_or_else(|| Error::damaged("too few rows"))?, profile })
}

/// Averages of squares of pixels, row of squares by row of squares. Colours count by how opaque they are.
struct Averages {
    step: usize,
    colour: ColorType,
    /// Whole squares in a row; what is left over at the edges is dropped.
    across: usize,
    sums: Vec<u64>,
    rows: usize,
    pixels: Vec<u8>,
}

impl Averages {
    fn new(width: u32, step: u32, colour: ColorType) -> Self {
        let (across, channels) = ((width / step) as usize, colour.samples());
        Self {
            step: step as usize,
            colour,
            across,
            sums: vec![0; across * channels],
            rows: 0,
            pixels: Vec::new(),
        }
    }

    fn take(&mut self, row: &[u8]) {
        let (channels, has_alpha) = (self.colour.samples(), self.has_alpha());
        for (square, sums) in row.chunks_exact(channels * self.step).zip(self.sums.chunks_exact_mut(channels))
        {
            for pixel in square.chunks_exact(channels) {
                add(pixel, sums, has_alpha);
            }
        }
        self.rows += 1;
        if self.rows == self.step {
            self.finish_row();
        }
    }

    fn finish_row(&mut self) {
        let (channels, area) = (self.colour.samples(), (self.step * self.step) as u64);
        let has_alpha = self.has_alpha();
        for sums in self.sums.chunks_exact_mut(channels) {
            let opaque = if has_alpha { sums.last().copied().unwrap_or_default() } else { area };
            let colours = channels - usize::from(has_alpha);
            self.pixels.extend(sums.iter().take(colours).map(|sum| average(*sum, opaque)));
            if has_alpha {
                self.pixels.push(average(opaque, area));
            }
            sums.fill(0);
        }
        self.rows = 0;
    }

    fn has_alpha(&self) -> bool {
        matches!(self.colour, ColorType::GrayscaleAlpha | ColorType::Rgba)
    }

    fn image(self) -> Option<DynamicImage> {
        let width = u32::try_from(self.across).ok()?;
        let height = u32::try_from(self.pixels.len() / (self.across * self.colour.samples()).max(1)).ok()?;
        match self.colour {
            ColorType::Grayscale => GrayImage::from_raw(width, height, self.pixels).map(Into::into),
            ColorType::GrayscaleAlpha => GrayAlphaImage::from_raw(width, height, self.pixels).map(Into::into),
            ColorType::Rgb => RgbImage::from_raw(width, height, self.pixels).map(Into::into),
            ColorType::Rgba => RgbaImage::from_raw(width, height, self.pixels).map(Into::into),
            // Palettes were expanded while reading.
            ColorType::Indexed => None,
        }
    }
}

fn add(pixel: &[u8], sums: &mut [u64], has_alpha: bool) {
    let opacity = if has_alpha { u64::from(pixel.last().copied().unwrap_or_default()) } else { 1 };
    let colours = sums.len() - usize::from(has_alpha);
    for (value, sum) in pixel.iter().zip(sums.iter_mut()).take(colours) {
        *sum += u64::from(*value) * opacity;
    }
    if has_alpha && let Some(sum) = sums.last_mut() {
        *sum += opacity;
    }
}

fn average(sum: u64, count: u64) -> u8 {
    let rounded = (sum + count / 2).checked_div(count).unwrap_or_default();
    u8::try_from(rounded).unwrap_or(u8::MAX)
}
