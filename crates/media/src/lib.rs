//! Pure work on pictures: what some bytes are, how large a picture is, smaller ones made from it. It reads no file, no
//! clock and no network, keeps nothing, and refuses what would take more memory than a picture is worth.
//!
//! Bytes come from strangers. So the type is told by the bytes and never by a name, sizes are looked at before anything
//! is decoded, and every decoder used is safe Rust. Work takes tens of milliseconds: call it where waiting is fine.

mod edited;
mod encode;
mod error;
mod fit;
mod kind;
mod look;
mod making;
mod mask;
mod pixels;
mod placeholder;
mod quarters;
mod raw;
mod save;
mod sent;
mod thumbnail;
mod told;

pub use edited::{edit_copy, square_copy};
pub use encode::Encoded;
pub use error::Error;
pub use kind::Kind;
pub use look::{Look, look};
pub use making::{Making, Taken, making};
pub use mask::{Mark, Mask};
pub use placeholder::placeholder;
pub use quarters::quarters;
pub use raw::rgba;
pub use save::saved;
pub use sent::{SENT_SIDE, sent_copy, small_copy};
pub use thumbnail::{Made, make, thumbnail};
pub use told::Told;

/// Pictures with more pixels than this are not decoded.
pub const MOST_PIXELS: u64 = 120_000_000;

/// Decoding one picture takes no more memory than this, in bytes.
pub const MOST_MEMORY: u64 = 512 * 1024 * 1024;
