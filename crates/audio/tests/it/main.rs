//! Sounds as a player of them meets them: real files of every kind, hostile ones, and a device where there is one.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, as it should"
)]

mod excerpts;
mod kinds;
mod playing;
mod recording;
mod sounds;
