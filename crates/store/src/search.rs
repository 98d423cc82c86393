//! Turns titles into words for the full-text index, and what a person types into a query over them. Never
//! passes a typed character on as query syntax.
//!
//! Chinese, Japanese and Korean are written without spaces, so a tokeniser that splits at spaces finds only
//! whole titles, and the trigram tokeniser nothing shorter than three characters, while most Chinese words
//! have two. So a run of such characters goes into the index as its overlapping pairs plus its last
//! character: "早上好" becomes "早上 上好 好". Every character then begins a token. A run of two or more is
//! looked for as the phrase of its pairs, which is a search for the exact run; a single character as the
//! beginning of a token. One index serves all scripts, and it stays as small as the titles.

/// Terms looked for at once; what was typed beyond that is ignored.
const TERMS: usize = 32;

/// What a typed search asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Search {
    /// Nothing was typed: everything matches.
    All,
    /// A full-text query.
    Words(String),
    /// Only signs without any word ("🎉"): they must stand in the title as typed.
    Literal(String),
}

impl Search {
    /// Reads what a person typed.
    pub(crate) fn typed(typed: &str) -> Self {
        let typed = typed.trim();
        let terms: Vec<String> = runs(typed).into_iter().take(TERMS).map(|run| run.query()).collect();
        match (typed, terms.is_empty()) {
            ("", _) => Self::All,
            (signs, true) => Self::Literal(signs.to_owned()),
            (_, false) => Self::Words(terms.join(" AND ")),
        }
    }
}

/// The text to put into the index for `title`.
pub(crate) fn index(title: &str) -> String {
    let words: Vec<String> = runs(title).into_iter().map(|run| run.index()).collect();
    words.join(" ")
}

/// Letters that belong together: a word, or a stretch of characters written without spaces.
enum Run {
    Word(String),
    Unspaced(Vec<char>),
}

impl Run {
    fn index(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Unspaced(chars) => {
                let last = chars.last().map(char::to_string);
                pairs(chars).chain(last).collect::<Vec<_>>().join(" ")
            }
        }
    }

    fn query(&self) -> String {
        match self {
            Self::Word(word) => format!("\"{word}\"*"),
            Self::Unspaced(chars) if chars.len() == 1 => format!("\"{}\"*", String::from_iter(chars)),
            Self::Unspaced(chars) => format!("\"{}\"", pairs(chars).collect::<Vec<_>>().join(" ")),
        }
    }
}

fn pairs(chars: &[char]) -> impl Iterator<Item = String> {
    chars.windows(2).map(String::from_iter)
}

fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut open = false;
    for char in text.chars() {
        match (runs.last_mut(), char.is_alphanumeric(), is_unspaced(char)) {
            _ if is_accent(char) => continue,
            (_, false, _) => {}
            (Some(Run::Unspaced(run)), _, true) if open => run.push(char),
            (Some(Run::Word(run)), _, false) if open => run.push(char),
            (_, _, true) => runs.push(Run::Unspaced(vec![char])),
            (_, _, false) => runs.push(Run::Word(char.to_string())),
        }
        open = char.is_alphanumeric();
    }
    runs
}

/// Accents that stand after their letter; the index drops all accents.
fn is_accent(char: char) -> bool {
    matches!(char, '\u{300}'..='\u{36F}')
}

/// Han, Kana, Bopomofo and Hangul.
fn is_unspaced(char: char) -> bool {
    matches!(char,
        '\u{1100}'..='\u{11FF}'
        | '\u{2E80}'..='\u{2FDF}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{31FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{A960}'..='\u{A97F}'
        | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}
