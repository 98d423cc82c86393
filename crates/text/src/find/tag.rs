//! Leftovers of HTML that show a picture or a film. It reads nothing else of HTML and writes none.

/// A picture or film in HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The address.
    pub address: String,
    /// What stands for it where it cannot be shown; may be empty.
    pub words: String,
}

/// Elements whose `src` is a picture or a film.
const SHOWN: &[&str] = &["img", "video", "source"];
/// Elements that only surround those.
const AROUND: &[&str] = &["img", "video", "source", "p", "div", "figure", "a", "br", "center", "span"];

/// The pictures and films in a piece of HTML.
pub fn tags(html: &str) -> Vec<Tag> {
    elements(html)
        .filter(|element| SHOWN.contains(&element.name.as_str()))
        .filter_map(|element| {
            let address = attribute(element.rest, "src").filter(|address| !address.is_empty())?;
            Some(Tag { address, words: attribute(element.rest, "alt").unwrap_or_default() })
        })
        .collect()
}

/// Whether a piece of HTML shows a picture or a film and says nothing beside.
pub fn is_only_tags(html: &str) -> bool {
    let mut outside = html;
    let mut shows = false;
    while let Some((before, after)) = outside.split_once('<') {
        let Some((inside, rest)) = after.split_once('>') else { return false };
        let element = Element::read(inside);
        if !before.trim().is_empty() || !AROUND.contains(&element.name.as_str()) {
            return false;
        }
        shows |= SHOWN.contains(&element.name.as_str()) && attribute(element.rest, "src").is_some();
        outside = rest;
    }
    shows && outside.trim().is_empty()
}

struct Element<'a> {
    name: String,
    rest: &'a str,
}

impl<'a> Element<'a> {
    /// Reads what stands between `<` and `>`.
    fn read(inside: &'a str) -> Self {
        let inside = inside.trim_start_matches('/');
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let (name, rest) = inside.split_at(end);
        Self { name: name.to_ascii_lowercase(), rest }
    }
}

fn elements(html: &str) -> impl Iterator<Item = Element<'_>> {
    html.split('<').skip(1).filter_map(|piece| Some(Element::read(piece.split_once('>')?.0)))
}

/// The value of an attribute, in quotes or not, with the few references that addresses hold resolved.
fn attribute(inside: &str, wanted: &str) -> Option<String> {
    let mut rest = inside;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/')?;
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(after) => value(after.trim_start()),
            None => ("", after),
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value.replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'"));
        }
        rest = after;
    }
}

fn value(text: &str) -> (&str, &str) {
    let quote = text.chars().next().filter(|mark| matches!(mark, '"' | '\''));
    match quote {
        Some(quote) => {
            let inner = text.get(1..).unwrap_or_default();
            inner.split_once(quote).unwrap_or((inner, ""))
        }
        None => text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(html: &str) -> Vec<String> {
        tags(html).into_iter().map(|tag| tag.address).collect()
    }

    #[test]
    fn pictures_and_films_are_found_however_they_are_written() {
        for html in [
            "<img src=\"https://a.example/x.png?a=1&amp;b=2\" alt=\"A fox\">",
            "<IMG alt='A fox' width=3 SRC='https://a.example/x.png?a=1&b=2' />",
            "<p><img hidden src=https://a.example/x.png?a=1&b=2 alt=\"A fox\"></p>",
        ] {
            let found = tags(html);
            assert_eq!(found.len(), 1, "{html}");
            assert_eq!(found[0].address, "https://a.example/x.png?a=1&b=2", "{html}");
            assert_eq!(found[0].words, "A fox", "{html}");
            assert!(is_only_tags(html), "{html}");
        }
        let film = "<video controls src=\"https://a.example/f.mp4\"></video>";
        assert_eq!(addresses(film), ["https://a.example/f.mp4"]);
        let sources = "<video>\n<source src='f.mp4' type='video/mp4'>\n</video>";
        assert_eq!((addresses(sources), is_only_tags(sources)), (vec!["f.mp4".to_owned()], true));
    }

    #[test]
    fn what_shows_nothing_is_left_alone() {
        for html in [
            "<script src=x></script>",
            "<img>",
            "<img src",
            "<a href=x>",
            "a < b > c",
            "<",
            "",
            "<iframe src=x>",
        ] {
            assert_eq!(addresses(html), Vec::<String>::new(), "{html}");
            assert!(!is_only_tags(html), "{html}");
        }
        assert!(!is_only_tags("See <img src=x>"), "words stand beside it");
        assert!(!is_only_tags("<img src=x><script>alert(1)</script>"), "something else stands beside it");
    }
}
