//! What a picture of a hundred megapixels takes. Alone in its program, for memory is counted per program.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, reason = "a test that panics has failed, as it should")]

use std::io::BufWriter;

/// Twelve thousand across, nine thousand down: a PNG whose pixels take 324 megabytes, in under one.
fn huge() -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(BufWriter::new(&mut file), 12_000, 9_000);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fastest);
    let mut writer = encoder.write_header().unwrap();
    let mut stream = writer.stream_writer().unwrap();
    let row = [90, 140, 200].repeat(12_000);
    for _ in 0..9_000 {
        std::io::Write::write_all(&mut stream, &row).unwrap();
    }
    stream.finish().unwrap();
    writer.finish().unwrap();
    file
}

/// The most memory that this program ever held, in bytes.
fn most_held() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

#[test]
fn a_picture_of_a_hundred_megapixels_takes_little_memory() {
    let file = huge();
    let before = most_held();
    let small = media::thumbnail(&file, 256).unwrap();
    assert_eq!((small.width, small.height), (256, 192));
    let copy = media::sent_copy(&file).unwrap();
    assert_eq!(copy.width, media::SENT_SIDE);
    let taken = (most_held() - before) / 1024 / 1024;
    assert!(taken < 120, "{taken} MB for 108 megapixels, whose pixels alone take 324");
}
