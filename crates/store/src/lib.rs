//! SQLite for everything that Medley keeps. It never reads the clock and never makes a network call:
//! time is passed in as unix milliseconds.

mod cell;
mod connection;
mod error;
pub mod fill;
mod id;
mod migrate;
mod search;
mod store;
pub mod table;

pub use error::Error;
pub use id::{ConversationId, FolderId, MessageId, ServiceId, ToolId};
pub use store::{Read, Store, Write};

/// Unix time in milliseconds, as every row keeps it.
pub type UnixMs = i64;
