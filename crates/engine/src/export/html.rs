//! A conversation as a page that opens in any browser: no script, nothing loaded from elsewhere, every word made safe by
//! `text`. The same words without the page are what is copied as rich text.

use std::io::Write;

use store::Read;
use store::table::attachment::{Attachment, AttachmentKind, AttachmentRole};
use store::table::message::{Message, Role};
use text::{Beside, State, escaped};

use super::media::put;
use super::name::address;
use super::talk::{Said, Talk};
use super::{RichOf, Setting, markdown};
use crate::Error;
use crate::chat::show;
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
    for (number, said) in (1..).zip(talk.shown()?) {
        setting.go_on()?;
        put(out, &article(talk, &said?, number, setting)?)?;
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
pub(super) fn rich(read: &Read, of: &RichOf, setting: &Setting) -> Result<Rich, Error> {
    let mut rich = Rich { html: String::new(), text: String::new() };
    match of {
        RichOf::Message(id) => {
            let message = read.message(*id)?.ok_or(store::Error::NotFound)?;
            let said = Said { attachments: read.attachments(*id)?, message };
            rich.html = words(&said, 1, setting)?;
            markdown::bare(&said, setting).trim().clone_into(&mut rich.text);
        }
        RichOf::Conversation(id) => {
            let talk = Talk::open(read, *id, setting)?;
            for (number, said) in (1..).zip(talk.shown()?) {
                let said = said?;
                let who = talk.who(&said.message);
                rich.html.extend(["<h2>", &escaped(who), "</h2>\n", &words(&said, number, setting)?]);
                rich.text.extend(["## ", who, "\n", &markdown::bare(&said, setting), "\n"]);
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

fn article(talk: &Talk<'_>, said: &Said, number: usize, setting: &Setting) -> Result<String, Error> {
    let message = &said.message;
    let class = if message.role == Role::User { "you" } else { "answer" };
    Ok(format!(
        "<article class=\"{class}\">\n<header><h2>{}</h2> {}</header>\n{}</article>\n",
        escaped(talk.who(message)),
        time(message.created_at, setting),
        words(said, number, setting)?
    ))
}

/// What a message says. `number` keeps the notes of one message apart from those of another.
fn words(said: &Said, number: usize, setting: &Setting) -> Result<String, Error> {
    let message = &said.message;
    let mut html = String::new();
    if !message.thoughts.is_empty() {
        let alone = Beside { page: Some(format!("t{number}")), ..Beside::default() };
        html.push_str(&folded(&setting.words.thoughts, &rendered(&message.thoughts, &alone)));
    }
    for call in message.steps.iter().flat_map(|step| &step.calls) {
        let inside = format!("<pre><code>{}</code></pre>\n{}", escaped(&call.arguments), typed(&call.result));
        html.push_str(&folded(&format!("{}: {}", setting.words.tool, call.name), &inside));
    }
    html.push_str(&match message.role {
        Role::User => typed(&message.text),
        Role::Assistant => rendered(&message.text, &beside(said, format!("m{number}"), setting)?),
    });
    for one in &said.attachments {
        let Some(file) = file(one, setting)? else { continue };
        let address = escaped(&file.address);
        if !one.source.is_empty() {
            // Links to it will be dead one day.
            let link = format!("href=\"{}\"", escaped(&one.source));
            html = html.replace(&link, &format!("href=\"{address}\""));
        }
        if !html.contains(&format!("src=\"{address}\"")) {
            html.push_str(&file.html);
        }
    }
    if !message.suffix.is_empty() {
        html.push_str(&typed(&message.suffix));
    }
    html.push_str(&sources(message));
    Ok(html)
}

/// Safe HTML of an answer.
fn rendered(markdown: &str, beside: &Beside) -> String {
    text::render_with(markdown, beside).into_iter().map(|block| block + "\n").collect()
}

/// What is known beside an answer: its pictures by the addresses at which the page finds them.
fn beside(said: &Said, notes: String, setting: &Setting) -> Result<Beside, Error> {
    let mut beside = Beside { page: Some(notes), ..show::beside(&said.message, &said.attachments) };
    for one in &said.attachments {
        let address = one.media.as_ref().map(|media| setting.files.address(media)).transpose()?.flatten();
        let Some(picture) = beside.pictures.get_mut(&one.source) else { continue };
        match (&mut picture.state, address) {
            (State::Kept { media, .. } | State::Film { media }, Some(address)) => *media = address,
            // What is not there is a link, as it came.
            (State::Kept { .. } | State::Film { .. }, None) => drop(beside.pictures.remove(&one.source)),
            _ => {}
        }
    }
    Ok(beside)
}

/// A file that lies beside the page.
struct Beneath {
    address: String,
    html: String,
}

fn file(one: &Attachment, setting: &Setting) -> Result<Option<Beneath>, Error> {
    let name = escaped(if one.name.is_empty() { &one.source } else { &one.name });
    let Some(media) = &one.media else {
        // A link that went along with a question.
        let link = crate::link(&one.source).ok().filter(|_| one.role == AttachmentRole::Sent);
        return Ok(link.map(|url| Beneath {
            html: format!("<p><a href=\"{}\">{name}</a></p>\n", escaped(&url)),
            address: url,
        }));
    };
    let Some(address) = setting.files.address(media)? else { return Ok(None) };
    let at = escaped(&address);
    let html = match one.kind {
        AttachmentKind::Picture => format!("<p><img src=\"{at}\" alt=\"{name}\"></p>\n"),
        AttachmentKind::Film => format!("<p><video controls src=\"{at}\"></video></p>\n"),
        _ => format!("<p><a href=\"{at}\">{name}</a></p>\n"),
    };
    Ok(Some(Beneath { address, html }))
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
