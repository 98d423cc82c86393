//! The demo as a client sees it: raw bytes over a plain TCP connection, read without any code of the real client.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "what the tests share may fail loudly, as tests do"
)]

mod calls;
mod client;
mod dialects;
mod endings;
mod forms;
mod framing;
mod hearing;
mod images;
mod midjourney;
mod records;
mod refusals;
mod scenarios;
mod shapes;
mod speech;
mod welcome;
mod writing;
