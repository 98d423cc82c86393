//! The tree into HTML; it writes only elements and attributes named in this folder and refuses to copy markup.

mod block;
mod inline;
mod picture;
mod source;

use comrak::{Arena, Node, arena_tree::NodeEdge};

use crate::{beside::Beside, code::Memo, lenient, parse};

/// Elements nested deeper than this are left out and only their text is kept: browsers give up near 500, and nobody
/// reads that far.
const DEEPEST: usize = 120;

/// What rendering leans on: code coloured before, and what is known beside the text.
#[derive(Default)]
pub struct Aid {
    pub memo: Memo,
    pub beside: Beside,
}

impl Aid {
    pub fn new(beside: Beside) -> Self {
        Self { memo: Memo::default(), beside }
    }
}

/// Renders a document; code seen before is taken from `aid` instead of being highlighted again.
pub fn document(markdown: &str, aid: &mut Aid) -> Vec<String> {
    let arena = Arena::new();
    let source = lenient::source(markdown);
    let outline = parse::outline(&arena, &source);
    let mut blocks: Vec<String> = outline.blocks.iter().map(|node| whole(node, aid)).collect();
    blocks.extend(footnotes(&outline.footnotes, aid));
    blocks
}

/// One node with everything in it.
pub fn whole(node: Node<'_>, aid: &mut Aid) -> String {
    let mut writer = Writer::new(aid);
    writer.walk(node);
    writer.out
}

/// A block taken apart, so that a growing one can be put together again without rendering all of it.
pub struct Parts {
    /// The start tag, with any wrapper around it.
    pub open: String,
    /// Each child by itself.
    pub children: Vec<String>,
    /// The end tag.
    pub close: String,
}

/// Renders the children of a block one by one.
pub fn parts(node: Node<'_>, aid: &mut Aid) -> Parts {
    let mut piece = |draw: &dyn Fn(&mut Writer)| {
        let mut writer = Writer::new(aid);
        draw(&mut writer);
        writer.out
    };
    Parts {
        open: piece(&|writer| writer.open(node)),
        close: piece(&|writer| writer.close(node)),
        children: node.children().map(|child| piece(&|writer| writer.walk(child))).collect(),
    }
}

/// The section of notes at the end, when there are any.
pub fn footnotes(notes: &[Node<'_>], aid: &mut Aid) -> Option<String> {
    if notes.is_empty() {
        return None;
    }
    let mut section = String::from("<section class=\"footnotes\"><ol>");
    for (at, note) in notes.iter().enumerate() {
        let number = (at + 1).to_string();
        match &aid.beside.page {
            Some(page) => section.extend(["<li id=\"", page, "-", &number, "\">"]),
            None => section.extend(["<li data-footnote=\"", &number, "\" tabindex=\"-1\">"]),
        }
        for child in note.children() {
            section.push_str(&whole(child, aid));
        }
        section.push_str("</li>");
    }
    section.push_str("</ol></section>");
    Some(section)
}

/// Walks a tree without recursion, so that no nesting can exhaust the stack.
struct Writer<'m> {
    out: String,
    aid: &'m mut Aid,
    depth: usize,
    /// How many links are open: a link inside a link would end the outer one.
    links: usize,
    /// The column of the next table cell.
    column: usize,
}

impl<'m> Writer<'m> {
    fn new(aid: &'m mut Aid) -> Self {
        Self { out: String::new(), aid, depth: 0, links: 0, column: 0 }
    }

    fn walk<'a>(&mut self, top: Node<'a>) {
        let mut skipping: Option<Node<'a>> = None;
        for edge in top.traverse() {
            match edge {
                NodeEdge::Start(node) if skipping.is_none() => {
                    if self.wrote_picture(node) || self.wrote_progress(node) {
                        self.depth += 1;
                        skipping = Some(node);
                    } else {
                        self.start(node);
                    }
                }
                NodeEdge::End(node) => match skipping {
                    Some(skipped) if skipped.same_node(node) => {
                        skipping = None;
                        self.depth -= 1;
                    }
                    Some(_) => {}
                    None => self.end(node),
                },
                NodeEdge::Start(_) => {}
            }
        }
    }

    fn start(&mut self, node: Node<'_>) {
        self.depth += 1;
        if self.depth <= DEEPEST || node.first_child().is_none() {
            self.open(node);
        }
    }

    fn end(&mut self, node: Node<'_>) {
        if self.depth <= DEEPEST || node.first_child().is_none() {
            self.close(node);
        }
        self.depth -= 1;
    }

    fn open(&mut self, node: Node<'_>) {
        if !self.open_block(node) {
            self.open_inline(node);
        }
    }

    fn close(&mut self, node: Node<'_>) {
        if !self.close_block(node) {
            self.close_inline(node);
        }
    }
}
