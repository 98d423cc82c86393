//! Several sounds as one file: forms that are a row of frames are put one behind the other, byte by byte; whatever else is
//! decoded and becomes a WAV file, without loss.

use crate::kind::length_of_frame;
use crate::{Decoder, Error, Kind};

/// Sounds that became one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// Its kind.
    pub kind: Kind,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Joins sounds in their order. One alone stays as it is.
pub fn join(mut sounds: Vec<(Vec<u8>, Kind)>) -> Result<Joined, Error> {
    if sounds.len() == 1
        && let Some((bytes, kind)) = sounds.pop()
    {
        return Ok(Joined { kind, bytes });
    }
    let kinds: Vec<Kind> = sounds.iter().map(|(_, kind)| *kind).collect();
    let kind = joined_kind(&kinds).ok_or(Error::Unknown)?;
    let bytes = match kind {
        Kind::Aac => sounds.into_iter().flat_map(|(bytes, _)| bytes).collect(),
        // Half a sample at the end of one would turn all that follows into noise.
        Kind::Pcm => {
            sounds.iter().flat_map(|(bytes, _)| bytes.as_chunks::<2>().0).flatten().copied().collect()
        }
        Kind::Mp3 => sounds.iter().flat_map(|(bytes, _)| frames(bytes)).copied().collect(),
        _ => wav(sounds)?,
    };
    Ok(Joined { kind, bytes })
}

/// What becomes of sounds of these kinds, joined. None when there are none. Ogg files behind each other are allowed, and
/// many players stop after the first.
pub fn joined_kind(kinds: &[Kind]) -> Option<Kind> {
    let (first, others) = kinds.split_first()?;
    let is_a_row =
        matches!(first, Kind::Aac | Kind::Pcm | Kind::Mp3) && others.iter().all(|kind| kind == first);
    Some(if others.is_empty() || is_a_row { *first } else { Kind::Wav })
}

/// An MP3 without the tag before it and without the frame that tells the length of that file alone.
fn frames(bytes: &[u8]) -> &[u8] {
    let mut rest = bytes;
    if let [b'I', b'D', b'3', _, _, _, a, b, c, d, ..] = rest {
        let length = [a, b, c, d].iter().fold(0, |length, part| length << 7 | usize::from(**part & 0x7f));
        rest = rest.get(10 + length..).unwrap_or_default();
    }
    let head = rest.get(..200).unwrap_or(rest);
    let tells_length = [b"Xing", b"Info"].iter().any(|word| head.windows(4).any(|part| part == *word));
    match length_of_frame(rest).filter(|_| tells_length) {
        Some(length) => rest.get(length..).unwrap_or_default(),
        None => rest,
    }
}

fn wav(sounds: Vec<(Vec<u8>, Kind)>) -> Result<Vec<u8>, Error> {
    let (mut samples, mut rate) = (Vec::new(), None);
    for (bytes, kind) in sounds {
        let mut decoder = Decoder::open(bytes, kind)?;
        let to = *rate.get_or_insert(decoder.rate());
        let mut fit = crate::line::Fit::new(decoder.rate(), to);
        while let Some(block) = decoder.block() {
            samples.extend(fit.fitted(block).into_iter().map(of_16_bits));
        }
    }
    let rate: u32 = rate.unwrap_or_default();
    let length = u32::try_from(samples.len() * 2).map_err(|_| Error::Unknown)?;
    let mut bytes = Vec::with_capacity(samples.len() * 2 + 44);
    bytes.extend(b"RIFF");
    bytes.extend((length + 36).to_le_bytes());
    bytes.extend(b"WAVEfmt \x10\0\0\0\x01\0\x01\0");
    bytes.extend(rate.to_le_bytes());
    bytes.extend((rate * 2).to_le_bytes());
    bytes.extend(b"\x02\0\x10\0data");
    bytes.extend(length.to_le_bytes());
    bytes.extend(samples.into_iter().flat_map(i16::to_le_bytes));
    Ok(bytes)
}

#[expect(clippy::cast_possible_truncation, reason = "the range is held first")]
fn of_16_bits(sample: f32) -> i16 {
    (sample.clamp(-1.0, 1.0) * 32_767.0).round() as i16
}
