//! Taking pictures in from the person's own files and folders, in the background: the bytes as they are, the date and what
//! a file tells of its making. Each file is here once, however often it is taken in; what cannot be drawn is counted and
//! not taken. What was taken in before a kill stays.

mod one;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use store::table::picture::TakenIn;
use walkdir::{DirEntry, WalkDir};

use super::Pictures;
use crate::engine::{Organs, blocking};
use crate::view::{Event, Imported};
use crate::{Code, Error};

/// How often windows are told how far it is.
const PROGRESS: Duration = Duration::from_millis(100);
/// How often the gallery is told to look again meanwhile: reading all of it takes a moment.
const GALLERY: Duration = Duration::from_secs(2);

/// What is being taken in.
#[derive(Default)]
pub(crate) struct Imports(Mutex<State>);

#[derive(Default)]
struct State {
    running: bool,
    stopped: bool,
    /// Chosen, and not looked into yet.
    chosen: VecDeque<PathBuf>,
}

impl Imports {
    /// Takes more in. True when nobody was at it.
    fn add(&self, paths: Vec<PathBuf>) -> bool {
        let mut state = self.lock();
        state.chosen.extend(paths);
        let begins = !state.running;
        if begins {
            (state.running, state.stopped) = (true, false);
        }
        begins
    }

    /// What was chosen since this was last asked.
    fn take(&self) -> Vec<PathBuf> {
        self.lock().chosen.drain(..).collect()
    }

    /// Ends, unless more was chosen in this moment.
    fn end(&self) -> bool {
        let mut state = self.lock();
        if state.stopped {
            state.chosen.clear();
        }
        state.running = !state.chosen.is_empty();
        !state.running
    }

    fn is_stopped(&self) -> bool {
        self.lock().stopped
    }

    /// Stops after the file that is being read.
    pub(crate) fn stop(&self) {
        self.lock().stopped = true;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pictures {
    /// Begins to take in files, and all files in folders. It goes on by itself: events tell how far it is and how it ended.
    /// What is chosen while others are taken in waits for its turn.
    pub fn import(&self, paths: Vec<PathBuf>) {
        if !paths.is_empty() && self.0.imports.add(paths) {
            tokio::spawn(run(Arc::clone(&self.0)));
        }
    }

    /// Takes in a picture that has no file, as it was pasted.
    pub async fn import_bytes(&self, bytes: Vec<u8>) -> Result<(), Error> {
        let (organs, now) = (Arc::clone(&self.0), self.0.clock.now());
        let store = organs.store.clone();
        let taken = organs.small.decode(move || one::take_in(&store, &bytes, now, now)).await;
        let mut tally = Tally::default();
        tally.note(taken)?;
        self.tell();
        organs.events.tell(Event::Imported { imported: Box::new(tally.imported) });
        Ok(())
    }

    /// Stops taking in; what is here stays.
    pub fn stop_importing(&self) {
        self.0.imports.stop();
    }
}

/// How far it is.
#[derive(Default)]
struct Tally {
    imported: Imported,
    done: usize,
    of: usize,
    told: Option<Instant>,
    shown: Option<Instant>,
}

impl Tally {
    /// Counts what became of a file. An error when going on makes no sense: the disk is full.
    fn note(&mut self, taken: Result<TakenIn, Error>) -> Result<(), Error> {
        match taken {
            Ok(TakenIn::Now(key)) => self.imported.keys.push(key),
            Ok(TakenIn::Before) => self.imported.before += 1,
            Err(error) if matches!(error.code, Code::DiskFull | Code::StoreBroken) => return Err(error),
            Err(error) => {
                tracing::info!(%error, "a file is not taken in");
                self.imported.unread += 1;
            }
        }
        Ok(())
    }

    fn tell(&mut self, organs: &Organs) {
        let is_due = |at: Option<Instant>, every: Duration| at.is_none_or(|before| before.elapsed() >= every);
        if is_due(self.told, PROGRESS) {
            self.told = Some(Instant::now());
            organs.events.tell(Event::Importing { done: self.done, of: self.of });
        }
        if self.shown.is_some() && is_due(self.shown, GALLERY) {
            organs.events.tell(Event::Pictures);
        }
        if is_due(self.shown, GALLERY) {
            self.shown = Some(Instant::now());
        }
    }
}

async fn run(organs: Arc<Organs>) {
    let mut tally = Tally::default();
    loop {
        let taken = take_all(&organs, &mut tally).await;
        if let Err(error) = taken {
            tracing::warn!(%error, "pictures cannot be taken in");
            tally.imported.problem = Some(error.problem());
            organs.imports.stop();
        }
        tally.imported.stopped = organs.imports.is_stopped();
        if organs.imports.end() {
            break;
        }
    }
    organs.events.tell(Event::Pictures);
    organs.events.tell(Event::Imported { imported: Box::new(tally.imported) });
}

async fn take_all(organs: &Arc<Organs>, tally: &mut Tally) -> Result<(), Error> {
    loop {
        let chosen = organs.imports.take();
        if chosen.is_empty() {
            return Ok(());
        }
        tally.tell(organs);
        let found = blocking(move || Ok::<_, Error>(files(&chosen))).await?;
        tally.of += found.len();
        for path in found {
            // Closing the program is a stop too.
            if organs.imports.is_stopped() || organs.makings.is_closed() {
                return Ok(());
            }
            let (store, now) = (organs.store.clone(), organs.clock.now());
            tally.note(organs.small.decode(move || one::of_file(&store, &path, now)).await)?;
            tally.done += 1;
            tally.tell(organs);
        }
    }
}

/// The files that were chosen, and all in the folders that were. What is hidden in a folder stays hidden, and no folder is
/// entered through a link: it may lead in circles, or out of what was chosen.
fn files(chosen: &[PathBuf]) -> Vec<PathBuf> {
    let is_seen = |entry: &DirEntry| entry.depth() == 0 || !is_hidden(entry.path());
    let in_one = |path: &PathBuf| {
        let all = WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(is_seen);
        let readable = all.filter_map(|entry| {
            entry.inspect_err(|error| tracing::info!(%error, "a part of a folder cannot be read")).ok()
        });
        readable.filter(|entry| !entry.file_type().is_dir()).map(DirEntry::into_path).collect::<Vec<_>>()
    };
    chosen.iter().flat_map(in_one).collect()
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn folders_are_looked_through_without_what_is_hidden_or_leads_out() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("in/deep")).unwrap();
        fs::create_dir_all(at("in/.thumbnails")).unwrap();
        for name in
            ["in/b.png", "in/a.png", "in/deep/c.png", "in/.thumbnails/a.png", "in/.DS_Store", "out.png"]
        {
            fs::write(at(name), "").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), at("in/round")).unwrap();
        let found = files(&[at("in"), at("out.png"), at("no such file")]);
        let names: Vec<_> = found.iter().filter(|path| path.is_file()).collect();
        assert_eq!(names, [&at("in/a.png"), &at("in/b.png"), &at("in/deep/c.png"), &at("out.png")]);
    }

    #[test]
    fn what_is_chosen_meanwhile_waits_for_its_turn() {
        let imports = Imports::default();
        assert!(imports.add(vec!["a".into()]));
        assert!(!imports.add(vec!["b".into()]), "somebody is at it");
        assert_eq!(imports.take().len(), 2);
        assert!(!imports.add(vec!["c".into()]));
        assert!(!imports.end(), "there is more");
        imports.stop();
        assert!(imports.end() && imports.take().is_empty(), "what was not begun is forgotten");
        assert!(imports.add(vec!["d".into()]) && !imports.is_stopped());
    }
}
