//! Kinds of sound files, told by their bytes: what a service says of them is often wrong.

use std::io::Read as _;

/// So many bytes tell what a file is.
const HEAD: u64 = 64;

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// MPEG audio, layer 1 to 3.
    Mp3,
    /// Opus or Vorbis in an Ogg container.
    Ogg,
    /// AAC as a bare stream.
    Aac,
    /// AAC or ALAC in an MP4 container.
    Mp4,
    /// FLAC.
    Flac,
    /// RIFF WAVE.
    Wav,
    /// Matroska, and what is called `WebM`.
    WebM,
    /// Samples without a header: 24,000 a second, 16 bits, one channel, little-endian (reference 7.3).
    Pcm,
}

const KINDS: &[(Kind, &str, &str)] = &[
    (Kind::Mp3, "audio/mpeg", "mp3"),
    (Kind::Ogg, "audio/ogg", "ogg"),
    (Kind::Aac, "audio/aac", "aac"),
    (Kind::Mp4, "audio/mp4", "m4a"),
    (Kind::Flac, "audio/flac", "flac"),
    (Kind::Wav, "audio/wav", "wav"),
    (Kind::WebM, "audio/webm", "weba"),
    (Kind::Pcm, "audio/pcm", "pcm"),
];

impl Kind {
    /// The kind of a file that begins so. Samples without a header cannot be told from anything else: never [`Kind::Pcm`].
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'I', b'D', b'3', ..] => Some(Self::Mp3),
            [b'O', b'g', b'g', b'S', ..] => Some(Self::Ogg),
            [b'f', b'L', b'a', b'C', ..] => Some(Self::Flac),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some(Self::Wav),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(Self::Mp4),
            [0x1a, 0x45, 0xdf, 0xa3, ..] => Some(Self::WebM),
            // The two bits of the layer are zero in AAC and nowhere else.
            [0xff, second, ..] if second & 0xf6 == 0xf0 => Some(Self::Aac),
            [0xff, second, ..] if second & 0xe0 == 0xe0 && second & 0x06 != 0 => Some(Self::Mp3),
            _ => None,
        }
    }

    /// The kind of an open file, by its first bytes.
    pub fn of_file(file: std::fs::File) -> Option<Self> {
        let mut head = Vec::new();
        file.take(HEAD).read_to_end(&mut head).ok()?;
        Self::of(&head)
    }

    /// The kind of a file that is believed to be samples without a header: loud samples look like the first two bytes of a
    /// frame, so a frame counts only where another one follows it.
    pub fn among_samples(bytes: &[u8]) -> Self {
        let follows = |length: usize| {
            let next = length.checked_add(2).and_then(|end| bytes.get(length..end));
            length > 6 && next == bytes.get(..2)
        };
        match Self::of(bytes) {
            Some(kind) if bytes.first() != Some(&0xff) => kind,
            Some(Self::Aac) if length_of_aac(bytes).is_some_and(follows) => Self::Aac,
            Some(Self::Mp3) if length_of_frame(bytes).is_some_and(follows) => Self::Mp3,
            _ => Self::Pcm,
        }
    }

    /// The kind with this media type.
    pub fn named(mime: &str) -> Option<Self> {
        KINDS.iter().find(|(_, known, _)| *known == mime).map(|(kind, ..)| *kind)
    }

    /// Its media type.
    pub fn mime(self) -> &'static str {
        KINDS.iter().find(|(kind, ..)| *kind == self).map_or("", |(_, mime, _)| mime)
    }

    /// How names of such files end.
    pub fn extension(self) -> &'static str {
        KINDS.iter().find(|(kind, ..)| *kind == self).map_or("", |(.., ending)| ending)
    }
}

/// Bytes of the frame of layer 3 that begins here.
pub(crate) fn length_of_frame(bytes: &[u8]) -> Option<usize> {
    const NEW: [usize; 15] = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    const OLD: [usize; 15] = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    let [0xff, second, third, ..] = bytes else { return None };
    let is_layer_3 = second & 0xe6 == 0xe2 && second & 0x18 != 0x08;
    if !is_layer_3 {
        return None;
    }
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

/// Bytes of the frame of AAC that begins here.
fn length_of_aac(bytes: &[u8]) -> Option<usize> {
    let [0xff, _, _, fourth, fifth, sixth, ..] = bytes else { return None };
    Some(usize::from(fourth & 3) << 11 | usize::from(*fifth) << 3 | usize::from(sixth >> 5))
}
