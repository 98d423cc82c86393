//! Decodes a file piece by piece into one channel of samples: speech needs no more, and eight channels become one. What is
//! broken inside is left out; what comes before an early end counts.

use std::fs::File;
use std::io::{BufReader, Cursor, Read as _, Seek as _, SeekFrom};
use std::time::Duration;

use opus_pure::{MAX_PACKET_SAMPLES, OggOpusReader, OggPacket, OpusDecoder, Trim, packet};
use symphonia::core::audio::Channels;
use symphonia::core::codecs::audio::well_known::CODEC_ID_OPUS;
use symphonia::core::codecs::audio::{AudioCodecParameters, AudioDecoder, AudioDecoderOptions};
use symphonia::core::formats::{
    FormatOptions, FormatReader, SeekMode, SeekTo, SeekedTo, TrackType, probe::Hint,
};
use symphonia::core::io::{MediaSource, MediaSourceStream, MediaSourceStreamOptions};
use symphonia::core::meta::MetadataOptions;
use symphonia::core::units::{Time, Timestamp};

use crate::{Error, Kind};

/// What samples without a header are.
const PCM_RATE: u32 = 24_000;
/// Opus knows no other rate of its own.
const OPUS_RATE: u32 = 48_000;
/// Broken packets in a row; a file with more is given up.
const MOST_BROKEN: usize = 500;
/// Samples without a header that are handed out at once.
const BLOCK: usize = 2400;

/// So much is decoded before a moment in Opus, for it needs a run-up.
const RUN_UP: f64 = 0.1;

/// Where the bytes of a sound come from: memory, or a file that is read while it is needed.
pub struct Source(Box<dyn MediaSource>);

impl From<Vec<u8>> for Source {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Box::new(Cursor::new(bytes)))
    }
}

impl From<File> for Source {
    fn from(file: File) -> Self {
        Self(Box::new(file))
    }
}

type Bytes = BufReader<Box<dyn MediaSource>>;

/// A file being decoded.
pub struct Decoder {
    inner: Inner,
    rate: u32,
    /// Decoded to find out the rate, not handed out yet.
    first: Option<Vec<f32>>,
}

enum Inner {
    Any {
        format: Box<dyn FormatReader>,
        decoder: Box<dyn AudioDecoder>,
        track: u32,
        begin: Option<Timestamp>,
        samples: Vec<f32>,
    },
    /// Opus in a container of films.
    Within {
        format: Box<dyn FormatReader>,
        decoder: Box<OpusDecoder>,
        track: u32,
        begin: Option<Timestamp>,
        channels: usize,
        block: Vec<f32>,
    },
    Opus(Box<Opus>),
    Pcm(Bytes),
}

struct Opus {
    reader: OggOpusReader<Bytes>,
    decoder: OpusDecoder,
    trim: Trim,
    channels: usize,
    packet: OggPacket,
    block: Vec<f32>,
}

