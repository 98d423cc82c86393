//! The pictures that a text names, wherever models hide them: in markdown, as bare addresses, in leftovers of HTML. It
//! looks and fetches nothing.

mod tag;

use std::collections::HashSet;

use comrak::{Arena, Node, nodes::NodeValue};
use url::Url;

use crate::{guard, lenient, parse, plain};

pub use tag::tags;

/// How a picture that was stored already is named in a text.
const STORED: &str = "media:";

/// Hosts that serve pictures whatever their paths end in.
const PICTURE_HOSTS: &[&str] =
    &["cdn.discordapp.com", "media.discordapp.net", "files.oaiusercontent.com", ".blob.core.windows.net"];
/// How paths of pictures end.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "webp", "gif"];
/// How paths of films end.
const FILMS: &[&str] = &["mp4", "webm", "mov"];

/// A picture or film that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its address as it stands in the text.
    pub address: String,
    /// What the text says about it; may be empty.
    pub words: String,
    /// The text says that it is a picture or a film. Otherwise only the address looks like one.
    pub is_sure: bool,
}

/// The pictures and films that `markdown` names, in the order in which they stand, each once. Addresses are those that
/// [`crate::Beside`] goes by: of the web, stored ones (`media:...`), and data.
pub fn pictures(markdown: &str) -> Vec<Found> {
    guard::attempt(|| find(markdown)).unwrap_or_default()
}

fn find(markdown: &str) -> Vec<Found> {
    let arena = Arena::new();
    let source = lenient::source(markdown);
    let outline = parse::outline(&arena, &source);
    let mut found = Vec::new();
    for block in outline.blocks.iter().chain(&outline.footnotes) {
        block.descendants().for_each(|node| look(node, &mut found));
    }
    let mut seen = HashSet::new();
    found.retain(|one: &Found| seen.insert(one.address.clone()));
    found
}

fn look(node: Node<'_>, found: &mut Vec<Found>) {
    let mut add = |address: &str, words: String, is_sure: bool| {
        if is_fetchable(address) {
            found.push(Found { address: address.to_owned(), words, is_sure });
        }
    };
    match &node.data().value {
        NodeValue::Image(target) => add(&target.url, plain::words(node), true),
        NodeValue::Link(target) if looks_like_one(&target.url) => {
            let words = plain::words(node);
            add(&target.url, if words == target.url { String::new() } else { words }, false);
        }
        NodeValue::HtmlInline(raw) => {
            tags(raw).into_iter().for_each(|tag| add(&tag.address, tag.words, true))
        }
        NodeValue::HtmlBlock(raw) => {
            tags(&raw.literal).into_iter().for_each(|tag| add(&tag.address, tag.words, true));
        }
        NodeValue::CodeBlock(code) if holds_only_tags(&code.info, &code.literal) => {
            tags(&code.literal).into_iter().for_each(|tag| add(&tag.address, tag.words, true));
        }
        _ => {}
    }
}

/// Whether a block of code is no code but a film or a picture, fenced.
pub fn holds_only_tags(info: &str, code: &str) -> bool {
    let language = info.split_whitespace().next().unwrap_or_default().to_ascii_lowercase();
    matches!(language.as_str(), "" | "html" | "xml") && tag::is_only_tags(code)
}

fn is_fetchable(address: &str) -> bool {
    let is_web =
        || Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    address.starts_with(STORED) || address.starts_with("data:image/") || is_web()
}

/// Whether an address looks like one of a picture or a film.
fn looks_like_one(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return address.starts_with(STORED) };
    let last = url.path_segments().and_then(|mut path| path.next_back()).unwrap_or_default();
    let ending = last.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some(ending) if PICTURES.contains(&ending) || FILMS.contains(&ending) => true,
        // Those hosts also serve files of other kinds, whose endings say so.
        Some(ending) if ending.len() <= 4 && ending.chars().all(char::is_alphanumeric) => false,
        _ => is_picture_host(url.host_str().unwrap_or_default()),
    }
}

fn is_picture_host(host: &str) -> bool {
    PICTURE_HOSTS.iter().any(|known| host == *known || (known.starts_with('.') && host.ends_with(known)))
}
