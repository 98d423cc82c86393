//! Taking pictures in from the person's own files and folders, in the background: the bytes as they are, the date and what
//! a file tells of its making. Each file is here once, however often it is taken in; what cannot be drawn is counted and
//! not taken. What was taken in before a kill stays.

pub(crate) mod files;
mod one;
mod past;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use store::ServiceId;
use store::table::picture::TakenIn;

use self::files::{Found, files};
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
    /// The person wanted it to stop, and chose nothing since.
    stopped: bool,
    /// How often it was stopped.
    stops: usize,
    /// Wanted, and not looked into yet.
    wanted: Wanted,
}

/// What is to be taken in.
#[derive(Default)]
struct Wanted {
    /// Files and folders.
    paths: Vec<PathBuf>,
    /// Services whose past is to be brought in.
    services: Vec<ServiceId>,
}

impl Wanted {
    fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.services.is_empty()
    }
}

impl Imports {
    /// Takes more in. True when nobody was at it.
    fn add(&self, more: Wanted) -> bool {
        let mut state = self.lock();
        state.wanted.paths.extend(more.paths);
        let new: Vec<_> =
            more.services.into_iter().filter(|id| !state.wanted.services.contains(id)).collect();
        state.wanted.services.extend(new);
        state.stopped = false;
        !std::mem::replace(&mut state.running, true)
    }

    /// What was chosen since this was last asked, and how often it was stopped until now.
    fn take(&self) -> (Wanted, usize) {
        let mut state = self.lock();
        (std::mem::take(&mut state.wanted), state.stops)
    }

    /// Ends, unless more was chosen in this moment.
    fn end(&self) -> bool {
        let mut state = self.lock();
        state.running = !state.wanted.is_empty();
        !state.running
    }

    fn is_stopped(&self) -> bool {
        self.lock().stopped
    }

    /// Whether it was not stopped since what is being taken in was taken from the list.
    fn goes_on(&self, stops: usize) -> bool {
        self.lock().stops == stops
    }

    /// Stops after the file that is being read. What waits is forgotten; what is chosen after this is taken in.
    pub(crate) fn stop(&self) {
        let mut state = self.lock();
        state.wanted = Wanted::default();
        state.stopped = true;
        state.stops += 1;
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pictures {
    /// Begins to take in files, and all files in folders. It goes on by itself: events tell how far it is and how it ended.
    /// What is chosen while others are taken in waits for its turn.
    pub fn import(&self, paths: Vec<PathBuf>) {
        if !paths.is_empty() {
            self.begin_import(Wanted { paths, ..Wanted::default() });
        }
    }

    /// Begins to bring in the pictures that a service still has of the past. It goes on as [`Self::import`] does.
    pub fn import_past(&self, service: ServiceId) {
        self.begin_import(Wanted { services: vec![service], ..Wanted::default() });
    }

    fn begin_import(&self, wanted: Wanted) {
        if self.0.imports.add(wanted) {
            tokio::spawn(run(Arc::clone(&self.0)));
        }
    }

    /// Takes in a picture that has no file, as it was pasted.
    pub async fn import_bytes(&self, bytes: Vec<u8>) -> Result<(), Error> {
        let (organs, now) = (Arc::clone(&self.0), self.0.clock.now());
        let store = organs.store.clone();
        let taken = organs.small.decode(move || one::take_in(&store, &bytes, now, now)).await;
        let mut tally = Tally::default();
        tally.imported.pasted = true;
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
                match error.code {
                    Code::FileUnopened => self.imported.unopened += 1,
                    Code::FileTooLarge => self.imported.too_large += 1,
                    _ => self.imported.unread += 1,
                }
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
        let (Wanted { paths: chosen, services }, stops) = organs.imports.take();
        if chosen.is_empty() && services.is_empty() {
            return Ok(());
        }
        tally.tell(organs);
        for service in services {
            match past::take_in(organs, service, tally, || goes_on(organs, stops)).await {
                Err(error) if matches!(error.code, Code::DiskFull | Code::StoreBroken) => return Err(error),
                Err(error) => {
                    // What else was chosen is taken in all the same.
                    tracing::warn!(%error, "the past of a service cannot be taken in");
                    tally.imported.problem.get_or_insert_with(|| error.problem());
                }
                Ok(()) => {}
            }
            tally.of = tally.done;
        }
        let looking = Arc::clone(organs);
        let Found { paths, unread } = blocking(move || {
            Ok::<_, Error>(files(&chosen, &looking.config.home, || goes_on(&looking, stops)))
        })
        .await?;
        tally.imported.unopened += unread;
        tally.of += paths.len();
        for path in paths {
            if !goes_on(organs, stops) {
                tally.of = tally.done;
                break;
            }
            let (store, now) = (organs.store.clone(), organs.clock.now());
            tally.note(organs.small.decode(move || one::of_file(&store, &path, now)).await)?;
            tally.done += 1;
            tally.tell(organs);
        }
    }
}

/// Closing the program is a stop too.
fn goes_on(organs: &Organs, stops: usize) -> bool {
    organs.imports.goes_on(stops) && !organs.makings.is_closed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_chosen_meanwhile_waits_for_its_turn() {
        let imports = Imports::default();
        let files = |name: &str| Wanted { paths: vec![name.into()], ..Wanted::default() };
        let service = ServiceId::new();
        let past = || Wanted { services: vec![service], ..Wanted::default() };
        assert!(imports.add(files("a")));
        assert!(!imports.add(files("b")), "somebody is at it");
        assert!(!imports.add(past()) && !imports.add(past()));
        let (wanted, stops) = imports.take();
        assert_eq!(
            (wanted.paths.len(), wanted.services.len()),
            (2, 1),
            "a service's past is brought in once"
        );
        assert!(!imports.add(files("c")));
        assert!(imports.goes_on(stops) && !imports.end(), "there is more");
        imports.stop();
        assert!(!imports.goes_on(stops) && imports.is_stopped());
        assert!(!imports.add(files("d")), "it has not ended yet");
        assert!(!imports.goes_on(stops), "what was stopped stays stopped");
        assert!(!imports.end() && !imports.is_stopped());
        assert_eq!(
            imports.take().0.paths,
            [PathBuf::from("d")],
            "what waited is forgotten, what came after the stop is not"
        );
        assert!(imports.end() && imports.add(files("e")));
    }
}