impl Decoder {
    /// Opens a file of that kind. Fails when nothing in it can be heard.
    pub fn open(source: impl Into<Source>, kind: Kind) -> Result<Self, Error> {
        let Source(mut source) = source.into();
        let (inner, rate) = match kind {
            Kind::Pcm => (Inner::Pcm(BufReader::new(source)), PCM_RATE),
            Kind::Ogg if is_opus(&mut source)? => {
                (Inner::Opus(Box::new(opus(BufReader::new(source))?)), OPUS_RATE)
            }
            _ => any(source)?,
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

    /// Goes to a moment, or to one shortly before it. Answers which, in seconds: the next block begins there.
    pub fn seek(&mut self, seconds: f64) -> f64 {
        let went = match &mut self.inner {
            Inner::Any { format, decoder, track, begin, .. } => {
                let went = seek(format.as_mut(), *track, *begin, seconds);
                if went.is_some() {
                    decoder.reset();
                }
                went
            }
            Inner::Within { format, decoder, track, begin, channels, .. } => {
                let went = seek(format.as_mut(), *track, *begin, seconds - RUN_UP);
                if let (Some(_), Ok(fresh)) = (went, OpusDecoder::new(OPUS_RATE.cast_signed(), *channels)) {
                    **decoder = fresh;
                }
                went
            }
            Inner::Opus(opus) => {
                let read = self.first.as_ref().map_or(0, Vec::len);
                Some(opus.skip(read, seconds - RUN_UP))
            }
            Inner::Pcm(bytes) => skip_pcm(bytes, seconds),
        };
        // Where one cannot go there, it is at its beginning.
        let Some(at) = went else { return 0.0 };
        self.first = None;
        at
    }

    fn decode(&mut self) -> Option<Vec<f32>> {
        match &mut self.inner {
            Inner::Pcm(bytes) => pcm(bytes),
            Inner::Opus(opus) => opus.block(),
            Inner::Within { format, decoder, track, begin, channels, block } => {
                let mut broken = 0;
                while broken < MOST_BROKEN {
                    let packet = format.next_packet().ok()??;
                    if packet.track_id != *track {
                        continue;
                    }
                    match decoder.decode(&packet.data, MAX_PACKET_SAMPLES, block) {
                        Ok(count) if count > 0 => {
                            begin.get_or_insert(packet.pts);
                            let decoded = block.get(..count * *channels).unwrap_or_default();
                            return Some(mixed(decoded, *channels));
                        }
                        _ => broken += 1,
                    }
                }
                None
            }
            Inner::Any { format, decoder, track, begin, samples } => {
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
                    begin.get_or_insert(packet.pts);
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
    /// Reads on up to a moment without decoding; `read` samples were read before. Answers where it is.
    fn skip(&mut self, read: usize, seconds: f64) -> f64 {
        let moment = |samples: usize| Duration::from_micros(samples as u64 * 125 / 6).as_secs_f64();
        let mut at = read;
        while moment(at) < seconds && self.reader.read_packet_into(&mut self.packet).unwrap_or(false) {
            let length = packet::samples_48k(&self.packet.data).unwrap_or_default();
            at += self.trim.keep_range(&self.packet, length * self.channels).len() / self.channels.max(1);
        }
        moment(at)
    }

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

fn opus(bytes: Bytes) -> Result<Opus, Error> {
    let damaged = |_| Error::Damaged;
    let reader = OggOpusReader::new(bytes).map_err(damaged)?;
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

fn any(source: Box<dyn MediaSource>) -> Result<(Inner, u32), Error> {
    let source = MediaSourceStream::new(source, MediaSourceStreamOptions::default());
    let (format, metadata) = (FormatOptions::default(), MetadataOptions::default());
    let probed = symphonia::default::get_probe().probe(&Hint::new(), source, format, metadata);
    let format = probed.map_err(|error| {
        tracing::debug!(%error, "a sound is of no kind that is known");
        Error::Unknown
    })?;
    // Pictures in the same file are nobody's concern here.
    let track = format.default_track(TrackType::Audio).ok_or(Error::Damaged)?;
    let facts = track.codec_params.as_ref().and_then(|facts| facts.audio()).ok_or(Error::Damaged)?;
    if facts.codec == CODEC_ID_OPUS {
        let (channels, track) = (channels_of_opus(facts), track.id);
        let decoder =
            OpusDecoder::new(OPUS_RATE.cast_signed(), channels).map(Box::new).map_err(|_| Error::Unknown)?;
        let block = vec![0.0; MAX_PACKET_SAMPLES * channels];
        return Ok((Inner::Within { format, decoder, track, begin: None, channels, block }, OPUS_RATE));
    }
    let decoder = symphonia::default::get_codecs().make_audio_decoder(facts, &AudioDecoderOptions::default());
    let decoder = decoder.map_err(|error| {
        tracing::debug!(%error, "a sound cannot be decoded");
        Error::Unknown
    })?;
    let (rate, track) = (facts.sample_rate.unwrap_or_default(), track.id);
    Ok((Inner::Any { format, decoder, track, begin: None, samples: Vec::new() }, rate))
}

/// The channels that a header of Opus tells; its tenth byte.
fn channels_of_opus(facts: &AudioCodecParameters) -> usize {
    let told = facts.channels.as_ref().map(Channels::count);
    let head = facts.extra_data.as_ref().and_then(|head| head.get(9).copied()).map(usize::from);
    told.or(head).filter(|count| matches!(count, 1 | 2)).unwrap_or(2)
}

/// Goes to a moment of a track, or shortly before it. None where that cannot be done. Moments are counted from the first sample
/// on, as they are when it is measured; in its container a track may begin later.
fn seek(format: &mut dyn FormatReader, track: u32, begin: Option<Timestamp>, seconds: f64) -> Option<f64> {
    let base = format.tracks().iter().find(|one| one.id == track)?.time_base?;
    let begin =
        begin.and_then(|begin| base.calc_time(begin)).map_or(0.0, |begin| begin.as_secs_f64().max(0.0));
    let time = Time::try_from_secs_f64(seconds.max(0.0) + begin)?;
    let to = SeekTo::Time { time, track_id: Some(track) };
    let SeekedTo { actual_ts, .. } = format.seek(SeekMode::Accurate, to).ok()?;
    Some((base.calc_time(actual_ts)?.as_secs_f64() - begin).max(0.0))
}

fn pcm(bytes: &mut Bytes) -> Option<Vec<f32>> {
    let mut block = Vec::new();
    bytes.by_ref().take(BLOCK as u64 * 2).read_to_end(&mut block).ok()?;
    let sample = |pair: &[u8; 2]| f32::from(i16::from_le_bytes(*pair)) / 32_768.0;
    let samples: Vec<f32> = block.as_chunks::<2>().0.iter().map(sample).collect();
    (!samples.is_empty()).then_some(samples)
}

fn skip_pcm(bytes: &mut Bytes, seconds: f64) -> Option<f64> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "samples of a few hours")]
    let samples = (seconds.max(0.0) * f64::from(PCM_RATE)) as u64;
    bytes.seek(SeekFrom::Start(samples * 2)).ok()?;
    Some(Duration::from_micros(samples * 1_000_000 / u64::from(PCM_RATE)).as_secs_f64())
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

fn is_opus(source: &mut Box<dyn MediaSource>) -> Result<bool, Error> {
    let mut head = Vec::new();
    let read = source.by_ref().take(64).read_to_end(&mut head).and_then(|_| source.rewind());
    read.map_err(|_| Error::Damaged)?;
    Ok(head.windows(8).any(|part| part == b"OpusHead"))
}
