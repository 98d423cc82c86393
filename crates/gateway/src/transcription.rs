//! Speech written down (`POST {root}/audio/transcriptions`, reference 7.1) or told in English (`/audio/translations`, 7.2):
//! what is asked, and the words in whatever form they come back. It decodes no sound and never repeats a request.

mod cues;
mod read;

use std::time::Duration;

use reqwest::Method;
use reqwest::header::ACCEPT;
use serde_json::{Map, Value};
use tokio::time::Instant;

use crate::form::{self, Part};
use crate::{Client, Endpoint, Error};

/// Bytes a second that the slowest line carries: a long file is given so much more time.
const SLOWEST: u64 = 30_000;

/// A sound to be written down.
#[derive(Debug, Clone)]
pub struct Wish {
    /// In English, whatever is spoken.
    pub to_english: bool,
    /// `model` and whatever else was chosen; a field that is null is not sent.
    pub fields: Map<String, Value>,
    /// The sound. Services tell what it is by the ending of its name.
    pub file: Part,
}

/// What was said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Transcription {
    /// All of it as one text; may be empty, for silence says nothing.
    pub text: String,
    /// The language that was heard, as the service names it: "english", "en".
    pub language: Option<String>,
    /// How long the sound is, in seconds.
    pub duration: Option<f64>,
    /// The same piece by piece, with times; none where the service tells none.
    pub segments: Vec<Segment>,
    /// Word by word, where that was told.
    pub words: Vec<Word>,
    /// What was consumed, as reported.
    pub usage: Option<Value>,
}

/// Some words in a row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Segment {
    /// When they begin, in seconds.
    pub start: Option<f64>,
    /// When they end.
    pub end: Option<f64>,
    /// The words.
    pub text: String,
    /// Who says them, where that was told.
    pub speaker: Option<String>,
}

/// One word.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// When it begins, in seconds.
    pub start: f64,
    /// When it ends.
    pub end: f64,
}

impl Client {
    /// Has a sound written down. An error that leaves open whether that was done and charged says so:
    /// [`Error::may_be_done`].
    pub async fn transcribe(&self, at: &Endpoint, wish: &Wish) -> Result<Transcription, Error> {
        let path = if wish.to_english { "translations" } else { "transcriptions" };
        let body = form::add(form::texts(&wish.fields), "file", &wish.file)?;
        let request = self
            .request(Method::POST, at, &format!("{}/audio/{path}", at.root))?
            .header(ACCEPT, "application/json, text/plain;q=0.9, */*;q=0.5")
            .multipart(body);
        let upload = Duration::from_secs(wish.file.bytes.len() as u64 / SLOWEST);
        let until = Instant::now() + self.timeouts().first_byte + upload;
        // A path that does not exist means the same here as where pictures are made.
        let (source, response) = self.send(at, request, until).await.map_err(Error::of_pictures)?;
        let body = self.read(response, &source).await?;
        read::answer(&source, &body)
    }
}
