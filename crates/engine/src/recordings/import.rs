//! Sounds of the person's own: files and all in folders, byte for byte, films too, of which only the sound counts. Each file is
//! here once; what holds no sound is counted and not taken.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use audio::{Kind, Measured, Source};
use store::table::media::Media;
use store::table::recording::{Recording, RecordingOrigin};
use store::table::transcript::{Transcript, TranscriptTask};
use store::{MediaId, RecordingId, Store, TranscriptId, UnixMs};

use super::{Recordings, runner, tell};
use crate::engine::blocking;
use crate::pictures::import::files::files;
use crate::view::{Event, TookIn, TranscribeWith};
use crate::{Code, Error};

/// So many bytes tell what a file is.
const HEAD: u64 = 64;
/// More files than these are taken in without being written down; the person says which.
const MOST_AT_ONCE: usize = 5;
/// Bytes of a sound that has no file: it lies in memory, and longer ones come as files.
const MOST_BYTES: usize = 200_000_000;
/// Letters of a name.
const NAME: usize = 100;

/// What became of a file.
enum Taken {
    Now(RecordingId),
    Before(RecordingId),
}

/// How files that are brought are to be written down, and when somebody said so.
struct Order {
    row: Transcript,
    at: Instant,
}

impl Order {
    fn new(row: Transcript) -> Self {
        Self { row, at: Instant::now() }
    }
}

impl Recordings {
    /// Takes in files, and all files in folders, one after the other; each is written down as soon as it is here, where it is
    /// said with what and they are few: nobody pays for a folder of music unasked. What came before a failure stays.
    pub async fn take_in(&self, paths: Vec<PathBuf>, with: Option<TranscribeWith>) -> Result<TookIn, Error> {
        let order = match &with {
            Some(with) => Some(Order::new(self.ordered(TranscriptTask::Transcribe, with).await?)),
            None => None,
        };
        let home = self.0.config.home.clone();
        let found = blocking(move || Ok::<_, Error>(files(&paths, &home, || true))).await?;
        // Among many files there may still be few sounds.
        let (at_once, later) = if found.paths.len() <= MOST_AT_ONCE { (order, None) } else { (None, order) };
        let mut took = TookIn { unread: found.unread, ..TookIn::default() };
        for path in found.paths {
            if self.0.transcripts.is_closed() {
                break;
            }
            let (store, now) = (self.0.store.clone(), self.0.clock.now());
            let taken = blocking(move || of_file(&store, &path, now)).await;
            self.note(&mut took, taken, at_once.as_ref()).await?;
        }
        if let Some(order) = later {
            took.is_many = took.ids.len() > MOST_AT_ONCE;
            for id in took.ids.iter().filter(|_| !took.is_many) {
                self.order(*id, &order).await?;
            }
        }
        Ok(took)
    }

    /// Has a recording written down.
    async fn order(&self, id: RecordingId, order: &Order) -> Result<(), Error> {
        let row = Transcript { id: TranscriptId::new(), ..order.row.clone() };
        self.0.write(move |write| write.insert_transcript(id, &row)).await?;
        tell(&self.0, id).await;
        runner::ring_since(&self.0, order.at);
        Ok(())
    }

    /// Takes in a sound that has no file, as it was pasted. With what it is written down is told as JSON: `null` for not at all.
    pub async fn take_in_bytes(&self, name: String, bytes: &[u8], with: &str) -> Result<TookIn, Error> {
        if bytes.len() > MOST_BYTES {
            return Err(Code::RecordingTooLarge.into());
        }
        let with: Option<TranscribeWith> = serde_json::from_str(with)
            .map_err(|error| Error { message: error.to_string(), ..Code::Internal.into() })?;
        let bytes = bytes.to_vec();
        let order = match &with {
            Some(with) => Some(Order::new(self.ordered(TranscriptTask::Transcribe, with).await?)),
            None => None,
        };
        let (store, now) = (self.0.store.clone(), self.0.clock.now());
        let taken = blocking(move || {
            let kind = Kind::of(&bytes).ok_or(Code::RecordingUnreadable)?;
            let (media, length) = (store.put_media(&bytes, kind.mime())?, super::count(bytes.len()));
            let measured = measured(bytes, kind)?;
            let media = self::media(media, kind, length, &measured, now);
            keep(&store, &media, &measured, named(Path::new(&name), now))
        });
        let mut took = TookIn::default();
        self.note(&mut took, taken.await, order.as_ref()).await?;
        Ok(took)
    }

