//! Finds the pictures that stand in the words of a chat as data: data URLs, and the JSON of a pictures answer. Addresses
//! stay in the words: who shows words knows how they name pictures.

use serde_json::Value;

use super::found::{self, Entry};
use super::lift::Lift;
use super::{Piece, base64};

const DATA: &str = "data:image/";

/// The pictures, and what is left of the words.
pub(super) fn pictures(words: &str) -> (Vec<Piece>, String) {
    let listed = in_json(words);
    if !listed.is_empty() {
        return (listed, String::new());
    }
    let (mut pieces, mut left, mut rest) = (Vec::new(), String::new(), words);
    while let Some((before, found)) = rest.find(DATA).and_then(|at| rest.split_at_checked(at)) {
        let end = found.find(|c: char| !is_part(c)).unwrap_or(found.len());
        let (address, after) = found.split_at_checked(end).unwrap_or((found, ""));
        left.push_str(before);
        match base64::decode(address) {
            Some(bytes) => pieces.push(super::drawn(super::Source::Bytes(bytes.into()))),
            None => left.push_str(address),
        }
        rest = after;
    }
    left.push_str(rest);
    (pieces, left.trim().to_owned())
}

fn in_json(words: &str) -> Vec<Piece> {
    if !words.starts_with(['{', '[']) {
        return Vec::new();
    }
    let mut lift = Lift::default();
    lift.push(words.as_bytes());
    let (json, lifted) = lift.finish();
    let Ok(value) = serde_json::from_str::<Value>(&json) else { return Vec::new() };
    let entries = found::pictures(&value, &lifted).into_iter();
    entries.filter_map(|entry| if let Entry::Picture(piece) = entry { Some(piece) } else { None }).collect()
}

/// What may stand in a data URL.
fn is_part(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=' | ':' | ';' | ',' | '.')
}
