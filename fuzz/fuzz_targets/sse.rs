//! Any bytes through the event decoder, at once and byte by byte: no panic, bounded memory, the same events.
#![no_main]

use std::collections::VecDeque;

use gateway::sse::{Decoder, Item};
use libfuzzer_sys::fuzz_target;

const LIMIT: usize = 4096;

fuzz_target!(|bytes: &[u8]| {
    let whole = decode(&[bytes]);
    let parts = decode(&bytes.chunks(1).collect::<Vec<_>>());
    assert_eq!(whole, parts, "chunking must not change the events");
});

fn decode(chunks: &[&[u8]]) -> Option<VecDeque<Item>> {
    let mut decoder = Decoder::with_limit(LIMIT);
    let mut items = VecDeque::new();
    for chunk in chunks {
        decoder.push(chunk, &mut items).ok()?;
    }
    decoder.finish(&mut items);
    for item in &items {
        if let Item::Event { data, .. } = item {
            assert!(data.len() <= LIMIT * 4, "an event may not outgrow its bound");
        }
    }
    Some(items)
}
