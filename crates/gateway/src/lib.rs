//! The HTTP client for OpenAI-compatible gateways: it knows reqwest and the wire, and nothing of Medley.
//!
//! It sends, decodes and names what came back. It stores nothing, decides no retry by itself and writes no
//! sentence for a person: callers get facts (status, code, reading) and choose the words.

mod address;
mod balance;
pub mod chat;
mod client;
mod error;
mod family;
pub mod fetch;
mod form;
mod http;
pub mod images;
mod json;
mod key;
pub mod midjourney;
mod models;
mod prices;
pub mod retry;
pub mod speech;
pub mod sse;
pub mod transcription;
mod upload;

pub use address::{AddressError, ApiRoot, Endpoint};
pub use balance::Balance;
pub use client::{Client, Timeouts};
pub use error::{Error, Failure, Phase, Reading};
pub use family::Family;
pub use form::Part;
pub use key::Key;
pub use models::{Clues, Kind, ListedModel, ModelList};
pub use upload::Upload;
