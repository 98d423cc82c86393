//! The same good chunks in every framing that servers send (reference 0.4).

use bytes::Bytes;
use serde_json::Value;

use super::{Scenario, scenario, speech::SENTENCE};
use crate::{
    answer::Answer,
    reply::{Reply, Step, send},
    turn::Turn,
};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("crlf", |turn| framed(turn, SENTENCE, |data| format!("data: {data}\r\n\r\n"))),
    scenario("cr", |turn| framed(turn, SENTENCE, |data| format!("data: {data}\r\r"))),
    scenario("crlf-split", crlf_split),
    scenario("no-blank-lines", |turn| framed(turn, SENTENCE, |data| format!("data: {data}\n"))),
    scenario("no-space", |turn| framed(turn, SENTENCE, |data| format!("data:{data}\n\n"))),
    scenario("named-events", named_events),
    scenario("comments", |turn| {
        framed(turn, SENTENCE, |data| format!(": keep-alive\n\ndata: {data}\n\n:\n\n"))
    }),
    scenario("multi-line-data", multi_line_data),
    scenario("none-marker", none_marker),
    scenario("bom", bom),
    scenario("split-utf8", split_utf8),
];

const WIDE: &str = "河流入海 🌊👩‍🚀 é";

/// The CR of a line end arrives alone, its LF later.
fn crlf_split(turn: &Turn) -> Reply {
    let text = encoded(turn, SENTENCE, |data| format!("data: {data}\r\n\r\n"));
    cut_up(turn, text.split_inclusive('\r').map(|part| Bytes::copy_from_slice(part.as_bytes())).collect())
}

fn named_events(turn: &Turn) -> Reply {
    framed(turn, SENTENCE, |data| format!("event: message\nid: 7\nretry: 1000\ndata: {data}\n\n"))
}

/// One JSON over several `data:` lines, which join to one value.
fn multi_line_data(turn: &Turn) -> Reply {
    framed(turn, SENTENCE, |data| {
        format!("data: {}\n\n", data.replacen(",\"choices\"", "\ndata: ,\"choices\"", 1))
    })
}

/// `[none]` where `[DONE]` is usual.
fn none_marker(turn: &Turn) -> Reply {
    framed(turn, SENTENCE, |data| format!("data: {}\n\n", if data == "[DONE]" { "[none]" } else { data }))
}

fn bom(turn: &Turn) -> Reply {
    let text = encoded(turn, SENTENCE, |data| format!("data: {data}\n\n"));
    cut_up(turn, vec![Bytes::from(format!("\u{feff}{text}"))])
}

/// Byte by byte, through the middle of every letter.
fn split_utf8(turn: &Turn) -> Reply {
    let text = encoded(turn, WIDE, |data| format!("data: {data}\n\n"));
    if turn.streams() {
        return cut_up(turn, text.bytes().map(|byte| Bytes::copy_from_slice(&[byte])).collect());
    }
    Answer::new(WIDE).reply(turn)
}

fn framed(turn: &Turn, text: &str, frame: fn(&str) -> String) -> Reply {
    if !turn.streams() {
        return Answer::new(text).reply(turn);
    }
    Reply::events(data(turn, text).into_iter().map(move |data| send(frame(&data))))
}

/// The whole stream as one text.
fn encoded(turn: &Turn, text: &str, frame: fn(&str) -> String) -> String {
    data(turn, text).iter().map(|data| frame(data)).collect()
}

/// Each part leaves on its own.
fn cut_up(turn: &Turn, parts: Vec<Bytes>) -> Reply {
    if !turn.streams() {
        return Answer::new(SENTENCE).reply(turn);
    }
    Reply::events(parts.into_iter().flat_map(|part| [Step::Send(part), Step::Flush]))
}

fn data(turn: &Turn, text: &str) -> Vec<String> {
    let chunks = Answer::new(text).chunks(turn);
    chunks.iter().map(|(_, chunk)| Value::to_string(chunk)).chain(["[DONE]".to_owned()]).collect()
}
