//! Web pages: what a reader of the page would read. Scripts, styles and hidden parts are left out; nothing is loaded.

use scraper::node::Element;
use scraper::{Html, Node};

use crate::writing::Writing;

/// What is never read aloud.
const UNSEEN: &[&str] = &[
    "canvas", "dialog", "head", "iframe", "math", "noscript", "object", "script", "select", "style", "svg",
    "template", "textarea",
];
/// What stands on lines of its own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "body",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "section",
    "tr",
];
/// What has an empty line around it.
const PARAGRAPHS: &[&str] =
    &["blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"];

pub(crate) fn read(page: &str, writing: &mut Writing) {
    let parsed = Html::parse_document(page);
    let mut visible = Visible { writing, blank: false, verbatim: 0 };
    let mut node = parsed.tree.root();
    // Depth first and without recursion, for pages nest as deep as they like.
    while !visible.writing.is_full() {
        if visible.open(node.value())
            && let Some(child) = node.first_child()
        {
            node = child;
            continue;
        }
        loop {
            visible.close(node.value());
            if let Some(sibling) = node.next_sibling() {
                node = sibling;
                break;
            }
            let Some(parent) = node.parent() else { return };
            node = parent;
        }
    }
}

/// The visible text of a page while it is gathered.
struct Visible<'out> {
    writing: &'out mut Writing,
    /// A blank is owed before the next word on this line.
    blank: bool,
    /// Elements around us that keep their blanks.
    verbatim: u32,
}

impl Visible<'_> {
    /// Begins a node; false when what is inside of it is not seen.
    fn open(&mut self, node: &Node) -> bool {
        match node {
            Node::Text(text) if self.verbatim > 0 => self.writing.push(text),
            Node::Text(text) => self.words(text),
            Node::Element(element) if is_unseen(element) => return false,
            Node::Element(element) => self.begin(element),
            _ => {}
        }
        true
    }

    fn begin(&mut self, element: &Element) {
        let name = element.name();
        self.set_apart(name);
        match name {
            "br" => self.line(),
            "li" => self.writing.push("- "),
            "td" | "th" if !self.starts_line() => self.writing.push(" | "),
            "pre" => self.verbatim += 1,
            "img" => self.words(element.attr("alt").unwrap_or_default()),
            _ => {
                if let Some(level) = level(name) {
                    self.writing.push(&format!("{} ", "#".repeat(level)));
                }
            }
        }
    }

    fn close(&mut self, node: &Node) {
        let Node::Element(element) = node else { return };
        if is_unseen(element) {
            return;
        }
        if element.name() == "pre" {
            self.verbatim = self.verbatim.saturating_sub(1);
        }
        self.set_apart(element.name());
    }

    fn set_apart(&mut self, name: &str) {
        if PARAGRAPHS.contains(&name) {
            self.blank = false;
            self.writing.end_paragraph();
        } else if BLOCKS.contains(&name) {
            self.line();
        }
    }

    fn line(&mut self) {
        self.blank = false;
        self.writing.end_line();
    }

    /// Words with one blank between them, however many stand in the source.
    fn words(&mut self, text: &str) {
        let mut first = true;
        for word in text.split_whitespace() {
            let apart = if first { self.blank || text.starts_with(char::is_whitespace) } else { true };
            if apart && !self.starts_line() {
                self.writing.push(" ");
            }
            self.writing.push(word);
            (first, self.blank) = (false, false);
        }
        self.blank |= text.ends_with(char::is_whitespace);
    }

    fn starts_line(&self) -> bool {
        self.writing.ends_with(&['\n', ' '])
    }
}

fn level(name: &str) -> Option<usize> {
    name.strip_prefix('h')?.parse().ok().filter(|level| (1..=6).contains(level))
}

fn is_unseen(element: &Element) -> bool {
    UNSEEN.contains(&element.name())
        || element.attr("hidden").is_some()
        || element.attr("aria-hidden") == Some("true")
        || element.attr("style").is_some_and(|style| {
            let style: String = style.split_whitespace().collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Kind, Limits};

    fn text(page: &str) -> String {
        let mut writing = Writing::new(&Limits::default());
        read(page, &mut writing);
        writing.finish(Kind::Html).unwrap().text
    }

    #[test]
    fn a_page_reads_as_a_person_reads_it() {
        let page = "<!doctype html><title>Not read</title><style>p{}</style><h1>Bread</h1>
            <p>Flour   and <b>water</b>,\n kneaded.<p hidden>secret</p><ul><li>one<li>two</ul>
            <table><tr><th>Day<th>Hours</tr><tr><td>Mon<td>2</tr></table>
            <script>alert(1)</script><pre>a\n  b</pre><div style='display: none'>gone</div>";
        let read = "# Bread\n\nFlour and water, kneaded.\n\n- one\n- two\n\nDay | Hours\nMon | 2\n\na\n  b";
        assert_eq!(text(page), read);
    }

    #[test]
    fn words_across_tags_stay_apart_as_they_stood() {
        assert_eq!(text("<p>un<b>break</b>able and <i>free</i> <u>style</u>"), "unbreakable and free style");
    }

    #[test]
    fn depth_costs_no_stack() {
        let page = format!("{}deep", "<div>".repeat(1_000));
        assert_eq!(text(&page), "deep");
    }
}
