//! A simulated gateway on 127.0.0.1, for the first run without a key and for every test; it refuses to share types with the
//! real client, so that a mistake about the wire cannot cancel itself out.
//!
//! ```no_run
//! # async fn run() -> std::io::Result<()> {
//! let demo = demo::start(demo::Script::welcome()).await?;
//! println!("{}", demo.url());
//! # Ok(())
//! # }
//! ```
//!
//! A scenario of a chat, of a text or of pictures is chosen by the name of the model that is asked, so a test and a person at
//! the model picker choose alike.

mod answer;
mod calls;
mod chunk;
mod control;
mod dialect;
mod fault;
mod form;
mod hearing;
mod host;
mod images;
mod log;
mod midjourney;
mod play;
mod reply;
mod sample;
mod scenario;
mod script;
mod server;
mod speech;
mod sureness;
mod turn;
mod welcome;
mod writing;

pub use dialect::Dialect;
pub use form::SeenFile;
pub use log::{Dropped, Seen, SeenKey, fingerprint};
pub use midjourney::Midjourney;
pub use script::Script;
pub use server::{Demo, start, start_controlled};
