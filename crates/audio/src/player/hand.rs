//! The hand that feeds the line: decodes a little ahead of what is heard, stretches it, and follows orders.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use wsola::TimeStretch;

use super::{Heard, Part, Place, Track, Trouble};
use crate::Decoder;
use crate::line::{Chunk, Fit, Line, Shared};

/// So much is made ahead of what is heard.
const AHEAD: Duration = Duration::from_millis(120);
/// Between two looks at the line.
const PAUSE: Duration = Duration::from_millis(10);
/// Seconds into a part from which on it is quicker to go there than to decode up to there.
const FAR: f64 = 2.0;
/// Between two looks for a part that is not here yet.
const LOOK: Duration = Duration::from_millis(100);
/// How often it tells where it is.
const TELL: Duration = Duration::from_millis(100);
/// What has left the line is heard that much later.
const LAST: Duration = Duration::from_millis(200);
/// A device that went away is opened anew so often before it is given up.
const TRIES: u32 = 3;
/// Between two of these tries.
const BREATH: Duration = Duration::from_millis(500);
/// A device that takes nothing for so long is gone, whatever it says.
const STUCK: Duration = Duration::from_secs(2);

pub(super) enum Command {
    Begin(Box<dyn Track>, Place),
    Resume,
    Pause,
    Seek(Place),
    Speed(f32),
    Stop,
}

/// A part being decoded.
struct Reading {
    part: usize,
    decoder: Decoder,
    fit: Fit,
    /// Seconds before the next block.
    at: f64,
}

pub(super) struct Hand {
    orders: Receiver<Command>,
    shared: Arc<Shared>,
    heard: Arc<Mutex<Heard>>,
    tell: Box<dyn Fn(Heard) + Send>,
    track: Option<Box<dyn Track>>,
    /// What is fed next.
    next: Place,
    reading: Option<Reading>,
    line: Option<Line>,
    stretch: Option<TimeStretch>,
    speed: f32,
    /// How often the device was lost since it last took something, and when it was.
    lost: u32,
    lost_at: Option<Instant>,
    /// How far the device was, and since when.
    taken: (Duration, Place, Instant),
    told: Instant,
    /// When the last sample left the line.
    over: Option<Instant>,
    /// How long the last that was fed sounds, and where it ends.
    tail: Duration,
    fed: Place,
    looked: Option<Instant>,
}

impl Hand {
    pub(super) fn new(
        orders: Receiver<Command>,
        shared: Arc<Shared>,
        heard: Arc<Mutex<Heard>>,
        tell: Box<dyn Fn(Heard) + Send>,
    ) -> Self {
        Self {
            orders,
            shared,
            heard,
            tell,
            track: None,
            next: Place::default(),
            reading: None,
            line: None,
            stretch: None,
            speed: 1.0,
            lost: 0,
            lost_at: None,
            taken: (Duration::ZERO, Place::default(), Instant::now()),
            told: Instant::now(),
            over: None,
            tail: Duration::ZERO,
            fed: Place::default(),
            looked: None,
        }
    }

