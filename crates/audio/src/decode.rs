//! Decodes a file piece by piece into one channel of samples: speech needs no more, and eight channels become one. What is
//! broken inside is left out; what comes before an early end counts.

use std::io::Cursor;

use opus_pure::{MAX_PACKET_SAMPLES, OggOpusReader, OggPacket, OpusDecoder, Trim};
use symphonia::core::codecs::audio::{AudioDecoder, AudioDecoderOptions};
use symphonia::core::formats::{FormatOptions, FormatReader, TrackType, probe::Hint};
use symphonia::core::io::{MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;

use crate::{Error, Kind};

/// What samples without a header are.
const PCM_RATE: u32 = 24_000;
/// Opus knows no other rate of its own.
const OPUS_RATE: u32 = 48_000;
/// Broken packets in a row; a file with more is given up.
const MOST_BROKEN: usize = 500;
/// Samples without a header that are handed out at once.
const BLOCK: usize = 2400;

/// A file being decoded.
pub struct Decoder {
    inner: Inner,
    rate: u32,
    /// Decoded to find out the rate, not handed out yet.
    first: Option<Vec<f32>>,
}

enum Inner {
    Any { format: Box<dyn FormatReader>, decoder: Box<dyn AudioDecoder>, track: u32, samples: Vec<f32> },
    Opus(Box<Opus>),
    Pcm(Cursor<Vec<u8>>),
}

struct Opus {
    reader: OggOpusReader<Cursor<Vec<u8>>>,
    decoder: OpusDecoder,
    trim: Trim,
    channels: usize,
    packet: OggPacket,
    block: Vec<f32>,
}

impl Decoder {
    /// Opens a file of that kind. Fails when nothing in it can be heard.
    pub fn open(bytes: Vec<u8>, kind: Kind) -> Result<Self, Error> {
        let (inner, rate) = match kind {
            Kind::Pcm => (Inner::Pcm(Cursor::new(bytes)), PCM_RATE),
            Kind::Ogg if is_opus(&bytes) => (Inner::Opus(Box::new(opus(bytes)?)), OPUS_RATE),
            _ => any(bytes)?,
        };
        let mut decoder = Self { inner, rate, first: None };
        // The first block tells whether anything can be heard, and the rate for certain.
        decoder.first = Some(decoder.decode().ok_or(Error::Damaged)?);
        Ok(decoder)
    }

    /// Samples a second.
    pub fn rate(&self) -> u32 {
        self.rate
    }

    /// The next samples, at least one; none at the end.
    pub fn block(&mut self) -> Option<Vec<f32>> {
        self.first.take().or_else(|| self.decode())
    }

    fn decode(&mut self) -> Option<Vec<f32>> {
        match &mut self.inner {
            Inner::Pcm(bytes) => pcm(bytes),
            Inner::Opus(opus) => opus.block(),
            Inner::Any { format, decoder, track, samples } => {
                let mut broken = 0;
                while broken < MOST_BROKEN {
                    let packet = format.next_packet().ok()??;
                    if packet.track_id != *track {
                        continue;
                    }
                    let Ok(decoded) = decoder.decode(&packet) else {
                        broken += 1;
                        continue;
                    };
                    let (rate, channels) = (decoded.spec().rate(), decoded.spec().channels().count());
                    samples.resize(decoded.samples_interleaved(), 0.0);
                    decoded.copy_to_slice_interleaved(&mut samples[..]);
                    if rate > 0 && !samples.is_empty() {
                        self.rate = rate;
                        return Some(mixed(samples, channels));
                    }
                }
                None
            }
        }
    }
}

impl Opus {
    fn block(&mut self) -> Option<Vec<f32>> {
        let mut broken = 0;
        while broken < MOST_BROKEN && self.reader.read_packet_into(&mut self.packet).ok()? {
            let Ok(count) = self.decoder.decode(&self.packet.data, MAX_PACKET_SAMPLES, &mut self.block)
            else {
                broken += 1;
                continue;
            };
            let decoded = self.block.get(..count * self.channels).unwrap_or_default();
            let kept = self.trim.keep(&self.packet, decoded);
            if !kept.is_empty() {
                return Some(mixed(kept, self.channels));
            }
        }
        None
    }
}

fn opus(bytes: Vec<u8>) -> Result<Opus, Error> {
    let damaged = |_| Error::Damaged;
    let reader = OggOpusReader::new(Cursor::new(bytes)).map_err(damaged)?;
    let head = reader.head().clone();
    let channels = usize::from(head.channel_count);
    let rate = OPUS_RATE.cast_signed();
    Ok(Opus {
        decoder: head.decoder(rate).map_err(damaged)?,
        trim: Trim::new(&head, rate, channels).map_err(damaged)?,
        channels,
        reader,
        packet: OggPacket::new(Vec::new(), 0, false),
        block: vec![0.0; MAX_PACKET_SAMPLES * channels],
    })
}

fn any(bytes: Vec<u8>) -> Result<(Inner, u32), Error> {
    let source = MediaSourceStream::new(Box::new(Cursor::new(bytes)), MediaSourceStreamOptions::default());
    let (format, metadata) = (FormatOptions::default(), MetadataOptions::default());
    let probed = symphonia::default::get_probe().probe(&Hint::new(), source, format, metadata);
    let format = probed.map_err(|error| {
        tracing::debug!(%error, "a sound is of no kind that is known");
        Error::Unknown
    })?;
    // Pictures in the same file are nobody's concern here.
    let track = format.default_track(TrackType::Audio).ok_or(Error::Damaged)?;
    let facts = track.codec_params.as_ref().and_then(|facts| facts.audio()).ok_or(Error::Damaged)?;
    let decoder = symphonia::default::get_codecs().make_audio_decoder(facts, &AudioDecoderOptions::default());
    let decoder = decoder.map_err(|error| {
        tracing::debug!(%error, "a sound cannot be decoded");
        Error::Unknown
    })?;
    let (rate, track) = (facts.sample_rate.unwrap_or_default(), track.id);
    Ok((Inner::Any { format, decoder, track, samples: Vec::new() }, rate))
}

fn pcm(bytes: &mut Cursor<Vec<u8>>) -> Option<Vec<f32>> {
    let from = usize::try_from(bytes.position()).ok()?;
    let rest = bytes.get_ref().get(from..)?;
    let samples: Vec<f32> = rest
        .as_chunks::<2>()
        .0
        .iter()
        .take(BLOCK)
        .map(|pair| f32::from(i16::from_le_bytes(*pair)) / 32_768.0)
        .collect();
    bytes.set_position((from + samples.len() * 2) as u64);
    (!samples.is_empty()).then_some(samples)
}

/// All channels as one.
fn mixed(samples: &[f32], channels: usize) -> Vec<f32> {
    if channels <= 1 {
        return samples.to_vec();
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of channels")]
    let share = 1.0 / channels as f32;
    samples.chunks_exact(channels).map(|frame| frame.iter().sum::<f32>() * share).collect()
}

fn is_opus(bytes: &[u8]) -> bool {
    bytes.get(..64).unwrap_or(bytes).windows(8).any(|part| part == b"OpusHead")
}
