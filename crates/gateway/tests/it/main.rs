//! Tests of the gateway client against raw servers on 127.0.0.1 that send exact bytes. One binary; each file
//! mirrors the one it tests. No server type of the project is used, so that a mistake cannot cancel itself out.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that panics has failed, as it should"
)]

mod address;
mod answer;
mod balance;
mod calls;
mod client;
mod confidence;
mod errors;
mod family;
mod fetch;
mod fold;
mod heard;
mod images;
mod key;
mod midjourney;
mod models;
mod prices;
mod retry;
mod server;
mod speech;
mod sse;
mod text;
mod transcription;
mod wire;
