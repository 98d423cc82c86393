//! Displayed formulas over several lines, made safe from the block rules of Markdown; it never moves a byte.

use std::borrow::Cow;

use crate::fence::Fence;

/// A displayed formula with more lines than this is left alone.
const MOST_LINES: usize = 80;

/// Openers of bracketed formulas that may stay unclosed in one paragraph. Each one makes the parser look through the
/// rest of the paragraph, so that many would cost the square of its length.
const MOST_UNCLOSED: usize = 300;

/// Puts each displayed formula that spans lines on one line by turning its inner line ends into spaces: a line such
/// as `+ b` or `= c` would otherwise start a list or a heading in the middle of the formula.
pub fn fold(markdown: &str) -> Cow<'_, str> {
    if !(markdown.contains("$$") || markdown.contains("\\[")) {
        return Cow::Borrowed(markdown);
    }
    let lines: Vec<&str> = markdown.split_inclusive('\n').collect();
    let mut folded = String::with_capacity(markdown.len());
    let mut fence: Option<Fence> = None;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let was_fenced = fence.is_some();
        fence = Fence::after(line, fence);
        let count = if was_fenced || fence.is_some() { 0 } else { lines_to_fold(&lines, at) };
        for inner in lines.iter().skip(at).take(count) {
            push_unended(&mut folded, inner);
        }
        folded.push_str(lines.get(at + count).unwrap_or(&""));
        at += count + 1;
    }
    Cow::Owned(folded)
}

/// Whether the parser may look for `\(` and `\[` formulas without its time growing with the square of the text.
pub fn brackets_are_sane(markdown: &str) -> bool {
    let (mut round, mut square) = (0_usize, 0_usize);
    let mut after_backslash = false;
    for byte in markdown.bytes() {
        match (after_backslash, byte) {
            (true, b'(') => round += 1,
            (true, b'[') => square += 1,
            (true, b')') => round = 0,
            (true, b']') => square = 0,
            _ => {}
        }
        if round.max(square) > MOST_UNCLOSED {
            return false;
        }
        after_backslash = byte == b'\\' && !after_backslash;
    }
    true
}

/// How many lines from `at` on lose their end: none when no formula opens there, or it does not close before a
/// blank line, or a comment of TeX in it needs its line end.
fn lines_to_fold(lines: &[&str], at: usize) -> usize {
    let Some(first) = lines.get(at) else { return 0 };
    let Some(close) = opens(first) else { return 0 };
    for (count, line) in lines.iter().skip(at).take(MOST_LINES).enumerate() {
        let bare = line.trim();
        if bare.is_empty() || bare.contains('%') || bare.starts_with('>') {
            return 0;
        }
        if count > 0 && bare.contains(close) {
            return count;
        }
    }
    0
}

/// What closes the formula that this line opens and does not close.
fn opens(line: &str) -> Option<&'static str> {
    let bare = line.trim();
    if line.starts_with("    ") || line.starts_with('\t') {
        return None;
    }
    let (rest, close) = match bare.strip_prefix("$$") {
        Some(rest) => (rest, "$$"),
        None => (bare.strip_prefix("\\[")?, "\\]"),
    };
    (!rest.contains(close) && !rest.contains('`')).then_some(close)
}

/// A line with its end, of one or two bytes, as spaces.
fn push_unended(out: &mut String, line: &str) {
    let kept = line.trim_end_matches(['\n', '\r']);
    out.push_str(kept);
    out.extend(std::iter::repeat_n(' ', line.len() - kept.len()));
}
