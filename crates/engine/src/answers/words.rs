//! From tokens to words that a person reads: half letters joined, the pieces of a word together, and how sure the model was
//! of the whole word. Pure functions.

use std::ops::Range;

use store::table::confidence::Token;
use unicode_segmentation::UnicodeSegmentation;

use super::align::{Laid, lay};
use super::view::{Confidence, Guess, Piece};

/// Bytes after which a word takes no more pieces: scripts without blanks would make one word of a sentence.
const LONGEST_WORD: usize = 48;
/// From here on letters stand for themselves, without blanks between words.
const WIDE: char = '\u{2e80}';

/// A word: where it stands and which of the laid tokens make it. Without tokens it is text nobody reported on.
#[derive(Debug)]
struct Word {
    at: Range<usize>,
    laid: Range<usize>,
}

/// The text in words, and how sure the model was of each.
pub(super) fn confidence(text: &str, tokens: &[Token]) -> Confidence {
    let laid = lay(text, tokens);
    let mut shown = Confidence::default();
    for word in words(text, &laid) {
        let parts = laid.get(word.laid).unwrap_or_default();
        shown.words.push(text.get(word.at).unwrap_or_default().to_owned());
        shown.sure.push(together(parts, tokens));
    }
    shown.average = average(&laid, tokens);
    shown
}

/// The pieces of one word with what else the model thought of; empty for text nobody reported on.
pub(super) fn pieces(text: &str, tokens: &[Token], word: usize) -> Vec<Piece> {
    let laid = lay(text, tokens);
    let Some(word) = words(text, &laid).into_iter().nth(word) else { return Vec::new() };
    let mut rest = laid.get(word.laid).unwrap_or_default();
    let mut pieces = Vec::new();
    while let Some((first, _)) = rest.split_first() {
        let whole = rest.iter().position(|one| text.is_char_boundary(one.at.end));
        let (parts, after) = rest.split_at(whole.map_or(rest.len(), |at| at + 1));
        let end = parts.last().map_or(first.at.end, |last| last.at.end);
        pieces.push(Piece {
            text: text.get(first.at.start..end).unwrap_or_default().to_owned(),
            sure: together(parts, tokens),
            guesses: tokens.get(first.token).map(guesses).unwrap_or_default(),
        });
        rest = after;
    }
    pieces
}

/// Half a letter is nothing that a person could have read there.
fn guesses(token: &Token) -> Vec<Guess> {
    let whole = token.alternatives.iter().filter_map(|other| {
        let text = std::str::from_utf8(&other.bytes).ok()?.to_owned();
        Some(Guess { text, sure: other.logprob.exp() })
    });
    whole.collect()
}

fn words(text: &str, laid: &[Laid]) -> Vec<Word> {
    let edges = edges(text);
    let is_edge = |byte: usize| edges.get(byte).copied().unwrap_or(true);
    let mut words: Vec<Word> = Vec::new();
    let mut end = 0;
    for (index, one) in laid.iter().enumerate() {
        match words.last_mut() {
            Some(word)
                if word.at.end == one.at.start
                    && !word.laid.is_empty()
                    && joins(text, word, one, is_edge) =>
            {
                word.at.end = one.at.end;
                word.laid.end = index + 1;
            }
            _ => {
                push_gap(&mut words, end..one.at.start, index);
                words.push(Word { at: one.at.clone(), laid: index..index + 1 });
            }
        }
        end = one.at.end;
    }
    push_gap(&mut words, end..text.len(), laid.len());
    words
}

/// Text between tokens.
fn push_gap(words: &mut Vec<Word>, at: Range<usize>, index: usize) {
    if !at.is_empty() {
        words.push(Word { at, laid: index..index });
    }
}

/// Whether a token goes on with a word: it begins inside a letter, or is a further piece of the same word.
fn joins(text: &str, word: &Word, one: &Laid, is_edge: impl Fn(usize) -> bool) -> bool {
    if !is_edge(one.at.start) {
        return true;
    }
    let before = text.get(word.at.clone()).and_then(|said| said.chars().next_back());
    let after = text.get(one.at.start..).and_then(|rest| rest.chars().next());
    let in_word =
        |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() && letter < WIDE);
    in_word(before) && in_word(after) && word.at.len() < LONGEST_WORD
}

/// For each byte whether a letter, as people see letters, begins there.
fn edges(text: &str) -> Vec<bool> {
    let mut edges = vec![false; text.len() + 1];
    for (at, _) in text.grapheme_indices(true) {
        if let Some(edge) = edges.get_mut(at) {
            *edge = true;
        }
    }
    if let Some(last) = edges.last_mut() {
        *last = true;
    }
    edges
}

/// How sure the model was of all of these together; none when nothing was reported on any.
fn together(parts: &[Laid], tokens: &[Token]) -> Option<f64> {
    let told = parts.iter().filter_map(|one| tokens.get(one.token)?.logprob);
    told.map(f64::exp).reduce(|one, other| one * other)
}

