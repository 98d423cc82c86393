//! Models that look at pictures and say what they saw, that refuse to, that take only so much, and that open files by
//! their web address. A picture's size is read from its raw bytes here, by nobody's library but the few bytes of its head.

use serde_json::Value;

use super::{Scenario, scenario};
use crate::{answer::Answer, fault::Fault, reply::Reply, turn::Turn};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("sees", sees),
    scenario("blind", blind),
    scenario("blind-strict", blind_strict),
    scenario("takes-little", takes_little),
    scenario("reads-all", opens_links),
    scenario("gpt-4-vision-preview", sees),
];

const BLIND: Fault = Fault::new(
    400,
    "invalid_request_error",
    "",
    "Invalid content type. image_url is only supported by certain models.",
)
.naming("messages.[0].content.[1].type");
const BLIND_STRICT: Fault =
    Fault::new(422, "invalid_request_error", "", "Input should be a valid string").naming("messages");
const TOO_LARGE: Fault =
    Fault::new(413, "invalid_request_error", "request_too_large", "Request Entity Too Large");

/// Bodies above this are too much for the model that takes little.
const LITTLE: usize = 800_000;

/// Says how many pictures came, of what size, and how closely to look at them.
fn sees(turn: &Turn) -> Reply {
    let seen: Vec<String> = pictures(turn).iter().map(|picture| described(picture)).collect();
    let words = match seen.as_slice() {
        [] => "No picture came.".to_owned(),
        [one] => format!("One picture came: {one}."),
        several => format!("{} pictures came: {}.", several.len(), several.join(", ")),
    };
    Answer::new(words).reply(turn)
}

fn blind(turn: &Turn) -> Reply {
    if pictures(turn).is_empty() { sees(turn) } else { BLIND.reply(turn.dialect()) }
}

/// Refuses lists of parts as services do that check types and nothing else.
fn blind_strict(turn: &Turn) -> Reply {
    if pictures(turn).is_empty() { sees(turn) } else { BLIND_STRICT.reply(turn.dialect()) }
}

fn takes_little(turn: &Turn) -> Reply {
    if turn.body.to_string().len() > LITTLE { TOO_LARGE.reply(turn.dialect()) } else { sees(turn) }
}

/// Names the web addresses in front of the question, in their order, and the question behind them.
fn opens_links(turn: &Turn) -> Reply {
    let question = turn.question();
    let words: Vec<&str> = question.split(' ').collect();
    let links = words.iter().take_while(|word| word.starts_with("http")).count();
    let (links, rest) = words.split_at(links);
    Answer::new(format!("Opened {}: {}. Asked: {}", links.len(), links.join(" "), rest.join(" "))).reply(turn)
}

/// The `image_url` parts of the last message.
fn pictures(turn: &Turn) -> Vec<&Value> {
    let last = turn.body.get("messages").and_then(Value::as_array).and_then(|all| all.last());
    let parts = last.and_then(|message| message.get("content")).and_then(Value::as_array);
    parts.into_iter().flatten().filter_map(|part| part.get("image_url")).collect()
}

fn described(picture: &Value) -> String {
    let url = picture.get("url").and_then(Value::as_str).unwrap_or_default();
    let detail = picture.get("detail").and_then(Value::as_str).unwrap_or("unsaid");
    let Some((kind, data)) = url.strip_prefix("data:").and_then(|rest| rest.split_once(";base64,")) else {
        return format!("an address, detail {detail}");
    };
    let size = size(&decoded(data)).map_or("of unknown size".to_owned(), |(w, h)| format!("{w}x{h}"));
    format!("{kind} {size}, detail {detail}")
}

/// Width and height as a PNG or JPEG says in its head.
fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    if bytes.starts_with(b"\x89PNG") {
        let number = |at: usize| Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        return Some((number(16)?, number(20)?));
    }
    let mut rest = bytes.strip_prefix(b"\xFF\xD8")?;
    loop {
        let (marker, length) =
            (*rest.get(1)?, usize::from(u16::from_be_bytes([*rest.get(2)?, *rest.get(3)?])));
        // The head of a frame, whichever way it is packed.
        if matches!(marker, 0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF) {
            let number =
                |at: usize| Some(u32::from(u16::from_be_bytes([*rest.get(at)?, *rest.get(at + 1)?])));
            return Some((number(7)?, number(5)?));
        }
        rest = rest.get(2 + length..)?;
    }
}

/// Base64, as far as it is well formed.
fn decoded(data: &str) -> Vec<u8> {
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in data.bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => break,
        };
        held = (held << 6 | u32::from(six)) & 0xFF_FFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xFF) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_says_its_size_in_its_head() {
        let png =
            "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAC0lEQVR4nGNgwAYAAB4AAfBBLpkAAAAASUVORK5CYII=";
        assert_eq!(size(&decoded(png)), Some((3, 2)));
        let jpeg = b"\xFF\xD8\xFF\xE0\x00\x04ab\xFF\xC0\x00\x0B\x08\x00\x10\x00\x20\x01\x01\x11\x00";
        assert_eq!(size(jpeg), Some((32, 16)));
        assert_eq!(size(b"\xFF\xD8\xFF"), None, "what ends early says nothing");
    }
}
