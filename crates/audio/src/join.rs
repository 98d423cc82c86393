//! Several sounds as one file: forms that are a row of frames are put one behind the other, byte by byte; whatever else is
//! decoded and becomes a WAV file, without loss.

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
    let first = sounds.first().map(|(_, kind)| *kind).ok_or(Error::Unknown)?;
    let is_one_kind = sounds.iter().all(|(_, kind)| *kind == first);
    match first {
        // Ogg streams may follow each other in one file.
        Kind::Aac | Kind::Pcm | Kind::Ogg if is_one_kind => {
            Ok(Joined { kind: first, bytes: sounds.into_iter().flat_map(|(bytes, _)| bytes).collect() })
        }
        Kind::Mp3 if is_one_kind => {
            let bytes = sounds.iter().flat_map(|(bytes, _)| frames(bytes)).copied().collect();
            Ok(Joined { kind: first, bytes })
        }
        _ => wav(sounds),
    }
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

/// Bytes of the frame of layer 3 that begins here.
fn length_of_frame(bytes: &[u8]) -> Option<usize> {
    const NEW: [usize; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const OLD: [usize; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let [0xff, second, third, ..] = bytes else { return None };
    let is_new = second & 0x18 == 0x18;
    let rates = match second & 0x18 {
        0x18 => [44_100, 48_000, 32_000],
        0x10 => [22_050, 24_000, 16_000],
        _ => [11_025, 12_000, 8_000],
    };
    let kilobits = if is_new { NEW } else { OLD }.get(usize::from(third >> 4)).copied()?;
    let rate: usize = rates.get(usize::from(third >> 2 & 3)).copied()?;
    let padding = usize::from(third >> 1 & 1);
    Some(if is_new { 144_000 } else { 72_000 } * kilobits / rate + padding)
}

fn wav(sounds: Vec<(Vec<u8>, Kind)>) -> Result<Joined, Error> {
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
    Ok(Joined { kind: Kind::Wav, bytes })
}

#[expect(clippy::cast_possible_truncation, reason = "the range is held first")]
fn of_16_bits(sample: f32) -> i16 {
    (sample.clamp(-1.0, 1.0) * 32_767.0).round() as i16
}