    /// Counts what became of a sound, and has it written down. An error when going on makes no sense: the disk is full.
    async fn note(
        &self,
        took: &mut TookIn,
        taken: Result<Taken, Error>,
        order: Option<&Order>,
    ) -> Result<(), Error> {
        match taken {
            Ok(Taken::Now(id)) => {
                took.ids.push(id);
                if let Some(order) = order {
                    self.order(id, order).await?;
                }
                self.0.events.tell(Event::Recordings);
            }
            Ok(Taken::Before(id)) => took.before.push(id),
            Err(error) if matches!(error.code, Code::DiskFull | Code::StoreBroken) => return Err(error),
            Err(error) => {
                tracing::info!(%error, "a file is not taken in");
                took.unread += 1;
            }
        }
        Ok(())
    }
}

/// Takes in a file. It blocks.
fn of_file(store: &Store, path: &Path, now: UnixMs) -> Result<Taken, Error> {
    let unopened = |error: io::Error| Error { message: error.to_string(), ..Code::FileUnopened.into() };
    // The file itself and not the link to it is looked at: a device or a pipe would never end.
    if !path.metadata().map_err(unopened)?.is_file() {
        return Err(Code::FileUnopened.into());
    }
    let mut head = Vec::new();
    let mut file = File::open(path).map_err(unopened)?;
    file.by_ref().take(HEAD).read_to_end(&mut head).map_err(unopened)?;
    let kind = Kind::of(&head).ok_or(Code::RecordingUnreadable)?;
    let measured = measured(File::open(path).map_err(unopened)?, kind)?;
    let media = put(store, &mut File::open(path).map_err(unopened)?, kind, &measured, now)?;
    keep(store, &media, &measured, named(path, now))
}

fn measured(source: impl Into<Source>, kind: Kind) -> Result<Measured, Error> {
    match audio::measure(source, kind) {
        Ok(measured) => Ok(measured),
        // A service may hear what cannot be heard here.
        Err(audio::Error::Unknown) => Ok(Measured { duration: Duration::ZERO, peaks: Vec::new() }),
        Err(audio::Error::Damaged) => Err(Code::RecordingUnreadable.into()),
    }
}

fn named(path: &Path, now: UnixMs) -> Recording {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let name: String = name.trim().chars().take(NAME).collect();
    Recording::blank(&name, RecordingOrigin::Imported, now)
}

/// The row of what lies in the media folder.
fn keep(store: &Store, media: &Media, measured: &Measured, row: Recording) -> Result<Taken, Error> {
    if let Some(known) = store.read(|read| read.recording_of(media.id))? {
        return Ok(Taken::Before(known));
    }
    let row =
        Recording { media_id: Some(media.id), duration_ms: media.duration_ms.unwrap_or_default(), ..row };
    store.write(|write| write.insert_recording(&row, Some(media), &measured.peaks))?;
    Ok(Taken::Now(row.id))
}

/// The bytes of a file into the media folder, as they are.
fn put(
    store: &Store,
    sound: &mut impl io::Read,
    kind: Kind,
    measured: &Measured,
    now: UnixMs,
) -> Result<Media, Error> {
    let mut incoming = store.receive_media()?;
    let copied = io::copy(sound, &mut incoming);
    let bytes = copied.map_err(|error| incoming.failed(error))?;
    let id = incoming.keep(kind.mime())?;
    Ok(self::media(id, kind, i64::try_from(bytes).unwrap_or(i64::MAX), measured, now))
}

/// The row of a file.
pub(super) fn media(id: MediaId, kind: Kind, bytes: i64, measured: &Measured, now: UnixMs) -> Media {
    let duration = i64::try_from(measured.duration.as_millis()).unwrap_or(i64::MAX);
    Media { duration_ms: Some(duration), ..Media::plain(id, kind.mime(), bytes, now) }
}
