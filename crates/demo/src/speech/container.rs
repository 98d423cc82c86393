//! Samples as files: what needs no more than a header, FLAC without compression, and Opus.

use opus_pure::{Application, MAX_PACKET_BYTES, OggOpusWriter, OpusEncoder, OpusHead};

/// Samples to a frame of FLAC.
const BLOCK: usize = 4096;

/// Little-endian, 16 bits, no header.
pub(super) fn bytes(samples: &[i16]) -> Vec<u8> {
    samples.iter().flat_map(|sample| sample.to_le_bytes()).collect()
}

/// With the header of a stream whose length is not known yet, as services send it.
pub(super) fn wav(samples: &[i16], rate: u32) -> Vec<u8> {
    let mut file = b"RIFF\xff\xff\xff\xffWAVEfmt \x10\0\0\0\x01\0\x01\0".to_vec();
    file.extend(rate.to_le_bytes());
    file.extend((rate * 2).to_le_bytes());
    file.extend(b"\x02\0\x10\0data\xff\xff\xff\xff");
    file.extend(bytes(samples));
    file
}

/// One channel of 16 bits; every sample stands as it is.
pub(super) fn flac(samples: &[i16], rate: u32) -> Vec<u8> {
    let block = BLOCK.to_be_bytes();
    let block = block.last_chunk::<2>().copied().unwrap_or_default();
    let mut file = b"fLaC\x80\0\0\x22".to_vec();
    file.extend([block, block].concat());
    file.extend([0; 6]);
    // 20 bits of rate, 3 of channels - 1, 5 of bits - 1, 36 of the number of samples.
    let facts = u64::from(rate) << 44 | 15 << 36 | samples.len() as u64;
    file.extend(facts.to_be_bytes());
    file.extend([0; 16]);
    for (number, block) in (0_u32..).zip(samples.chunks(BLOCK)) {
        file.extend(frame(number, block));
    }
    file
}

fn frame(number: u32, samples: &[i16]) -> Vec<u8> {
    // The length of the block stands in 16 bits behind the number; rate and bits as at the beginning of the file.
    let mut frame = vec![0xff, 0xf8, 0x70, 0x00];
    let mut utf8 = [0; 4];
    frame.extend(char::from_u32(number).unwrap_or_default().encode_utf8(&mut utf8).as_bytes());
    let length = u16::try_from(samples.len() - 1).unwrap_or(u16::MAX);
    frame.extend(length.to_be_bytes());
    frame.push(crc8(&frame));
    // One subframe, verbatim.
    frame.push(0x02);
    frame.extend(samples.iter().flat_map(|sample| sample.to_be_bytes()));
    frame.extend(crc16(&frame).to_be_bytes());
    frame
}

fn crc8(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ byte, |crc, _| if crc & 0x80 == 0 { crc << 1 } else { crc << 1 ^ 0x07 })
    })
}

fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        let crc = crc ^ u16::from(*byte) << 8;
        (0..8).fold(crc, |crc, _| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x8005 })
    })
}

/// Opus in an Ogg container.
pub(super) fn opus(samples: &[i16], rate: u32) -> Vec<u8> {
    encoded(samples, rate).unwrap_or_default()
}

fn encoded(samples: &[i16], rate: u32) -> Result<Vec<u8>, opus_pure::Error> {
    let signed = rate.cast_signed();
    let frame = usize::try_from(rate / 50).unwrap_or(480);
    let mut encoder = OpusEncoder::new(signed, 1, Application::Voip)?;
    encoder.bitrate_bps = 24_000;
    let mut writer = OggOpusWriter::new(Vec::new(), OpusHead::for_encoder(&encoder, rate))?;
    let mut packet = vec![0; MAX_PACKET_BYTES];
    // One frame of silence pushes out what the encoder still holds.
    let silence = vec![0; frame];
    for block in samples.chunks(frame).chain([silence.as_slice()]) {
        let mut whole = block.to_vec();
        whole.resize(frame, 0);
        let length = encoder.encode_s16(&whole, frame, &mut packet)?;
        writer.write_packet(packet.get(..length).unwrap_or_default())?;
    }
    writer.finish()
}
