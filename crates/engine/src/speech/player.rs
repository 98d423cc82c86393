//! The one player of the engine: which sound or recording is in it, where it is, and what is remembered of that.

use std::fs::File;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Instant;

use audio::{Heard, Kind, Part, Place, Track, Trouble};
use store::table::sound::{SoundPart, SoundPartState};
use store::{RecordingId, SoundId, Store};

use super::is_over;
use crate::engine::Organs;
use crate::view::{Event, Playback};
use crate::{Code, Error};

/// How often it is written down where listening is, in seconds.
const REMEMBER: u64 = 5;

/// The player, opened when something is first played.
#[derive(Default)]
pub(crate) struct Playing {
    player: Mutex<Option<audio::Player>>,
    now: Arc<Mutex<Now>>,
}

/// What can be in the player.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    Sound(SoundId),
    Recording(RecordingId),
}

/// What is in the player.
#[derive(Default)]
struct Now {
    piece: Option<Piece>,
    /// Where the parts begin, milliseconds, as far as that is known.
    starts: Vec<i64>,
    heard: Heard,
    /// As the person set them; none where nothing was set.
    speed: Option<f64>,
    volume: Option<f64>,
    remembered: Option<Instant>,
}

impl Now {
    fn place_ms(&self, place: Place) -> i64 {
        let start = self.starts.get(place.part).or(self.starts.last()).copied().unwrap_or_default();
        #[expect(clippy::cast_possible_truncation, reason = "milliseconds of a few hours")]
        let inside = (place.seconds * 1000.0) as i64;
        start + inside
    }

    fn playback(&self) -> Playback {
        let problem = self.heard.trouble.map(|trouble| Error::from(code(trouble)).problem());
        Playback {
            sound_id: match self.piece {
                Some(Piece::Sound(id)) => Some(id),
                _ => None,
            },
            recording_id: match self.piece {
                Some(Piece::Recording(id)) => Some(id),
                _ => None,
            },
            playing: self.heard.playing,
            waiting: self.heard.waiting,
            ended: self.heard.ended,
            position_ms: self.place_ms(self.heard.place),
            speed: self.speed.unwrap_or(1.0),
            volume: self.volume.unwrap_or(1.0),
            problem,
        }
    }
}

impl Playing {
    pub(crate) fn pause(&self) {
        self.with(audio::Player::pause);
    }

    pub(super) fn set_speed(&self, speed: f64) {
        let speed = if speed.is_finite() { speed.clamp(0.5, 3.0) } else { 1.0 };
        lock(&self.now).speed = Some(speed);
        #[expect(clippy::cast_possible_truncation, reason = "held between 0.5 and 3")]
        self.with(|player| player.set_speed(speed as f32));
    }

    pub(super) fn set_volume(&self, volume: f64) {
        let volume = if volume.is_finite() { volume.clamp(0.0, 1.0) } else { 1.0 };
        lock(&self.now).volume = Some(volume);
        #[expect(clippy::cast_possible_truncation, reason = "held between 0 and 1")]
        self.with(|player| player.set_volume(volume as f32));
    }

    pub(super) fn playback(&self) -> Playback {
        lock(&self.now).playback()
    }

    /// Takes a sound out of the player, if it is in there.
    pub(super) fn let_go(&self, id: SoundId) {
        self.let_go_of(Piece::Sound(id));
    }

    /// Takes a recording out of the player, if it is in there.
    pub(crate) fn let_go_recording(&self, id: RecordingId) {
        self.let_go_of(Piece::Recording(id));
    }

    fn let_go_of(&self, piece: Piece) {
        let mut now = lock(&self.now);
        if now.piece == Some(piece) {
            now.piece = None;
            now.heard = Heard::default();
            drop(now);
            self.with(audio::Player::stop);
        }
    }

    /// Ends whatever is heard.
    pub(crate) fn close(&self) {
        lock(&self.player).take();
    }

    fn with(&self, work: impl FnOnce(&audio::Player)) {
        if let Some(player) = &*lock(&self.player) {
            work(player);
        }
    }
}

/// Plays a sound from a place on; where listening stopped, when none is said.
pub(super) async fn play(organs: &Arc<Organs>, id: SoundId, from_ms: Option<i64>) -> Result<(), Error> {
    let read =
        organs.read(move |read| Ok((read.sound(id)?.ok_or(store::Error::NotFound)?, read.sound_parts(id)?)));
    let (sound, parts) = read.await?;
    let track = Parts { store: organs.store.clone(), id, now: Arc::clone(&organs.player.now) };
    let from = from_ms.unwrap_or(if sound.heard_ms + 500 < sound.duration_ms { sound.heard_ms } else { 0 });
    let at = place(&parts, from);
    begin(organs, Piece::Sound(id), starts(&parts), from_ms.is_none(), Box::new(track), at)
}

