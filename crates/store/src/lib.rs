//! SQLite for everything that Medley keeps, and the folder of media files beside it. It never reads the clock and never
//! makes a network call: time is passed in as unix milliseconds.

mod cell;
mod connection;
mod error;
pub mod fill;
mod folder;
mod id;
mod media_id;
mod migrate;
mod search;
mod store;
pub mod table;

pub use error::Error;
pub use folder::{Incoming, Swept};
pub use id::{
    AlbumId, AttachmentId, ConversationId, FolderId, GenerationId, MessageId, PictureId, RecordingId,
    ServiceId, SoundId, ToolId, TranscriptId,
};
pub use media_id::{MediaId, NoMediaId};
pub use search::Piece;
pub use store::{Read, Store, Write};

/// Unix time in milliseconds, as every row keeps it.
pub type UnixMs = i64;
