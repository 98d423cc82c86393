//! Recording: the one recorder of the engine, the file that it writes beside the database, and what becomes of it when it ends,
//! breaks off, or is found after a kill. What the microphone took is never lost.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use audio::{Deaf, Kind, Measured, Recorder, Stage, Taken};
use store::table::recording::{Recording, RecordingOrigin, RecordingState};
use store::{RecordingId, Store, UnixMs};

use super::{Recordings, import, tell};
use crate::engine::{Organs, blocking};
use crate::view::{Event, Microphone, RecorderStage, RecorderView};
use crate::{Code, Error};

/// Where recordings lie while they are being recorded.
const FOLDER: &str = "recording";

/// The recorder, opened when somebody is about to record.
#[derive(Default)]
pub(crate) struct Taking {
    recorder: Mutex<Option<Armed>>,
    now: Mutex<Option<RecordingId>>,
    /// Microphones are opened and closed one after the other.
    turn: tokio::sync::Mutex<()>,
}

struct Armed {
    microphone: Option<String>,
    recorder: Arc<Recorder>,
}

impl Taking {
    fn armed(&self) -> Option<Arc<Recorder>> {
        lock(&self.recorder).as_ref().map(|armed| Arc::clone(&armed.recorder)).filter(|it| it.works())
    }

    /// Ends what is being recorded, in good order. The next start finds it.
    pub(crate) fn close(&self) {
        lock(&self.recorder).take();
    }
}

impl Recordings {
    /// The microphones that can be chosen.
    pub async fn microphones(&self) -> Result<Vec<Microphone>, Error> {
        let named =
            |one: audio::Microphone| Microphone { id: one.id, name: one.name, is_default: one.is_default };
        self.0.compute(move || audio::microphones().into_iter().map(named).collect()).await
    }

    /// Listens to a microphone, so that the first word is not lost. Nothing is kept but the last moment.
    pub async fn arm(&self, microphone: Option<String>) -> Result<(), Error> {
        let _turn = self.0.recording.turn.lock().await;
        let is_busy = lock(&self.0.recording.now).is_some();
        let stands = lock(&self.0.recording.recorder)
            .as_ref()
            .is_some_and(|armed| armed.recorder.works() && (is_busy || armed.microphone == microphone));
        if stands {
            return Ok(());
        }
        let (weak, runtime) = (Arc::downgrade(&self.0), tokio::runtime::Handle::current());
        let named = microphone.clone();
        let opened = blocking(move || {
            Recorder::arm(named, move |taken| heed(&weak, &runtime, taken))
                .map_err(|deaf| Error::from(code(deaf)))
        });
        let recorder = Arc::new(opened.await?);
        let before = lock(&self.0.recording.recorder).replace(Armed { microphone, recorder });
        // Closing a microphone may block.
        self.0.compute(move || drop(before)).await
    }

    /// Stops listening, unless something is being recorded.
    pub async fn disarm(&self) -> Result<(), Error> {
        let _turn = self.0.recording.turn.lock().await;
        if lock(&self.0.recording.now).is_some() {
            return Ok(());
        }
        let before = lock(&self.0.recording.recorder).take();
        self.0.compute(move || drop(before)).await?;
        self.0.events.tell(Event::Recorder { recorder: RecorderView::default() });
        Ok(())
    }

    /// Begins a recording. What was said in the moment before belongs to it.
    pub async fn record(&self, name: String, microphone: Option<String>) -> Result<Recording, Error> {
        if lock(&self.0.recording.now).is_some() {
            return Err(Code::Writing.into());
        }
        self.arm(microphone).await?;
        let recorder = self.0.recording.armed().ok_or(Code::NoMicrophone)?;
        let now = self.0.clock.now();
        let row = Recording {
            state: RecordingState::Recording,
            ..Recording::blank(name.trim(), RecordingOrigin::Recorded, now)
        };
        let id = row.id;
        *lock(&self.0.recording.now) = Some(id);
        let path = path(&self.0.config.home, id);
        let begun = blocking(move || {
            fs::create_dir_all(path.parent().unwrap_or(&path))
                .map_err(|error| crate::export::file::failed(&error))?;
            recorder.begin(path).map_err(|deaf| Error::from(code(deaf)))
        });
        let begun = match begun.await {
            // The row comes second: words are heard already, and a row without a file would be nothing.
            Ok(()) => self.0.write(move |write| write.insert_recording(&row, None, &[])).await,
            Err(error) => Err(error),
        };
        if let Err(error) = begun {
            *lock(&self.0.recording.now) = None;
            return Err(error);
        }
        self.0.events.tell(Event::Recordings);
        let row = self.0.read(move |read| read.recording(id)).await?;
        row.ok_or_else(|| Code::Gone.into())
    }

    /// Waits in the middle of a recording, or goes on.
    pub fn pause_recording(&self, waits: bool) {
        if let Some(recorder) = self.0.recording.armed() {
            recorder.pause(waits);
        }
    }

