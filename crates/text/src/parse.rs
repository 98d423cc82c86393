//! Markdown source into a tree and its top-level blocks; it decides which dialect is spoken, not how it looks.

use std::borrow::Cow;

use comrak::{Arena, Node, Options, nodes::NodeValue, options::Extension};

use crate::maths;

/// The top-level blocks of a document, footnote definitions apart.
pub struct Outline<'a> {
    /// Blocks in reading order.
    pub blocks: Vec<Node<'a>>,
    /// Definitions that something refers to, in the order of their numbers.
    pub footnotes: Vec<Node<'a>>,
}

/// Parses `markdown` in our dialect: `CommonMark`, GFM, footnotes, mathematics.
pub fn outline<'a>(arena: &'a Arena<'a>, markdown: &str) -> Outline<'a> {
    let source = prepare(markdown);
    let root = comrak::parse_document(arena, &source, &options(&source));
    let (footnotes, blocks) =
        root.children().partition(|node| matches!(node.data().value, NodeValue::FootnoteDefinition(_)));
    Outline { blocks, footnotes }
}

/// The line, counted from 0, on which a block starts.
pub fn first_line(node: Node<'_>) -> usize {
    node.data().sourcepos.start.line.saturating_sub(1)
}

/// The byte offsets at which the lines of `source` start, by the line ends that `CommonMark` knows.
pub fn line_starts(source: &str) -> Vec<usize> {
    let bytes = source.as_bytes();
    let ends = bytes.iter().enumerate().filter(|&(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect()
}

/// At most the first `limit` bytes of `text`, without half a character.
pub fn head(text: &str, limit: usize) -> &str {
    let fits = (limit.saturating_sub(3)..=limit).rev().find(|at| text.is_char_boundary(*at));
    fits.filter(|_| limit < text.len()).and_then(|at| text.get(..at)).unwrap_or(text)
}

/// Makes the source ready without moving a byte, so that positions in the tree are positions in the source.
fn prepare(markdown: &str) -> Cow<'_, str> {
    maths::fold(markdown)
}

fn options(source: &str) -> Options<'static> {
    let extension = Extension {
        strikethrough: true,
        table: true,
        autolink: true,
        tasklist: true,
        footnotes: true,
        math_dollars: true,
        math_latex: maths::brackets_are_sane(source),
        cjk_friendly_emphasis: true,
        ..Extension::default()
    };
    Options { extension, ..Options::default() }
}
