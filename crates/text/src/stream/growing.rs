//! The open end of a stream: which part of the text is settled, and blocks that are settled from inside while they
//! still grow. It may be wrong about text that a later definition changes; the final rendering is not.

use comrak::{Arena, Node, nodes::NodeValue};

use super::{calm, known};
use crate::{
    html::{self, Aid},
    parse,
};

/// A block shorter than this, in bytes, is rendered as a whole; and paragraphs are cut in pieces about this long.
const LARGE: usize = 1024;

/// An open part longer than this, in bytes, is settled even where a footnote definition would like it open.
const HELD_BYTES: usize = 16 * 1024;

/// The part of the text that is rendered again with each patch.
#[derive(Default)]
pub struct Tail {
    /// Bytes of the text that are settled.
    pub cut: usize,
    /// Blocks that are settled.
    pub settled: usize,
    /// Whether the open block is code, which costs little however long it is.
    pub is_cheap: bool,
    growing: Option<Growing>,
    known: known::Known,
    /// Length of the open part at which cutting a paragraph was last tried.
    tried: usize,
}

/// A block whose first children are settled.
struct Growing {
    /// Where the block starts in the text.
    start: usize,
    open: String,
    body: String,
    close: String,
    /// Source that the parser needs to see before the rest: the head of a table.
    context: String,
    kind: Kind,
    is_loose: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    List { is_ordered: bool, mark: u8 },
    Table,
    Paragraph,
}

/// The parsed open part.
struct Open<'a> {
    blocks: Vec<Node<'a>>,
    footnotes: Vec<Node<'a>>,
    source: String,
    lines: Vec<usize>,
    /// Bytes of `source` that do not come from the text.
    lead: usize,
    /// Bytes of `source` up to its last line end: a line after that may still become anything.
    whole_lines: usize,
}

impl Tail {
    /// The blocks after the settled ones. Settles what can no longer change.
    pub fn render(&mut self, text: &str, aid: &mut Aid) -> Vec<String> {
        if let Some(blocks) = self.attempt(text, aid) {
            return blocks;
        }
        if let Some(growing) = self.growing.take() {
            self.cut = growing.start;
        }
        self.attempt(text, aid).unwrap_or_default()
    }

    /// Nothing when the growing block has turned into another kind, such as a paragraph that is underlined now.
    fn attempt(&mut self, text: &str, aid: &mut Aid) -> Option<Vec<String>> {
        let arena = Arena::new();
        let tail = text.get(self.cut..).unwrap_or_default();
        let open = self.parse(&arena, tail);
        if let (Some(growing), Some(first)) = (&self.growing, open.blocks.first())
            && kind(first) != Some(growing.kind)
        {
            return None;
        }
        let mut blocks = self.draw(&open, aid);
        blocks.extend(html::footnotes(&open.footnotes, aid));
        self.is_cheap =
            open.blocks.last().is_some_and(|node| matches!(node.data().value, NodeValue::CodeBlock(_)));
        if !self.settle_blocks(&open, tail) && open.blocks.len() == 1 && tail.len() > LARGE {
            self.settle_inside(&open, tail, aid);
        }
        Some(blocks)
    }

    fn parse<'a>(&self, arena: &'a Arena<'a>, tail: &str) -> Open<'a> {
        let mut source = self.known.source();
        if let Some(growing) = &self.growing {
            source.push_str(&growing.context);
        }
        let lead = source.len();
        source.push_str(&calm::shown(tail));
        let mut outline = parse::outline(arena, &source);
        if self.known.has_paragraph() && !outline.blocks.is_empty() {
            outline.blocks.remove(0);
        }
        Open {
            blocks: outline.blocks,
            footnotes: outline.footnotes,
            lines: parse::line_starts(&source),
            lead,
            whole_lines: lead + tail.rfind('\n').map_or(0, |at| at + 1),
            source,
        }
    }

    fn draw(&mut self, open: &Open<'_>, aid: &mut Aid) -> Vec<String> {
        let Some(growing) = &self.growing else {
            return open.blocks.iter().map(|node| html::whole(node, aid)).collect();
        };
        let mut blocks = vec![growing.joined(open.blocks.first().copied(), aid)];
        blocks.extend(open.blocks.iter().skip(1).map(|node| html::whole(node, aid)));
        blocks
    }

    /// Settles all blocks before the last one that begins on a whole line.
    fn settle_blocks(&mut self, open: &Open<'_>, tail: &str) -> bool {
        let held = known::first_note(tail).filter(|_| tail.len() < HELD_BYTES).unwrap_or(usize::MAX);
        let mut starts = open.blocks.iter().map(|node| open.start(node)).enumerate().skip(1);
        let fit = |(_, start): &(usize, usize)| *start < open.whole_lines && start - open.lead <= held;
        let Some((count, start)) = starts.rfind(fit) else { return false };
        self.growing = None;
        self.settled += count;
        self.move_cut(start - open.lead, tail);
        true
    }

    fn move_cut(&mut self, by: usize, tail: &str) {
        self.known.absorb(tail.get(..by).unwrap_or_default());
        self.cut += by;
        self.tried = 0;
    }

    fn settle_inside(&mut self, open: &Open<'_>, tail: &str, aid: &mut Aid) {
        let Some(&node) = open.blocks.first() else { return };
        match kind(node) {
            Some(Kind::List { .. }) => self.settle_items(open, node, tail, aid),
            Some(Kind::Table) => self.settle_rows(open, node, tail, aid),
            Some(Kind::Paragraph) => self.settle_sentences(tail, aid),
            None => {}
        }
    }