    /// Works until nobody can give an order any more.
    pub(super) fn work(mut self) {
        loop {
            let order = if self.now().playing {
                self.orders.recv_timeout(PAUSE)
            } else {
                self.orders.recv().map_err(|_| RecvTimeoutError::Disconnected)
            };
            match order {
                Ok(order) => self.follow(order),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            if self.now().playing {
                self.go_on();
            }
        }
    }

    fn now(&self) -> Heard {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn say(&mut self, heard: Heard) {
        *self.heard.lock().unwrap_or_else(PoisonError::into_inner) = heard;
        self.told = Instant::now();
        (self.tell)(heard);
    }

    fn follow(&mut self, order: Command) {
        let before = self.now();
        match order {
            Command::Begin(track, at) => {
                self.close();
                self.track = Some(track);
                self.lost = 0;
                self.place(at);
                self.say(Heard { playing: true, place: at, ..Heard::default() });
            }
            Command::Resume if self.track.is_some() && !before.playing => {
                let at = if before.ended { Place::default() } else { before.place };
                self.lost = 0;
                self.place(at);
                self.say(Heard { playing: true, place: at, ..Heard::default() });
            }
            Command::Resume => {}
            Command::Pause => {
                let place = if before.playing { self.shared.place() } else { before.place };
                self.close();
                self.say(Heard { playing: false, waiting: false, place, ..before });
            }
            Command::Seek(to) => {
                self.close();
                self.place(to);
                self.say(Heard { place: to, ended: false, waiting: false, trouble: None, ..before });
            }
            Command::Speed(speed) => {
                self.speed = speed;
                if before.playing {
                    let at = self.shared.place();
                    self.close();
                    self.place(at);
                }
            }
            Command::Stop => {
                self.close();
                self.track = None;
                self.say(Heard::default());
            }
        }
    }

    /// What is fed next, from a place that nothing was fed of.
    fn place(&mut self, at: Place) {
        self.next = at;
        self.reading = None;
        self.stretch = None;
        self.over = None;
        self.looked = None;
        self.tail = Duration::ZERO;
        self.lost_at = None;
        self.taken = (Duration::ZERO, at, Instant::now());
        self.shared.set_place(at);
    }

    /// Nothing is heard any more, at once.
    fn close(&mut self) {
        self.line = None;
        self.stretch = None;
    }

    fn go_on(&mut self) {
        if self.line.as_ref().is_some_and(Line::is_lost) || self.is_stuck() {
            return self.lose();
        }
        if self.lost_at.is_some_and(|lost| lost.elapsed() < BREATH) {
            return;
        }
        // A part that comes late was waited for in silence.
        let mut waits = false;
        while self.over.is_none() && self.line.as_ref().is_none_or(|line| line.waiting() < AHEAD) {
            // A decoder that breaks takes its part with it and nothing else.
            let fed = catch_unwind(AssertUnwindSafe(|| self.feed()));
            match fed.unwrap_or(Err(Trouble::Damaged)) {
                Ok(true) => {}
                Ok(false) => {
                    waits = self.over.is_none();
                    break;
                }
                Err(Trouble::NoDevice) if self.lost > 0 => return self.lose(),
                Err(trouble) => return self.give_up(trouble),
            }
        }
        let is_empty = self.line.as_ref().is_none_or(|line| line.waiting().is_zero());
        if let Some(over) = self.over {
            match (is_empty, over.elapsed() >= self.tail + LAST) {
                (false, _) => self.over = Some(Instant::now()),
                (true, true) => {
                    let place = self.shared.place();
                    self.close();
                    return self.say(Heard { place, ended: true, ..Heard::default() });
                }
                (true, false) => {}
            }
        }
        let before = self.now();
        let waiting = waits && is_empty;
        if waiting != before.waiting || self.told.elapsed() >= TELL {
            self.say(Heard { place: self.shared.place(), waiting, ..before });
        }
    }

    /// Whether the device has taken nothing for long of what waits for it.
    fn is_stuck(&mut self) -> bool {
        let waiting = self.line.as_ref().map_or(Duration::ZERO, Line::waiting);
        let place = self.shared.place();
        let (waited, was, since) = self.taken;
        if waiting.is_zero() || (waiting, place) != (waited, was) {
            if place != was {
                self.lost = 0;
            }
            self.taken = (waiting, place, Instant::now());
            return false;
        }
        since.elapsed() >= STUCK
    }

    /// The device went away: it is opened anew in a moment, unless it was too often.
    fn lose(&mut self) {
        self.lost += 1;
        let at = self.shared.place();
        self.close();
        self.place(at);
        self.lost_at = Some(Instant::now());
        if self.lost > TRIES {
            self.give_up(Trouble::NoDevice);
        }
    }

    fn give_up(&mut self, trouble: Trouble) {
        let place = self.shared.place();
        self.close();
        self.reading = None;
        self.say(Heard { place, trouble: Some(trouble), ..Heard::default() });
    }

    /// Feeds the next block. False when there is none now.
    fn feed(&mut self) -> Result<bool, Trouble> {
        if self.reading.is_none() && !self.open()? {
            return Ok(false);
        }
        let Some(reading) = &mut self.reading else { return Ok(false) };
        let Some(block) = reading.decoder.block() else {
            self.next = Place { part: reading.part + 1, seconds: 0.0 };
            self.reading = None;
            return Ok(true);
        };
        let rate = reading.decoder.rate();
        #[expect(clippy::cast_precision_loss, reason = "a few thousand samples")]
        let seconds = block.len() as f64 / f64::from(rate.max(1));
        let place = Place { part: reading.part, seconds: reading.at };
        reading.at += seconds;
        // What lies before the place that was asked for is decoded and not heard.
        if reading.at <= self.next.seconds {
            return Ok(true);
        }
        if self.line.is_none() {
            self.line = Some(Line::open(rate, &self.shared)?);
            reading.fit = Fit::new(rate, rate);
        }
        let Some(line) = &self.line else { return Ok(false) };
        let samples = stretched(&mut self.stretch, reading.fit.fitted(block), line.rate, self.speed);
        self.fed = Place { part: reading.part, seconds: reading.at };
        if !samples.is_empty() {
            self.tail = length(samples.len(), line.rate);
            line.feed(Chunk { place, seconds, samples });
        }
        Ok(true)
    }

    /// Feeds what the stretcher still holds back: it waits for more, and nothing follows.
    fn drain(&mut self) {
        let (Some(stretch), Some(line)) = (&mut self.stretch, &self.line) else { return };
        stretch.set_draining();
        let samples = pulled(stretch);
        self.stretch = None;
        if !samples.is_empty() {
            self.tail = length(samples.len(), line.rate);
            line.feed(Chunk { place: self.fed, seconds: 0.0, samples });
        }
    }

    /// Opens the part that is fed next. False when it is not here.
    fn open(&mut self) -> Result<bool, Trouble> {
        if self.looked.is_some_and(|looked| looked.elapsed() < LOOK) {
            return Ok(false);
        }
        let Some(track) = &mut self.track else { return Ok(false) };
        match track.part(self.next.part) {
            Part::Here(source, kind) => {
                let mut decoder = Decoder::open(source, kind).map_err(|_| Trouble::Damaged)?;
                let at = if self.next.seconds > FAR { decoder.seek(self.next.seconds) } else { 0.0 };
                let to = self.line.as_ref().map_or(decoder.rate(), |line| line.rate);
                let fit = Fit::new(decoder.rate(), to);
                self.reading = Some(Reading { part: self.next.part, decoder, fit, at });
                self.looked = None;
                Ok(true)
            }
            Part::Later => {
                self.looked = Some(Instant::now());
                Ok(false)
            }
            Part::Gone => Err(Trouble::Gone),
            Part::Over => {
                self.drain();
                self.over = Some(Instant::now());
                Ok(false)
            }
        }
    }
}

/// The samples at another speed and the same pitch. Nothing where more is needed first.
fn stretched(stretch: &mut Option<TimeStretch>, samples: Vec<f32>, rate: u32, speed: f32) -> Vec<f32> {
    if (speed - 1.0).abs() < 0.001 {
        return samples;
    }
    if stretch.is_none() {
        let made =
            rate.try_into().ok().and_then(|rate| TimeStretch::new(rate, std::num::NonZero::<u16>::MIN).ok());
        *stretch = made.map(|mut made| {
            made.set_tempo(speed);
            made
        });
    }
    let Some(stretch) = stretch else { return samples };
    stretch.push(&samples);
    pulled(stretch)
}

/// How long so many samples sound.
fn length(samples: usize, rate: u32) -> Duration {
    Duration::from_micros(samples as u64 * 1_000_000 / u64::from(rate).max(1))
}

fn pulled(stretch: &mut TimeStretch) -> Vec<f32> {
    let mut out = Vec::new();
    let mut block = vec![0.0; stretch.min_output_buff_size()];
    while let Ok(count) = stretch.pull(&mut block) {
        out.extend_from_slice(block.get(..count).unwrap_or_default());
    }
    out
}
