//! Where fenced code begins and ends, for those who look at source line by line; it is no block parser.

/// An open code fence: its character and length.
#[derive(Clone, Copy)]
pub struct Fence {
    mark: char,
    length: usize,
}

impl Fence {
    /// The fence that is open after `line`, when `open` was open before it. Indentation and container markers are
    /// skipped rather than understood, which is near enough for those who only want to leave code alone.
    pub fn after(line: &str, open: Option<Self>) -> Option<Self> {
        let bare = line
            .trim_start_matches([' ', '\t', '>', '-', '*', '+', '.', ')'])
            .trim_start_matches(char::is_numeric);
        let bare = bare.trim_start_matches([' ', '\t', '.', ')']);
        let mark = bare.chars().next().filter(|mark| matches!(mark, '`' | '~'));
        let length = mark.map_or(0, |mark| bare.chars().take_while(|c| *c == mark).count());
        let info = bare.get(length..).unwrap_or_default().trim();
        match (open, mark) {
            (Some(fence), Some(mark)) if mark == fence.mark && length >= fence.length && info.is_empty() => {
                None
            }
            (Some(fence), _) => Some(fence),
            (None, Some(mark)) if length >= 3 && !(mark == '`' && info.contains('`')) => {
                Some(Self { mark, length })
            }
            (None, _) => None,
        }
    }
}
