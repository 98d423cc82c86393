//! Text into HTML text and attribute values; it never passes a markup character or a control character through.

/// Appends `text` as HTML text that is also safe inside a double-quoted attribute.
///
/// Control characters other than tab and line ends are dropped: no font shows them and some parsers trip over them.
pub fn push(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(is_special) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut chars = from.chars();
        if let Some(character) = chars.next() {
            out.push_str(replacement(character));
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
}

/// Appends the text of a link: as [`push`], and without the marks that reorder what is read, so that a visible
/// address cannot be turned around.
pub fn push_label(out: &mut String, text: &str) {
    if text.contains(is_reordering) {
        push(out, &text.replace(is_reordering, ""));
    } else {
        push(out, text);
    }
}

/// Whether the character changes the order in which its neighbours are shown (UAX 9, explicit formatting).
pub fn is_reordering(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_special(character: char) -> bool {
    matches!(character, '&' | '<' | '>' | '"' | '\'')
        || (character.is_control() && !matches!(character, '\n' | '\t' | '\r'))
}

fn replacement(character: char) -> &'static str {
    match character {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        _ => "",
    }
}
