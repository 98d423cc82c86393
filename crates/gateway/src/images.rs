//! Pictures made at the images API (reference 5): generations, edits and variations, and the parts that read what came
//! back. It keeps no picture, asks for no address that it is given and never repeats a request.

pub(crate) mod base64;
mod found;
mod lift;
mod making;
mod request;
mod tally;
mod words;

use bytes::Bytes;
use serde_json::{Map, Value};

pub use crate::form::Part;
pub use making::{LONGEST_ANSWER, Making};
pub use request::Request;

/// One piece of what a making gives, in the order of arrival.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// A preview of a picture that is still being made.
    Partial {
        /// Which preview, counted from 0; fewer than asked for are usual.
        index: u32,
        /// The preview's file.
        bytes: Bytes,
    },
    /// A picture that is done.
    Picture {
        /// Where its file is.
        source: Source,
        /// The prompt that was really drawn; may be empty.
        revised_prompt: String,
    },
    /// What the service says in words, as one that answers a chat does; pictures may be named in them. At most once, at
    /// the end, and never empty.
    Words(String),
    /// The service draws later: what to ask it for. Only where no picture came.
    Task {
        /// The service's number for it.
        id: String,
    },
    /// What was consumed, as reported; at most once, at the end.
    Usage {
        /// The report as it came.
        usage: Value,
    },
    /// It is over. Always last, exactly once, unless an error ended the sequence. Without a picture, words or a task
    /// before it, no picture came back.
    End {
        /// When the service made it, in Unix seconds.
        created: Option<i64>,
        /// `size`, `quality`, `background` and `output_format`, as the service says that they were.
        facts: Map<String, Value>,
    },
}

/// Where a picture's file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Here: the file as it came, not looked at.
    Bytes(Bytes),
    /// At a web address, for a while; to be fetched without the key.
    Url(String),
}

/// A picture of which nothing else is known.
fn drawn(source: Source) -> Piece {
    Piece::Picture { source, revised_prompt: String::new() }
}
