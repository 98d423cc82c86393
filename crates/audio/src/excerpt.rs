//! A stretch of a sound as a small file that every service hears: Opus in Ogg, one channel, 32 kbit a second. The sound itself
//! is never changed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use opus_pure::{Application, MAX_PACKET_BYTES, OggOpusWriter, OpusEncoder, OpusHead};

use crate::line::Fit;
use crate::{Decoder, Error, Kind, Source};

/// Bits a second: speech needs no more.
const BITRATE: i32 = 32_000;
/// Rates that Opus knows.
const RATES: [u32; 5] = [8_000, 12_000, 16_000, 24_000, 48_000];
/// Seconds from which on it is quicker to go there than to decode up to there.
const FAR: f64 = 2.0;

/// What is heard from one moment to another, as a file of the kind [`Kind::Ogg`]. A decoder that breaks over it says no more
/// than that the sound is damaged.
pub fn excerpt(
    source: impl Into<Source>,
    kind: Kind,
    from: Duration,
    to: Duration,
) -> Result<Vec<u8>, Error> {
    let source = source.into();
    let cut = || cut(source, kind, from.as_secs_f64(), to.as_secs_f64());
    catch_unwind(AssertUnwindSafe(cut)).unwrap_or(Err(Error::Damaged))
}

fn cut(source: Source, kind: Kind, from: f64, to: f64) -> Result<Vec<u8>, Error> {
    let mut decoder = Decoder::open(source, kind)?;
    let mut at = if from > FAR { decoder.seek(from) } else { 0.0 };
    let rate = decoder.rate();
    let written = RATES.into_iter().find(|known| *known >= rate).unwrap_or(48_000);
    let mut fit = Fit::new(rate, written);
    let mut writer = Writer::new(written).map_err(|error| broken(&error))?;
    while at < to
        && let Some(block) = decoder.block()
    {
        let (begin, end) = (samples(from - at, rate), samples(to - at, rate).min(block.len()));
        at += seconds(block.len(), rate);
        if let Some(wanted) = block.get(begin..end).filter(|wanted| !wanted.is_empty()) {
            writer.push(fit.fitted(wanted.to_vec())).map_err(|error| broken(&error))?;
        }
    }
    writer.finish().map_err(|error| broken(&error))
}

fn broken(error: &opus_pure::Error) -> Error {
    tracing::warn!(%error, "a stretch of a sound was not written");
    Error::Damaged
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "samples of a few hours")]
fn samples(seconds: f64, rate: u32) -> usize {
    (seconds.max(0.0) * f64::from(rate)) as usize
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand samples")]
fn seconds(samples: usize, rate: u32) -> f64 {
    samples as f64 / f64::from(rate.max(1))
}

struct Writer {
    encoder: OpusEncoder,
    ogg: OggOpusWriter<Vec<u8>>,
    frame: usize,
    waiting: Vec<f32>,
    packet: Vec<u8>,
}

impl Writer {
    fn new(rate: u32) -> Result<Self, opus_pure::Error> {
        let mut encoder = OpusEncoder::new(rate.cast_signed(), 1, Application::Voip)?;
        encoder.bitrate_bps = BITRATE;
        // As good as can be heard at this size, in half the time.
        encoder.complexity = 5;
        let ogg = OggOpusWriter::new(Vec::new(), OpusHead::for_encoder(&encoder, rate))?;
        let frame = usize::try_from(rate / 50).unwrap_or(960);
        Ok(Self { encoder, ogg, frame, waiting: Vec::new(), packet: vec![0; MAX_PACKET_BYTES] })
    }

    fn push(&mut self, samples: Vec<f32>) -> Result<(), opus_pure::Error> {
        self.waiting.extend(samples);
        let whole = self.waiting.len() / self.frame * self.frame;
        for frame in self.waiting.drain(..whole).collect::<Vec<_>>().chunks_exact(self.frame) {
            let length = self.encoder.encode(frame, self.frame, &mut self.packet)?;
            self.ogg.write_packet(self.packet.get(..length).unwrap_or_default())?;
        }
        Ok(())
    }

    /// Silence up to a whole frame, and one more frame that pushes out what the encoder still holds.
    fn finish(mut self) -> Result<Vec<u8>, opus_pure::Error> {
        let rest = self.waiting.len() % self.frame;
        let silence = vec![0.0; self.frame * 2 - rest];
        self.push(silence)?;
        self.ogg.finish()
    }
}
