//! Masks: which part of a picture is to be changed, drawn from the strokes of a brush, and written as services read it:
//! transparent where the picture changes. Arithmetic on whole numbers, so that the same strokes always give the same file.

use image::{DynamicImage, Rgb, RgbImage, Rgba, RgbaImage};

use crate::encode::{self, Encoded};
use crate::{Error, Look, edited, pixels};

/// What was done with the brush, in the picture's own pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A stroke through these points.
    Stroke {
        /// How wide the brush is.
        size: u32,
        /// It takes away what was painted.
        erases: bool,
        /// Its points, left and down from the corner.
        points: Vec<(i32, i32)>,
    },
    /// What was painted is not any more, and the rest is.
    Invert,
    /// Nothing is painted.
    Clear,
}

/// Which pixels of a picture are to be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mask {
    width: u32,
    height: u32,
    changes: Vec<bool>,
}

/// Points farther out than this are none of a picture.
const FARTHEST: i32 = 1 << 17;

impl Mask {
    /// Draws marks over a picture of that size, in the size in which it is sent.
    pub fn draw(picture: (u32, u32), marks: &[Mark]) -> Self {
        let (width, height) = edited::size(picture);
        let changes = vec![false; width as usize * height as usize];
        let mut mask = Self { width, height, changes };
        for mark in marks {
            match mark {
                Mark::Stroke { size, erases, points } => {
                    let scaled: Vec<_> = points.iter().map(|point| mask.scaled(*point, picture)).collect();
                    let size = u64::from(*size) * u64::from(width) / u64::from(picture.0.max(1));
                    mask.stroke(i128::from(size.max(1)), !erases, &scaled);
                }
                Mark::Invert => mask.changes.iter_mut().for_each(|changes| *changes = !*changes),
                Mark::Clear => mask.changes.fill(false),
            }
        }
        mask
    }

    /// Reads a mask that was written here.
    pub fn read(png: &[u8]) -> Result<Self, Error> {
        let image = pixels::within(png, edited::SIDE)?.image.into_rgba8();
        let changes = image.pixels().map(|pixel| pixel.0[3] < 128).collect();
        Ok(Self { width: image.width(), height: image.height(), changes })
    }

    /// Whether nothing would change.
    pub fn is_blank(&self) -> bool {
        !self.changes.contains(&true)
    }

    /// Its size.
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// The mask of the square in the middle.
    #[must_use]
    pub fn square(&self) -> Self {
        let side = self.width.min(self.height);
        let (left, top) = ((self.width - side) / 2, (self.height - side) / 2);
        self.taken((side, side), |x, y| (left + x, top + y))
    }

    /// The mask for a copy of that size. Every pixel is that of the nearest one here.
    #[must_use]
    pub fn fitted(&self, (width, height): (u32, u32)) -> Self {
        if self.size() == (width, height) {
            return self.clone();
        }
        let near = |at: u32, of: u32, among: u32| {
            u32::try_from(u64::from(at) * u64::from(among) / u64::from(of.max(1))).unwrap_or(0)
        };
        self.taken((width, height), |x, y| (near(x, width, self.width), near(y, height, self.height)))
    }

    /// The file: transparent where the picture changes.
    pub fn png(&self) -> Result<Encoded, Error> {
        let mut image = RgbaImage::new(self.width, self.height);
        for (pixel, changes) in image.pixels_mut().zip(&self.changes) {
            *pixel = Rgba([0, 0, 0, if *changes { 0 } else { u8::MAX }]);
        }
        self.file(DynamicImage::ImageRgba8(image))
    }

    /// The file as Midjourney reads it: white where the picture changes, black where it stays, nothing clear.
    pub fn black_and_white(&self) -> Result<Encoded, Error> {
        let mut image = RgbImage::new(self.width, self.height);
        for (pixel, changes) in image.pixels_mut().zip(&self.changes) {
            *pixel = Rgb([if *changes { u8::MAX } else { 0 }; 3]);
        }
        self.file(DynamicImage::ImageRgb8(image))
    }

    fn file(&self, image: DynamicImage) -> Result<Encoded, Error> {
        let kind = crate::Kind::Png;
        let orientation = image::metadata::Orientation::NoTransforms;
        let look = Look { kind, width: self.width, height: self.height, moves: false, orientation };
        encode::png(&pixels::Pixels { image, profile: None, look })
    }

    fn taken(&self, (width, height): (u32, u32), from: impl Fn(u32, u32) -> (u32, u32)) -> Self {
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        let changes = places.map(|(x, y)| from(x, y)).map(|(x, y)| self.at(x, y)).collect();
        Self { width, height, changes }
    }

    fn at(&self, x: u32, y: u32) -> bool {
        let place = y as usize * self.width as usize + x as usize;
        self.changes.get(place).copied().unwrap_or_default()
    }

    fn scaled(&self, (x, y): (i32, i32), (width, height): (u32, u32)) -> (i128, i128) {
        let scale = |at: i32, to: u32, from: u32| {
            i128::from(at.clamp(-FARTHEST, FARTHEST)) * i128::from(to) / i128::from(from.max(1))
        };
        (scale(x, self.width, width), scale(y, self.height, height))
    }

    fn stroke(&mut self, size: i128, changes: bool, points: &[(i128, i128)]) {
        if let [only] = points {
            self.line(size, changes, (*only, *only));
        }
        for pair in points.windows(2) {
            if let [from, to] = pair {
                self.line(size, changes, (*from, *to));
            }
        }
    }

    /// Everything that lies no farther from the line than half the size.
    fn line(&mut self, size: i128, changes: bool, (from, to): ((i128, i128), (i128, i128))) {
        let reach = size / 2 + 1;
        let span = |one: i128, other: i128, most: u32| {
            let within = |at: i128| usize::try_from(at.clamp(0, i128::from(most))).unwrap_or(0);
            within(one.min(other) - reach)..within(one.max(other) + reach + 1)
        };
        let columns = span(from.0, to.0, self.width);
        let rows = self.changes.chunks_mut(self.width.max(1) as usize);
        let reached = span(from.1, to.1, self.height);
        for (y, row) in (0_i128..).zip(rows).skip(reached.start).take(reached.len()) {
            let near = (0_i128..).zip(row).skip(columns.start).take(columns.len());
            for (_, pixel) in near.filter(|(x, _)| is_near((*x, y), from, to, size)) {
                *pixel = changes;
            }
        }
    }
}

/// Whether a point lies no farther from the line than half of `size`. Four times the square of the distance is compared
/// with the square of the size, for neither has a fraction.
fn is_near(point: (i128, i128), from: (i128, i128), to: (i128, i128), size: i128) -> bool {
    let along = (to.0 - from.0, to.1 - from.1);
    let away = (point.0 - from.0, point.1 - from.1);
    let length = along.0 * along.0 + along.1 * along.1;
    let reached = away.0 * along.0 + away.1 * along.1;
    if length == 0 || reached <= 0 {
        return 4 * (away.0 * away.0 + away.1 * away.1) <= size * size;
    }
    if reached >= length {
        let past = (point.0 - to.0, point.1 - to.1);
        return 4 * (past.0 * past.0 + past.1 * past.1) <= size * size;
    }
    let beside = away.0 * along.1 - away.1 * along.0;
    4 * beside * beside <= size * size * length
}
