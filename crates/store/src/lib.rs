//! SQLite for everything that Medley keeps. It never reads the clock and never makes a network call:
//! time is passed in as unix milliseconds.

mod id;
pub mod table;

pub use id::{ConversationId, MessageId, ServiceId};

/// Unix time in milliseconds, as every row keeps it.
pub type UnixMs = i64;
