//! Documents -> plain text with facts, or a reason that a person can be told. It knows files as bytes alone: it opens
//! none, keeps nothing and makes no network call. What is hostile is bounded here, and once more by the process that
//! [`child`] runs it in.

pub mod child;
mod csv_text;
mod docx;
mod epub;
mod html;
mod kind;
mod odt;
mod pdf;
mod plain;
mod pptx;
mod reader;
mod refusal;
mod sheet;
mod writing;
mod xml;
mod zipped;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use kind::Kind;
pub use reader::{Program, Reader};
pub use refusal::Refusal;
pub use writing::{Document, Unit};

use writing::Writing;

/// How much of a document is read. What goes beyond it is left out and said so, or refused.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Bytes of text that are kept; the rest is left out.
    pub text: usize,
    /// Bytes that a packed file may unpack to.
    pub unpacked: u64,
    /// Files that a packed file may hold.
    pub entries: usize,
    /// How long reading may take; what was read by then is kept.
    pub time: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        // 400,000 bytes are some hundred thousand tokens, in any script: more than most models take.
        Self { text: 400_000, unpacked: 256 << 20, entries: 10_000, time: Duration::from_secs(15) }
    }
}

/// The text of a document. Its bytes say what it is; its name only tells kinds of text apart.
pub fn read(bytes: Vec<u8>, name: &str, limits: &Limits) -> Result<Document, Refusal> {
    let read = AssertUnwindSafe(|| read_kind(bytes, name, limits));
    // A parser that panics has met a file that it cannot read.
    catch_unwind(read).unwrap_or(Err(Refusal::Damaged))
}

/// What a document is, by its bytes, without reading it; or why it will not be read.
pub fn kind(bytes: &[u8], name: &str) -> Result<Kind, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    let looked = AssertUnwindSafe(|| kind::of(bytes, name, &Limits::default()));
    catch_unwind(looked).unwrap_or(Err(Refusal::Damaged))
}

fn read_kind(bytes: Vec<u8>, name: &str, limits: &Limits) -> Result<Document, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    let kind = kind::of(&bytes, name, limits)?;
    let mut writing = Writing::new(limits);
    match kind {
        Kind::Pdf => pdf::read(bytes, &mut writing)?,
        Kind::Docx => docx::read(&bytes, limits, &mut writing)?,
        Kind::Odt => odt::read(&bytes, limits, &mut writing)?,
        Kind::Pptx => pptx::read(&bytes, limits, &mut writing)?,
        Kind::Sheet => sheet::read(&bytes, limits, &mut writing)?,
        Kind::Epub => epub::read(&bytes, limits, &mut writing)?,
        Kind::Html => html::read(&plain::decode(&bytes)?, &mut writing),
        Kind::Csv => csv_text::read(&plain::decode(&bytes)?, name, &mut writing),
        Kind::Json | Kind::Markdown | Kind::Text => writing.push(&plain::decode(&bytes)?),
    }
    writing.finish(kind)
}
