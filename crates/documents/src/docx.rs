//! Word's texts: paragraphs, headings, lists and tables of the document itself, and its notes. What was deleted under
//! review and what stands in margins is left out.

use crate::writing::Writing;
use crate::xml::{Mark, attribute, walk};
use crate::zipped::Zipped;
use crate::{Limits, Refusal};

/// The notes of a document, where it has any.
const NOTES: [&str; 2] = ["word/footnotes.xml", "word/endnotes.xml"];

pub(crate) fn read(bytes: &[u8], limits: &Limits, writing: &mut Writing) -> Result<(), Refusal> {
    let mut zip = Zipped::open(bytes, limits)?;
    part(&mut zip, "word/document.xml", writing)?;
    for notes in NOTES {
        if zip.has(notes) && !writing.is_full() {
            writing.end_paragraph();
            part(&mut zip, notes, writing)?;
        }
    }
    Ok(())
}

fn part(zip: &mut Zipped, name: &str, writing: &mut Writing) -> Result<(), Refusal> {
    let mut body = Body { writing, in_text: false, cells: Vec::new(), prefix: String::new() };
    walk(zip.entry(name)?, |mark| {
        body.take(mark);
        !body.writing.is_full()
    })
}

/// Where in a document we are.
struct Body<'out> {
    writing: &'out mut Writing,
    in_text: bool,
    /// Cells begun in the row, for each table that we are inside of.
    cells: Vec<u32>,
    /// What the next words of the paragraph stand behind: `# `, `- `.
    prefix: String,
}

impl Body<'_> {
    fn take(&mut self, mark: Mark) {
        match mark {
            Mark::Begin("t", _) => self.in_text = true,
            Mark::End("t") => self.in_text = false,
            Mark::Text(text) if self.in_text => self.words(text),
            Mark::Begin("tab", _) => self.words("\t"),
            Mark::Begin("br" | "cr", _) => self.words("\n"),
            Mark::Begin("pStyle", tag) => self.style(&attribute(tag, "val").unwrap_or_default()),
            Mark::Begin("numPr", _) if self.prefix.is_empty() => self.prefix = "- ".into(),
            Mark::End("p") => self.end_paragraph(),
            Mark::Begin("tbl", _) => self.cells.push(0),
            Mark::End("tbl") => drop(self.cells.pop()),
            Mark::Begin("tc", _) => self.begin_cell(),
            Mark::End("tr") => self.end_row(),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        let prefix = std::mem::take(&mut self.prefix);
        self.writing.push(&prefix);
        self.writing.push(text);
    }

    /// `Heading2` and its like become a heading of the second level, `ListBullet` and its like a point of a list.
    fn style(&mut self, name: &str) {
        let name = name.to_ascii_lowercase();
        let level = name.strip_prefix("heading").and_then(|level| level.parse::<usize>().ok());
        match level {
            Some(level @ 1..=6) => self.prefix = format!("{} ", "#".repeat(level)),
            _ if name == "title" => self.prefix = "# ".into(),
            _ if name.starts_with("listbullet") || name.starts_with("listnumber") => {
                self.prefix = "- ".into();
            }
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.prefix.clear();
        if self.cells.is_empty() {
            self.writing.end_line();
        } else {
            self.writing.push(" ");
        }
    }

    fn begin_cell(&mut self) {
        let Some(cells) = self.cells.last_mut() else { return };
        if *cells > 0 {
            self.writing.push("| ");
        }
        *cells += 1;
    }

    fn end_row(&mut self) {
        if let Some(cells) = self.cells.last_mut() {
            *cells = 0;
            self.writing.end_line();
        }
    }
}
