//! Sounds made for tests, without any code of the crate: tones as WAV files, and frames that the demonstration ships.

pub const RATE: u32 = 24_000;

/// A tone of this many milliseconds.
pub fn tone(hertz: f64, millis: u32) -> Vec<i16> {
    let count = RATE / 1000 * millis;
    let wave = |at: u32| (f64::from(at) * hertz * std::f64::consts::TAU / f64::from(RATE)).sin() * 12_000.0;
    #[expect(clippy::cast_possible_truncation, reason = "far below the range")]
    (0..count).map(|at| wave(at) as i16).collect()
}

pub fn pcm(samples: &[i16]) -> Vec<u8> {
    samples.iter().flat_map(|sample| sample.to_le_bytes()).collect()
}

/// A WAV file with that many channels that all say the same.
pub fn wav(samples: &[i16], channels: u16, rate: u32) -> Vec<u8> {
    let data: Vec<u8> = samples
        .iter()
        .flat_map(|sample| std::iter::repeat_n(sample.to_le_bytes(), channels.into()))
        .flatten()
        .collect();
    let length = u32::try_from(data.len()).unwrap();
    let mut file = b"RIFF".to_vec();
    file.extend((length + 36).to_le_bytes());
    file.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    file.extend(channels.to_le_bytes());
    file.extend(rate.to_le_bytes());
    file.extend((rate * 2 * u32::from(channels)).to_le_bytes());
    file.extend((channels * 2).to_le_bytes());
    file.extend(b"\x10\0data");
    file.extend(length.to_le_bytes());
    file.extend(data);
    file
}

/// As services stream it: the length is not known when the header goes out.
pub fn endless(samples: &[i16]) -> Vec<u8> {
    let mut file = wav(samples, 1, RATE);
    file[4..8].fill(0xff);
    file[40..44].fill(0xff);
    file
}

/// So many beats of 384 ms as MP3.
pub fn mp3(beats: usize) -> Vec<u8> {
    include_bytes!("../../../demo/sounds/nova.mp3").repeat(beats)
}

pub fn aac(beats: usize) -> Vec<u8> {
    include_bytes!("../../../demo/sounds/nova.aac").repeat(beats)
}

/// Opus as the crate's own decoder must read it; the encoder is another half of the same library.
pub fn opus(samples: &[i16]) -> Vec<u8> {
    use opus_pure::{Application, MAX_PACKET_BYTES, OggOpusWriter, OpusEncoder, OpusHead};
    let mut encoder = OpusEncoder::new(24_000, 1, Application::Voip).unwrap();
    let mut writer = OggOpusWriter::new(Vec::new(), OpusHead::for_encoder(&encoder, RATE)).unwrap();
    let mut packet = vec![0; MAX_PACKET_BYTES];
    for block in samples.chunks_exact(480) {
        let length = encoder.encode_s16(block, 480, &mut packet).unwrap();
        writer.write_packet(&packet[..length]).unwrap();
    }
    writer.finish().unwrap()
}

/// How high the loudest tone is, told by counting how often it crosses zero.
pub fn pitch(samples: &[f32], rate: u32) -> f64 {
    let crossings = samples.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
    let [crossings, length] =
        [crossings, samples.len()].map(|count| f64::from(u32::try_from(count).unwrap()));
    crossings * f64::from(rate) / length
}
