//! Tests of the picture work with pictures drawn here, and with hostile ones. One binary, one file per theme.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that panics has failed, as it should"
)]

mod cut;
mod drawn;
mod hostile;
mod kinds;
mod looks;
mod making;
mod masks;
mod saves;
mod sent;
mod thumbnails;