/// Plays a recording from a place on; where listening stopped, when none is said.
pub(crate) async fn play_recording(
    organs: &Arc<Organs>,
    id: RecordingId,
    from_ms: Option<i64>,
) -> Result<(), Error> {
    let row = organs.read(move |read| read.recording(id)).await?.ok_or(Code::Gone)?;
    let from = from_ms.unwrap_or(if row.heard_ms + 500 < row.duration_ms { row.heard_ms } else { 0 });
    let track = Whole { store: organs.store.clone(), id };
    begin(organs, Piece::Recording(id), vec![0], from_ms.is_none(), Box::new(track), within(from))
}

/// Begins a piece, or goes on with it where it stands.
fn begin(
    organs: &Arc<Organs>,
    piece: Piece,
    starts: Vec<i64>,
    goes_on: bool,
    track: Box<dyn Track>,
    at: Place,
) -> Result<(), Error> {
    let stands = {
        let mut now = lock(&organs.player.now);
        let stands = now.piece == Some(piece) && goes_on && now.heard.trouble.is_none();
        if !stands {
            *now = Now {
                piece: Some(piece),
                starts,
                speed: now.speed,
                volume: now.volume,
                remembered: now.remembered,
                heard: Heard::default(),
            };
        }
        stands
    };
    let mut player = lock(&organs.player.player);
    if !player.as_ref().is_some_and(audio::Player::works) {
        *player = Some(open(organs)?);
    }
    let Some(player) = &*player else { return Err(Code::NoSoundDevice.into()) };
    if stands {
        player.resume();
    } else {
        player.play(track, at);
    }
    Ok(())
}

/// Goes to another place of what is in the player.
pub(super) async fn seek(organs: &Arc<Organs>, to_ms: i64) -> Result<(), Error> {
    let piece = lock(&organs.player.now).piece;
    let at = match piece {
        None => return Ok(()),
        Some(Piece::Sound(id)) => place(&organs.read(move |read| read.sound_parts(id)).await?, to_ms),
        Some(Piece::Recording(_)) => within(to_ms),
    };
    organs.player.with(|player| player.seek(at));
    Ok(())
}

fn open(organs: &Arc<Organs>) -> Result<audio::Player, Error> {
    let (weak, runtime) = (Arc::downgrade(organs), tokio::runtime::Handle::current());
    let player = audio::Player::new(move |heard| heed(&weak, &runtime, heard)).map_err(|error| {
        tracing::error!(%error, "the player did not begin");
        Error::from(Code::Internal)
    })?;
    let now = lock(&organs.player.now);
    let playback = now.playback();
    #[expect(clippy::cast_possible_truncation, reason = "held between 0 and 3")]
    let (speed, volume) = (playback.speed as f32, playback.volume as f32);
    player.set_speed(speed);
    player.set_volume(volume);
    Ok(player)
}

/// Passes on what the player tells, and remembers where listening is.
fn heed(organs: &Weak<Organs>, runtime: &tokio::runtime::Handle, heard: Heard) {
    let Some(organs) = organs.upgrade() else { return };
    let (playback, piece, is_worth_it) = {
        let mut now = lock(&organs.player.now);
        let has_stopped = now.heard.playing && !heard.playing;
        now.heard = heard;
        let is_due = now.remembered.is_none_or(|then| then.elapsed().as_secs() >= REMEMBER);
        let is_worth_it = has_stopped || (heard.playing && is_due);
        if is_worth_it {
            now.remembered = Some(Instant::now());
        }
        (now.playback(), now.piece, is_worth_it)
    };
    if let Some(piece) = piece.filter(|_| is_worth_it) {
        let at = if playback.ended { 0 } else { playback.position_ms };
        let organs = Arc::clone(&organs);
        runtime.spawn(async move {
            let written = organs.write(move |write| match piece {
                Piece::Sound(id) => write.set_sound_heard(id, at),
                Piece::Recording(id) => write.set_recording_heard(id, at),
            });
            if let Err(error) = written.await {
                tracing::warn!(%error, "where listening stopped was not remembered");
            }
        });
    }
    organs.events.tell(Event::Playback { playback: Box::new(playback) });
}

