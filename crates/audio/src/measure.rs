//! How long a sound is, and how loud from moment to moment.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crate::{Decoder, Error, Kind, Source};

/// So many times a second the loudness is told.
pub const PEAKS: u32 = 10;

/// What is known of a sound once all of it was decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// How long it plays.
    pub duration: Duration,
    /// How loud it is, [`PEAKS`] times a second, of 255.
    pub peaks: Vec<u8>,
}

/// Decodes all of it. It takes a while for hours of sound. A decoder that breaks over it says no more than that it is damaged:
/// what was paid for is kept all the same.
pub fn measure(source: impl Into<Source>, kind: Kind) -> Result<Measured, Error> {
    let source = source.into();
    catch_unwind(AssertUnwindSafe(|| measured(source, kind))).unwrap_or(Err(Error::Damaged))
}

fn measured(source: Source, kind: Kind) -> Result<Measured, Error> {
    let mut decoder = Decoder::open(source, kind)?;
    let step = u64::from(decoder.rate() / PEAKS).max(1);
    let (mut count, mut peaks, mut peak) = (0_u64, Vec::new(), 0.0_f32);
    while let Some(block) = decoder.block() {
        for sample in block {
            peak = peak.max(sample.abs());
            count += 1;
            if count % step == 0 {
                peaks.push(of_255(std::mem::take(&mut peak)));
            }
        }
    }
    if count % step != 0 {
        peaks.push(of_255(peak));
    }
    let duration = Duration::from_micros(count.saturating_mul(1_000_000) / u64::from(decoder.rate()).max(1));
    Ok(Measured { duration, peaks })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range is held first")]
fn of_255(peak: f32) -> u8 {
    (peak.clamp(0.0, 1.0) * 255.0).round() as u8
}
