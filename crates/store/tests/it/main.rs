//! Tests of the store on real files. One binary; each file mirrors the one it tests.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, as it should"
)]

mod cell;
mod fill;
mod folder;
mod made;
mod store;
mod table;
