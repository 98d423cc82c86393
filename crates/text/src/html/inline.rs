//! Inline elements: emphasis, links, formulas, footnote references; it never lets a link or a picture load anything.

use comrak::{
    Node,
    nodes::{NodeLink, NodeValue},
};

use super::Writer;
use crate::{escape, leftover, link, maths, relay};

impl Writer<'_> {
    pub(super) fn open_inline(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::Text(text) => self.text(&leftover::without(text)),
            NodeValue::Code(code) => self.wrapped("<code>", &code.literal, "</code>"),
            NodeValue::HtmlInline(raw) => self.raw(raw),
            NodeValue::SoftBreak => self.out.push('\n'),
            NodeValue::LineBreak => self.out.push_str("<br>\n"),
            NodeValue::Emph => self.out.push_str("<em>"),
            NodeValue::Strong => self.out.push_str("<strong>"),
            NodeValue::Strikethrough => self.out.push_str("<del>"),
            NodeValue::Math(math) => maths::inline(&mut self.out, math),
            NodeValue::Link(target) => self.open_link(target),
            NodeValue::FootnoteReference(reference) => self.footnote(reference.ix),
            _ => {}
        }
    }

    pub(super) fn close_inline(&mut self, node: Node<'_>) {
        match &node.data().value {
            NodeValue::Emph => self.out.push_str("</em>"),
            NodeValue::Strong => self.out.push_str("</strong>"),
            NodeValue::Strikethrough => self.out.push_str("</del>"),
            NodeValue::Link(target) => self.close_link(target),
            _ => {}
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.links > 0 {
            escape::push_label(&mut self.out, text);
        } else {
            self.text_with_sources(text);
        }
    }

    fn wrapped(&mut self, open: &str, text: &str, close: &str) {
        self.out.push_str(open);
        self.text(text);
        self.out.push_str(close);
    }

    /// Inline HTML is text, but for the line break that models write into table cells for want of anything better.
    fn raw(&mut self, raw: &str) {
        match raw {
            "<br>" | "<br/>" | "<br />" => self.out.push_str("<br>"),
            _ if self.links == 0 && self.wrote_tags(raw) => {}
            _ => self.text(raw),
        }
    }

    fn open_link(&mut self, target: &NodeLink) {
        let Some(href) = link::href(&target.url) else { return };
        self.links += 1;
        if self.links > 1 {
            return;
        }
        match relay::command(&href) {
            Some(_) if self.aid.beside.page.is_some() => {}
            Some(said) => {
                self.out.push_str("<button type=\"button\" class=\"command\" data-say=\"");
                escape::push(&mut self.out, &said);
                self.out.push_str("\">");
            }
            None => self.anchor("", &href, &target.title),
        }
    }

    fn close_link(&mut self, target: &NodeLink) {
        let Some(href) = link::href(&target.url) else { return };
        self.links -= 1;
        if self.links == 0 {
            let end = match relay::command(&href) {
                None => "</a>",
                Some(_) if self.aid.beside.page.is_some() => "",
                Some(_) => "</button>",
            };
            self.out.push_str(end);
        }
    }

    pub(super) fn anchor(&mut self, class: &str, href: &str, title: &str) {
        self.out.push_str("<a ");
        self.out.push_str(class);
        self.out.push_str("href=\"");
        escape::push(&mut self.out, href);
        if !title.is_empty() {
            self.out.push_str("\" title=\"");
            escape::push_label(&mut self.out, title);
        }
        self.out.push_str("\" rel=\"noreferrer noopener\">");
    }

    fn footnote(&mut self, number: u32) {
        let number = number.to_string();
        if self.links > 0 {
            self.out.extend(["<sup>", &number, "</sup>"]);
        } else if let Some(page) = &self.aid.beside.page {
            self.out.extend(["<sup><a href=\"#", page, "-", &number, "\">", &number, "</a></sup>"]);
        } else {
            let open = "<sup><button type=\"button\" data-footref=\"";
            self.out.extend([open, &number, "\">", &number, "</button></sup>"]);
        }
    }
}
