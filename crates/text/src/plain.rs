//! The words of a document without its markup, for snippets, titles and screen readers; never HTML.

use comrak::{Arena, Node, nodes::NodeValue};

use crate::{guard, leftover, maths, parse};

/// How much source is looked at for each wanted character: addresses and tables have far more source than words.
const SOURCE_PER_CHAR: usize = 24;
const SOURCE_AT_LEAST: usize = 4 * 1024;

/// At most `limit_chars` characters (Unicode scalar values) of the document's words, blocks and lines joined by single
/// spaces. A text that was cut ends at a whole word where it can, with `…` as its last character.
pub fn plain(markdown: &str, limit_chars: usize) -> String {
    let enough = limit_chars.saturating_mul(SOURCE_PER_CHAR).max(SOURCE_AT_LEAST);
    let head = parse::head(markdown, enough);
    let more = head.len() < markdown.len();
    match guard::attempt(|| words_of(head, limit_chars)) {
        Some(words) => cut(words, limit_chars, more),
        None => cut(head.split_whitespace().collect::<Vec<_>>().join(" "), limit_chars, more),
    }
}

/// The words of a document, a few more than `limit_chars` at the most.
fn words_of(head: &str, limit_chars: usize) -> String {
    let arena = Arena::new();
    let mut words = Words::default();
    for block in parse::outline(&arena, head).blocks {
        words.gap();
        collect(block, &mut words);
        if words.chars > limit_chars {
            break;
        }
    }
    words.text
}

/// The words of one node and everything in it.
pub fn words(node: Node<'_>) -> String {
    let mut words = Words::default();
    collect(node, &mut words);
    words.text
}

/// The words of a paragraph, line by line; empty where it holds anything but words.
pub fn lines(node: Node<'_>) -> String {
    let mut lines = String::new();
    for inner in node.children() {
        match &inner.data().value {
            NodeValue::Text(text) => lines.push_str(text),
            NodeValue::SoftBreak | NodeValue::LineBreak => lines.push('\n'),
            _ => return String::new(),
        }
    }
    lines
}

fn collect(node: Node<'_>, words: &mut Words) {
    for inner in node.descendants() {
        match &inner.data().value {
            NodeValue::Text(text) => words.push(&leftover::without(text)),
            NodeValue::Code(code) => words.push(&code.literal),
            NodeValue::HtmlInline(raw) => words.push(raw),
            NodeValue::Math(math) if maths::is_price(math) => words.push(&format!("${}$", math.literal)),
            NodeValue::Math(math) => words.push(&math.literal),
            NodeValue::CodeBlock(block) => words.push(&block.literal),
            NodeValue::HtmlBlock(block) => words.push(&block.literal),
            NodeValue::Emph | NodeValue::Strong | NodeValue::Strikethrough | NodeValue::Link(_) => {}
            _ => words.gap(),
        }
    }
}

fn cut(text: String, limit: usize, more: bool) -> String {
    if !more && text.chars().count() <= limit {
        return text;
    }
    if limit == 0 {
        return String::new();
    }
    let kept: String = text.chars().take(limit - 1).collect();
    let whole_words = kept.rfind(' ').filter(|at| at * 2 > kept.len());
    let end =
        if text.chars().nth(limit - 1) == Some(' ') { kept.len() } else { whole_words.unwrap_or(kept.len()) };
    format!("{}…", kept.get(..end).unwrap_or_default().trim_end())
}

/// Text whose runs of white space and control characters are single spaces.
#[derive(Default)]
struct Words {
    text: String,
    chars: usize,
    gap: bool,
}

impl Words {
    fn gap(&mut self) {
        self.gap = self.chars > 0;
    }

    fn push(&mut self, text: &str) {
        for character in text.chars() {
            if character.is_whitespace() || character.is_control() {
                self.gap();
                continue;
            }
            if std::mem::take(&mut self.gap) {
                self.text.push(' ');
                self.chars += 1;
            }
            self.text.push(character);
            self.chars += 1;
        }
    }
}