    /// Ends the recording. Gives its row.
    pub async fn stop_recording(&self) -> Result<Recording, Error> {
        let id = lock(&self.0.recording.now).ok_or(Code::Gone)?;
        end(&self.0, id).await?;
        let row = self.0.read(move |read| read.recording(id)).await?;
        row.ok_or_else(|| Code::Gone.into())
    }

    /// What is being recorded now.
    pub fn recording_now(&self) -> Option<RecordingId> {
        *lock(&self.0.recording.now)
    }
}

/// Ends what is being recorded and puts it into the media folder.
async fn end(organs: &Arc<Organs>, id: RecordingId) -> Result<(), Error> {
    let recorder = lock(&organs.recording.recorder).as_ref().map(|armed| Arc::clone(&armed.recorder));
    let ended = organs.compute(move || recorder.and_then(|recorder| recorder.end())).await?;
    if ended.is_none() {
        tracing::warn!("the recorder had nothing; what its file holds is kept");
    }
    let (store, home, now) = (organs.store.clone(), organs.config.home.clone(), organs.clock.now());
    let kept = blocking(move || adopt(&store, &home, id, RecordingState::Kept, now)).await;
    let is_ours = {
        let mut running = lock(&organs.recording.now);
        let is_ours = *running == Some(id);
        if is_ours {
            *running = None;
        }
        is_ours
    };
    if is_ours {
        let microphone = lock(&organs.recording.recorder).take();
        organs.compute(move || drop(microphone)).await?;
        organs.events.tell(Event::Recorder { recorder: RecorderView::default() });
    }
    kept?;
    organs.events.tell(Event::Recordings);
    tell(organs, id).await;
    Ok(())
}

/// Finds what was being recorded when Medley was closed or killed.
pub(crate) async fn find(organs: &Arc<Organs>) {
    let rows = match organs.read(store::Read::recordings_running).await {
        Ok(rows) => rows,
        Err(error) => return tracing::warn!(%error, "what was being recorded was not looked for"),
    };
    for row in rows {
        if *lock(&organs.recording.now) == Some(row.id) {
            continue;
        }
        let (store, home, now) = (organs.store.clone(), organs.config.home.clone(), organs.clock.now());
        let found = blocking(move || adopt(&store, &home, row.id, RecordingState::Found, now)).await;
        if let Err(error) = found {
            tracing::warn!(%error, "a recording that broke off stays where it is");
        }
    }
    organs.events.tell(Event::Recordings);
}

/// Puts the file of a recording into the media folder, whole or not. One that holds nothing is forgotten. It blocks.
fn adopt(
    store: &Store,
    home: &Path,
    id: RecordingId,
    state: RecordingState,
    now: UnixMs,
) -> Result<(), Error> {
    let path = path(home, id);
    let failed = |error: std::io::Error| Error { message: error.to_string(), ..Code::StoreBroken.into() };
    let holds = match audio::repair(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        holds => holds.map_err(failed)?,
    };
    if !holds {
        store.write(|write| write.drop_recording(id))?;
        return Ok(());
    }
    let open = || File::open(&path).map_err(failed);
    let measured = audio::measure(open()?, Kind::Wav)
        .unwrap_or(Measured { duration: Duration::ZERO, peaks: Vec::new() });
    let media = import::put(store, &mut open()?, Kind::Wav, &measured, now)?;
    store.write(|write| write.end_recording(id, state, &media, &measured.peaks))?;
    if let Err(error) = fs::remove_file(&path) {
        tracing::warn!(%error, "the first copy of a recording stays behind");
    }
    Ok(())
}

/// Passes on what the recorder tells. What broke off by itself is kept at once.
fn heed(organs: &Weak<Organs>, runtime: &tokio::runtime::Handle, taken: Taken) {
    let Some(organs) = organs.upgrade() else { return };
    let id = *lock(&organs.recording.now);
    let problem = taken.trouble.map(|deaf| Error::from(code(deaf)).problem());
    let recorder = RecorderView {
        stage: match taken.stage {
            Stage::Armed => RecorderStage::Armed,
            Stage::Recording => RecorderStage::Recording,
            Stage::Paused => RecorderStage::Paused,
            Stage::Broken => RecorderStage::Broken,
        },
        recording_id: id,
        level: f64::from(taken.level.clamp(0.0, 1.0)),
        duration_ms: i64::try_from(taken.duration.as_millis()).unwrap_or(i64::MAX),
        problem,
    };
    organs.events.tell(Event::Recorder { recorder });
    if let Some(id) = id.filter(|_| taken.stage == Stage::Broken) {
        let organs = Arc::clone(&organs);
        runtime.spawn(async move {
            if let Err(error) = end(&organs, id).await {
                tracing::error!(%error, "a recording that broke off is kept at the next start");
            }
        });
    }
}

fn path(home: &Path, id: RecordingId) -> PathBuf {
    home.join(FOLDER).join(format!("{id}.wav"))
}

fn code(deaf: Deaf) -> Code {
    match deaf {
        Deaf::NoMicrophone => Code::NoMicrophone,
        Deaf::Denied => Code::MicrophoneDenied,
        Deaf::Lost => Code::MicrophoneLost,
        Deaf::DiskFull => Code::DiskFull,
        Deaf::Unwritten => Code::CannotWrite,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
