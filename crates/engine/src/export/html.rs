//! A conversation as a page that opens in any browser: no script, nothing loaded from elsewhere, every word made safe by
//! `text`. The same words without the page are what is copied as rich text.

use std::io::Write;

use store::Read;
use store::table::message::{Message, Role};
use text::escaped;

use super::file::failed;
use super::talk::Talk;
use super::{RichOf, Setting, markdown};
use crate::Error;
use crate::view::Rich;

const STYLE: &str = include_str!("page.css");

/// A browser that opens the page fetches nothing and runs nothing, whatever stands in it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' file: data:; media-src 'self' file:";

pub(super) fn write(out: &mut impl Write, talk: &Talk<'_>, setting: &Setting) -> Result<(), Error> {
    put(out, &head(talk.title(), setting))?;
    let instructions = talk.row.instructions.trim();
    if !instructions.is_empty() {
        put(out, &folded(&setting.words.instructions, &typed(instructions)))?;
    }
    for (number, message) in (1..).zip(talk.shown()?) {
        put(out, &article(talk, &message?, number, setting))?;
    }
    put(out, &foot(setting))
}

/// The page that leads to all others of a folder: file name, title, time.
pub(super) fn index(
    out: &mut impl Write,
    rows: &[(String, String, i64)],
    setting: &Setting,
) -> Result<(), Error> {
    put(out, &head(&setting.words.conversations, setting))?;
    put(out, "<ul class=\"index\">\n")?;
    for (file, title, at) in rows {
        let (title, time) = (escaped(title), time(*at, setting));
        put(out, &format!("<li><a href=\"{}\">{title}</a> {time}</li>\n", address(file)))?;
    }
    put(out, "</ul>\n")?;
    put(out, &foot(setting))
}

/// What the clipboard gets: paragraphs without a page around them, and the same as Markdown.
pub(super) fn rich(read: &Read, of: &RichOf, setting: &Setting) -> Result<Rich, store::Error> {
    let mut rich = Rich { html: String::new(), text: String::new() };
    match of {
        RichOf::Message(id) => {
            let message = read.message(*id)?.ok_or(store::Error::NotFound)?;
            rich.html = words(&message, 1, setting);
            markdown::body(&message, setting).trim().clone_into(&mut rich.text);
        }
        RichOf::Conversation(id) => {
            let talk = Talk::open(read, *id, setting)?;
            for (number, message) in (1..).zip(talk.shown()?) {
                let message = message?;
                let who = talk.who(&message);
                rich.html.extend(["<h2>", &escaped(who), "</h2>\n", &words(&message, number, setting)]);
                rich.text.extend(["## ", who, "\n", &markdown::body(&message, setting), "\n"]);
            }
        }
    }
    Ok(rich)
}

fn head(title: &str, setting: &Setting) -> String {
    let (title, language) = (escaped(title), escaped(&setting.words.language));
    format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n"
    )
}

fn foot(setting: &Setting) -> String {
    format!("</main>\n<footer>{}</footer>\n</body>\n</html>\n", escaped(&setting.words.made_with))
}

fn article(talk: &Talk<'_>, message: &Message, number: usize, setting: &Setting) -> String {
    let class = if message.role == Role::User { "you" } else { "answer" };
    format!(
        "<article class=\"{class}\">\n<header><h2>{}</h2> {}</header>\n{}</article>\n",
        escaped(talk.who(message)),
        time(message.created_at, setting),
        words(message, number, setting)
    )
}

/// What a message says. `number` keeps the notes of one message apart from those of another.
fn words(message: &Message, number: usize, setting: &Setting) -> String {
    let mut html = String::new();
    if !message.thoughts.is_empty() {
        html.push_str(&folded(&setting.words.thoughts, &rendered(&message.thoughts, &format!("t{number}"))));
    }
    for call in message.steps.iter().flat_map(|step| &step.calls) {
        let inside = format!("<pre><code>{}</code></pre>\n{}", escaped(&call.arguments), typed(&call.result));
        html.push_str(&folded(&format!("{}: {}", setting.words.tool, call.name), &inside));
    }
    html.push_str(&match message.role {
        Role::User => typed(&message.text),
        Role::Assistant => rendered(&message.text, &format!("m{number}")),
    });
    if !message.suffix.is_empty() {
        html.push_str(&typed(&message.suffix));
    }
    html.push_str(&sources(message));
    html
}

/// Safe HTML of an answer, whose notes become links within the page: without a script a button leads nowhere.
fn rendered(markdown: &str, notes: &str) -> String {
    let blocks = text::render(markdown).into_iter().map(|block| block + "\n").collect::<String>();
    blocks
        .replace("<button type=\"button\" data-footref=\"", &format!("<a href=\"#{notes}-"))
        .replace("</button>", "</a>")
        .replace("<li data-footnote=\"", &format!("<li id=\"{notes}-"))
}

/// The person's own words, as they were typed.
fn typed(words: &str) -> String {
    format!("<p class=\"typed\">{}</p>\n", escaped(words).replace('\n', "<br>\n"))
}

fn folded(line: &str, inside: &str) -> String {
    format!("<details><summary>{}</summary>\n{inside}</details>\n", escaped(line))
}

fn sources(message: &Message) -> String {
    let links: String = message
        .citations
        .iter()
        .map(|source| {
            let title = if source.title.is_empty() { &source.url } else { &source.title };
            match crate::link(&source.url) {
                Ok(url) => format!("<li><a href=\"{}\">{}</a></li>\n", escaped(&url), escaped(title)),
                Err(_) => format!("<li>{}</li>\n", escaped(title)),
            }
        })
        .collect();
    if links.is_empty() { links } else { format!("<ol class=\"sources\">\n{links}</ol>\n") }
}

fn time(at: i64, setting: &Setting) -> String {
    format!("<time datetime=\"{}\">{}</time>", setting.stamp(at), setting.time(at))
}

/// A file of the same folder as a link: everything but plain letters is spelt out, so that no name is read as more.
fn address(file: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    file.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn put(out: &mut impl Write, text: &str) -> Result<(), Error> {
    out.write_all(text.as_bytes()).map_err(|error| failed(&error))
}
