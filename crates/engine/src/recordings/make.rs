//! The parts of one transcript: plans them, asks for two at a time, plans anew where one is too large, and ends when all are
//! here. A part that was sent is always waited for, whatever becomes of the others.

use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;

use audio::Kind;
use store::table::learnt::{Learnt, LearntRow};
use store::table::recording::Recording;
use store::table::transcript::{Transcript, TranscriptPart};
use store::{ServiceId, UnixMs};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;

use super::part::{Asking, Came, Sound};
use super::{cut, runner};
use crate::engine::{Organs, blocking};
use crate::{Code, Error};

/// Parts under way at once.
const AT_ONCE: usize = 2;
/// Bytes that services take at most, with room for the other fields of the form (reference 7.1).
const LARGEST: i64 = 26_000_000;
/// What is longer is cut even where it is small enough: a failure costs no more than a part, and some models stop there.
const LONGEST_MS: i64 = 20 * 60 * 1000;
/// How long parts are.
const PART_MS: i64 = 10 * 60 * 1000;
/// The shortest part that is worth asking for.
const SHORTEST_MS: i64 = 5 * 1000;
/// Bytes a second of a part, and a little more.
const BYTES_A_SECOND: i64 = 4_600;
/// Files that services take as they are; others are sent as parts, which they all take.
const TAKEN: &[Kind] = &[Kind::Mp3, Kind::Ogg, Kind::Mp4, Kind::Flac, Kind::Wav, Kind::WebM];

/// How the asking for a transcript ended.
pub(super) enum Outcome {
    /// All of it is here.
    Done,
    /// Somebody wants it to wait.
    Paused,
    /// Something went wrong.
    Failed(Error),
}

struct Making {
    organs: Arc<Organs>,
    transcript: Transcript,
    recording: Recording,
    file: PathBuf,
    bytes: i64,
    kind: Kind,
    peaks: Arc<Vec<u8>>,
    stop: Arc<Notify>,
    /// Tells the parts that are under way that nothing more may be sent.
    stopped: watch::Sender<bool>,
}

/// Asks for all parts that are not here.
pub(super) async fn run(organs: Arc<Organs>, transcript: Transcript, stop: Arc<Notify>) -> Outcome {
    let made = Making::open(organs, transcript, stop).await;
    match made {
        Ok(making) => making.run().await.unwrap_or_else(Outcome::Failed),
        Err(error) => Outcome::Failed(error),
    }
}

impl Making {
    async fn open(organs: Arc<Organs>, transcript: Transcript, stop: Arc<Notify>) -> Result<Self, Error> {
        let id = transcript.id;
        let read = organs.read(move |read| {
            let recording = read.recording_of_transcript(id)?.ok_or(store::Error::NotFound)?;
            let row = read.recording(recording)?.ok_or(store::Error::NotFound)?;
            let media = row.media_id.map(|media| read.media(media)).transpose()?.flatten();
            Ok((media.ok_or(store::Error::NotFound)?, row, read.recording_peaks(recording)?))
        });
        let (media, recording, peaks) = read.await?;
        let file = organs.store.media_path(&media);
        let kind = kind(file.clone()).await?;
        Ok(Self {
            organs,
            transcript,
            recording,
            file,
            bytes: media.bytes,
            kind,
            peaks: Arc::new(peaks),
            stop,
            stopped: watch::Sender::new(false),
        })
    }

    async fn run(&self) -> Result<Outcome, Error> {
        let id = self.transcript.id;
        if self.parts().await?.is_empty() {
            let stretches = self.plan().await?;
            self.organs.write(move |write| write.replan_transcript(id, &stretches)).await?;
            runner::tell_of(&self.organs, id).await;
        }
        loop {
            let missing: Vec<_> = self.parts().await?.into_iter().filter(|part| !part.is_kept).collect();
            if missing.is_empty() {
                return Ok(Outcome::Done);
            }
            match self.round(missing.clone()).await? {
                Round::Kept => {}
                Round::Paused => return Ok(Outcome::Paused),
                Round::TooLarge(bytes) => self.plan_smaller(&missing, bytes).await?,
            }
        }
    }

    /// Asks for these parts, two at a time, until all are here or one is not.
    async fn round(&self, missing: Vec<TranscriptPart>) -> Result<Round, Error> {
        let whole = self.is_whole(&missing).await?;
        let (mut waiting, mut under_way) = (missing.into_iter(), JoinSet::new());
        let (mut round, mut failed) = (Round::Kept, None);
        loop {
            if self.is_stopped().await {
                // Closing waits for nobody; the next start knows what was sent.
                if self.organs.transcripts.is_closed() {
                    return Ok(Round::Paused);
                }
                round = Round::Paused;
            }
            while under_way.len() < AT_ONCE
                && failed.is_none()
                && matches!(round, Round::Kept)
                && let Some(part) = waiting.next()
            {
                under_way.spawn(self.asking(part, whole).run());
            }
            let ended = tokio::select! {
                ended = under_way.join_next() => ended,
                () = self.stop.notified() => {
                    self.stopped.send_replace(true);
                    continue;
                }
            };
            match ended {
                None => break,
                Some(Ok(Ok(Came::Kept))) => runner::tell_of(&self.organs, self.transcript.id).await,
                Some(Ok(Ok(Came::TooLarge(bytes)))) if !matches!(round, Round::Paused) => {
                    round = Round::TooLarge(bytes);
                }
                Some(Ok(Ok(Came::TooLarge(_) | Came::Stopped))) => {}
                Some(Ok(Err(error))) => failed = failed.or(Some(error)),
                Some(Err(panic)) => {
                    tracing::error!(%panic, "asking for a part broke off");
                    failed = failed.or_else(|| Some(Code::Internal.into()));
                }
            }
        }
        failed.map_or(Ok(round), Err)
    }

