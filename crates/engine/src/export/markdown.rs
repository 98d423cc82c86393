//! A conversation as Markdown: the words as they came, under a heading for whoever speaks.

use std::io::Write;

use store::table::attachment::{AttachmentKind, AttachmentRole};

use super::Setting;
use super::media::put;
use super::talk::{Said, Talk};
use crate::Error;

pub(super) fn write(out: &mut impl Write, talk: &Talk<'_>, setting: &Setting) -> Result<(), Error> {
    put(out, &format!("# {}\n", one_line(talk.title())))?;
    let instructions = talk.row.instructions.trim();
    if !instructions.is_empty() {
        put(out, &format!("\n## {}\n\n{instructions}\n", setting.words.instructions))?;
    }
    for said in talk.shown()? {
        setting.go_on()?;
        let said = said?;
        let (who, time) = (talk.who(&said.message), setting.time(said.message.created_at));
        put(out, &format!("\n## {}, {time}\n", one_line(who)))?;
        put(out, &with_files(said, setting)?)?;
    }
    Ok(())
}

/// What a message says, with its files: those that it names lead to where they lie now, the others stand below.
fn with_files(mut said: Said, setting: &Setting) -> Result<String, Error> {
    let mut below = String::new();
    for one in &said.attachments {
        let name =
            one_line(if one.name.is_empty() { &one.source } else { &one.name }).replace(['[', ']'], " ");
        let Some(media) = &one.media else {
            if one.role == AttachmentRole::Sent {
                below.extend(["\n<", &one_line(&one.source).replace(['<', '>'], ""), ">\n"]);
            }
            continue;
        };
        let Some(address) = setting.files.address(media)? else { continue };
        if !one.source.is_empty() && said.message.text.contains(&one.source) {
            said.message.text = said.message.text.replace(&one.source, &address);
        } else {
            let mark = if one.kind == AttachmentKind::Picture { "!" } else { "" };
            below.extend(["\n", mark, "[", &name, "](", &address, ")\n"]);
        }
    }
    Ok(bare(&said, setting) + &below)
}

/// What a message says, with what it did on its way.
pub(super) fn bare(said: &Said, setting: &Setting) -> String {
    let message = &said.message;
    let mut parts: Vec<String> = message
        .steps
        .iter()
        .flat_map(|step| &step.calls)
        .map(|call| {
            format!("- {}: `{}` {}", setting.words.tool, one_line(&call.name), one_line(&call.result))
        })
        .collect();
    let steps = parts.join("\n");
    parts.clear();
    parts.extend((!steps.is_empty()).then_some(steps));
    let text = message.text.trim_end();
    parts.extend((!text.is_empty()).then(|| text.to_owned()));
    parts.extend((!message.suffix.trim().is_empty()).then(|| message.suffix.trim_end().to_owned()));
    let sources: Vec<String> = (1..)
        .zip(&message.citations)
        .map(|(number, source)| {
            let title = if source.title.is_empty() { &source.url } else { &source.title };
            let (title, url) =
                (one_line(title).replace(['[', ']'], " "), one_line(&source.url).replace(['<', '>'], ""));
            format!("{number}. [{title}](<{url}>)")
        })
        .collect();
    parts.extend((!sources.is_empty()).then(|| sources.join("\n")));
    parts.iter().flat_map(|part| ["\n", part, "\n"]).collect()
}

/// A name must not begin a block of its own.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
