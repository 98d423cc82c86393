//! How an unfinished end is shown so that it does not flicker: marks that wait for their partner get one, half
//! addresses and half formulas wait. It changes only what is shown now, never the text.

mod marks;

use std::borrow::Cow;

use comrak::{Node, nodes::NodeValue};

use crate::{fence::Fence, parse};

/// A longer run of text, in bytes, is shown as it stands: looking for partners takes the square of its length.
const LONGEST: usize = 4 * 1024;

/// The source to show for an open part that ends anywhere.
pub fn shown(tail: &str) -> Cow<'_, str> {
    let line_start = tail.rfind('\n').map_or(0, |at| at + 1);
    let (lines, last) = tail.split_at(line_start);
    let fence = lines.lines().fold(None, |fence, line| Fence::after(line, fence));
    if fence.is_some() {
        let closes = !last.is_empty() && last.trim().chars().all(|c| matches!(c, '`' | '~'));
        return Cow::Borrowed(if closes { lines } else { tail });
    }
    if Fence::after(last, None).is_some() {
        return Cow::Borrowed(tail);
    }
    let settled = if is_only_marks(last) { lines } else { tail };
    let segment_start = segment(settled);
    let (before, segment) = settled.split_at(segment_start);
    if segment.len() > LONGEST {
        return Cow::Borrowed(settled);
    }
    match marks::mend(segment) {
        Some(mended) => Cow::Owned(format!("{before}{mended}")),
        None => Cow::Borrowed(settled),
    }
}

/// Where a paragraph may be cut at or before `limit`: after a space or a full-width stop, before a letter, so that the rest
/// cannot be taken for another kind of block.
pub fn sentence_before(text: &str, limit: usize) -> Option<usize> {
    let head = parse::head(text, limit);
    let ends =
        head.char_indices().rev().filter(|(_, c)| matches!(c, ' ' | '。' | '，' | '！' | '？' | '；' | '、'));
    let cuts = ends.map(|(at, c)| at + c.len_utf8());
    cuts.take(400).find(|cut| text.get(*cut..).is_some_and(|rest| rest.starts_with(char::is_alphabetic)))
}

/// Whether no mark in the paragraph is still waiting for a partner.
pub fn is_resolved(paragraph: Node<'_>) -> bool {
    !paragraph.descendants().any(|node| match &node.data().value {
        NodeValue::Text(text) => text.contains(['*', '_', '`', '[', '$', '~', '<', '\\']),
        _ => false,
    })
}

/// A last line that holds nothing but marks may still become anything: `-` an item, a rule, or the underline of the
/// paragraph above.
fn is_only_marks(line: &str) -> bool {
    let bare = line.trim();
    let number = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = number.len() < bare.len() && matches!(number, "." | ")");
    !bare.is_empty() && (is_number || bare.chars().all(|c| "-=*_#+>|:`~ \t".contains(c)))
}

/// Where the last run of inline text starts: a paragraph, an item, a heading, a cell.
fn segment(text: &str) -> usize {
    let mut end = text.trim_end_matches(['\n', '\r']).len();
    while let Some(line_start) = text.get(..end).and_then(|head| head.rfind('\n')).map(|at| at + 1) {
        let line = text.get(line_start..end).unwrap_or_default();
        if starts_anew(line) {
            return cell(text, line_start);
        }
        end = line_start - 1;
    }
    cell(text, 0)
}

fn starts_anew(line: &str) -> bool {
    let bare = line.trim_start();
    let number = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = number.len() < bare.len() && number.starts_with(['.', ')']);
    bare.is_empty()
        || is_numbered
        || bare.starts_with(['#', '>', '|', '+'])
        || bare.starts_with("- ")
        || bare.starts_with("* ")
}

/// In a row of a table only the last cell is open, and a row or heading that has ended has nothing open.
fn cell(text: &str, start: usize) -> usize {
    let line = text.get(start..).unwrap_or_default();
    let first = line.trim_start().chars().next();
    if line.ends_with('\n') && matches!(first, Some('|' | '#')) {
        return text.len();
    }
    match line.rfind('|') {
        Some(at) if first == Some('|') => start + at + 1,
        _ => start,
    }
}
