//! The second pair of eyes on generated `MathML`: it is rebuilt from a list of known names, and one unknown name
//! refuses the whole formula. Nothing here trusts that the writer escaped what it copied from a formula.

use crate::escape;

#[rustfmt::skip]
const ELEMENTS: [&str; 22] = [
    "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mprescripts", "mroot", "mrow", "ms",
    "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtext", "munder", "munderover",
];
const ROWS: [&str; 3] = ["mtr", "mtd", "none"];

#[rustfmt::skip]
const ATTRIBUTES: [&str; 22] = [
    "accent", "accentunder", "class", "columnalign", "columnspan", "depth", "display", "displaystyle", "height",
    "largeop", "linethickness", "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "rowspan", "rspace",
    "scriptlevel", "stretchy", "symmetric", "width",
];

/// The formula with only known elements and attributes, every text escaped anew; nothing when it is not well formed
/// or holds any other element. Inline styles are dropped: the page's policy forbids them.
pub fn clean(mathml: &str) -> Option<String> {
    let mut out = String::with_capacity(mathml.len());
    let mut open: Vec<&str> = Vec::new();
    let mut rest = mathml;
    while !rest.is_empty() {
        let at = next_tag(rest);
        let (text, from) = rest.split_at(at);
        push_text(&mut out, text);
        if from.is_empty() {
            break;
        }
        let end = from.find('>')?;
        push_tag(&mut out, from.get(1..end)?, &mut open)?;
        rest = from.get(end + 1..)?;
    }
    open.is_empty().then_some(out)
}

/// Where the next tag starts: a `<` before anything but a name or a slash is a relation, not a tag.
fn next_tag(text: &str) -> usize {
    let starts = |at: &usize| {
        let after = text.as_bytes().get(at + 1);
        after.is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?'))
    };
    text.match_indices('<').map(|(at, _)| at).find(starts).unwrap_or(text.len())
}

fn push_text(out: &mut String, text: &str) {
    let plain =
        text.replace("&nbsp;", "\u{a0}").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    escape::push(out, &plain);
}

fn push_tag<'t>(out: &mut String, tag: &'t str, open: &mut Vec<&'t str>) -> Option<()> {
    if let Some(name) = tag.strip_prefix('/') {
        (open.pop()? == name).then_some(())?;
        out.push_str("</");
        out.push_str(name);
        out.push('>');
        return Some(());
    }
    let (tag, is_empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
    let name_end = tag.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tag.len());
    let (name, attributes) = tag.split_at(name_end);
    is_known(name, open.is_empty() && out.is_empty()).then_some(())?;
    out.push('<');
    out.push_str(name);
    push_attributes(out, attributes)?;
    out.push_str(if is_empty { "/>" } else { ">" });
    if !is_empty {
        open.push(name);
    }
    Some(())
}

fn is_known(name: &str, is_root: bool) -> bool {
    if is_root { name == "math" } else { ELEMENTS.contains(&name) || ROWS.contains(&name) }
}

fn push_attributes(out: &mut String, attributes: &str) -> Option<()> {
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        rest = after.trim_start();
        if ATTRIBUTES.contains(&name) && value.chars().all(is_plain) {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(value);
            out.push('"');
        }
    }
    Some(())
}

fn is_plain(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, ' ' | '.' | '-' | '_' | '%')
}