    /// Items before the last one that begins on a whole line.
    fn settle_items(&mut self, open: &Open<'_>, list: Node<'_>, tail: &str, aid: &mut Aid) {
        let starts = list.children().map(|item| open.start(item)).enumerate().skip(1);
        let Some((count, start)) = starts.filter(|(_, start)| *start < open.whole_lines).last() else {
            return;
        };
        let by = start - open.lead;
        let settled = tail.get(..by).unwrap_or_default();
        let parts = html::parts(list, aid);
        let growing = self.growing(list, &parts);
        growing.is_loose |= is_loose(&parts.open) || ends_blank(settled);
        growing.body.extend(parts.children.into_iter().take(count));
        self.move_cut(by, tail);
    }

    /// Rows on whole lines.
    fn settle_rows(&mut self, open: &Open<'_>, table: Node<'_>, tail: &str, aid: &mut Aid) {
        let rows = table.children().enumerate().skip(1);
        let whole = rows.filter(|(_, row)| open.start(row) < open.whole_lines).last();
        let Some((count, last)) = whole else { return };
        let by = open.line(parse::first_line(last) + 1) - open.lead;
        let is_new = self.growing.is_none();
        let head = parse::first_line(table);
        let context = open.source.get(open.line(head)..open.line(head + 2)).unwrap_or_default();
        let parts = html::parts(table, aid);
        let growing = self.growing(table, &parts);
        if is_new {
            context.clone_into(&mut growing.context);
        }
        growing.body.extend(parts.children.into_iter().take(count + 1).skip(usize::from(!is_new)));
        self.move_cut(by, tail);
    }

    /// Sentences in which every mark has found its partner.
    fn settle_sentences(&mut self, tail: &str, aid: &mut Aid) {
        if tail.len() < 2 * LARGE || tail.len() < self.tried + LARGE {
            return;
        }
        self.tried = tail.len();
        let Some(by) = calm::sentence_before(tail, tail.len() - LARGE / 2) else { return };
        let piece = tail.get(..by).unwrap_or_default();
        let arena = Arena::new();
        let open = self.parse(&arena, piece.trim_end());
        let [node] = open.blocks.as_slice() else { return };
        let is_resolved = calm::is_resolved(node) || piece.len() > HELD_BYTES / 2;
        if kind(node) != Some(Kind::Paragraph) || !is_resolved {
            return;
        }
        let parts = html::parts(node, aid);
        let growing = self.growing(node, &parts);
        growing.body.extend(parts.children);
        growing.body.push_str(piece.get(piece.trim_end().len()..).unwrap_or_default());
        self.move_cut(by, tail);
    }

    /// The growing block, which begins now if there was none.
    fn growing(&mut self, node: Node<'_>, parts: &html::Parts) -> &mut Growing {
        let start = self.cut;
        self.growing.get_or_insert_with(|| Growing {
            start,
            open: parts.open.clone(),
            body: String::new(),
            close: parts.close.clone(),
            context: String::new(),
            kind: kind(node).unwrap_or(Kind::Paragraph),
            is_loose: false,
        })
    }
}

impl Growing {
    /// The block with what `rest` adds to it.
    fn joined(&self, rest: Option<Node<'_>>, aid: &mut Aid) -> String {
        let parts = rest.map(|node| html::parts(node, aid));
        let is_loose = self.is_loose || parts.as_ref().is_some_and(|parts| is_loose(&parts.open));
        let fresh = parts.as_ref().map_or(0, |parts| parts.children.iter().map(String::len).sum());
        // The body may be long: room for all of it at once saves copying it again.
        let mut joined =
            String::with_capacity(self.open.len() + LOOSE.len() + self.body.len() + fresh + self.close.len());
        joined.push_str(&self.open);
        if is_loose && matches!(self.kind, Kind::List { .. }) && !self::is_loose(&joined) {
            joined.insert_str(joined.len() - 1, LOOSE);
        }
        joined.push_str(&self.body);
        let repeated = usize::from(self.kind == Kind::Table);
        joined.extend(parts.into_iter().flat_map(|parts| parts.children.into_iter().skip(repeated)));
        joined.push_str(&self.close);
        joined
    }
}

impl Open<'_> {
    fn start(&self, node: Node<'_>) -> usize {
        self.line(parse::first_line(node))
    }

    fn line(&self, number: usize) -> usize {
        self.lines.get(number).copied().unwrap_or(self.source.len()).max(self.lead)
    }
}

const LOOSE: &str = " class=\"loose\"";

fn is_loose(open: &str) -> bool {
    open.contains(LOOSE)
}

fn ends_blank(settled: &str) -> bool {
    settled.lines().next_back().is_some_and(|line| line.trim().is_empty())
}

fn kind(node: Node<'_>) -> Option<Kind> {
    match &node.data().value {
        NodeValue::List(list) => {
            let is_ordered = list.list_type == comrak::nodes::ListType::Ordered;
            let mark = if is_ordered { list.delimiter as u8 } else { list.bullet_char };
            Some(Kind::List { is_ordered, mark })
        }
        NodeValue::Table(_) => Some(Kind::Table),
        NodeValue::Paragraph => Some(Kind::Paragraph),
        _ => None,
    }
}
