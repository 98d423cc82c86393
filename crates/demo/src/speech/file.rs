//! The file of a text, in each form. MP3 and AAC are put together from frames that were made beforehand, one small file for
//! each classic voice and one of silence, because there is no free encoder to ship.

use super::ask::{Ask, Format};
use super::beat::{self, RATE};
use super::container;

macro_rules! sounds {
    ($ending:literal) => {
        [
            include_bytes!(concat!("../../sounds/alloy.", $ending)).as_slice(),
            include_bytes!(concat!("../../sounds/echo.", $ending)),
            include_bytes!(concat!("../../sounds/fable.", $ending)),
            include_bytes!(concat!("../../sounds/onyx.", $ending)),
            include_bytes!(concat!("../../sounds/nova.", $ending)),
            include_bytes!(concat!("../../sounds/shimmer.", $ending)),
            include_bytes!(concat!("../../sounds/rest.", $ending)),
        ]
    };
}

/// In the order of the classic voices; the last is silence.
const MP3: [&[u8]; 7] = sounds!("mp3");
const AAC: [&[u8]; 7] = sounds!("aac");

/// The file of that form.
pub(super) fn of(ask: &Ask, format: Format) -> Vec<u8> {
    let samples = || beat::samples(&ask.input, ask.pitch, ask.speed);
    match format {
        Format::Mp3 => frames(ask, &MP3),
        Format::Aac => frames(ask, &AAC),
        Format::Pcm => container::bytes(&samples()),
        Format::Wav => container::wav(&samples(), RATE),
        Format::Flac => container::flac(&samples(), RATE),
        Format::Opus => container::opus(&samples(), RATE),
    }
}

fn frames(ask: &Ask, kept: &[&[u8]; 7]) -> Vec<u8> {
    let tone = kept.get(ask.nearest).copied().unwrap_or_default();
    let [.., rest] = kept;
    beat::beats(&ask.input, ask.speed)
        .into_iter()
        .flat_map(|sounds| if sounds { tone } else { *rest })
        .copied()
        .collect()
}
