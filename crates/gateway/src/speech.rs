//! Text read aloud (`POST {root}/audio/speech`, reference 7.3): what is asked, and the sound while it arrives. It keeps no
//! sound, decodes none and never repeats a request.

mod hear;
mod speaking;

use bytes::Bytes;
use serde_json::Value;

pub use speaking::{LONGEST_SOUND, Speaking};

/// One piece of what a speech gives, in the order of arrival.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// The next bytes of the file, as they came.
    Sound(Bytes),
    /// What was consumed, as reported; at most once.
    Usage(Value),
    /// The file is whole. Always last, exactly once, unless an error ended the sequence.
    End,
}
