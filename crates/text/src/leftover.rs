//! Marks that a web product put into its words for its own page: private-use characters around the name of a source, and
//! brackets such as 【4†source】. They mean nothing elsewhere and are not shown; the words themselves stay as they came.

use std::borrow::Cow;

/// Begin a mark, and end one.
const OPEN: char = '\u{e200}';
const CLOSE: char = '\u{e201}';
/// Letters of the longest 【…】 that is a mark.
const LONGEST: usize = 60;
/// Drawn by systems that have it, and written by people.
const APPLE: char = '\u{f8ff}';

/// What of a text is for people.
pub fn without(text: &str) -> Cow<'_, str> {
    if !text.contains(|letter| is_private(letter) || letter == '【') {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let after = rest.get(letter.len_utf8()..).unwrap_or_default();
        rest = match letter {
            OPEN => {
                let name = after.trim_start_matches(|one: char| {
                    one.is_ascii_alphanumeric() || one == '_' || is_inner(one)
                });
                name.strip_prefix(CLOSE).unwrap_or(name)
            }
            '【' => bracketed(after).unwrap_or_else(|| {
                kept.push(letter);
                after
            }),
            _ => {
                if !is_private(letter) {
                    kept.push(letter);
                }
                after
            }
        };
    }
    Cow::Owned(kept)
}

/// What follows a bracket that names a source: a number, a dagger, a name.
fn bracketed(after: &str) -> Option<&str> {
    // No further than a mark reaches: a model may repeat the bracket for ever.
    let end = after.char_indices().take(LONGEST + 1).find(|(_, letter)| *letter == '】')?.0;
    let (inside, rest) = (after.get(..end)?, after.get(end..)?.strip_prefix('】')?);
    let (number, _) = inside.split_once('†')?;
    let numbered = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit() || byte == b':');
    numbered.then_some(rest)
}

/// Between the parts of a mark.
fn is_inner(letter: char) -> bool {
    is_private(letter) && letter != OPEN && letter != CLOSE
}

fn is_private(letter: char) -> bool {
    ('\u{e000}'..APPLE).contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn marks_go_and_words_stay() {
        for (came, shown) in [
            (
                "It rises in the hills.\u{e200}cite\u{e202}turn0search1\u{e201} And ends.",
                "It rises in the hills. And ends.",
            ),
            ("Cut in\u{e200}cite\u{e202}turn0", "Cut in"),
            ("One 【4†source】two 【12:3†river.pdf】.", "One two ."),
            ("Chinese 【重要】 stays, 【4 stays", "Chinese 【重要】 stays, 【4 stays"),
            ("\u{e203}lone\u{e204}", "lone"),
            ("\u{f8ff} stays", "\u{f8ff} stays"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(without(came), shown, "{came:?}");
        }
    }
}
