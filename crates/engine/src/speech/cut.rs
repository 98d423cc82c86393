//! Cuts a text at its sentences: into parts that fit one request, and for the eye that follows. Pure: it asks nobody.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

/// Bytes that a part may have: some services count letters and others bytes, so the smaller of both (reference 7.3).
const LONGEST: usize = 4000;
/// Bytes of the first part, so that something is heard soon.
const FIRST: usize = 400;
/// What ends in a point and is shorter than this is no sentence: "Dr." and "3." belong to what follows.
const SHORTEST: usize = 5;

/// The sentences of a text as ranges of bytes: without the blanks around them, and never empty.
pub(crate) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut is_open = false;
    for (start, sentence) in text.split_sentence_bound_indices() {
        let lead = sentence.len() - sentence.trim_start().len();
        let trimmed = sentence.trim();
        if trimmed.is_empty() {
            is_open = is_open && !sentence.contains('\n');
            continue;
        }
        let range = start + lead..start + lead + trimmed.len();
        match found.last_mut().filter(|_| is_open) {
            Some(last) => last.end = range.end,
            None => found.push(range.clone()),
        }
        let whole = found.last().cloned().unwrap_or(range);
        let ends_line = sentence.ends_with(['\n', '\r', '\u{2028}', '\u{2029}']);
        is_open = !ends_line && whole.len() < SHORTEST && text.get(whole).is_some_and(|it| it.ends_with('.'));
    }
    found
}

/// The parts in which a text is asked for, as ranges of bytes: whole sentences, as many as fit; a longer one is cut at a comma,
/// a blank, or wherever letters end.
pub(super) fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for sentence in sentences(text).into_iter().flat_map(|it| pieces(text, it)) {
        // Only what was begun in the first part may end it early.
        let most = if parts.len() == 1 { FIRST } else { LONGEST };
        match parts.last_mut() {
            Some(last) if sentence.end - last.start <= most => last.end = sentence.end,
            _ => parts.push(sentence),
        }
    }
    parts
}

fn pieces(text: &str, sentence: Range<usize>) -> Vec<Range<usize>> {
    let (mut pieces, mut rest) = (Vec::new(), sentence);
    while rest.len() > LONGEST {
        let window = text.get(rest.start..).unwrap_or_default();
        let end = (0..=LONGEST).rev().find(|at| window.is_char_boundary(*at)).unwrap_or(LONGEST);
        let head = window.get(..end).unwrap_or_default();
        let after = |signs: &[char]| {
            head.rmatch_indices(signs).map(|(at, sign)| at + sign.len()).find(|at| *at > LONGEST / 2)
        };
        let end = after(&[',', ';', ':', '，', '、', '；', '：'])
            .or_else(|| after(&[' ', '\n', '\t']))
            .unwrap_or(head.len())
            .max(1);
        pieces.push(rest.start..rest.start + end);
        rest.start += end;
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|it| &text[it]).collect()
    }

    #[test]
    fn sentences_end_where_they_end() {
        assert_eq!(said("Good morning. How are you?  Fine!"), ["Good morning.", "How are you?", "Fine!"]);
        assert_eq!(said("Dr. Smith came. He left."), ["Dr. Smith came.", "He left."]);
        assert_eq!(said("今天很好。我们走吧！真的？"), ["今天很好。", "我们走吧！", "真的？"]);
        assert_eq!(said("A title\n\nThe text. More."), ["A title", "The text.", "More."]);
        assert_eq!(said("1. Flour\n2. Milk"), ["1. Flour", "2. Milk"]);
        assert_eq!(said("It costs 3.50 today. Cheap."), ["It costs 3.50 today.", "Cheap."]);
        assert_eq!(said(" \n \t"), [""; 0]);
    }

    #[test]
    fn the_first_part_is_short_and_the_others_are_full() {
        let text = "The river rises in the hills and reaches the sea. ".repeat(300);
        let parts = parts(&text);
        assert!(parts[0].len() <= FIRST && parts[0].len() > FIRST / 2, "{:?}", parts[0]);
        assert!(
            parts[1..parts.len() - 1].iter().all(|part| part.len() > LONGEST - 60),
            "as few requests as can be"
        );
        assert!(parts.iter().all(|part| text[part.clone()].ends_with('.')), "at sentences");
    }

    #[test]
    fn an_endless_sentence_is_cut_where_one_breathes() {
        let text = "on and on, ".repeat(1000);
        assert!(parts(&text).iter().all(|part| text[part.clone()].trim_end().ends_with(',')));
        let words = "word ".repeat(2000);
        assert!(
            parts(&words).iter().all(|part| words[part.clone()].trim().split(' ').all(|word| word == "word"))
        );
        let signs = "水".repeat(4000);
        assert!(parts(&signs).len() > 2, "letters stay whole");
    }

    proptest! {
        #[test]
        fn whatever_is_written_nothing_but_blanks_is_lost(text in "(?s)[a-c.!? \\n,水。]{0,400}|.{0,200}") {
            let heard: String = parts(&text).into_iter().map(|part| text[part].to_owned()).collect();
            let bare = |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&heard), bare(&text));
            prop_assert!(parts(&text).iter().all(|part| part.len() <= LONGEST && !text[part.clone()].trim().is_empty()));
        }
    }
}
