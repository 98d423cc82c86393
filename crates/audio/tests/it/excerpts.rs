//! Stretches of sounds: as long as asked for, from the place asked for, out of every kind of file.

use std::time::Duration;

use audio::{Decoder, Kind, excerpt, measure};

use crate::sounds::{RATE, mp3, pcm, tone, wav};

/// A second of each pitch.
fn three() -> Vec<i16> {
    [220.0, 440.0, 880.0].into_iter().flat_map(|pitch| tone(pitch, 4000)).collect()
}

/// How high the first second is, in Hertz.
fn pitch(bytes: Vec<u8>, kind: Kind, from: f64) -> f64 {
    let mut decoder = Decoder::open(bytes, kind).unwrap();
    let at = if from > 0.0 { decoder.seek(from) } else { 0.0 };
    assert!(at <= from + 0.001, "it is at {at} s, not behind {from} s");
    let rate = f64::from(decoder.rate());
    let mut samples = Vec::new();
    while samples.len() < 2 * decoder.rate() as usize
        && let Some(block) = decoder.block()
    {
        samples.extend(block);
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few seconds")]
    let skip = ((from - at + 0.2) * rate) as usize;
    let heard = &samples[skip..skip + decoder.rate() as usize / 2];
    let rises = heard.windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
    f64::from(u32::try_from(rises).unwrap()) * 2.0
}

#[test]
fn a_stretch_holds_what_is_said_between_two_moments() {
    let seconds = Duration::from_secs;
    for (name, bytes, kind) in [
        ("wav", wav(&three(), 2, RATE), Kind::Wav),
        ("pcm", pcm(&three()), Kind::Pcm),
        ("ogg", excerpt(wav(&three(), 1, RATE), Kind::Wav, seconds(0), seconds(12)).unwrap(), Kind::Ogg),
    ] {
        let part = excerpt(bytes.clone(), kind, seconds(5), seconds(8)).unwrap();
        assert_eq!(Kind::of(&part), Some(Kind::Ogg), "{name}");
        let long = measure(part.clone(), Kind::Ogg).unwrap().duration.as_millis();
        assert!(long.abs_diff(3000) < 90, "{name}: {long} ms");
        let heard = pitch(part, Kind::Ogg, 0.0);
        assert!((heard - 440.0).abs() < 12.0, "{name}: {heard} Hz");
        let heard = pitch(bytes, kind, 9.0);
        assert!((heard - 880.0).abs() < 12.0, "{name}: {heard} Hz at the ninth second");
    }
    let small = excerpt(mp3(20), Kind::Mp3, seconds(2), seconds(5)).unwrap();
    let long = measure(small, Kind::Ogg).unwrap().duration.as_millis();
    assert!(long.abs_diff(3000) < 120, "mp3: {long} ms");
    assert!(excerpt(b"no sound at all".to_vec(), Kind::Mp3, seconds(0), seconds(1)).is_err());
}