    /// Whether somebody said so before anybody listened.
    async fn is_stopped(&self) -> bool {
        tokio::select! {
            biased;
            () = self.stop.notified() => self.stopped.send_replace(true),
            () = std::future::ready(()) => false,
        };
        *self.stopped.borrow()
    }

    fn asking(&self, part: TranscriptPart, whole: bool) -> Asking {
        Asking {
            organs: Arc::clone(&self.organs),
            transcript: self.transcript.clone(),
            part,
            sound: Sound { file: self.file.clone(), kind: self.kind, whole },
            stopped: self.stopped.subscribe(),
        }
    }

    /// Whether what is missing is sent as the file that it is.
    async fn is_whole(&self, missing: &[TranscriptPart]) -> Result<bool, Error> {
        let all = self.parts().await?.len();
        Ok(all == 1 && missing.len() == 1 && self.fits(self.largest().await?))
    }

    fn fits(&self, largest: i64) -> bool {
        let is_short = self.recording.duration_ms <= LONGEST_MS;
        self.bytes <= largest && is_short && TAKEN.contains(&self.kind)
    }

    /// Bytes that the service takes at one go, as far as that is known.
    async fn largest(&self) -> Result<i64, Error> {
        let service = self.service()?;
        let learnt = self.organs.read(move |read| read.learnt(service, "")).await?;
        Ok(learnt.too_long_sound.map_or(LARGEST, |refused| LARGEST.min(refused - 1)))
    }

    async fn plan(&self) -> Result<Vec<(i64, i64)>, Error> {
        let (largest, duration) = (self.largest().await?, self.recording.duration_ms);
        if self.fits(largest) {
            return Ok(vec![(0, duration)]);
        }
        if duration == 0 {
            return Err(Code::RecordingUnreadable.into());
        }
        let longest = PART_MS.min(largest / BYTES_A_SECOND * 1000);
        self.stretches(0, duration, longest)
    }

    /// What is missing, in shorter stretches; what was too large is remembered for the service.
    async fn plan_smaller(&self, missing: &[TranscriptPart], bytes: i64) -> Result<(), Error> {
        let longest_now = missing.iter().map(|part| part.end_ms - part.start_ms).max().unwrap_or_default();
        let longest = PART_MS.min(bytes / 2 / BYTES_A_SECOND * 1000).min(longest_now * 3 / 4);
        // The file itself was too large: its parts may be, or not.
        let was_whole = missing.len() == 1 && self.parts().await?.len() == 1 && bytes == self.bytes;
        let longest = if was_whole { PART_MS.min(bytes / 2 / BYTES_A_SECOND * 1000) } else { longest };
        if longest < SHORTEST_MS || self.recording.duration_ms == 0 {
            return Err(self.too_large().await);
        }
        self.learn(bytes).await;
        let mut stretches = Vec::new();
        for part in self.parts().await?.into_iter().filter(|part| !part.is_kept) {
            stretches.extend(self.stretches(part.start_ms, part.end_ms, longest)?);
        }
        let id = self.transcript.id;
        self.organs.write(move |write| write.replan_transcript(id, &stretches)).await?;
        runner::tell_of(&self.organs, id).await;
        Ok(())
    }

    fn stretches(&self, from: i64, to: i64, longest: i64) -> Result<Vec<(i64, i64)>, Error> {
        if longest < SHORTEST_MS {
            return Err(Code::SoundTooLarge.into());
        }
        Ok(cut::stretches(&self.peaks, from, to, longest))
    }

    async fn too_large(&self) -> Error {
        let name = match self.service() {
            Ok(id) => self.organs.service(id).await.map(|service| service.name).unwrap_or_default(),
            Err(_) => String::new(),
        };
        Error::from(Code::SoundTooLarge).asked(&name, &self.transcript.model)
    }

    /// Remembers what was too large. It may be remembered another time, so a failure is only noted.
    async fn learn(&self, bytes: i64) {
        let Ok(service_id) = self.service() else { return };
        let write = self.organs.write(move |write| {
            let learnt = write.learnt(service_id, "")?;
            let learnt = learnt.and(Learnt { too_long_sound: Some(bytes), ..Learnt::default() });
            write.set_learnt(&LearntRow { service_id, model: String::new(), learnt })
        });
        if let Err(error) = write.await {
            tracing::warn!(%error, "what a service takes at most was not remembered");
        }
    }

    async fn parts(&self) -> Result<Vec<TranscriptPart>, Error> {
        let id = self.transcript.id;
        self.organs.read(move |read| read.transcript_parts(id)).await
    }

    fn service(&self) -> Result<ServiceId, Error> {
        self.transcript.service_id.ok_or_else(|| Code::ServiceGone.into())
    }
}

/// How a round of parts ended.
enum Round {
    Kept,
    Paused,
    /// So many bytes are more than the service takes.
    TooLarge(i64),
}

/// Opens a file where it may block.
pub(super) async fn open(path: PathBuf) -> Result<File, Error> {
    blocking(move || {
        File::open(path).map_err(|error| {
            tracing::warn!(%error, "the file of a recording is gone");
            Error::from(Code::Gone)
        })
    })
    .await
}

/// What a file is, by its bytes: its row may be older than the recording, and know no better than "a file".
pub(super) async fn kind(path: PathBuf) -> Result<Kind, Error> {
    let file = open(path).await?;
    blocking(move || Kind::of_file(file).ok_or(Code::RecordingUnreadable)).await
}

/// The time, for a row.
pub(super) fn now(organs: &Organs) -> UnixMs {
    organs.clock.now()
}
