//! Takes conversations out of Medley: as Markdown, as plain HTML, as JSON, to a file or a folder that the person chose, or
//! as rich text for the clipboard. A file is there whole or not at all, and no key is ever in it.

mod file;
mod html;
mod json;
mod markdown;
mod name;
mod shelf;
mod talk;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use jiff::tz::TimeZone;
use store::table::conversation::{ConversationQuery, Shelf};
use store::{ConversationId, MessageId, Read};

use crate::Error;
use crate::engine::Organs;
use crate::view::{Event, Export, ExportFormat, ExportWords, Exported, Rich, Where};

/// Taking conversations out of Medley.
pub struct Exports(pub(crate) Arc<Organs>);

/// The wish to stop, and where the last export lies.
#[derive(Default)]
pub(crate) struct Under {
    stop: AtomicBool,
    last: std::sync::Mutex<Option<PathBuf>>,
}

/// What every writer of a format needs beside the conversation.
pub(super) struct Setting {
    words: ExportWords,
    zone: TimeZone,
}

impl Exports {
    /// What the person has to choose for this export, and a name to begin with.
    pub async fn place(&self, export: Export) -> Result<Where, Error> {
        self.0
            .read(move |read| {
                let ids = all(read, &export)?;
                Ok(match ids.as_slice() {
                    [one] => {
                        let title = read.conversation(*one)?.map(|talk| talk.title).unwrap_or_default();
                        let stem = name::file(&title, &export.words.untitled);
                        Where::File { name: format!("{stem}.{}", export.format.ending()) }
                    }
                    _ => Where::Folder,
                })
            })
            .await
    }

    /// Writes the export to the file or into the folder chosen. Tells how far it is while it runs.
    pub async fn write(&self, export: Export, to: PathBuf) -> Result<Exported, Error> {
        self.0.exports.stop.store(false, Ordering::Relaxed);
        let organs = Arc::clone(&self.0);
        let now = self.0.clock.now();
        let written = self.0.read(move |read| Ok(run(&organs, read, export, &to, now))).await??;
        self.0.exports.note(written.place);
        Ok(Exported { conversations: written.conversations, name: written.name })
    }

    /// Stops the export that is running; nothing of it stays.
    pub fn stop(&self) {
        self.0.exports.stop.store(true, Ordering::Relaxed);
    }

    /// Where the last export lies, for showing it in the system's own window. It never goes to the page.
    pub fn last(&self) -> Option<PathBuf> {
        self.0.exports.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// Some messages, or the whole branch shown, as rich text and as Markdown, for the clipboard.
    pub async fn rich(&self, of: RichOf, words: ExportWords) -> Result<Rich, Error> {
        self.0.read(move |read| html::rich(read, &of, &Setting { words, zone: TimeZone::system() })).await
    }
}

/// What is copied as rich text.
#[derive(Clone, Copy, Debug)]
pub enum RichOf {
    /// One message.
    Message(MessageId),
    /// The branch that is shown of a conversation.
    Conversation(ConversationId),
}

impl Under {
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn note(&self, place: PathBuf) {
        *self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(place);
    }
}

/// What was written.
struct Written {
    place: PathBuf,
    name: String,
    conversations: usize,
}

fn run(organs: &Organs, read: &Read, export: Export, to: &Path, now: i64) -> Result<Written, Error> {
    let ids = all(read, &export)?;
    let setting = Setting { words: export.words, zone: TimeZone::system() };
    let job = shelf::Job { read, setting: &setting, format: export.format, now };
    let mut tell = |done: usize| {
        organs.events.tell(Event::Exporting { done, of: ids.len() });
        !organs.exports.is_stopped()
    };
    let place = match ids.as_slice() {
        [one] => job.one(*one, to, &mut tell)?,
        many => job.many(many, to, &mut tell)?,
    };
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Written { place, name, conversations: ids.len() })
}

/// The conversations meant, in the order of the list, each once; those that are gone are left out.
fn all(read: &Read, export: &Export) -> Result<Vec<ConversationId>, store::Error> {
    let Some(folder) = export.folder_id else {
        let mut seen = std::collections::HashSet::new();
        return Ok(export.ids.iter().copied().filter(|id| seen.insert(*id)).collect());
    };
    let mut query =
        ConversationQuery { shelf: Some(Shelf::Folder(folder)), limit: 500, ..ConversationQuery::default() };
    let mut ids = Vec::new();
    loop {
        let page = read.conversations(&query)?;
        let Some(last) = page.last() else { return Ok(ids) };
        query.before = Some(last.cursor());
        ids.extend(page.iter().map(|talk| talk.id));
    }
}

impl ExportFormat {
    /// How the names of its files end.
    fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Json => "json",
        }
    }
}
