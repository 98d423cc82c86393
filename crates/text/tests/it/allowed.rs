//! The list of what may be in an answer's HTML, checked on the tree that a real HTML parser makes of it.

use scraper::{Html, Node, node::Element};

#[rustfmt::skip]
const PLAIN: &[&str] = &[
    "p", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "hr", "br", "em", "strong", "del", "code", "pre",
    "div", "table", "thead", "tbody", "tr", "th", "td", "span", "a", "sup", "section", "label", "input", "button",
    "progress",
];

#[rustfmt::skip]
const MATHS: &[&str] = &[
    "math", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow",
    "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder",
    "munderover", "none",
];

#[rustfmt::skip]
const MATHS_ATTRIBUTES: &[&str] = &[
    "accent", "accentunder", "class", "columnalign", "columnspan", "depth", "display", "displaystyle", "height",
    "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "rowspan", "rspace",
    "scriptlevel", "stretchy", "symmetric", "width",
];

#[rustfmt::skip]
const CLASSES: &[&str] = &[
    "code", "c-word", "c-string", "c-number", "c-note", "c-name", "c-plus", "c-minus", "table", "end", "center",
    "task", "remote-picture", "maths", "raw", "loose", "footnotes", "command",
];

/// Panics when a block holds anything that is not on the list.
pub fn assert_allowed(blocks: &[String], source: &str) {
    for block in blocks {
        let page = Html::parse_fragment(block);
        for node in page.tree.nodes() {
            match node.value() {
                Node::Element(element) if node.parent().and_then(|parent| parent.parent()).is_some() => {
                    assert_element(element, source, block);
                }
                Node::Comment(_) | Node::ProcessingInstruction(_) | Node::Doctype(_) => {
                    panic!("only elements and text may come out\nsource: {source:?}\nhtml: {block}");
                }
                _ => {}
            }
        }
    }
}

fn assert_element(element: &Element, source: &str, html: &str) {
    let name = element.name();
    let is_maths = MATHS.contains(&name);
    assert!(
        is_maths || PLAIN.contains(&name),
        "<{name}> is not on the list\nsource: {source:?}\nhtml: {html}"
    );
    for (attribute, value) in element.attrs() {
        let fits = if is_maths {
            is_maths_attribute(attribute, value)
        } else {
            is_attribute(name, attribute, value)
        };
        assert!(fits, "<{name} {attribute}={value:?}> is not on the list\nsource: {source:?}\nhtml: {html}");
    }
}

fn is_attribute(element: &str, attribute: &str, value: &str) -> bool {
    match (element, attribute) {
        (_, "class") => CLASSES.contains(&value),
        ("a", "href") => is_address(value),
        ("a", "title") => true,
        ("a", "rel") => value == "noreferrer noopener",
        ("pre", "data-language") => value.chars().all(|c| c.is_alphanumeric() || "+#.-_".contains(c)),
        ("pre" | "div" | "span", "tabindex") => value == "0",
        ("li", "tabindex") => value == "-1",
        ("ol", "start")
        | ("button", "data-footref")
        | ("li", "data-footnote")
        | ("progress", "max" | "value") => is_number(value),
        ("button", "type") => value == "button",
        ("button", "data-say") => {
            value.starts_with('/') && value.chars().all(|c| c.is_ascii_alphanumeric() || "/ -_".contains(c))
        }
        ("th", "scope") => value == "col",
        ("input", "type") => value == "checkbox",
        ("input", "disabled" | "checked") | ("progress", "hidden") => value.is_empty(),
        _ => false,
    }
}

fn is_maths_attribute(attribute: &str, value: &str) -> bool {
    let is_plain = value.chars().all(|c| c.is_ascii_alphanumeric() || " .-_%".contains(c));
    MATHS_ATTRIBUTES.contains(&attribute) && is_plain
}

fn is_address(value: &str) -> bool {
    let scheme_fits = ["http://", "https://", "mailto:"].iter().any(|scheme| value.starts_with(scheme));
    scheme_fits && value.is_ascii() && !value.contains(|c: char| c.is_ascii_control() || c.is_whitespace())
}

fn is_number(value: &str) -> bool {
    !value.is_empty() && value.chars().all(|c| c.is_ascii_digit())
}

#[test]
fn the_list_catches_what_is_not_on_it() {
    let hostile = [
        "<img src=x>",
        "<p onclick=x>",
        "<a href='javascript:x'>",
        "<a href='//x.example'>",
        "<span style='x'>",
        "<div class='dialog'>",
        "<math><mi href='x'></mi></math>",
        "<svg></svg>",
        "<p><!-- x --></p>",
    ];
    for html in hostile {
        let caught = std::panic::catch_unwind(|| assert_allowed(&[html.to_owned()], html));
        assert!(caught.is_err(), "{html} must not pass");
    }
}
