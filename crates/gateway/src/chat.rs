//! Chat completions: the request, the answer as a sequence of events, and the parts that decode it.
//! It keeps no conversation and renders nothing.

mod answer;
mod calls;
mod confidence;
mod echo;
mod event;
pub mod fold;
mod request;
pub(crate) mod shape;
mod speech;
mod think;
mod usage;

pub use answer::Answer;
pub(crate) use answer::{first_bytes, read};
pub use confidence::{Alternative, Token};
pub use event::{Citation, Event, Usage};
pub use request::{Called, Message, Picture, Request, Role};
