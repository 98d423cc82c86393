//! Text as it is gathered, part by part, up to a limit and a time. Knows no format.

use std::time::Instant;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::{Kind, Limits, Refusal};

/// What was read of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// What it is.
    pub kind: Kind,
    /// Its text, or as much of its beginning as is kept.
    pub text: String,
    /// What its parts are.
    pub unit: Unit,
    /// How many parts it has; 0 where nobody knows.
    pub parts: u32,
    /// How many parts the text holds, the last perhaps not to its end.
    pub read: u32,
    /// Words in the text.
    pub words: u32,
    /// The text is not all there is.
    pub cut: bool,
}

/// What a document is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Nothing that can be counted.
    #[default]
    Whole,
    /// Pages.
    Pages,
    /// Sheets of a workbook.
    Sheets,
    /// Chapters of a book.
    Chapters,
    /// Slides.
    Slides,
    /// Rows of a table.
    Rows,
}

impl Unit {
    /// The unit as it is written down: `pages`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Pages => "pages",
            Self::Sheets => "sheets",
            Self::Chapters => "chapters",
            Self::Slides => "slides",
            Self::Rows => "rows",
        }
    }
}

/// Text while it is gathered.
pub(crate) struct Writing {
    text: String,
    limit: usize,
    until: Instant,
    unit: Unit,
    parts: u32,
    read: u32,
    cut: bool,
    /// There is more than headings.
    said: bool,
}

impl Writing {
    pub(crate) fn new(limits: &Limits) -> Self {
        Self {
            text: String::new(),
            limit: limits.text,
            until: Instant::now() + limits.time,
            unit: Unit::Whole,
            parts: 0,
            read: 0,
            cut: false,
            said: false,
        }
    }

    /// Says what the parts are and how many there are.
    pub(crate) fn count(&mut self, unit: Unit, parts: usize) {
        self.unit = unit;
        self.parts = u32::try_from(parts).unwrap_or(u32::MAX);
    }

    /// Begins the next part, or answers false when no more is to be read.
    pub(crate) fn begin(&mut self, heading: &str) -> bool {
        if self.is_full() {
            return false;
        }
        self.end_paragraph();
        if !heading.is_empty() {
            self.add(heading);
            self.end_paragraph();
        }
        self.read += 1;
        true
    }

    /// Begins the next part where nothing stands between parts, or answers false when no more is to be read.
    pub(crate) fn begin_row(&mut self) -> bool {
        let goes_on = !self.is_full();
        self.read += u32::from(goes_on);
        goes_on
    }

    /// No more is to be read: there is enough, or it takes too long. What is left is left out from now on.
    pub(crate) fn is_full(&mut self) -> bool {
        self.cut |= self.text.len() >= self.limit || Instant::now() > self.until;
        self.cut
    }

    /// Adds text as it is.
    pub(crate) fn push(&mut self, text: &str) {
        self.said |= text.contains(|letter: char| !letter.is_whitespace());
        self.add(text);
    }

    fn add(&mut self, text: &str) {
        let room = self.limit.saturating_sub(self.text.len());
        if text.len() > room {
            self.cut = true;
        }
        let end = (0..=room.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        self.text.push_str(text.get(..end.unwrap_or_default()).unwrap_or_default());
    }

    /// Ends a line, unless nothing stands on it.
    pub(crate) fn end_line(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.add("\n");
        }
    }

    /// Leaves one line empty, unless one is.
    pub(crate) fn end_paragraph(&mut self) {
        self.end_line();
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.add("\n");
        }
    }

    /// Whether it ends with one of these, or is empty.
    pub(crate) fn ends_with(&self, letters: &[char]) -> bool {
        self.text.is_empty() || self.text.ends_with(letters)
    }

    /// What was gathered; refused when it is nothing.
    pub(crate) fn finish(self, kind: Kind) -> Result<Document, Refusal> {
        let text = self.text.trim_end().replace('\0', "");
        if !self.said {
            // Time ran out before the first word, or there is none.
            return Err(if self.cut { Refusal::TooSlow } else { Refusal::NoText });
        }
        let words = u32::try_from(text.unicode_words().count()).unwrap_or(u32::MAX);
        Ok(Document {
            kind,
            text,
            unit: self.unit,
            parts: self.parts,
            read: self.read.min(self.parts),
            words,
            cut: self.cut,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn writing(text: usize) -> Writing {
        Writing::new(&Limits { text, ..Limits::default() })
    }

    #[test]
    fn text_is_cut_between_letters_and_says_so() {
        let mut writing = writing(7);
        writing.push("河流河流");
        let document = writing.finish(Kind::Text).unwrap();
        assert_eq!((document.text.as_str(), document.cut), ("河流", true), "no half letter");
    }

    #[test]
    fn what_fits_exactly_is_whole() {
        let mut writing = writing(4);
        writing.push("four");
        assert!(!writing.finish(Kind::Text).unwrap().cut, "nothing was left out");
    }

    #[test]
    fn parts_are_read_until_there_is_enough() {
        let mut writing = writing(10);
        writing.count(Unit::Pages, 9);
        while writing.begin("") {
            writing.push("six by six");
        }
        let document = writing.finish(Kind::Pdf).unwrap();
        assert_eq!((document.read, document.parts, document.cut), (1, 9, true));
    }
}
