//! The event decoder: the standard's rules, what broken servers do, and bounds.

use std::collections::VecDeque;

use gateway::sse::{Decoder, Item};
use proptest::prelude::*;

fn decode(chunks: &[&[u8]]) -> Vec<Item> {
    let mut decoder = Decoder::default();
    let mut items = VecDeque::new();
    for chunk in chunks {
        decoder.push(chunk, &mut items).unwrap();
    }
    decoder.finish(&mut items);
    items.into()
}

fn event(name: &str, data: &str) -> Item {
    Item::Event { name: name.into(), data: data.into() }
}

#[test]
fn every_line_ending_ends_a_line() {
    for text in ["data: a\n\ndata: b\n\n", "data: a\r\n\r\ndata: b\r\n\r\n", "data: a\r\rdata: b\r\r"] {
        assert_eq!(decode(&[text.as_bytes()]), [event("", "a"), event("", "b")], "the events of {text:?}");
    }
}

#[test]
fn a_crlf_split_between_chunks_is_one_ending() {
    assert_eq!(
        decode(&[b"data: a\r", b"\ndata: b\r", b"\n\r", b"\n"]),
        [event("", "a\nb")],
        "one event of two lines"
    );
}

#[test]
fn fields_follow_the_standard() {
    let text =
        "\u{feff}event: e\ndata:one\ndata:  two\nid: 1\nretry: 5\nother: x\nrubbish\n\n\n\ndata\n\n: c\n:\n";
    let expected = [event("e", "one\n two"), event("", ""), Item::Comment, Item::Comment];
    assert_eq!(decode(&[text.as_bytes()]), expected, "names, blanks, joins, comments");
}

#[test]
fn a_character_split_between_chunks_stays_whole() {
    let text = "data: 早上好 🌊\n\n".as_bytes();
    for at in 0..text.len() {
        let (head, tail) = text.split_at(at);
        assert_eq!(decode(&[head, tail]), [event("", "早上好 🌊")], "split at byte {at}");
    }
}

#[test]
fn a_last_event_without_its_ending_counts() {
    assert_eq!(
        decode(&[b"data: a\n\ndata: b"]),
        [event("", "a"), event("", "b")],
        "no blank line, no line end"
    );
}

#[test]
fn missing_blank_lines_are_seen_by_whole_json() {
    let text = "data: {\"a\":1}\ndata: {\"b\":\ndata: 2}\ndata: [DONE]\n";
    let expected = [event("", "{\"a\":1}"), event("", "{\"b\":\n2}\n[DONE]")];
    assert_eq!(decode(&[text.as_bytes()]), expected, "whole lines part, broken ones join");
    let named = "event: x\ndata: {}\nevent: y\ndata: {}\n";
    assert_eq!(decode(&[named.as_bytes()]), [event("x", "{}"), event("y", "{}")], "a name begins an event");
}

#[test]
fn bare_json_is_an_event() {
    let text = "data: a\n\n{\"error\":1}\n{\n \"error\": 2\n}\n\ndata: b\n\n";
    let expected =
        [event("", "a"), event("", "{\"error\":1}"), event("", "{\n \"error\": 2\n}"), event("", "b")];
    assert_eq!(decode(&[text.as_bytes()]), expected, "on one line and on several");
}

#[test]
fn an_endless_event_is_refused_and_a_long_one_is_not() {
    let mut items = VecDeque::new();
    let mut decoder = Decoder::with_limit(1000);
    decoder.push(&[b'x'; 1000], &mut items).unwrap();
    assert!(decoder.push(b"x", &mut items).is_err(), "a line over the bound");
    let mut decoder = Decoder::with_limit(1000);
    let refused = (0..10_000).any(|_| decoder.push(b"data: {\n", &mut items).is_err());
    assert!(refused, "lines without end that each are short");
    let long = format!("data: {}\n\n", "x".repeat(9_000_000));
    assert_eq!(decode(&[long.as_bytes()]).len(), 1, "nine megabytes in one line are ordinary");
}

/// Bytes that look like streams, so that the interesting paths are taken.
fn streams() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just("data: ".to_owned()),
        Just("\n".to_owned()),
        Just("\r".to_owned()),
        Just("\r\n\r\n".to_owned()),
        Just("{\"a\":\"é\"}".to_owned()),
        Just("{".to_owned()),
        Just("[DONE]".to_owned()),
        Just(": c".to_owned()),
        Just("event: error".to_owned()),
        Just("\u{feff}".to_owned()),
        ".{0,6}",
    ];
    let noise = prop::collection::vec(any::<u8>(), 0..20);
    let text = prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat().into_bytes());
    prop_oneof![9 => text, 1 => noise]
}

proptest! {
    #[test]
    fn chunking_changes_nothing(stream in streams(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8)) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(stream.len() + 1)).collect();
        cuts.sort_unstable();
        let mut chunks = Vec::new();
        let mut from = 0;
        for cut in cuts.into_iter().chain([stream.len()]) {
            chunks.push(&stream[from..cut]);
            from = cut;
        }
        prop_assert_eq!(decode(&chunks), decode(&[&stream]), "the same bytes in other pieces");
    }

    #[test]
    fn no_more_comes_out_than_went_in(stream in streams()) {
        let size = |item: &Item| match item { Item::Comment => 0, Item::Event { name, data } => name.len() + data.len() };
        let out: usize = decode(&[&stream]).iter().map(size).sum();
        // A byte that is no UTF-8 becomes the three bytes of the replacement character.
        prop_assert!(out <= stream.len() * 3, "{out} bytes came out of {}", stream.len());
    }
}
