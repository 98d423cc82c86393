//! The pictures of tasks: a grid of four or a single one, with fewer hills while they are made.

use image::{
    ExtendedColorType, ImageEncoder, RgbImage,
    codecs::png::{CompressionType, FilterType, PngEncoder},
    imageops,
};

use super::task::{Looks, STEP, Stage, Tasks};
use crate::{
    images::{RIDGES, Sketch},
    reply::{HTML, Reply},
};

/// The picture of a task, as far as it is.
pub(super) fn reply(tasks: &Tasks, id: &str, now: u64) -> Reply {
    let found = id.parse().ok().and_then(|id| tasks.get(id));
    let file = found.and_then(|task| {
        let ridges = match task.stage(now) {
            Stage::Success => RIDGES,
            Stage::Running(percent) => u8::try_from(percent / STEP).unwrap_or(RIDGES),
            _ => return None,
        };
        file(task.looks, ridges)
    });
    match file {
        Some(bytes) => Reply::body(200, "image/png", bytes),
        None => Reply::body(404, HTML, "<title>Not found</title>"),
    }
}

/// The seed of the picture with that number in a grid, counted from 1.
pub(super) fn part(seed: u32, number: u32) -> u32 {
    seed.wrapping_add(number.wrapping_mul(101))
}

fn file(looks: Looks, ridges: u8) -> Option<Vec<u8>> {
    let drawn = |seed, width, height| -> Option<RgbImage> {
        let sketch = Sketch { ridges, ..Sketch::new(width, height, seed)? };
        RgbImage::from_raw(width, height, sketch.opaque())
    };
    let whole = match looks {
        Looks::Words => return None,
        Looks::Single { seed, width, height } => drawn(seed, width, height)?,
        Looks::Grid { seed, width, height } => {
            let mut whole = RgbImage::new(width * 2, height * 2);
            for number in 1..=4_u32 {
                let (column, row) = ((number - 1) % 2, (number - 1) / 2);
                let one = drawn(part(seed, number), width, height)?;
                imageops::replace(&mut whole, &one, (column * width).into(), (row * height).into());
            }
            whole
        }
    };
    let mut file = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut file, CompressionType::Fast, FilterType::Sub);
    encoder.write_image(&whole, whole.width(), whole.height(), ExtendedColorType::Rgb8).ok()?;
    Some(file)
}
