//! Block elements: paragraphs, headings, lists, quotes, tables, code; it knows nothing of what stands inside them.

use comrak::{
    Node,
    nodes::{ListType, NodeList, NodeTaskItem, NodeValue, TableAlignment},
};

use super::Writer;
use crate::{code, escape, find, plain, relay};

/// `#` becomes `h3`: the page and the message have the levels above.
const HEADING_SHIFT: u8 = 2;

impl Writer<'_> {
    /// Opens a block; false when the node is none.
    pub(super) fn open_block(&mut self, node: Node<'_>) -> bool {
        match &node.data().value {
            NodeValue::Paragraph => self.open_paragraph(node),
            NodeValue::Heading(heading) => self.tag("<h", heading.level),
            NodeValue::BlockQuote => self.out.push_str("<blockquote>"),
            NodeValue::List(list) => self.open_list(list),
            NodeValue::Item(_) => self.out.push_str("<li>"),
            NodeValue::TaskItem(_) => self.out.push_str("<li class=\"task\">"),
            NodeValue::CodeBlock(block) => self.code_block(&block.info, &block.literal),
            NodeValue::HtmlBlock(block) => self.raw_block(&block.literal),
            NodeValue::ThematicBreak => self.out.push_str("<hr>"),
            NodeValue::Table(_) => self.out.push_str("<div class=\"table\" tabindex=\"0\"><table>"),
            NodeValue::TableRow(header) => self.open_row(*header),
            NodeValue::TableCell => self.open_cell(node),
            _ => return false,
        }
        true
    }

    /// Closes a block; false when the node is none.
    pub(super) fn close_block(&mut self, node: Node<'_>) -> bool {
        match &node.data().value {
            NodeValue::Paragraph => self.close_paragraph(node),
            NodeValue::Heading(heading) => self.tag("</h", heading.level),
            NodeValue::BlockQuote => self.out.push_str("</blockquote>"),
            NodeValue::List(list) => self.out.push_str(if is_ordered(list) { "</ol>" } else { "</ul>" }),
            NodeValue::Item(_) | NodeValue::TaskItem(_) => self.out.push_str("</li>"),
            NodeValue::CodeBlock(_) | NodeValue::HtmlBlock(_) | NodeValue::ThematicBreak => {}
            NodeValue::Table(_) => self.close_table(node),
            NodeValue::TableRow(true) => self.close_header(node),
            NodeValue::TableRow(false) => self.out.push_str("</tr>"),
            NodeValue::TableCell => self.out.push_str(if in_header(node) { "</th>" } else { "</td>" }),
            _ => return false,
        }
        true
    }

    fn tag(&mut self, start: &str, level: u8) {
        let level = (level + HEADING_SHIFT).min(6);
        self.out.extend([start, &level.to_string(), ">"]);
    }

    fn open_paragraph(&mut self, node: Node<'_>) {
        self.out.push_str("<p>");
        if let Some(task) = task_named_by(node) {
            let checked = if task.symbol.is_some() { " checked" } else { "" };
            self.out.extend(["<label><input type=\"checkbox\" disabled", checked, "> "]);
        }
    }

    fn close_paragraph(&mut self, node: Node<'_>) {
        self.out.push_str(if task_named_by(node).is_some() { "</label></p>" } else { "</p>" });
    }

    fn open_list(&mut self, list: &NodeList) {
        self.out.push_str(if is_ordered(list) { "<ol" } else { "<ul" });
        if is_ordered(list) && list.start != 1 {
            self.out.extend([" start=\"", &list.start.to_string(), "\""]);
        }
        self.out.push_str(if list.tight { ">" } else { " class=\"loose\">" });
    }

    /// Writes lines that say how far a picture is as a bar; false where a block says anything else. A fence that counts is
    /// the bar alone; lines of words keep their words, for anybody may write such a line.
    pub(super) fn wrote_progress(&mut self, node: Node<'_>) -> bool {
        match &node.data().value {
            NodeValue::CodeBlock(block) if block.info.trim() == "progress" => {
                let Some(percent) = relay::progress(&block.literal, true) else { return false };
                self.bar(percent, if percent == 100 { " hidden" } else { "" });
            }
            NodeValue::Paragraph => {
                let lines = plain::lines(node);
                let Some(percent) = relay::progress(&lines, false) else { return false };
                self.out.push_str("<p>");
                self.bar(percent, "");
                escape::push(&mut self.out, &lines);
                self.out.push_str("</p>");
            }
            _ => return false,
        }
        true
    }

    fn bar(&mut self, percent: u8, hidden: &str) {
        let percent = percent.to_string();
        self.out.extend([
            "<progress max=\"100\" value=\"",
            &percent,
            "\"",
            hidden,
            ">",
            &percent,
            "%</progress>",
        ]);
    }

    fn code_block(&mut self, info: &str, literal: &str) {
        if !(find::holds_only_tags(info, literal) && self.wrote_tags_as_block(literal)) {
            code::block(&mut self.out, info, literal, &mut self.aid.memo);
        }
    }

    fn wrote_tags_as_block(&mut self, html: &str) -> bool {
        let before = self.out.len();
        self.out.push_str("<p>");
        let wrote = self.wrote_tags(html);
        if wrote {
            self.out.push_str("</p>");
        } else {
            self.out.truncate(before);
        }
        wrote
    }

    fn raw_block(&mut self, literal: &str) {
        if find::holds_only_tags("", literal) && self.wrote_tags_as_block(literal) {
            return;
        }
        self.out.push_str("<p class=\"raw\">");
        escape::push(&mut self.out, literal.trim_end());
        self.out.push_str("</p>");
    }

    fn open_row(&mut self, header: bool) {
        self.column = 0;
        self.out.push_str(if header { "<thead><tr>" } else { "<tr>" });
    }

    fn open_cell(&mut self, node: Node<'_>) {
        self.out.push_str(if in_header(node) { "<th scope=\"col\"" } else { "<td" });
        let column = self.column;
        self.column += 1;
        self.out.push_str(match alignment(node, column) {
            TableAlignment::Right => " class=\"end\">",
            TableAlignment::Center => " class=\"center\">",
            TableAlignment::Left | TableAlignment::None => ">",
        });
    }

    fn close_header(&mut self, node: Node<'_>) {
        self.out.push_str("</tr></thead>");
        if node.next_sibling().is_some() {
            self.out.push_str("<tbody>");
        }
    }

    fn close_table(&mut self, node: Node<'_>) {
        let has_body =
            node.last_child().is_some_and(|row| matches!(row.data().value, NodeValue::TableRow(false)));
        self.out.push_str(if has_body { "</tbody></table></div>" } else { "</table></div>" });
    }
}

fn is_ordered(list: &NodeList) -> bool {
    list.list_type == ListType::Ordered
}

/// The task whose first paragraph this is: its words become the label of the checkbox.
fn task_named_by(paragraph: Node<'_>) -> Option<NodeTaskItem> {
    if paragraph.previous_sibling().is_some() {
        return None;
    }
    match &paragraph.parent()?.data().value {
        NodeValue::TaskItem(task) => Some(*task),
        _ => None,
    }
}

fn in_header(cell: Node<'_>) -> bool {
    cell.parent().is_some_and(|row| matches!(row.data().value, NodeValue::TableRow(true)))
}

fn alignment(cell: Node<'_>, column: usize) -> TableAlignment {
    let table = cell.parent().and_then(comrak::arena_tree::Node::parent);
    match table.map(|table| table.data()).as_ref().map(|data| &data.value) {
        Some(NodeValue::Table(table)) => {
            table.alignments.get(column).copied().unwrap_or(TableAlignment::None)
        }
        _ => TableAlignment::None,
    }
}
