//! Everything that Medley can do, without a window. It knows the organs (gateway, store, vault, text, media, documents)
//! and makes them work together; it shows nothing, opens no window and starts no server.

mod attach;
mod chat;
mod clock;
mod code;
mod engine;
mod error;
mod events;
mod link;
pub mod media;
mod models;
mod services;
mod settings;
mod tools;
pub mod view;

pub use attach::Attachments;
pub use chat::Chat;
pub use clock::Clock;
pub use code::Code;
pub use documents::child::{WORD as READ_DOCUMENT, serve as read_document};
pub use documents::{Limits, Program};
pub use engine::{Config, Engine};
pub use error::Error;
pub use gateway::Timeouts;
pub use link::link;
pub use media::MediaFolder;
pub use models::Models;
pub use services::Services;
pub use settings::Preferences;
pub use store::table::attachment::Attachment;
pub use store::table::conversation::Conversation;
pub use store::table::learnt::LearntRow;
pub use store::table::model::Model;
pub use store::table::service::Service;
pub use store::table::setting::Settings;
pub use store::table::tool::{Policy, Tool};
pub use store::{AttachmentId, ConversationId, MessageId, ServiceId, ToolId};
pub use tools::Tools;
pub use vault::Vault;
