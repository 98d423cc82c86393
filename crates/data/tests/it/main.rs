//! Tests of the public face of `data`: schemas, breaks, tables and CSV over whole answers.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that panics has failed, as it should"
)]

mod any;
mod breaks;
mod schema;
mod table;
