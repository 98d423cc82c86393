//! `OpenDocument` texts: headings, paragraphs, lists and tables of the content. Changes under review are left out.

use crate::writing::Writing;
use crate::xml::{Mark, attribute, walk};
use crate::zipped::Zipped;
use crate::{Limits, Refusal};

/// Blanks that one sign may stand for.
const MOST_BLANKS: usize = 64;

pub(crate) fn read(bytes: &[u8], limits: &Limits, writing: &mut Writing) -> Result<(), Refusal> {
    let mut zip = Zipped::open(bytes, limits)?;
    if is_encrypted(&mut zip)? {
        return Err(Refusal::Encrypted);
    }
    let mut body = Body { writing, in_words: 0, left_out: 0, in_rows: 0, first_cell: true };
    walk(zip.entry("content.xml")?, |mark| {
        body.take(mark);
        !body.writing.is_full()
    })
}

/// Whether the list of its files says how they are encrypted.
pub(crate) fn is_encrypted(zip: &mut Zipped) -> Result<bool, Refusal> {
    Ok(zip.has("META-INF/manifest.xml") && zip.small("META-INF/manifest.xml")?.contains("encryption-data"))
}

struct Body<'out> {
    writing: &'out mut Writing,
    /// Paragraphs and headings that we are inside of.
    in_words: u32,
    /// Elements to leave out that we are inside of.
    left_out: u32,
    /// Table rows that we are inside of.
    in_rows: u32,
    first_cell: bool,
}

impl Body<'_> {
    fn take(&mut self, mark: Mark) {
        match mark {
            Mark::Begin("tracked-changes" | "annotation", _) => self.left_out += 1,
            Mark::End("tracked-changes" | "annotation") => self.left_out = self.left_out.saturating_sub(1),
            _ if self.left_out > 0 => {}
            Mark::Begin("h", tag) => {
                let level = attribute(tag, "outline-level").and_then(|level| level.parse().ok()).unwrap_or(1);
                self.writing.push(&format!("{} ", "#".repeat(std::cmp::Ord::clamp(level, 1, 6))));
                self.in_words += 1;
            }
            Mark::Begin("p", _) => self.in_words += 1,
            Mark::End("h" | "p") => self.end_paragraph(),
            Mark::Begin("list-item", _) => self.writing.push("- "),
            Mark::Begin("table-row", _) => (self.in_rows, self.first_cell) = (self.in_rows + 1, true),
            Mark::Begin("table-cell", _) => self.begin_cell(),
            Mark::End("table-row") => self.end_row(),
            Mark::Begin("tab", _) => self.writing.push("\t"),
            Mark::Begin("line-break", _) => self.writing.push("\n"),
            Mark::Begin("s", tag) => {
                let blanks = attribute(tag, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.writing.push(&" ".repeat(std::cmp::Ord::min(blanks, MOST_BLANKS)));
            }
            Mark::Text(text) if self.in_words > 0 => self.writing.push(text),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.in_words = self.in_words.saturating_sub(1);
        if self.in_rows > 0 {
            self.writing.push(" ");
        } else {
            self.writing.end_line();
        }
    }

    fn begin_cell(&mut self) {
        if !std::mem::take(&mut self.first_cell) {
            self.writing.push("| ");
        }
    }

    fn end_row(&mut self) {
        self.in_rows = self.in_rows.saturating_sub(1);
        self.writing.end_line();
    }
}
