//! What a person types to find something that was said. Words count whole, but for the last one, which may still be
//! typed; what stands in quotes must stand so in the message, and so must "node.js" or "GPT模型".

use super::TERMS;
use super::phrase::Phrase;
use super::unit::{Unit, units};

/// The shortest word that may be a beginning: a single letter begins nearly everything.
const BEGINNING: usize = 2;

/// A search of what was said.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) phrases: Vec<Phrase>,
}

/// Where one of the phrases stands in a text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    pub(crate) phrase: usize,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Said {
    /// Reads what a person typed. There may be no word in it: then nothing is found.
    pub(crate) fn typed(typed: &str) -> Self {
        let chunks = chunks(typed);
        let last = chunks.len().saturating_sub(1);
        let phrases = chunks.iter().take(TERMS).enumerate().filter_map(|(at, chunk)| {
            let open = at == last && chunk.open && long_enough(chunk.words);
            Phrase::of(chunk.words, units(chunk.words), open)
        });
        Self { phrases: phrases.collect() }
    }

    /// The full-text query; none when no word was typed.
    pub(crate) fn query(&self) -> Option<String> {
        let terms: Vec<String> = self.phrases.iter().map(Phrase::query).collect();
        (!terms.is_empty()).then(|| terms.join(" AND "))
    }

    /// All places in a text where one of the phrases stands, from its beginning on.
    pub(crate) fn spots(&self, text: &str) -> Vec<Spot> {
        let all: Vec<Unit> = units(text).collect();
        let mut spots = Vec::new();
        for (at, first) in all.iter().enumerate() {
            let here = all.get(at..).unwrap_or_default();
            for (phrase, wanted) in self.phrases.iter().enumerate() {
                let last = wanted.fits(text, here).and_then(|last| here.get(last));
                spots.extend(last.map(|last| Spot { phrase, start: first.start, end: last.end }));
            }
        }
        spots
    }
}

/// What was typed between spaces, or between quotes.
struct Chunk<'typed> {
    words: &'typed str,
    /// Its last word may still be typed.
    open: bool,
}

fn chunks(typed: &str) -> Vec<Chunk<'_>> {
    let mut chunks = Vec::new();
    for (at, part) in typed.split(is_quote).enumerate() {
        if at % 2 == 1 {
            // The closing quote may not be typed yet.
            let closed = typed.split(is_quote).nth(at + 1).is_some();
            chunks.push(Chunk { words: part, open: !closed });
        } else {
            let ended = |word: &str| typed.ends_with(char::is_whitespace) && part.trim_end().ends_with(word);
            chunks.extend(part.split_whitespace().map(|words| Chunk { words, open: !ended(words) }));
        }
    }
    chunks.retain(|chunk| units(chunk.words).next().is_some());
    chunks
}

fn is_quote(sign: char) -> bool {
    matches!(sign, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' | '『' | '』' | '《' | '》')
}

fn long_enough(words: &str) -> bool {
    units(words).last().is_some_and(|unit| unit.of(words).chars().count() >= BEGINNING)
}
