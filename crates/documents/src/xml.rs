//! XML as a row of events, without a tree: entities that a file defines are never expanded, and how deep it nests costs
//! no stack.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::{Refusal, zipped};

/// What happens in XML, names without their prefix.
#[derive(Clone, Copy)]
pub(crate) enum Mark<'event> {
    /// An element begins.
    Begin(&'event str, &'event BytesStart<'event>),
    /// An element ends.
    End(&'event str),
    /// Letters.
    Text(&'event str),
}

/// Walks through XML until its end, or until `on` answers false.
pub(crate) fn walk(source: impl BufRead, mut on: impl FnMut(Mark) -> bool) -> Result<(), Refusal> {
    let mut reader = Reader::from_reader(source);
    let config = reader.config_mut();
    // What is not nested well can be read all the same.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let mut held = Vec::new();
    loop {
        held.clear();
        let event = reader.read_event_into(&mut held).map_err(|error| refusal(&error))?;
        let goes_on = match &event {
            Event::Start(tag) => on(Mark::Begin(tag.local_name().as_ref(), tag)),
            Event::Empty(tag) => {
                on(Mark::Begin(tag.local_name().as_ref(), tag)) && on(Mark::End(tag.local_name().as_ref()))
            }
            Event::End(tag) => on(Mark::End(tag.local_name().as_ref())),
            Event::Text(text) => on(Mark::Text(&text.xml10_content())),
            Event::CData(text) => on(Mark::Text(&text.xml10_content())),
            Event::GeneralRef(name) => {
                letter(name).is_none_or(|letter| on(Mark::Text(letter.encode_utf8(&mut [0; 4]))))
            }
            Event::Eof => return Ok(()),
            _ => true,
        };
        drop(event);
        if !goes_on {
            return Ok(());
        }
    }
}

fn refusal(error: &quick_xml::Error) -> Refusal {
    match error {
        quick_xml::Error::Io(error) => zipped::refusal(error),
        _ => Refusal::Damaged,
    }
}

/// The value of an attribute, whatever its prefix.
pub(crate) fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|one| one.key.local_name().as_ref() == name)?;
    Some(quick_xml::escape::unescape(&found.value).map_or_else(|_| found.value.to_string(), Into::into))
}

/// The five letters that XML names, and those named by number. Others are a file's own, and are left out.
fn letter(name: &quick_xml::events::BytesRef) -> Option<char> {
    if let Ok(Some(letter)) = name.resolve_char_ref() {
        return Some(letter);
    }
    let known = [("amp", '&'), ("lt", '<'), ("gt", '>'), ("quot", '"'), ("apos", '\'')];
    let said = name.xml10_content();
    known.into_iter().find(|(word, _)| *word == said).map(|(_, letter)| letter)
}
