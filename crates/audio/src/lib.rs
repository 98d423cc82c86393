//! Sound: files are told apart by their bytes, decoded, measured, joined, cut, recorded and played. It knows devices and decoders, and
//! nothing of texts, services or the window.

mod decode;
mod excerpt;
mod join;
mod kind;
mod line;
mod measure;
mod player;
mod recorder;

pub use decode::{Decoder, Source};
pub use excerpt::excerpt;
pub use join::{Joined, join, joined_kind};
pub use kind::Kind;
pub use measure::{Measured, PEAKS, measure};
pub use player::{Heard, Part, Place, Player, Track, Trouble};
pub use recorder::{Deaf, Microphone, Recorded, Recorder, Stage, Taken, microphones, repair};

/// Why bytes are no sound that can be heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No form that is known here.
    #[error("these bytes are no sound of a known kind")]
    Unknown,
    /// Nothing in it can be decoded.
    #[error("nothing in this sound can be decoded")]
    Damaged,
}
