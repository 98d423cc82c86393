//! Lays tokens over the text they became. The two differ where thoughts were parted from it, end marks were dropped, sources
//! were added, or an answer went on that began without a report. Pure functions.

use std::ops::Range;

use store::table::confidence::Token;

/// One token and the bytes of the text that it became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Laid {
    /// Which token.
    pub(super) token: usize,
    /// Where in the text.
    pub(super) at: Range<usize>,
}

/// A stretch of whole letters that text and tokens have in common.
struct Stretch {
    text: usize,
    tokens: usize,
    length: usize,
}

/// The tokens that are in the text, in its order, without overlap.
pub(super) fn lay(text: &str, tokens: &[Token]) -> Vec<Laid> {
    let said: Vec<u8> = tokens.iter().flat_map(|token| token.bytes.iter().copied()).collect();
    let mut laid = Vec::new();
    for stretch in common(text, &said) {
        let mut from = 0;
        for (token, one) in tokens.iter().enumerate() {
            let to = from + one.bytes.len();
            let begin = from.max(stretch.tokens);
            let end = to.min(stretch.tokens + stretch.length);
            if begin < end {
                let shift = |byte: usize| byte - stretch.tokens + stretch.text;
                laid.push(Laid { token, at: shift(begin)..shift(end) });
            }
            from = to;
        }
    }
    laid
}

fn common(text: &str, said: &[u8]) -> Vec<Stretch> {
    // The last of several: thoughts come before the text and may quote it, and what went on comes last.
    if let Some(tokens) = place(said, text) {
        return vec![Stretch { text: 0, tokens, length: text.len() }];
    }
    if let Some(at) = std::str::from_utf8(said).ok().and_then(|said| text.rfind(said)) {
        return vec![Stretch { text: at, tokens: 0, length: said.len() }];
    }
    // Neither lies within the other: what they begin with and what they end with.
    let begin = text.bytes().zip(said).take_while(|(one, other)| one == *other).count();
    let room = text.len().min(said.len()) - begin;
    let ends = text.bytes().rev().zip(said.iter().rev()).take(room);
    let end = ends.take_while(|(one, other)| one == *other).count();
    // Whole letters only: `begin` and `end` are at most a few bytes inside one.
    let begin = (0..=begin).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let end = (0..=end).rev().find(|end| text.is_char_boundary(text.len() - end)).unwrap_or_default();
    vec![
        Stretch { text: 0, tokens: 0, length: begin },
        Stretch { text: text.len() - end, tokens: said.len() - end, length: end },
    ]
}

/// Where `text` lies within the tokens. Those of an answer that was stopped may hold half a letter.
fn place(said: &[u8], text: &str) -> Option<usize> {
    match std::str::from_utf8(said) {
        Ok(whole) => whole.rfind(text),
        Err(_) if text.is_empty() => Some(said.len()),
        Err(_) => said.windows(text.len()).rposition(|part| part == text.as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens(pieces: &[&str]) -> Vec<Token> {
        pieces.iter().map(|piece| Token { bytes: piece.as_bytes().to_vec(), ..Token::default() }).collect()
    }

    /// What the text says at each token laid over it.
    fn over(text: &str, pieces: &[&str]) -> Vec<String> {
        lay(text, &tokens(pieces)).into_iter().map(|laid| text[laid.at].to_owned()).collect()
    }

    #[test]
    fn tokens_find_their_text() {
        for (text, pieces, expected) in [
            ("The Loire.", &["The", " Loire", "."][..], &["The", " Loire", "."][..]),
            ("The Loire.", &["The", " Loire", ".", "<|im_end|>"], &["The", " Loire", "."]),
            ("Loire.", &["<think>", "Hm", "</think>", "\n\nLo", "ire", "."], &["Lo", "ire", "."]),
            ("Before. After.", &[" After", "."], &[" After", "."]),
            ("Ha. Ha.", &["Ha", "."], &["Ha", "."]),
            ("Said.\n\n1. [A](<b>)\n", &["Sa", "id", "."], &["Sa", "id", "."]),
            ("One.\n![](x) Two.", &["One", ".", " Two", "."], &["One", ".", " Two", "."]),
            ("Nothing fits", &["else"], &[]),
            ("", &["a"], &[]),
            ("a", &[], &[]),
        ] {
            assert_eq!(over(text, pieces), expected, "{pieces:?} over {text:?}");
        }
    }

    #[test]
    fn half_a_letter_at_the_end_is_no_text_yet() {
        let mut all = tokens(&["Hi ", "x"]);
        all[1].bytes = vec![0xe6, 0xb2];
        let laid = lay("Hi ", &all);
        assert_eq!(laid, [Laid { token: 0, at: 0..3 }], "an answer stopped in the middle of a letter");
    }

    #[test]
    fn half_a_letter_before_the_text_is_none_of_it() {
        let mut all = tokens(&["x", "🌊"]);
        all[0].bytes = vec![0xf0];
        assert_eq!(lay("🌊", &all), [Laid { token: 1, at: 0..4 }]);
    }

    proptest! {
        #[test]
        fn whatever_differs_nothing_overlaps_and_all_lies_within(
            text in "[ab 河🌊]{0,12}",
            said in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..4), 0..8),
            mirrored in any::<bool>(),
        ) {
            let mut all: Vec<Token> =
                said.into_iter().map(|bytes| Token { bytes, ..Token::default() }).collect();
            if mirrored {
                all.extend(text.bytes().map(|byte| Token { bytes: vec![byte], ..Token::default() }));
            }
            let laid = lay(&text, &all);
            let mut end = 0;
            for one in &laid {
                prop_assert!(one.at.start >= end && one.at.end <= text.len() && !one.at.is_empty());
                let token = &all[one.token].bytes;
                let there = &text.as_bytes()[one.at.clone()];
                prop_assert!(token.windows(there.len()).any(|part| part == there), "the text is the token's");
                end = one.at.end;
            }
            if mirrored {
                prop_assert_eq!(laid.iter().map(|one| one.at.len()).sum::<usize>(), text.len(), "all is found");
            }
        }
    }
}