/// The parts of a sound as the player asks for them.
struct Parts {
    store: Store,
    id: SoundId,
    now: Arc<Mutex<Now>>,
}

impl Track for Parts {
    fn part(&mut self, at: usize) -> Part {
        self.look(at).unwrap_or_else(|error| {
            tracing::warn!(%error, "a part of a sound was not read");
            Part::Gone
        })
    }
}

impl Parts {
    fn look(&self, at: usize) -> Result<Part, store::Error> {
        let id = self.id;
        let (sound, parts) = self.store.read(|read| Ok((read.sound(id)?, read.sound_parts(id)?)))?;
        {
            let mut now = lock(&self.now);
            if now.piece == Some(Piece::Sound(id)) {
                now.starts = starts(&parts);
            }
        }
        let is_over = sound.is_none_or(|sound| is_over(sound.state));
        let Some(part) = parts.get(at) else { return Ok(Part::Over) };
        let is_here = part.state == SoundPartState::Kept || (is_over && part.duration_ms > 0);
        let media = part.media_id.filter(|_| is_here);
        let Some(media) = media else { return Ok(if is_over { Part::Over } else { Part::Later }) };
        let row = self.store.read(|read| read.media(media))?.ok_or(store::Error::NotFound)?;
        let kind = Kind::named(&row.mime);
        Ok(match (File::open(self.store.media_path(&row)), kind) {
            (Ok(file), Some(kind)) => Part::Here(file.into(), kind),
            (Err(error), _) => {
                tracing::warn!(%error, "a file of a sound is gone");
                Part::Gone
            }
            (_, None) => Part::Gone,
        })
    }
}

/// A recording: one part, which is its file.
struct Whole {
    store: Store,
    id: RecordingId,
}

impl Track for Whole {
    fn part(&mut self, at: usize) -> Part {
        if at > 0 {
            return Part::Over;
        }
        let id = self.id;
        let media = self.store.read(|read| {
            let media = read.recording(id)?.and_then(|row| row.media_id);
            Ok(media.map(|media| read.media(media)).transpose()?.flatten())
        });
        let found = media.ok().flatten().and_then(|media| {
            // By its bytes: the row of a file that was first attached somewhere knows no better than "a file".
            let path = self.store.media_path(&media);
            let kind = Kind::of_file(File::open(&path).ok()?)?;
            File::open(path).ok().map(|file| Part::Here(file.into(), kind))
        });
        found.unwrap_or_else(|| {
            tracing::warn!("the file of a recording is gone");
            Part::Gone
        })
    }
}

/// Where each part begins, milliseconds.
pub(super) fn starts(parts: &[SoundPart]) -> Vec<i64> {
    let begin = |before: &mut i64, part: &SoundPart| {
        let start = *before;
        *before += part.duration_ms;
        Some(start)
    };
    parts.iter().scan(0, begin).collect()
}

/// The place in a piece of one part.
fn within(ms: i64) -> Place {
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a few hours")]
    let seconds = ms.max(0) as f64 / 1000.0;
    Place { part: 0, seconds }
}

/// The place that is so many milliseconds from the beginning.
fn place(parts: &[SoundPart], ms: i64) -> Place {
    let ms = ms.max(0);
    let starts = starts(parts);
    let ends = |(at, start): &(usize, &i64)| {
        parts.get(*at).is_some_and(|part| part.duration_ms > 0) && **start <= ms
    };
    let (part, start) = starts.iter().enumerate().rfind(ends).map_or((0, 0), |(at, start)| (at, *start));
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a few hours")]
    let seconds = (ms - start) as f64 / 1000.0;
    Place { part, seconds }
}

fn code(trouble: Trouble) -> Code {
    match trouble {
        Trouble::NoDevice => Code::NoSoundDevice,
        Trouble::Damaged => Code::SoundDamaged,
        Trouble::Gone => Code::Gone,
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_place_in_a_part() {
        let long = |position, duration_ms| SoundPart { duration_ms, ..SoundPart::missing(position, 0, 1) };
        let parts = [long(0, 1000), long(1, 2500), long(2, 0)];
        assert_eq!(starts(&parts), [0, 1000, 3500]);
        for (ms, part, seconds) in
            [(0, 0, 0.0), (999, 0, 0.999), (1000, 1, 0.0), (3000, 1, 2.0), (9000, 1, 8.0), (-5, 0, 0.0)]
        {
            assert_eq!(place(&parts, ms), Place { part, seconds }, "{ms} ms");
        }
    }
}
