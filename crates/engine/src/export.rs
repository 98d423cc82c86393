//! Takes conversations out of Medley: as Markdown, as plain HTML, as JSON, to a file or a folder that the person chose, or
//! as rich text for the clipboard; and pictures as they came. A file is there whole or not at all, and no key is ever in it.

pub(crate) mod file;
mod html;
mod json;
mod markdown;
mod media;
pub(crate) mod name;
mod pictures;
mod shelf;
mod talk;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use store::table::conversation::{ConversationQuery, Shelf};
use store::{ConversationId, MessageId, Read};

use self::media::Files;
use crate::engine::Organs;
use crate::view::{Event, Export, ExportFormat, ExportWords, Exported, Rich, Where};
use crate::{Code, Error};

/// Taking conversations out of Medley.
pub struct Exports(pub(crate) Arc<Organs>);

/// How often windows are told how far an export is.
const PROGRESS: Duration = Duration::from_millis(33);

/// The exports under way, each with the wish to stop it, and where the last one lies.
#[derive(Default)]
pub(crate) struct Under {
    running: Mutex<Vec<Arc<AtomicBool>>>,
    last: Mutex<Option<PathBuf>>,
}

/// What every writer of a format needs beside the conversation.
pub(super) struct Setting {
    words: ExportWords,
    zone: TimeZone,
    files: Files,
    stop: Arc<AtomicBool>,
}

impl Setting {
    /// An error when the person wants it to stop.
    pub(super) fn go_on(&self) -> Result<(), Error> {
        if self.stop.load(Ordering::Relaxed) { Err(Code::Stopped.into()) } else { Ok(()) }
    }
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
        let (organs, stop) = (Arc::clone(&self.0), self.0.exports.begin());
        let wish = Arc::clone(&stop);
        let written = self.0.read(move |read| Ok(run(&organs, read, export, &to, &stop))).await;
        self.0.exports.end(&wish);
        let written = written??;
        self.0.exports.note(written.place);
        Ok(Exported { conversations: written.conversations, name: written.name })
    }

    /// Stops what is being exported; nothing of it stays.
    pub fn stop(&self) {
        lock(&self.0.exports.running).iter().for_each(|stop| stop.store(true, Ordering::Relaxed));
    }

    /// Where the last export lies, for showing it in the system's own window. It never goes to the page.
    pub fn last(&self) -> Option<PathBuf> {
        lock(&self.0.exports.last).clone()
    }

    /// Some messages, or the whole branch shown, as rich text and as Markdown, for the clipboard.
    pub async fn rich(&self, of: RichOf, words: ExportWords) -> Result<Rich, Error> {
        let files = Files::inside(self.0.store.clone());
        let setting = Setting { words, zone: TimeZone::system(), files, stop: Arc::default() };
        self.0.read(move |read| Ok(html::rich(read, &of, &setting))).await?
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
    fn begin(&self) -> Arc<AtomicBool> {
        let stop = Arc::<AtomicBool>::default();
        lock(&self.running).push(Arc::clone(&stop));
        stop
    }

    fn end(&self, stop: &Arc<AtomicBool>) {
        lock(&self.running).retain(|other| !Arc::ptr_eq(other, stop));
    }

    fn note(&self, place: PathBuf) {
        *lock(&self.last) = Some(place);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What was written.
struct Written {
    place: PathBuf,
    name: String,
    conversations: usize,
}

fn run(
    organs: &Organs,
    read: &Read,
    export: Export,
    to: &Path,
    stop: &Arc<AtomicBool>,
) -> Result<Written, Error> {
    let ids = all(read, &export)?;
    // Replaced by whoever knows where the files go.
    let files = Files::inside(organs.store.clone());
    let (words, zone) = (export.words, TimeZone::system());
    let setting = Setting { words, zone, files, stop: Arc::clone(stop) };
    let (store, now) = (organs.store.clone(), organs.clock.now());
    let job = shelf::Job { read, store, setting, format: export.format, now };
    let mut told: Option<Instant> = None;
    let mut tell = |done: usize| {
        if done == ids.len() || told.is_none_or(|at| at.elapsed() >= PROGRESS) {
            told = Some(Instant::now());
            organs.events.tell(Event::Exporting { done, of: ids.len() });
        }
        !stop.load(Ordering::Relaxed)
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
