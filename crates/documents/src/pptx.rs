//! Slides: the words of each, in the order in which they are shown by number.

use crate::writing::Writing;
use crate::xml::{Mark, walk};
use crate::zipped::Zipped;
use crate::{Limits, Refusal, Unit};

pub(crate) fn read(bytes: &[u8], limits: &Limits, writing: &mut Writing) -> Result<(), Refusal> {
    let mut zip = Zipped::open(bytes, limits)?;
    let mut slides: Vec<(u32, String)> =
        zip.names().into_iter().filter_map(|name| Some((number(&name)?, name))).collect();
    slides.sort_unstable();
    writing.count(Unit::Slides, slides.len());
    for (number, name) in slides {
        if !writing.begin(&format!("[Slide {number}]")) {
            return Ok(());
        }
        slide(&mut zip, &name, writing)?;
    }
    Ok(())
}

/// The number of a slide, or none where the file is something else.
fn number(name: &str) -> Option<u32> {
    name.strip_prefix("ppt/slides/slide")?.strip_suffix(".xml")?.parse().ok()
}

fn slide(zip: &mut Zipped, name: &str, writing: &mut Writing) -> Result<(), Refusal> {
    let mut in_text = false;
    walk(zip.entry(name)?, |mark| {
        match mark {
            Mark::Begin("t", _) => in_text = true,
            Mark::End("t") => in_text = false,
            Mark::Text(text) if in_text => writing.push(text),
            Mark::Begin("br", _) | Mark::End("p") => writing.end_line(),
            _ => {}
        }
        !writing.is_full()
    })
}
