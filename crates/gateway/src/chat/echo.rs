//! Takes the text that a service gives back before its continuation (`echo`) off again: the person has it already. What
//! turns out to be no echo is let through whole.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::confidence::Token;

/// What is still expected to be given back.
#[derive(Debug, Clone)]
pub(crate) struct Echo {
    text: Arc<str>,
    /// Bytes of `text` from where it is given back up to where that came; none once all of it came, or something else.
    came: Option<Range<usize>>,
    /// Blanks that came before the echo and do not belong to it.
    blank: String,
    /// Bytes of `text` whose tokens came already; none once others did.
    tokens: Option<usize>,
}

impl Echo {
    /// Expects this text, or nothing at all.
    pub(crate) fn of(text: Option<&str>) -> Self {
        let (tokens, came) = (text.map(|_| 0), text.map(|_| 0..0));
        Self { text: text.unwrap_or_default().into(), came, blank: String::new(), tokens }
    }

    /// What of the next piece is new; none while everything is echo.
    pub(crate) fn beyond<'a>(&mut self, piece: &'a str) -> Option<Cow<'a, str>> {
        let Some(mut came) = self.came.clone() else { return kept(piece.into()) };
        let mut fresh = piece;
        let fits = self.text.starts_with(piece) || piece.starts_with(&*self.text);
        if came.end == 0 && !fits {
            // Some services lose a blank at the beginning, others put one there.
            fresh = piece.trim_start();
            self.blank.push_str(piece.strip_suffix(fresh).unwrap_or_default());
            let begins = self.text.len() - self.text.trim_start().len();
            came = if fresh.is_empty() { 0..0 } else { begins..begins };
        }
        let rest = self.text.get(came.end..).unwrap_or_default();
        if rest.len() > fresh.len() && rest.starts_with(fresh) {
            self.came = Some(came.start..came.end + fresh.len());
            return None;
        }
        self.came = None;
        match fresh.strip_prefix(rest) {
            Some(beyond) => kept(beyond.into()),
            None => kept(format!("{}{}{fresh}", self.blank, self.text.get(came).unwrap_or_default()).into()),
        }
    }
}

impl Echo {
    /// The tokens that do not spell the text given back.
    pub(crate) fn tokens_beyond(&mut self, mut tokens: Vec<Token>) -> Vec<Token> {
        tokens.retain(|token| {
            let rest = self.tokens.and_then(|upto| self.text.as_bytes().get(upto..)).unwrap_or_default();
            let echoed = !rest.is_empty() && rest.starts_with(&token.bytes);
            self.tokens = self.tokens.filter(|_| echoed).map(|upto| upto + token.bytes.len());
            !echoed
        });
        tokens
    }
}

fn kept(text: Cow<'_, str>) -> Option<Cow<'_, str>> {
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Echo, Token};

    fn heard(text: &str, pieces: &[&str]) -> String {
        let mut echo = Echo::of(Some(text));
        pieces.iter().filter_map(|piece| echo.beyond(piece)).collect()
    }

    #[test]
    fn what_is_given_back_is_taken_off_in_whatever_pieces_it_comes() {
        for pieces in [&["Roses are red,"][..], &["Roses", " are", " red,"], &["Ro", "ses are red", ","]] {
            assert_eq!(heard("Roses are", pieces), " red,", "{pieces:?}");
        }
        assert_eq!(heard("Roses are", &["Roses are"]), "", "nothing was added");
        assert_eq!(
            heard("Roses are", &["Roses"]),
            "",
            "a connection that breaks within the echo added nothing"
        );
    }

    #[test]
    fn blanks_at_the_beginning_may_differ() {
        assert_eq!(heard(" Roses", &["Roses", " are"]), " are", "a tokenizer that loses one");
        assert_eq!(heard("Roses", &[" ", "Roses", " are"]), " are", "a tokenizer that adds one");
    }

    #[test]
    fn a_service_that_does_not_echo_is_heard_from_its_first_letter() {
        assert_eq!(heard("Roses are", &[" red,", " violets"]), " red, violets");
        assert_eq!(heard("Roses are", &["Ro", "se is a rose"]), "Rose is a rose", "it began alike");
        assert_eq!(heard("", &["a", "b"]), "ab", "there was nothing to give back");
    }

    #[test]
    fn tokens_of_the_echo_are_taken_off_too() {
        let token = |text: &str| Token { bytes: text.into(), ..Token::default() };
        let spelt = |text: &str, tokens: &[&str]| -> String {
            let mut echo = Echo::of(Some(text));
            let beyond = tokens.iter().flat_map(|one| echo.tokens_beyond(vec![token(one)]));
            beyond.map(|token| String::from_utf8(token.bytes).unwrap()).collect()
        };
        assert_eq!(spelt("Roses are", &["R", "oses", " are", " red", " R"]), " red R");
        assert_eq!(spelt("Roses are", &[" red", "R"]), " redR", "nothing was given back");
    }

    proptest! {
        #[test]
        fn nothing_of_a_continuation_is_lost(
            text in "[ab \n河]{0,12}",
            added in "[ab \n河]{0,12}",
            cuts in proptest::collection::vec(0_usize..24, 0..4),
        ) {
            let whole = format!("{text}{added}");
            let mut echo = Echo::of(Some(&text));
            let mut cuts: Vec<usize> = cuts.into_iter().filter(|at| whole.is_char_boundary(*at)).collect();
            cuts.extend([0, whole.len()]);
            cuts.sort_unstable();
            let pieces = cuts.windows(2).map(|pair| &whole[pair[0]..pair[1]]);
            let heard: String = pieces.filter_map(|piece| echo.beyond(piece)).collect();
            prop_assert_eq!(heard, added);
        }
    }
}
