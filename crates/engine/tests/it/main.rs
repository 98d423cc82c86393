//! Tests of the engine against the demo gateway over real HTTP, with real databases in folders of their own. One
//! binary, one file per theme. The keychain is tested where it is spoken to, in `vault`; here keys lie in memory.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that panics has failed, as it should"
)]

mod adapting;
mod answers;
mod attachments;
mod beside;
mod binning;
mod branching;
mod cast;
mod choices;
mod confidence;
mod context;
mod data;
mod endings;
mod exports;
mod flood;
mod four_services;
mod going_on;
mod gpts;
mod hygiene;
mod midjourney;
mod midjourney_ends;
mod midjourney_many;
mod midjourney_odd;
mod midjourney_past;
mod midjourney_tools;
mod offline;
mod options;
mod order;
mod pictures;
mod pictures_changed;
mod pictures_chats;
mod pictures_demo;
mod pictures_gallery;
mod pictures_import;
mod pictures_keeping;
mod pictures_kills;
mod pictures_making;
mod pictures_words;
mod recordings;
mod recovery;
mod refusals;
mod retries;
mod room;
mod services;
mod speech;
mod stopping;
mod summing;
mod texts;
mod titles;
mod tool_ends;
mod tool_history;
mod tool_kills;
mod tools;
mod versions;
mod watching;
