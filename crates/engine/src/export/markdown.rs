//! A conversation as Markdown: the words as they came, under a heading for whoever speaks.

use std::io::Write;

use store::table::message::Message;

use super::Setting;
use super::file::failed;
use super::talk::Talk;
use crate::Error;

pub(super) fn write(out: &mut impl Write, talk: &Talk<'_>, setting: &Setting) -> Result<(), Error> {
    put(out, &format!("# {}\n", one_line(talk.title())))?;
    let instructions = talk.row.instructions.trim();
    if !instructions.is_empty() {
        put(out, &format!("\n## {}\n\n{instructions}\n", setting.words.instructions))?;
    }
    for message in talk.shown()? {
        let message = message?;
        let head = format!("\n## {}, {}\n", one_line(talk.who(&message)), setting.time(message.created_at));
        put(out, &head)?;
        put(out, &body(&message, setting))?;
    }
    Ok(())
}

/// What a message says, with what it did on its way.
pub(super) fn body(message: &Message, setting: &Setting) -> String {
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

fn put(out: &mut impl Write, text: &str) -> Result<(), Error> {
    out.write_all(text.as_bytes()).map_err(|error| failed(&error))
}
