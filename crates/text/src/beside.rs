//! What is known beside the words of a text: which pictures it names are here, and which sources it leans on. Whoever
//! renders hands it in; this crate keeps and fetches nothing.

use std::collections::HashMap;

/// What is known beside a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Pictures and films, by their address as it stands in the text (see [`crate::pictures()`]).
    pub pictures: HashMap<String, Picture>,
    /// Addresses of sources, in the order of their numbers: `[1]` leads to the first.
    pub sources: Vec<String>,
    /// For a page that stands alone and runs no script: what the ids of its notes begin with. Notes are then links, offers
    /// of a relay are words, and the name of a file that is here is the address at which the page finds it.
    pub page: Option<String>,
}

/// A picture that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Names it on the page (`data-attachment`). Letters, digits and hyphens.
    pub id: String,
    /// How far it came.
    pub state: State,
}

/// How far a picture came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// It is being fetched.
    Waiting,
    /// It did not come.
    Failed,
    /// It is here.
    Kept {
        /// Names its bytes (`data-media`). Letters and digits.
        media: String,
        /// Pixels across, 0 where that is not known.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// A film is here.
    Film {
        /// Names its bytes (`data-media`). Letters and digits.
        media: String,
    },
}
