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

/// Between tries to keep what was recorded.
const PAUSE: Duration = Duration::from_secs(1);

/// The recorder, opened when somebody is about to record.
#[derive(Default)]
pub(crate) struct Taking {
    recorder: Mutex<Option<Armed>>,
    now: Mutex<Option<RecordingId>>,
    /// Microphones are opened and closed one after the other.
    turn: tokio::sync::Mutex<()>,
    /// Recordings are begun, ended and found one after the other: no one takes the file of another for nothing.
    keeping: tokio::sync::Mutex<()>,
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
        self.listen(microphone).await
    }

    /// Whoever calls it holds the turn.
    async fn listen(&self, microphone: Option<String>) -> Result<(), Error> {
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
        self.0.events.tell(Event::Recorder { recorder: Box::default() });
        Ok(())
    }

    /// Begins a recording. What was said in the moment before belongs to it.
    pub async fn record(&self, name: String, microphone: Option<String>) -> Result<Recording, Error> {
        let _turn = self.0.recording.turn.lock().await;
        if lock(&self.0.recording.now).is_some() {
            return Err(Code::Writing.into());
        }
        self.listen(microphone).await?;
        let recorder = self.0.recording.armed().ok_or(Code::NoMicrophone)?;
        // Medley does not record itself.
        self.0.player.pause();
        let now = self.0.clock.now();
        let row = Recording {
            state: RecordingState::Recording,
            ..Recording::blank(name.trim(), RecordingOrigin::Recorded, now)
        };
        let id = row.id;
        *lock(&self.0.recording.now) = Some(id);
        if let Err(error) = begin(&self.0, recorder, row).await {
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

/// Begins the file, then the row: words are heard already, and a row without a file would be nothing. Without a row there is no
/// file either.
async fn begin(organs: &Arc<Organs>, recorder: Arc<Recorder>, row: Recording) -> Result<(), Error> {
    let _keeping = organs.recording.keeping.lock().await;
    let (path, taker) = (path(&organs.config.home, row.id), Arc::clone(&recorder));
    let begun = blocking(move || {
        fs::create_dir_all(path.parent().unwrap_or(&path))
            .map_err(|error| crate::export::file::failed(&error))?;
        taker.begin(path).map_err(|deaf| Error::from(code(deaf)))
    });
    begun.await?;
    let written = organs.write(move |write| write.insert_recording(&row, None, &[])).await;
    if written.is_err() {
        organs
            .compute(move || {
                if let Some(Err(error)) = recorder.end().map(|begun| fs::remove_file(begun.path)) {
                    tracing::warn!(%error, "a recording that did not begin is found at the next start");
                }
            })
            .await?;
    }
    written
}

/// Ends what is being recorded and puts it into the media folder. Nothing to do for who comes second.
async fn end(organs: &Arc<Organs>, id: RecordingId) -> Result<(), Error> {
    let _keeping = organs.recording.keeping.lock().await;
    if *lock(&organs.recording.now) != Some(id) {
        return Ok(());
    }
    let recorder = lock(&organs.recording.recorder).as_ref().map(|armed| Arc::clone(&armed.recorder));
    let ended = organs.compute(move || recorder.and_then(|recorder| recorder.end())).await?;
    if ended.is_none() {
        tracing::warn!("the recorder had nothing; what its file holds is kept");
    }
    let (store, home, now) = (organs.store.clone(), organs.config.home.clone(), organs.clock.now());
    let kept = blocking(move || adopt(&store, &home, id, RecordingState::Kept, now)).await;
    // The microphone first: whoever records next opens it anew.
    let microphone = lock(&organs.recording.recorder).take();
    let closed = organs.compute(move || drop(microphone)).await;
    *lock(&organs.recording.now) = None;
    organs.events.tell(Event::Recorder { recorder: Box::default() });
    if kept.is_err() {
        keep_later(organs, id);
    }
    kept.and(closed)?;
    organs.events.tell(Event::Recordings);
    tell(organs, id).await;
    Ok(())
}

/// A full disk may have room again in a moment. What is not kept before Medley is closed is found at the next start.
fn keep_later(organs: &Arc<Organs>, id: RecordingId) {
    let organs = Arc::clone(organs);
    tokio::spawn(async move {
        while !organs.transcripts.is_closed() {
            tokio::time::sleep(PAUSE).await;
            match adopt_again(&organs, id, RecordingState::Kept).await {
                Ok(()) => {
                    organs.events.tell(Event::Recordings);
                    return tell(&organs, id).await;
                }
                Err(error) if matches!(error.code, Code::DiskFull | Code::StoreBroken) => {}
                Err(error) => return tracing::warn!(%error, "a recording stays where it is"),
            }
        }
    });
}

/// Keeps what was being recorded, unless somebody else has done so.
async fn adopt_again(organs: &Arc<Organs>, id: RecordingId, state: RecordingState) -> Result<(), Error> {
    let _keeping = organs.recording.keeping.lock().await;
    let row = organs.read(move |read| read.recording(id)).await?;
    let is_left = row.is_some_and(|row| row.state == RecordingState::Recording && row.media_id.is_none());
    if !is_left || *lock(&organs.recording.now) == Some(id) {
        return Ok(());
    }
    let (store, home, now) = (organs.store.clone(), organs.config.home.clone(), organs.clock.now());
    blocking(move || adopt(&store, &home, id, state, now)).await
}

/// Gives a row to each file that has none, as it is when Medley was killed between the two.
async fn find_files(organs: &Arc<Organs>) -> Result<(), Error> {
    let _keeping = organs.recording.keeping.lock().await;
    let running = *lock(&organs.recording.now);
    let (store, folder, now) = (organs.store.clone(), organs.config.home.join(FOLDER), organs.clock.now());
    blocking(move || {
        let files = match fs::read_dir(folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
            files => files.map_err(|error| crate::export::file::failed(&error))?,
        };
        for path in files.flatten().map(|file| file.path()) {
            let id = path.file_stem().and_then(|name| name.to_str()?.parse::<RecordingId>().ok());
            let Some(id) = id.filter(|id| running != Some(*id)) else { continue };
            if store.read(|read| read.recording(id))?.is_none() {
                let row = Recording {
                    id,
                    state: RecordingState::Recording,
                    ..Recording::blank("", RecordingOrigin::Recorded, now)
                };
                store.write(|write| write.insert_recording(&row, None, &[]))?;
            }
        }
        Ok::<_, Error>(())
    })
    .await
}

/// Finds what was being recorded when Medley was closed or killed.
pub(crate) async fn find(organs: &Arc<Organs>) {
    if let Err(error) = find_files(organs).await {
        tracing::warn!(%error, "files of recordings without a row were not looked for");
    }
    let rows = match organs.read(store::Read::recordings_running).await {
        Ok(rows) => rows,
        Err(error) => return tracing::warn!(%error, "what was being recorded was not looked for"),
    };
    for row in rows {
        if let Err(error) = adopt_again(organs, row.id, RecordingState::Found).await {
            tracing::warn!(%error, "a recording that broke off stays where it is");
        }
    }
    organs.events.tell(Event::Recordings);
}

/// Puts the file of a recording into the media folder, whole or not, without room for another copy. One that holds nothing is
/// forgotten. It blocks; whoever calls it holds `keeping`.
fn adopt(
    store: &Store,
    home: &Path,
    id: RecordingId,
    state: RecordingState,
    now: UnixMs,
) -> Result<(), Error> {
    let path = path(home, id);
    let failed = |error: std::io::Error| Error { message: error.to_string(), ..Code::StoreBroken.into() };
    let remove = || match fs::remove_file(&path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            tracing::warn!(%error, "the first copy of a recording stays behind");
        }
        _ => {}
    };
    let holds = match audio::repair(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        holds => holds.map_err(failed)?,
    };
    if !holds {
        if store.write(|write| write.drop_recording(id))? {
            remove();
        }
        return Ok(());
    }
    let file = File::open(&path).map_err(failed)?;
    let bytes = i64::try_from(file.metadata().map_err(failed)?.len()).unwrap_or(i64::MAX);
    let measured =
        audio::measure(file, Kind::Wav).unwrap_or(Measured { duration: Duration::ZERO, peaks: Vec::new() });
    let kept = store.keep_file(&path, Kind::Wav.mime())?;
    let media = import::media(kept, Kind::Wav, bytes, &measured, now);
    store.write(|write| write.end_recording(id, state, &media, &measured.peaks))?;
    remove();
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
    organs.events.tell(Event::Recorder { recorder: Box::new(recorder) });
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
