//! Kinds of sound files, told by their bytes: what a service says of them is often wrong.

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
