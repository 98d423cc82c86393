//! Where words begin and end. A unit is a word, or one character of a script that is written without spaces.

use std::iter::Peekable;
use std::str::CharIndices;

use unicode_normalization::UnicodeNormalization;

/// A word, or one character of a stretch without spaces, by its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) kind: Kind,
}

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters and numbers with something else around them.
    Word,
    /// A character written without spaces; it may directly follow another one.
    Sign { joined: bool },
}

impl Unit {
    /// Its letters.
    pub(crate) fn of<'text>(&self, text: &'text str) -> &'text str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// It continues the unit before it.
    pub(crate) fn joined(&self) -> bool {
        self.kind == Kind::Sign { joined: true }
    }
}

/// All units of a text, one after the other.
pub(crate) fn units(text: &str) -> impl Iterator<Item = Unit> {
    Units { chars: text.char_indices().peekable(), sign_ended: None }
}

struct Units<'text> {
    chars: Peekable<CharIndices<'text>>,
    /// Where the last character without spaces ended, if that was the last unit.
    sign_ended: Option<usize>,
}

impl Iterator for Units<'_> {
    type Item = Unit;

    fn next(&mut self) -> Option<Unit> {
        let (start, first) = self.chars.find(|(_, char)| char.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        if is_unspaced(first) {
            let joined = self.sign_ended == Some(start);
            self.sign_ended = Some(end);
            return Some(Unit { start, end, kind: Kind::Sign { joined } });
        }
        self.sign_ended = None;
        let goes_on = |char: char| is_accent(char) || char.is_alphanumeric() && !is_unspaced(char);
        while let Some((at, char)) = self.chars.next_if(|(_, char)| goes_on(*char)) {
            end = at + char.len_utf8();
        }
        Some(Unit { start, end, kind: Kind::Word })
    }
}

/// Without case and accents, nearly as the index folds its words.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|char| !is_accent(*char)).flat_map(char::to_lowercase).nfc().collect()
}

/// Accents that stand after their letter; the index drops all accents.
fn is_accent(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36F}')
}

/// Han, Kana, Bopomofo and Hangul.
fn is_unspaced(char: char) -> bool {
    matches!(char,
        '\u{1100}'..='\u{11FF}'
        | '\u{2E80}'..='\u{2FDF}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}
