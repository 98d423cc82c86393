//! What a text is called in the list: its first words are the title until the person gives one, its last words stand below.
//! It looks at both ends only, however long the text is.

use store::table::conversation::{Conversation, TitleBy};

/// Letters of a title.
const TITLE: usize = 60;
/// Letters of the last words.
const LAST: usize = 120;
/// Bytes looked at for either: a text may begin with blank pages.
const SEEN: usize = 2_000;

/// Gives the row of a text its words.
pub(crate) fn name_by(text: &str, conversation: &mut Conversation) {
    conversation.snippet = last_words(text);
    let named_by_hand = matches!(conversation.title_by, TitleBy::Person | TitleBy::Model);
    if !named_by_hand {
        conversation.title = first_words(text);
        let is_named = !conversation.title.is_empty();
        conversation.title_by = if is_named { TitleBy::FirstWords } else { TitleBy::Nobody };
    }
}

fn first_words(text: &str) -> String {
    let start = text.get(..text.floor_char_boundary(SEEN)).unwrap_or_default();
    let line = start.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let words = joined(line);
    match words.char_indices().nth(TITLE) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default().trim_end()),
        None => words,
    }
}

fn last_words(text: &str) -> String {
    let end = text.get(text.ceil_char_boundary(text.len().saturating_sub(SEEN))..).unwrap_or_default();
    let words = joined(end);
    let Some((from, _)) = words.char_indices().rev().nth(LAST) else { return words };
    let last = words.get(from..).unwrap_or_default();
    // Half a word at the beginning is left out, where there are words at all.
    let whole = last.split_once(' ').map_or(last, |(_, whole)| whole);
    format!("…{whole}")
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> (String, String) {
        let mut row = Conversation::blank(0);
        name_by(text, &mut row);
        (row.title, row.snippet)
    }

    #[test]
    fn a_text_is_called_by_its_first_line_and_shows_where_it_has_got_to() {
        assert_eq!(named("\n\n The  river \nrises."), ("The river".into(), "The river rises.".into()));
        assert_eq!(named("  \n"), (String::new(), String::new()));
        let long = format!("从前有一座山。{}", "word ".repeat(2_000));
        let (title, snippet) = named(&long);
        assert!(title.starts_with("从前有一座山。word") && title.ends_with('…'), "{title}");
        assert!(snippet.starts_with("…word word") && snippet.ends_with("word"), "{snippet}");
        let unspaced = "山".repeat(5_000);
        assert_eq!(named(&unspaced).1.chars().count(), LAST + 2, "letters where there are no words");
    }

    #[test]
    fn a_title_by_hand_stays_and_an_emptied_text_has_none() {
        let mut row =
            Conversation { title: "Mine".into(), title_by: TitleBy::Person, ..Conversation::blank(0) };
        name_by("The river", &mut row);
        assert_eq!((row.title.as_str(), row.snippet.as_str()), ("Mine", "The river"));
        let mut row = Conversation::blank(0);
        name_by("The river", &mut row);
        name_by("", &mut row);
        assert_eq!((row.title.as_str(), row.title_by), ("", TitleBy::Nobody));
    }
}
