//! Opens microphones: in small pieces where the system allows that, whatever its samples look like, all channels as one.

use std::sync::mpsc::Sender;

use rodio::cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use rodio::cpal::{
    self, BufferSize, Device, ErrorKind, FromSample, Sample, SampleFormat, SizedSample, Stream, StreamConfig,
    SupportedBufferSize,
};

use super::{Deaf, Message};

/// Pieces a second that are asked for.
const PIECES: u32 = 50;
/// Names of devices that are the same ones once more, without what makes them usable.
const RAW: &str = "alsa:hw:";

/// A microphone that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Microphone {
    /// What the system knows it by.
    pub id: String,
    /// What people know it by.
    pub name: String,
    /// It is taken where none is named.
    pub is_default: bool,
}

/// All that can be chosen. It asks each device, which takes a moment.
pub fn microphones() -> Vec<Microphone> {
    let host = cpal::default_host();
    let usual = host.default_input_device().and_then(|device| device.id().ok());
    let devices = host.input_devices().map(Iterator::collect::<Vec<_>>).unwrap_or_default();
    let found = devices.into_iter().filter_map(|device| {
        let id = device.id().ok()?;
        let name = device.description().ok()?.name().to_owned();
        Some(Microphone { is_default: usual.as_ref() == Some(&id), id: id.to_string(), name })
    });
    found.filter(|one| !one.id.starts_with(RAW)).collect()
}

/// Begins to listen. What is heard goes to `out`.
pub(super) fn open(microphone: Option<&str>, out: &Sender<Message>) -> Result<(Stream, u32), Deaf> {
    let host = cpal::default_host();
    let device = match microphone {
        Some(id) => id.parse().ok().and_then(|id| host.device_by_id(&id)),
        None => host.default_input_device(),
    };
    let device = device.ok_or(Deaf::NoMicrophone)?;
    let usual = device.default_input_config().map_err(|error| meant(&error))?;
    let (rate, format) = (usual.sample_rate(), usual.sample_format());
    let small = match usual.buffer_size() {
        SupportedBufferSize::Range { min, max } if min <= max => {
            BufferSize::Fixed((rate / PIECES).clamp(*min, *max))
        }
        _ => BufferSize::Default,
    };
    let config = |buffer_size| StreamConfig { buffer_size, ..usual.config() };
    let stream = listen(&device, format, config(small), out)
        .or_else(|_| listen(&device, format, config(BufferSize::Default), out))
        .map_err(|error| meant(&error))?;
    stream.play().map_err(|error| meant(&error))?;
    Ok((stream, rate))
}

fn listen(
    device: &Device,
    format: SampleFormat,
    config: StreamConfig,
    out: &Sender<Message>,
) -> Result<Stream, cpal::Error> {
    match format {
        SampleFormat::I8 => listen_to::<i8>(device, config, out),
        SampleFormat::I16 => listen_to::<i16>(device, config, out),
        SampleFormat::I32 => listen_to::<i32>(device, config, out),
        SampleFormat::U8 => listen_to::<u8>(device, config, out),
        SampleFormat::U16 => listen_to::<u16>(device, config, out),
        SampleFormat::F64 => listen_to::<f64>(device, config, out),
        SampleFormat::F32 => listen_to::<f32>(device, config, out),
        _ => Err(cpal::Error::new(ErrorKind::UnsupportedConfig)),
    }
}

fn listen_to<T>(device: &Device, config: StreamConfig, out: &Sender<Message>) -> Result<Stream, cpal::Error>
where
    T: SizedSample,
    f32: FromSample<T>,
{
    let (sounds, troubles) = (out.clone(), out.clone());
    let channels = usize::from(config.channels.max(1));
    #[expect(clippy::cast_precision_loss, reason = "a handful of channels")]
    let share = 1.0 / channels as f32;
    device.build_input_stream(
        config,
        move |piece: &[T], _: &_| {
            let mixed = |frame: &[T]| frame.iter().map(|one| f32::from_sample(*one)).sum::<f32>() * share;
            // A recorder that is gone wants nothing any more.
            drop(sounds.send(Message::Sound(piece.chunks_exact(channels).map(mixed).collect())));
        },
        move |error: cpal::Error| {
            tracing::debug!(%error, "the microphone says");
            let gone =
                [ErrorKind::DeviceNotAvailable, ErrorKind::HostUnavailable, ErrorKind::StreamInvalidated];
            if gone.contains(&error.kind()) {
                drop(troubles.send(Message::Gone));
            }
        },
        None,
    )
}

fn meant(error: &cpal::Error) -> Deaf {
    tracing::warn!(%error, "the microphone does not open");
    match error.kind() {
        ErrorKind::PermissionDenied => Deaf::Denied,
        _ => Deaf::NoMicrophone,
    }
}
