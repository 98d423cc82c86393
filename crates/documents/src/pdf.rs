//! PDFs: the words of each page where they stand on lines. Pictures are never decoded, nothing is drawn.

mod lines;

use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, Rect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, interpret_page};

use crate::writing::Writing;
use crate::{Refusal, Unit};
use lines::Lines;

pub(crate) fn read(bytes: Vec<u8>, writing: &mut Writing) -> Result<(), Refusal> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Refusal::Encrypted,
        LoadPdfError::Invalid => Refusal::Damaged,
    })?;
    let cache = InterpreterCache::new();
    let (mut read, mut unread) = (0, 0);
    writing.count(Unit::Pages, pdf.pages().len());
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        if writing.is_full() {
            break;
        }
        let mut lines = Lines::default();
        let (edge, settings) = (Rect::new(0.0, 0.0, 1.0, 1.0), InterpreterSettings::default());
        let mut context = Context::new(Affine::IDENTITY, edge, &cache, pdf.xref(), settings);
        interpret_page(page, &mut context, &mut lines);
        let (text, letters) = lines.finish();
        (read, unread) = (read + letters.read, unread + letters.unread);
        // A page of pictures alone needs no heading; it counts as read.
        let heading = if text.is_empty() { String::new() } else { format!("[Page {number}]") };
        writing.begin(&heading);
        writing.push(&text);
    }
    // Letters that stand for nothing we know are as good as a picture of them.
    if read > unread || writing.is_full() { Ok(()) } else { Err(Refusal::NoText) }
}
