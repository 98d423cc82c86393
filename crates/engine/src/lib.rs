//! Everything that Medley can do, without a window. It knows the organs (gateway, store, vault, text, media, documents)
//! and makes them work together; it shows nothing, opens no window and starts no server.

mod answers;
mod attach;
mod bin;
mod chat;
mod clock;
mod code;
mod engine;
mod error;
mod events;
mod export;
mod find;
mod link;
pub mod media;
mod models;
mod order;
mod pictures;
mod prices;
mod recordings;
mod running;
mod services;
mod settings;
mod speech;
mod tools;
pub mod view;

pub use answers::Answers;
pub use attach::Attachments;
pub use bin::Bin;
pub use chat::Chat;
pub use clock::Clock;
pub use code::Code;
pub use documents::child::{WORD as READ_DOCUMENT, serve as read_document};
pub use documents::{Limits, Program};
pub use engine::{Config, Engine};
pub use error::Error;
pub use export::{Exports, RichOf};
pub use find::Finder;
pub use gateway::Timeouts;
pub use link::link;
pub use media::MediaFolder;
pub use models::Models;
pub use models::gpt::Gpt;
pub use order::Order;
pub use pictures::{Pace, Pictures};
pub use recordings::Recordings;
pub use services::Services;
pub use settings::Preferences;
pub use speech::Speech;
pub use store::table::attachment::Attachment;
pub use store::table::beginning::Beginning;
pub use store::table::bin::{BinRow, Binned};
pub use store::table::conversation::Conversation;
pub use store::table::folder::Folder;
pub use store::table::generation::{Generation, GenerationState, PictureOptions};
pub use store::table::learnt::LearntRow;
pub use store::table::model::Model;
pub use store::table::options::Options;
pub use store::table::picture::{Picture, PictureChange, PictureQuery};
pub use store::table::place::Place;
pub use store::table::recording::{Recording, RecordingOrigin, RecordingState};
pub use store::table::service::Service;
pub use store::table::setting::{PictureForm, Settings};
pub use store::table::sound::{Sound, SoundOptions, SoundState};
pub use store::table::text::Continuation;
pub use store::table::tool::{Policy, Tool};
pub use store::table::transcript::{
    Line, LineWord, Transcript, TranscriptOptions, TranscriptState, TranscriptTask,
};
pub use store::{
    AlbumId, AttachmentId, ConversationId, FolderId, GenerationId, MediaId, MessageId, PictureId,
    RecordingId, ServiceId, SoundId, ToolId, TranscriptId,
};
pub use tools::Tools;
pub use vault::Vault;
