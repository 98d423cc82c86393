//! Where letters stand on a page -> words and lines. It follows the order in which a page was written, which is the
//! order of reading in what word processors make, columns included.

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{BezPath, Point, Vec2};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};

/// Parts of a letter's height: a gap wider than this is a blank, a step further across is a new line, and a step of
/// more than this is a new paragraph.
const BLANK: f64 = 0.16;
const LINE: f64 = 0.45;
const PARAGRAPH: f64 = 1.9;
/// A step back along the line by more than this is another line at the same height: a column.
const BACK: f64 = 0.6;
/// Fonts measure letters in thousandths of their height.
const UNITS: f64 = 1000.0;
/// The letter height that is assumed where a font tells nothing.
const USUAL_WIDTH: f32 = 500.0;
/// A page of more letters than this is no page.
const MOST: usize = 1 << 20;

/// Gathers the letters of one page.
#[derive(Default)]
pub(super) struct Lines {
    text: String,
    letters: Letters,
    end: Option<End>,
    /// Where the last run began: bold letters are often made by writing them twice.
    began: Option<Point>,
}

/// How many letters stand for something.
#[derive(Clone, Copy, Default)]
pub(super) struct Letters {
    pub(super) read: u64,
    pub(super) unread: u64,
}

/// Where the last letter ended.
struct End {
    at: Point,
    along: Vec2,
    height: f64,
}

impl Lines {
    pub(super) fn finish(self) -> (String, Letters) {
        (self.text.trim().to_owned(), self.letters)
    }

    fn letter(&mut self, text: &str, origin: Point, along: Vec2, width: f64) {
        // What follows is one letter high and goes along the line.
        let height = along.hypot().max(f64::MIN_POSITIVE);
        let along = along / height;
        if let Some(end) = &self.end {
            self.text.push_str(between(end, origin, along, height, &self.text));
        }
        self.text.push_str(text);
        self.end = Some(End { at: origin + along * width * height, along, height });
    }
}

/// What stands between the last letter and one that begins at `origin`.
fn between(end: &End, origin: Point, along: Vec2, height: f64, before: &str) -> &'static str {
    let step = origin - end.at;
    let height = height.max(end.height);
    let (forward, across) = (step.dot(end.along), step.cross(end.along).abs());
    let turned = along.dot(end.along) < 0.9;
    if turned || across > PARAGRAPH * height {
        "\n\n"
    } else if across > LINE * height || forward < -BACK * height {
        "\n"
    } else if forward > BLANK * height && !before.ends_with(char::is_whitespace) {
        " "
    } else {
        ""
    }
}

impl<'a> Device<'a> for Lines {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        for (place, glyph) in run.glyphs().iter().enumerate() {
            let transform = props.transform * glyph.transform();
            let origin = transform * Point::ZERO;
            if place == 0 {
                if self.began.is_some_and(|began| (began - origin).hypot() < 0.1) {
                    return;
                }
                self.began = Some(origin);
            }
            let Some(text) = glyph.as_unicode().filter(|_| self.text.len() < MOST) else {
                self.letters.unread += 1;
                continue;
            };
            self.letters.read += 1;
            let along = (transform * Point::new(UNITS, 0.0)) - origin;
            let width = f64::from(width(glyph).unwrap_or(USUAL_WIDTH)) / UNITS;
            match text {
                BfString::Char(letter) => self.letter(letter.encode_utf8(&mut [0; 4]), origin, along, width),
                BfString::String(letters) => self.letter(&letters, origin, along, width),
            }
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

fn width(glyph: &Glyph) -> Option<f32> {
    match glyph {
        Glyph::Outline(glyph) => glyph.advance_width(),
        Glyph::Type3(glyph) => glyph.advance_width(),
    }
}
