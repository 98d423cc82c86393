//! The part of a text that shows why it was found, with the words that were looked for. Never more than a few lines.

use serde::Serialize;
use ts_rs::TS;

use super::said::{Said, Spot};

/// Bytes that are looked through, a little at first: most texts say it soon. What lies beyond the last is not looked at.
const LOOKED_AT: [usize; 4] = [320, 2 * 1024, 32 * 1024, 256 * 1024];
/// Bytes of text that an excerpt is cut from.
const ROOM: usize = 240;
/// Bytes before the first word found.
const BEFORE: usize = 30;
/// A beginning of no more bytes than this is not left out.
const SHORT: usize = 48;

/// A stretch of an excerpt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Piece {
    /// Its words, plain.
    pub text: String,
    /// It is what was looked for.
    pub found: bool,
}

impl Said {
    /// The stretch of `text` that holds the most of what was looked for, and of several the first.
    pub(crate) fn excerpt(&self, text: &str) -> Vec<Piece> {
        let mut found = (0, 0);
        let mut spots = Vec::new();
        for most in LOOKED_AT {
            let part = beginning(text, most);
            spots = self.spots(part);
            found = best(&spots, self.phrases.len());
            if found.0 == self.phrases.len() || part.len() == text.len() {
                break;
            }
        }
        cut(text, found.1, &spots)
    }
}

/// No more than so many bytes of a text, whole words where it has any.
fn beginning(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let part = text.get(..floor(text, most)).unwrap_or_default();
    part.rfind(char::is_whitespace)
        .and_then(|gap| part.get(..gap))
        .filter(|part| !part.is_empty())
        .unwrap_or(part)
}

/// How much of what was looked for the best stretch holds, and where it begins.
fn best(spots: &[Spot], phrases: usize) -> (usize, usize) {
    let mut best = (0, 0);
    for (at, first) in spots.iter().enumerate() {
        let near = spots
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|spot| spot.end <= first.start + ROOM - BEFORE);
        let mut held = vec![false; phrases];
        near.for_each(|spot| held.get_mut(spot.phrase).into_iter().for_each(|held| *held = true));
        let count = held.iter().filter(|held| **held).count();
        if count > best.0 {
            best = (count, first.start);
        }
        if count == phrases {
            break;
        }
    }
    best
}

/// Cuts a stretch around a place, at whole words where there are any.
fn cut(text: &str, found_at: usize, spots: &[Spot]) -> Vec<Piece> {
    let start = word_start(text, found_at);
    let end = floor(text, start + ROOM);
    let mut pieces = Pieces::default();
    if start > 0 {
        pieces.push('…', false);
    }
    let mut spots = spots.iter().skip_while(|spot| spot.end <= start).peekable();
    for (at, sign) in text.get(start..end).unwrap_or_default().char_indices() {
        let at = start + at;
        while spots.next_if(|spot| spot.end <= at).is_some() {}
        let found = spots.peek().is_some_and(|spot| spot.start <= at);
        pieces.take(sign, found);
    }
    if end < text.trim_end().len() {
        pieces.push('…', false);
    }
    pieces.done
}

/// A little before a place, at the beginning of a word or a line.
fn word_start(text: &str, found_at: usize) -> usize {
    if found_at <= SHORT {
        return 0;
    }
    let early = floor(text, found_at - BEFORE);
    let lead = text.get(early..found_at).unwrap_or_default();
    lead.rfind('\n').or_else(|| lead.find(char::is_whitespace)).map_or(early, |gap| early + gap + 1)
}

/// The last place at or before `at` where a character begins.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// Pieces being put together: white space is one space, and the signs of markdown are left out.
#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    /// White space came, and whether it is part of what was looked for.
    gap: Option<bool>,
    /// Only signs came in this line so far.
    line_start: bool,
}

impl Pieces {
    fn take(&mut self, sign: char, found: bool) {
        if sign == '\n' {
            self.line_start = true;
        }
        let skipped = !found
            && (matches!(sign, '*' | '`' | '|')
                || self.line_start && matches!(sign, '#' | '>' | '-' | '+' | ':'));
        if sign.is_whitespace() || sign.is_control() || skipped {
            // "**" inside a word leaves no gap.
            if !matches!(sign, '*' | '`') {
                self.gap = Some(found);
            }
            return;
        }
        self.line_start = false;
        let gap = self.gap.take();
        if let Some(found) = gap.filter(|_| self.done.last().is_some_and(|piece| piece.text != "…")) {
            self.push(' ', found);
        }
        self.push(sign, found);
    }

    fn push(&mut self, sign: char, found: bool) {
        match self.done.last_mut() {
            Some(piece) if piece.found == found => piece.text.push(sign),
            _ => self.done.push(Piece { text: sign.into(), found }),
        }
    }
}
