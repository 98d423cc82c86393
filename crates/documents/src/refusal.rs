//! Why a document could not be read, as one of the things a person can be told.

use serde::{Deserialize, Serialize};

/// Why there is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// It opens with a password only.
    #[error("encrypted")]
    Encrypted,
    /// It is not whole, or not what it says it is.
    #[error("damaged")]
    Damaged,
    /// It unpacks to more than may be.
    #[error("unpacks to too much")]
    TooLarge,
    /// It holds no text: pictures of pages, as a scanner makes them.
    #[error("no text in it")]
    NoText,
    /// Nothing that is known how to read.
    #[error("unknown kind")]
    UnknownKind,
    /// A file of an Office before 2007 that only Office itself reads.
    #[error("an old format")]
    OldFormat,
    /// Reading it took too long.
    #[error("took too long")]
    TooSlow,
    /// Reading it took too much memory.
    #[error("took too much memory")]
    TooHeavy,
    /// It holds nothing at all.
    #[error("empty")]
    Empty,
    /// The program that reads documents could not be started.
    #[error("the reader did not start")]
    NoReader,
}
