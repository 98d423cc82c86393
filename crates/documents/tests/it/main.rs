//! Tests of reading documents: real files of the programs that people use, hostile ones, and the process that reads them.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::format_push_string,
    reason = "a test that panics has failed, as it should"
)]

mod hostile;
mod kinds;
mod made;
mod process;
