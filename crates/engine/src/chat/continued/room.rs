//! How much of a text is sent: as much of its end as there is room for, cut where a paragraph or a word begins, and the
//! beginning of what follows the gap. Pure functions.

use std::ops::Range;

/// Windows of models that only continue texts; their services publish none. Beginnings of names.
const WINDOWS: &[(&str, i64)] = &[
    ("gpt-3.5-turbo-instruct", 4_096),
    ("davinci-002", 16_384),
    ("babbage-002", 16_384),
    ("text-davinci", 4_096),
];
/// Tokens assumed to fit where nobody knows.
const ASSUMED: i64 = 64_000;
/// What follows the gap gets one part in this many of the room.
const BEHIND: i64 = 4;
/// A token, counted in letters of an alphabet.
const QUARTERS: i64 = 4;
/// A cut looks this far ahead, in bytes, for the beginning of a paragraph, then of a word.
const AHEAD: usize = 400;

/// Tokens that a model's window holds: what the service says, else what its name gives away.
pub(super) fn window(model: &str, stated: Option<i64>) -> i64 {
    let bare = model.rsplit('/').next().unwrap_or_default();
    let known = || WINDOWS.iter().find(|(name, _)| bare.starts_with(name)).map(|(_, tokens)| *tokens);
    stated.filter(|tokens| *tokens > 0).or_else(known).unwrap_or(ASSUMED)
}

/// What is sent, in bytes of the two parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sent {
    pub(super) before: Range<usize>,
    pub(super) behind: Range<usize>,
}

/// Chooses what of a text fits into `room` tokens, what follows the gap included.
pub(super) fn fit(before: &str, behind: &str, room: i64) -> Sent {
    let room = room.max(1).saturating_mul(QUARTERS);
    let (told, cost) = fitting(behind.chars(), room / BEHIND);
    let (said, _) = fitting(before.chars().rev(), room - cost);
    let from = before.len() - said;
    Sent { before: if from == 0 { 0 } else { begin(before, from) }..before.len(), behind: 0..told }
}

/// Bytes that fit, and what they take. Four letters make a token in alphabets, one sign elsewhere: a careful guess, for
/// a cut needs no more. Counted in quarters of a token.
fn fitting(letters: impl Iterator<Item = char>, room: i64) -> (usize, i64) {
    let (mut bytes, mut cost) = (0, 0);
    for letter in letters {
        let more = cost + if letter < '\u{2e80}' { 1 } else { QUARTERS };
        if more > room {
            break;
        }
        (bytes, cost) = (bytes + letter.len_utf8(), more);
    }
    (bytes, cost)
}

/// The next good place to begin at, not far behind `from`.
fn begin(text: &str, from: usize) -> usize {
    let end = text.floor_char_boundary((from + AHEAD).min(text.len()));
    let ahead = text.get(from..end).unwrap_or_default();
    let paragraph = ahead.find('\n').map(|at| at + 1);
    let word = || ahead.find(' ').map(|at| at + 1);
    from + paragraph.or_else(word).filter(|at| *at < ahead.len()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_short_text_is_sent_whole() {
        assert_eq!(fit("Roses are", " blue", 100), Sent { before: 0..9, behind: 0..5 });
    }

    #[test]
    fn a_long_text_loses_its_beginning_up_to_a_paragraph() {
        let text = format!("{}\nThe end is near.", "word ".repeat(200));
        let sent = fit(&text, "", 20);
        assert_eq!(&text[sent.before], "The end is near.");
        let unbroken = "word ".repeat(200);
        let sent = fit(&unbroken, "", 20);
        assert!(unbroken[sent.before.clone()].starts_with("word"), "a word is not cut in two: {sent:?}");
        assert!(sent.before.len() >= 70, "and little is given away for that: {sent:?}");
    }

    #[test]
    fn what_follows_the_gap_takes_a_quarter_at_most() {
        let sent = fit(&"a".repeat(4_000), &"b".repeat(4_000), 400);
        assert_eq!(sent.behind, 0..400);
        assert!(sent.before.len() <= 1_200, "{sent:?}");
    }

    #[test]
    fn windows_are_known_by_the_service_or_by_name() {
        assert_eq!(window("gpt-3.5-turbo-instruct", Some(8_000)), 8_000);
        assert_eq!(window("openai/gpt-3.5-turbo-instruct-0914", None), 4_096);
        assert_eq!(window("starcoder2", Some(0)), 64_000);
    }

    proptest! {
        #[test]
        fn whatever_the_text_its_end_is_sent_and_fits(text in "[a-z \\n河🌊]{0,400}", behind in "[a-z 河]{0,200}", room in 1_i64..200) {
            let sent = fit(&text, &behind, room);
            prop_assert!(text.is_char_boundary(sent.before.start) && sent.before.end == text.len());
            prop_assert!(behind.is_char_boundary(sent.behind.end) && sent.behind.start == 0);
            let cost = |text: &str| text.chars().map(|c| if c < '\u{2e80}' { 1 } else { 4 }).sum::<i64>();
            let (said, told) = (cost(&text[sent.before]), cost(&behind[sent.behind]));
            prop_assert!(said + told <= room * 4, "{said} and {told} do not fit {room}");
        }
    }
}
