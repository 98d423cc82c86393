//! What is read aloud of a document: its words, paragraph by paragraph. What nobody would say is left out: code, tags,
//! pictures, marks of footnotes, and addresses where a link has no words of its own.

use comrak::{Arena, Node, arena_tree::NodeEdge, nodes::NodeValue};

use crate::{guard, leftover, maths, parse};

/// The words to be said, a line for each paragraph, item and row. Empty where there is nothing to say.
pub fn spoken(markdown: &str) -> String {
    guard::attempt(|| said(markdown)).unwrap_or_else(|| markdown.trim().to_owned())
}

fn said(markdown: &str) -> String {
    let arena = Arena::new();
    let mut saying = Saying::default();
    for block in parse::outline(&arena, markdown).blocks {
        let mut skipping: Option<Node<'_>> = None;
        for edge in block.traverse() {
            match edge {
                NodeEdge::Start(node) if skipping.is_none() => {
                    if is_unsaid(node) {
                        skipping = Some(node);
                    }
                    saying.begin(node);
                }
                NodeEdge::Start(_) => {}
                NodeEdge::End(node) => {
                    if skipping.is_some_and(|top| top.same_node(node)) {
                        skipping = None;
                    }
                    if skipping.is_none() {
                        saying.end(node);
                    }
                }
            }
        }
    }
    saying.text
}

fn is_unsaid(node: Node<'_>) -> bool {
    match &node.data().value {
        NodeValue::CodeBlock(_) | NodeValue::HtmlBlock(_) | NodeValue::Image(_) => true,
        // An address that stands for itself.
        NodeValue::Link(link) => node.first_child().is_some_and(|inner| match &inner.data().value {
            NodeValue::Text(words) if inner.next_sibling().is_none() => {
                link.url.trim_end_matches('/').ends_with(words.trim_end_matches('/'))
            }
            _ => false,
        }),
        _ => false,
    }
}

#[derive(Default)]
struct Saying {
    text: String,
    gap: Gap,
}

#[derive(Clone, Copy, Default, PartialEq, PartialOrd)]
enum Gap {
    #[default]
    None,
    Word,
    Cell,
    Line,
}

impl Saying {
    fn begin(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::Text(words) => self.push(&leftover::without(words)),
            NodeValue::Code(code) => self.push(&code.literal),
            NodeValue::Math(math) if maths::is_price(math) => self.push(&format!("${}$", math.literal)),
            NodeValue::Math(math) => self.push(&math.literal),
            NodeValue::SoftBreak => self.leave(Gap::Word),
            NodeValue::LineBreak => self.leave(Gap::Line),
            value if value.block() && !matches!(value, NodeValue::TableCell) => self.leave(Gap::Line),
            _ => {}
        }
    }

    fn end(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::TableCell => self.leave(Gap::Cell),
            value if value.block() => self.leave(Gap::Line),
            _ => {}
        }
    }

    /// The next words stand apart, if any come.
    fn leave(&mut self, gap: Gap) {
        if !self.text.is_empty() && gap > self.gap {
            self.gap = gap;
        }
    }

    fn push(&mut self, words: &str) {
        for character in words.chars() {
            if character.is_whitespace() || character.is_control() {
                self.leave(Gap::Word);
                continue;
            }
            self.text.push_str(match std::mem::take(&mut self.gap) {
                Gap::None => "",
                Gap::Word => " ",
                Gap::Cell => ", ",
                Gap::Line => "\n",
            });
            self.text.push(character);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::spoken;

    #[test]
    fn what_somebody_would_say_is_said() {
        let answer = "# The river\n\nIt *rises* in the\nhills, see [the map](https://example.org/a).\n\n- One\n- Two `x`\n\n\
                      | a | b |\n|---|---|\n| 1 | 2 |\n";
        assert_eq!(spoken(answer), "The river\nIt rises in the hills, see the map.\nOne\nTwo x\na, b\n1, 2");
    }

    #[test]
    fn what_nobody_would_say_is_left_out() {
        let answer = "Look:\n\n```rust\nfn main() {}\n```\n\n<div>no</div>\n\n![a picture](https://example.org/p.png)\n\n\
                      Then go to https://example.org/long/address?x=1 or www.example.org and write to <anna@example.org>.";
        assert_eq!(spoken(answer), "Look:\nThen go to or and write to .");
        assert_eq!(
            spoken("[see https://example.org for more](https://example.org/a)"),
            "see https://example.org for more"
        );
        assert_eq!(spoken("```\nonly code\n```"), "");
        assert_eq!(spoken(""), "");
    }

    #[test]
    fn hostile_text_ends() {
        for text in ["[".repeat(5000), "> ".repeat(5000), "*".repeat(5000), "\u{0}\u{202e}".repeat(500)] {
            assert!(spoken(&text).len() <= text.len() * 2);
        }
    }
}
