//! Pictures and films: those that are here as pictures without an address, those elsewhere as words that say so. It never
//! writes an address that a page would load by itself.

use comrak::{
    Node,
    nodes::{NodeLink, NodeValue},
};

use super::Writer;
use crate::{
    beside::{Picture, State},
    escape, find, link, plain,
};

impl Writer<'_> {
    /// Writes a node that is shown as a picture, and everything in it; false when it is none.
    pub(super) fn wrote_picture(&mut self, node: Node<'_>) -> bool {
        match &node.data().value {
            NodeValue::Image(target) => {
                self.picture(node, target);
                true
            }
            NodeValue::Link(target) if self.links == 0 => self.wrote_link(node, target),
            _ => false,
        }
    }

    /// Writes the pictures of a piece of HTML in its place, if they are known.
    pub(super) fn wrote_tags(&mut self, html: &str) -> bool {
        let tags = find::tags(html);
        let known: Vec<_> =
            tags.iter().filter_map(|tag| Some((self.known(&tag.address)?, &tag.words))).collect();
        for (picture, words) in &known {
            self.shown(picture, words, None);
        }
        !known.is_empty()
    }

    /// A picture elsewhere would tell its host who reads, so it becomes a link that says what is there.
    fn picture(&mut self, node: Node<'_>, target: &NodeLink) {
        let mut label = plain::words(node);
        let href = link::href(&target.url).filter(|href| self.links == 0 && href.starts_with("http"));
        if self.links == 0
            && let Some(picture) = self.known(&target.url)
        {
            return self.shown(&picture, &label, href);
        }
        if label.trim().is_empty() {
            label = href.clone().unwrap_or_default();
        }
        match href {
            Some(href) => {
                self.anchor("class=\"remote-picture\" ", &href, &target.title);
                escape::push_label(&mut self.out, &label);
                self.out.push_str("</a>");
            }
            None => self.text(&label),
        }
    }

    /// A link around a picture, or a bare address of one that has a paragraph for itself.
    fn wrote_link(&mut self, node: Node<'_>, target: &NodeLink) -> bool {
        let href = link::href(&target.url);
        if let Some((address, words)) = only_picture_in(node)
            && let Some(picture) = self.known(&address)
        {
            self.shown(&picture, &words, None);
            // What stands around a picture leads mostly to that very picture.
            if let Some(href) = href.filter(|_| address != target.url) {
                self.anchor("", &href, &target.title);
                escape::push_label(&mut self.out, &href);
                self.out.push_str("</a>");
            }
            return true;
        }
        if is_alone(node)
            && plain::words(node) == target.url
            && let Some(picture) = self.known(&target.url)
        {
            self.shown(&picture, "", href);
            return true;
        }
        false
    }

    fn known(&self, address: &str) -> Option<Picture> {
        self.aid.beside.pictures.get(address).cloned()
    }

    fn shown(&mut self, picture: &Picture, words: &str, href: Option<String>) {
        let named = |element: &str, class: &str| format!("<{element} class=\"{class}\" data-attachment=\"");
        let alone = self.aid.beside.page.is_some();
        match &picture.state {
            State::Kept { media, width, height } if alone => {
                self.out.push_str("<img src=\"");
                escape::push(&mut self.out, media);
                self.out.push_str("\" alt=\"");
                self.alt(words, *width, *height);
            }
            State::Film { media } if alone => {
                self.out.push_str("<video controls src=\"");
                escape::push(&mut self.out, media);
                self.out.push_str("\"></video>");
            }
            State::Kept { media, width, height } => {
                self.out.push_str(&named("button type=\"button\"", "picture"));
                self.names(&picture.id, "data-media", media);
                self.out.push_str("<img alt=\"");
                self.alt(words, *width, *height);
                self.out.push_str("</button>");
            }
            State::Film { media } => {
                self.out.push_str(&named("span", "film"));
                self.names(&picture.id, "data-media", media);
                escape::push_label(&mut self.out, words);
                self.out.push_str("</span>");
            }
            State::Waiting => self.stand_in(&picture.id, "waiting", words, href),
            State::Failed => self.stand_in(&picture.id, "failed", words, href),
        }
    }

    /// The rest of an image from its words on.
    fn alt(&mut self, words: &str, width: u32, height: u32) {
        escape::push_label(&mut self.out, words);
        if width > 0 && height > 0 {
            let (width, height) = (width.to_string(), height.to_string());
            self.out.extend(["\" width=\"", &width, "\" height=\"", &height]);
        }
        self.out.push_str("\">");
    }

    fn stand_in(&mut self, id: &str, state: &str, words: &str, href: Option<String>) {
        self.out.push_str("<span class=\"picture\" data-attachment=\"");
        self.names(id, "data-state", state);
        match href {
            Some(href) => {
                self.anchor("", &href, "");
                escape::push_label(&mut self.out, if words.trim().is_empty() { &href } else { words });
                self.out.push_str("</a>");
            }
            None => escape::push_label(&mut self.out, words),
        }
        self.out.push_str("</span>");
    }

    /// The rest of a start tag: whose it is, and one thing more.
    fn names(&mut self, id: &str, attribute: &str, value: &str) {
        escape::push_label(&mut self.out, id);
        self.out.extend(["\" ", attribute, "=\""]);
        escape::push_label(&mut self.out, value);
        self.out.push_str("\">");
    }
}

/// The address and the words of a picture that is all that a node holds.
fn only_picture_in(node: Node<'_>) -> Option<(String, String)> {
    let only = node.first_child().filter(|child| child.next_sibling().is_none())?;
    match &only.data().value {
        NodeValue::Image(target) => Some((target.url.clone(), plain::words(only))),
        _ => None,
    }
}

/// Whether a node is all that its paragraph holds.
fn is_alone(node: Node<'_>) -> bool {
    let has_neighbours = node.previous_sibling().is_some() || node.next_sibling().is_some();
    let in_paragraph = node.parent().is_some_and(|it| matches!(it.data().value, NodeValue::Paragraph));
    in_paragraph && !has_neighbours
}
