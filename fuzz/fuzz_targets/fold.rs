//! Any JSON lines through the chunk folder: no panic, and no more text than came in.
#![no_main]

use std::collections::VecDeque;

use gateway::chat::{Event, fold::Fold};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &str| {
    let mut fold = Fold::default();
    let mut events = VecDeque::new();
    for chunk in input.lines().filter_map(|line| serde_json::from_str(line).ok()) {
        fold.take(&chunk, &mut events);
    }
    fold.close(&mut events);
    let said: usize = events.iter().map(length).sum();
    assert!(said <= input.len(), "no text may be made up");
});

fn length(event: &Event) -> usize {
    match event {
        Event::Text { text, .. } | Event::Thought { text, .. } | Event::Refusal { text, .. } => text.len(),
        _ => 0,
    }
}
