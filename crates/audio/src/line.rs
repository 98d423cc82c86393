//! The line to the loudspeaker: an open device, and what has been made for it but was not heard yet. A line says nothing
//! when it has nothing; whoever feeds it knows why.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rodio::cpal::{self, ErrorKind};
use rodio::{DeviceSinkBuilder, MixerDeviceSink, Source};

use crate::player::{Place, Trouble};

/// What the ear and the hand that feeds it both see.
#[derive(Default)]
pub(crate) struct Shared {
    /// Where the sample is that was taken last: the part, and microseconds in it.
    part: AtomicUsize,
    micros: AtomicU64,
    /// Samples that wait.
    waiting: AtomicUsize,
    /// How loud, of 1, as bits.
    volume: AtomicU32,
    lost: AtomicBool,
}

impl Shared {
    pub(crate) fn place(&self) -> Place {
        #[expect(clippy::cast_precision_loss, reason = "microseconds of a few hours")]
        let seconds = self.micros.load(Ordering::Acquire) as f64 / 1e6;
        Place { part: self.part.load(Ordering::Acquire), seconds }
    }

    pub(crate) fn set_place(&self, place: Place) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "held first")]
        let micros = (place.seconds.max(0.0) * 1e6) as u64;
        self.part.store(place.part, Ordering::Release);
        self.micros.store(micros, Ordering::Release);
    }

    pub(crate) fn set_volume(&self, volume: f32) {
        self.volume.store(volume.clamp(0.0, 1.0).to_bits(), Ordering::Release);
    }
}

/// Some samples, and where in which part they belong.
pub(crate) struct Chunk {
    pub(crate) place: Place,
    /// How much of the part they are, in seconds.
    pub(crate) seconds: f64,
    pub(crate) samples: Vec<f32>,
}

/// An open line. Dropping it closes the device, with all that was not heard.
pub(crate) struct Line {
    _device: MixerDeviceSink,
    chunks: Sender<Chunk>,
    shared: Arc<Shared>,
    pub(crate) rate: u32,
}

impl Line {
    /// Opens the device that the person's system plays on.
    pub(crate) fn open(rate: u32, shared: &Arc<Shared>) -> Result<Self, Trouble> {
        let lost = Arc::clone(shared);
        lost.lost.store(false, Ordering::Release);
        let failed = |error: rodio::DeviceSinkError| {
            tracing::warn!(%error, "no device to play on");
            Trouble::NoDevice
        };
        let builder = DeviceSinkBuilder::from_default_device().map_err(failed)?;
        let builder = builder.with_error_callback(move |error: cpal::Error| {
            tracing::debug!(%error, "the device says");
            let gone =
                [ErrorKind::DeviceNotAvailable, ErrorKind::HostUnavailable, ErrorKind::StreamInvalidated];
            if gone.contains(&error.kind()) {
                lost.lost.store(true, Ordering::Release);
            }
        });
        let mut device = builder.open_stream().map_err(failed)?;
        device.log_on_drop(false);
        let (chunks, queue) = channel();
        let fed = NonZero::new(rate).ok_or(Trouble::NoDevice)?;
        shared.waiting.store(0, Ordering::Release);
        let ear = Ear {
            queue: Mutex::new(queue),
            rate: fed,
            chunk: None,
            at: 0,
            shared: Arc::clone(shared),
            volume: 1.0,
        };
        device.mixer().add(ear);
        Ok(Self { _device: device, chunks, shared: Arc::clone(shared), rate })
    }

    pub(crate) fn feed(&self, chunk: Chunk) {
        self.shared.waiting.fetch_add(chunk.samples.len(), Ordering::AcqRel);
        // An ear that is gone is found out by the device's own word.
        let _heard = self.chunks.send(chunk);
    }

    /// How long what waits will sound.
    pub(crate) fn waiting(&self) -> Duration {
        let samples = self.shared.waiting.load(Ordering::Acquire) as u64;
        Duration::from_micros(samples * 1_000_000 / u64::from(self.rate).max(1))
    }

    /// The device went away.
    pub(crate) fn is_lost(&self) -> bool {
        self.shared.lost.load(Ordering::Acquire)
    }
}

/// The end of the line that the device listens at.
struct Ear {
    queue: Mutex<Receiver<Chunk>>,
    rate: NonZero<u32>,
    chunk: Option<Chunk>,
    at: usize,
    shared: Arc<Shared>,
    volume: f32,
}

impl Ear {
    fn sample(&mut self) -> Option<f32> {
        loop {
            if let Some(chunk) = &self.chunk {
                if let Some(sample) = chunk.samples.get(self.at) {
                    self.at += 1;
                    return Some(*sample);
                }
                self.chunk = None;
            }
            let next = self.queue.get_mut().unwrap_or_else(PoisonError::into_inner).try_recv().ok()?;
            self.shared.waiting.fetch_sub(next.samples.len(), Ordering::AcqRel);
            self.volume = f32::from_bits(self.shared.volume.load(Ordering::Acquire));
            self.chunk = Some(next);
            self.at = 0;
        }
    }

    /// Tells where it is, a hundred times a second or so.
    fn tell(&self) {
        if self.at % 240 == 1
            && let Some(chunk) = &self.chunk
        {
            #[expect(clippy::cast_precision_loss, reason = "a few thousand samples")]
            let share = self.at as f64 / chunk.samples.len().max(1) as f64;
            let seconds = chunk.place.seconds + chunk.seconds * share;
            self.shared.set_place(Place { seconds, ..chunk.place });
        }
    }
}

impl Iterator for Ear {
    type Item = f32;

    fn next(&mut self) -> Option<f32> {
        let sample = self.sample().unwrap_or_default();
        self.tell();
        Some(sample * self.volume)
    }
}

impl Source for Ear {
    fn current_span_len(&self) -> Option<usize> {
        None
    }

    fn channels(&self) -> NonZero<u16> {
        NonZero::<u16>::MIN
    }

    fn sample_rate(&self) -> NonZero<u32> {
        self.rate
    }

    fn total_duration(&self) -> Option<Duration> {
        None
    }
}

/// Fits samples of one rate to another: parts of one sound rarely differ, so a straight line between two is enough.
pub(crate) struct Fit {
    step: f64,
    at: f64,
    last: f32,
}

impl Fit {
    pub(crate) fn new(from: u32, to: u32) -> Self {
        Self { step: f64::from(from) / f64::from(to.max(1)), at: 0.0, last: 0.0 }
    }

    pub(crate) fn fitted(&mut self, samples: Vec<f32>) -> Vec<f32> {
        if (self.step - 1.0).abs() < f64::EPSILON {
            return samples;
        }
        let mut out = Vec::new();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "places inside one block"
        )]
        while (self.at as usize) < samples.len() {
            let place = self.at as usize;
            let before =
                if place == 0 { self.last } else { samples.get(place - 1).copied().unwrap_or_default() };
            let after = samples.get(place).copied().unwrap_or_default();
            out.push(before + (after - before) * (self.at - place as f64) as f32);
            self.at += self.step;
        }
        #[expect(clippy::cast_precision_loss, reason = "a few thousand samples")]
        let length = samples.len() as f64;
        self.at -= length;
        self.last = samples.last().copied().unwrap_or(self.last);
        out
    }
}
