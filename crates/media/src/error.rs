//! What can be wrong with a picture, as facts.

use crate::Kind;

/// Why bytes gave no picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The bytes are something else: a web page, a text, nothing known.
    #[error("no picture: {}", found.map_or("nothing known", Kind::mime))]
    NotAPicture {
        /// What they are, where that is known.
        found: Option<Kind>,
    },
    /// A picture of a kind that is kept but not decoded here.
    #[error("{} is kept as it is and not decoded", kind.mime())]
    NotDecoded {
        /// The kind.
        kind: Kind,
    },
    /// More pixels, or more memory for them, than is worth it.
    #[error("{width} x {height} pixels are too many")]
    TooLarge {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// Cut off, or broken otherwise.
    #[error("the picture is damaged: {detail}")]
    Damaged {
        /// What the decoder says.
        detail: String,
    },
}

impl Error {
    /// A decoder's complaint.
    pub(crate) fn damaged(told: impl std::fmt::Display) -> Self {
        Self::Damaged { detail: told.to_string() }
    }
}
