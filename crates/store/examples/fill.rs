//! Fills a folder with made-up conversations for `scripts/bench`; the same seed gives the same rows.
//! Prints one line of JSON. Arguments: folder, conversations, messages, messages of the long conversation.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    missing_docs,
    reason = "a measuring tool, not a part of the app"
)]

use std::path::PathBuf;

use store::Store;
use store::fill::{Plan, fill};
use store::table::conversation::TitleBy;

/// A point in time for made-up rows.
const NOW: i64 = 1_760_000_000_000;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect("a folder"));
    let mut number = || arguments.next().expect("a number").parse::<usize>().expect("a number");
    let plan = Plan { seed: 7, conversations: number(), messages: number(), long: number() };
    let store = Store::open(&folder).expect("a store");
    let filled = fill(&store, &plan, NOW).expect("rows are kept");
    // Named and on top, so that it is found at once.
    store
        .write(|write| {
            write.set_title(filled.long, "The long one", TitleBy::Person)?;
            write.set_pinned(filled.long, true)
        })
        .expect("rows are kept");
    println!("{}", serde_json::json!({ "conversations": filled.conversations, "messages": filled.messages }));
}
