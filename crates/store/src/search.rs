//! Turns text into words for the full-text indexes, and what a person types into a query over them. Never passes a
//! typed character on as query syntax.
//!
//! Chinese, Japanese and Korean are written without spaces, so a tokeniser that splits at spaces finds only
//! whole titles, and the trigram tokeniser nothing shorter than three characters, while most Chinese words
//! have two. So a run of such characters goes into the index as its overlapping pairs plus its last
//! character: "早上好" becomes "早上 上好 好". Every character then begins a token. A run of two or more is
//! looked for as the phrase of its pairs, which is a search for the exact run; a single character as the
//! beginning of a token. One scheme serves all scripts, and the index stays as small as the text.

mod excerpt;
mod phrase;
mod said;
mod unit;

pub use excerpt::Piece;
pub(crate) use said::Said;

use phrase::Phrase;
use unit::{Kind, units};

/// Terms looked for at once; what was typed beyond that is ignored.
const TERMS: usize = 32;

/// What a typed search of titles asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Search {
    /// Nothing was typed: everything matches.
    All,
    /// A full-text query.
    Words(String),
    /// Only signs without any word ("🎉"): they must stand in the title as typed.
    Literal(String),
}

impl Search {
    /// Reads what a person typed. In a title each word may be a beginning, and they may stand in any order.
    pub(crate) fn typed(typed: &str) -> Self {
        let typed = typed.trim();
        let runs = units(typed).fold(Vec::<Phrase>::new(), |mut runs, unit| {
            match runs.last_mut() {
                Some(run) if unit.joined() => run.push(typed, unit),
                _ => runs.push(Phrase::beginning(typed, unit)),
            }
            runs
        });
        let terms: Vec<String> = runs.iter().take(TERMS).map(Phrase::query).collect();
        match (typed, terms.is_empty()) {
            ("", _) => Self::All,
            (signs, true) => Self::Literal(signs.to_owned()),
            (_, false) => Self::Words(terms.join(" AND ")),
        }
    }
}

/// The words of `text` as an index takes them.
pub(crate) fn index(text: &str) -> String {
    let mut words = String::with_capacity(text.len() + text.len() / 2);
    // A character without a space behind it waits for the one that makes a pair with it.
    let mut waiting = "";
    for unit in units(text) {
        let sign = unit.of(text);
        if !waiting.is_empty() {
            words.push_str(waiting);
            if unit.joined() {
                words.push_str(sign);
            }
            words.push(' ');
        }
        waiting = if unit.kind == Kind::Word { "" } else { sign };
        if unit.kind == Kind::Word {
            words.push_str(sign);
            words.push(' ');
        }
    }
    words.push_str(waiting);
    words
}

/// What titles are ordered by: without case and accents, and numbers by their size.
pub(crate) fn order(title: &str) -> String {
    let mut key = String::with_capacity(title.len());
    let folded = unit::fold(title.trim());
    let mut rest = folded.as_str();
    while let Some(first) = rest.chars().next() {
        let digits = rest.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(rest.len());
        let (head, tail) = rest.split_at(if digits > 0 { digits } else { first.len_utf8() });
        if digits > 0 {
            let number = head.trim_start_matches('0');
            // A longer number is a greater one.
            key.push(char::from(b'0' + u8::try_from(number.len().min(9)).unwrap_or(9)));
            key.push_str(number);
        } else {
            key.push(first);
        }
        rest = tail;
    }
    key
}