/// How sure it was of a token, on the average.
fn average(laid: &[Laid], tokens: &[Token]) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0.0);
    for logprob in laid.iter().filter_map(|one| tokens.get(one.token)?.logprob) {
        sum += logprob.exp();
        count += 1.0;
    }
    (count > 0.0).then(|| sum / count)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use store::table::confidence::Alternative;

    use super::*;

    fn token(bytes: &[u8], sure: f64) -> Token {
        let other = |bytes: &[u8], sure: f64| Alternative { bytes: bytes.to_vec(), logprob: sure.ln() };
        Token {
            bytes: bytes.to_vec(),
            logprob: Some(sure.ln()),
            alternatives: vec![other(bytes, sure), other(b" other", 0.1)],
        }
    }

    fn shown(text: &str, tokens: &[Token]) -> Vec<(String, Option<i64>)> {
        let Confidence { words, sure, .. } = confidence(text, tokens);
        #[expect(clippy::cast_possible_truncation, reason = "percentages")]
        let percent = sure.into_iter().map(|sure| sure.map(|sure| (sure * 100.0).round() as i64));
        words.into_iter().zip(percent).collect()
    }

    fn word(text: &str, percent: i64) -> (String, Option<i64>) {
        (text.to_owned(), Some(percent))
    }

    #[test]
    fn pieces_of_a_word_are_one_word() {
        let tokens = [token(b"The", 1.0), token(b" ri", 0.5), token(b"vers", 0.8), token(b".", 0.9)];
        assert_eq!(
            shown("The rivers.", &tokens),
            [word("The", 100), word(" rivers", 40), word(".", 90)],
            "as sure of a word as of all its pieces"
        );
        let pieces = pieces("The rivers.", &tokens, 1);
        let texts: Vec<_> = pieces.iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(texts, [" ri", "vers"], "each piece had others beside it");
        assert_eq!(pieces[0].guesses[1].text, " other");
    }

    #[test]
    fn half_letters_are_one_letter_and_chinese_stays_apart() {
        let [wave, river] = ["🌊", "河流"].map(str::as_bytes);
        let tokens = [token(&wave[..2], 0.5), token(&wave[2..], 0.5), token(river, 0.7), token(b"!", 1.0)];
        assert_eq!(shown("🌊河流!", &tokens), [word("🌊", 25), word("河流", 70), word("!", 100)]);
        let pieces = pieces("🌊河流!", &tokens, 0);
        assert_eq!(pieces.len(), 1, "one letter is one piece");
        assert_eq!(pieces[0].text, "🌊");
        assert_eq!(pieces[0].guesses.len(), 1, "half a letter is no guess that could be read");
        let family = "👨‍👩‍👧";
        let parts: Vec<Token> = family.as_bytes().chunks(4).map(|part| token(part, 1.0)).collect();
        assert_eq!(shown(family, &parts).len(), 1, "what is seen as one sign is one");
    }

    #[test]
    fn what_nobody_reported_on_is_text_without_a_number() {
        let tokens = [token(b" After", 0.5)];
        assert_eq!(shown("Before. After", &tokens), [("Before.".into(), None), word(" After", 50)]);
        let silent = Token { bytes: b"a".to_vec(), ..Token::default() };
        let told = confidence("a", &[silent]);
        assert_eq!((told.sure, told.average), (vec![None], None));
        assert!(pieces("Before. After", &tokens, 0).is_empty());
        assert!(pieces("Before. After", &tokens, 99).is_empty());
    }

    #[test]
    fn next_to_impossible_is_nothing_and_counts() {
        let never = Token { logprob: Some(-9999.0), ..token(b"b", 1.0) };
        let told = confidence("a b", &[token(b"a", 1.0), token(b" ", 1.0), never]);
        assert_eq!(told.sure[2], Some(0.0));
        assert_eq!(told.average, Some(2.0 / 3.0));
    }

    proptest! {
        #[test]
        fn words_are_the_text_and_cut_no_letter(
            text in "[ab .河🌊e\u{301}]{0,16}",
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
            skipped in any::<prop::sample::Index>(),
        ) {
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
            cuts.sort_unstable();
            let mut from = 0;
            let mut tokens = Vec::new();
            for cut in cuts.into_iter().chain([text.len()]) {
                tokens.push(token(&text.as_bytes()[from..cut], 0.5));
                from = cut;
            }
            if tokens.len() > 1 {
                tokens.remove(skipped.index(tokens.len()));
            }
            let told = confidence(&text, &tokens);
            prop_assert_eq!(told.words.concat(), text.clone(), "nothing is lost, nothing is said twice");
            prop_assert_eq!(told.words.len(), told.sure.len());
            for at in 0..told.words.len() {
                let said: String = pieces(&text, &tokens, at).into_iter().map(|piece| piece.text).collect();
                prop_assert!(told.sure[at].is_none() || said == told.words[at], "pieces make the word");
            }
        }
    }
}
