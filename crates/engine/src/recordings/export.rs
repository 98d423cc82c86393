//! A transcript out of Medley: as a text, as subtitles, as data, as a Word document; or the sound itself, byte for byte.

mod docx;
mod subtitles;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;

use audio::Kind;
use serde_json::json;
use store::table::recording::Recording;
use store::table::transcript::{Line, Transcript};
use store::{RecordingId, TranscriptId};

use super::{Recordings, make};
use crate::engine::blocking;
use crate::export::file::{Draft, failed};
use crate::export::name;
use crate::view::{SaveTranscript, TranscriptForm};
use crate::{Code, Error};

/// Grows when a program that reads the files has to know.
const VERSION: u32 = 1;

/// A transcript with what people call those who speak.
struct Told {
    recording: Recording,
    transcript: Transcript,
    lines: Vec<Line>,
    names: BTreeMap<String, String>,
}

impl Told {
    fn speaker<'a>(&'a self, line: &'a Line) -> &'a str {
        self.names.get(&line.speaker).unwrap_or(&line.speaker)
    }
}

impl Recordings {
    /// What the file of a transcript is called.
    pub async fn file_name(&self, wish: &SaveTranscript) -> Result<String, Error> {
        let recording = self.recording_of(wish.id).await?;
        let ending = match wish.form {
            TranscriptForm::Txt => "txt",
            TranscriptForm::Srt => "srt",
            TranscriptForm::Vtt => "vtt",
            TranscriptForm::Json => "json",
            TranscriptForm::Docx => "docx",
        };
        Ok(format!("{}.{ending}", name::file(&recording.name, "transcript")))
    }

    /// Writes a transcript to a place that the person chose.
    pub async fn save(&self, wish: SaveTranscript, to: PathBuf) -> Result<(), Error> {
        let recording = self.recording_of(wish.id).await?;
        let id = wish.id;
        let read = self
            .0
            .read(move |read| Ok((read.transcript(id)?.ok_or(store::Error::NotFound)?, read.lines(id)?)));
        let (transcript, lines) = read.await?;
        blocking(move || {
            let told = Told { recording, transcript, lines, names: wish.names };
            let mut draft = Draft::begin(&to)?;
            let bytes = match wish.form {
                TranscriptForm::Txt => text(&told).into_bytes(),
                TranscriptForm::Srt => subtitles::srt(&told).into_bytes(),
                TranscriptForm::Vtt => subtitles::vtt(&told).into_bytes(),
                TranscriptForm::Json => data(&told).into_bytes(),
                TranscriptForm::Docx => docx::document(&told)?,
            };
            draft.write_all(&bytes).map_err(|error| failed(&error))?;
            draft.finish()
        })
        .await
    }

    /// What the file of a recording is called.
    pub async fn sound_name(&self, id: RecordingId) -> Result<String, Error> {
        let (recording, kind) = self.sound(id).await?;
        Ok(format!("{}.{}", name::file(&recording.name, "recording"), kind.extension()))
    }

    /// Writes a recording to a place that the person chose, byte for byte.
    pub async fn save_sound(&self, id: RecordingId, to: PathBuf) -> Result<(), Error> {
        let read = self.0.read(move |read| {
            let media = read.recording(id)?.and_then(|row| row.media_id).ok_or(store::Error::NotFound)?;
            read.media(media)?.ok_or(store::Error::NotFound)
        });
        let from = self.0.store.media_path(&read.await?);
        blocking(move || {
            let mut file = std::fs::File::open(from).map_err(|_| Error::from(Code::Gone))?;
            let mut draft = Draft::begin(&to)?;
            std::io::copy(&mut file, &mut draft).map_err(|error| failed(&error))?;
            draft.finish()
        })
        .await
    }

    async fn sound(&self, id: RecordingId) -> Result<(Recording, Kind), Error> {
        let read = self.0.read(move |read| {
            let row = read.recording(id)?.ok_or(store::Error::NotFound)?;
            let media = row.media_id.map(|media| read.media(media)).transpose()?.flatten();
            Ok((row, media.ok_or(store::Error::NotFound)?))
        });
        let (row, media) = read.await?;
        Ok((row, make::kind(self.0.store.media_path(&media)).await?))
    }

    async fn recording_of(&self, id: TranscriptId) -> Result<Recording, Error> {
        let read = self.0.read(move |read| {
            let recording = read.recording_of_transcript(id)?.ok_or(store::Error::NotFound)?;
            read.recording(recording)?.ok_or(store::Error::NotFound)
        });
        read.await
    }
}

/// What somebody says in a row is one paragraph; who it is stands before it where that is known.
fn text(told: &Told) -> String {
    let (mut text, mut before) = (String::new(), None);
    for line in &told.lines {
        let speaker = told.speaker(line);
        if before == Some(speaker) && !speaker.is_empty() {
            text.push(' ');
        } else {
            if before.is_some() {
                text.push('\n');
            }
            if !speaker.is_empty() {
                text.push_str(speaker);
                text.push_str(": ");
            }
        }
        text.push_str(line.text.trim());
        before = Some(speaker);
    }
    text.push('\n');
    text
}

fn data(told: &Told) -> String {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a few hours")]
    let seconds = |ms: i64| ms as f64 / 1000.0;
    let line = |line: &Line| {
        let words: Vec<_> = line
            .words
            .iter()
            .map(|word| json!({"word": word.text, "start": seconds(word.start_ms), "end": seconds(word.end_ms)}))
            .collect();
        let speaker = Some(told.speaker(line)).filter(|speaker| !speaker.is_empty());
        json!({"start": seconds(line.start_ms), "end": seconds(line.end_ms), "speaker": speaker, "text": line.text,
               "original": line.said, "words": words})
    };
    let body = json!({
        "format": "medley-transcript", "version": VERSION, "name": told.recording.name,
        "duration": seconds(told.recording.duration_ms), "language": told.transcript.language,
        "model": told.transcript.model, "lines": told.lines.iter().map(line).collect::<Vec<_>>(),
    });
    format!("{body:#}\n")
}
