//! Every kind of file: told by its bytes, decoded, measured and joined; and what is none.

use audio::{Decoder, Error, Kind, join, joined_kind, measure};

use crate::sounds::{RATE, aac, endless, mp3, opus, pcm, pitch, tone, wav};

fn decoded(bytes: &[u8], kind: Kind) -> (Vec<f32>, u32) {
    let mut decoder = Decoder::open(bytes.to_vec(), kind).unwrap();
    let mut samples = Vec::new();
    while let Some(block) = decoder.block() {
        samples.extend(block);
    }
    (samples, decoder.rate())
}

#[test]
fn every_kind_is_told_by_its_bytes_and_heard() {
    let second = tone(440.0, 1000);
    for (name, bytes, kind, millis) in [
        ("wav", wav(&second, 1, RATE), Kind::Wav, 1000),
        ("a wav of unknown length", endless(&second), Kind::Wav, 1000),
        ("a wav that is cut", wav(&second, 1, RATE)[..24_044].to_vec(), Kind::Wav, 500),
        ("eight channels", wav(&second, 8, RATE), Kind::Wav, 1000),
        ("192 kHz", wav(&second.repeat(8), 1, 192_000), Kind::Wav, 1000),
        ("mp3", mp3(3), Kind::Mp3, 1152),
        ("aac", aac(3), Kind::Aac, 1152),
        ("opus", opus(&second), Kind::Ogg, 1000),
    ] {
        assert_eq!(Kind::of(&bytes), Some(kind), "{name}");
        let measured = measure(bytes.clone(), kind).unwrap_or_else(|error| panic!("{name}: {error}"));
        let long = i64::try_from(measured.duration.as_millis()).unwrap();
        assert!((long - millis).abs() < 60, "{name} is {long} ms long");
        assert!(measured.peaks.len().abs_diff(usize::try_from(millis / 100).unwrap()) <= 1, "{name}");
        let loud = measured.peaks.iter().max().unwrap();
        assert!((60..=130).contains(loud), "{name} is {loud} loud");
        let (samples, rate) = decoded(&bytes, kind);
        let middle = &samples[samples.len() / 4..samples.len() / 4 + samples.len() / 8];
        let hertz = pitch(middle, rate);
        let expected = if name == "192 kHz" { 3520.0 } else { 440.0 };
        assert!((hertz - expected).abs() < expected / 20.0, "{name} sounds {hertz} Hz");
    }
}

#[test]
fn samples_without_a_header_are_heard_when_it_is_known_that_they_are() {
    let bytes = pcm(&tone(440.0, 500));
    let measured = measure([bytes, vec![7]].concat(), Kind::Pcm).unwrap();
    assert_eq!(measured.duration.as_millis(), 500, "half a sample at the end is none");
}

#[test]
fn loud_samples_are_not_taken_for_frames() {
    let quiet = pcm(&tone(440.0, 500));
    for start in [[0xff, 0xff], [0xff, 0xfb], [0xff, 0xf1], [0xff, 0xf3]] {
        let samples = [&start[..], &quiet].concat();
        assert_eq!(Kind::among_samples(&samples), Kind::Pcm, "{start:x?}");
    }
    assert_eq!(Kind::among_samples(&quiet), Kind::Pcm);
    // What is something else all the same is known.
    for (bytes, kind) in [
        (mp3(3), Kind::Mp3),
        (aac(3), Kind::Aac),
        (wav(&tone(440.0, 100), 1, RATE), Kind::Wav),
        (opus(&tone(440.0, 100)), Kind::Ogg),
    ] {
        assert_eq!(Kind::among_samples(&bytes), kind);
    }
}

#[test]
fn what_is_no_sound_is_said_to_be_none() {
    for (bytes, kind) in [
        (b"".to_vec(), Kind::Mp3),
        (b"".to_vec(), Kind::Pcm),
        (b"\xff\xf3 this is no sound".to_vec(), Kind::Mp3),
        (b"RIFF\x10\0\0\0WAVEfmt ".to_vec(), Kind::Wav),
        (wav(&[], 1, RATE), Kind::Wav),
        (b"OggS\0\x02 and nothing more".to_vec(), Kind::Ogg),
        (b"OggS\0\x02OpusHead".to_vec(), Kind::Ogg),
        (b"fLaC\0\0\0\x22".to_vec(), Kind::Flac),
        (vec![0xff; 100_000], Kind::Mp3),
        (vec![0; 100_000], Kind::Wav),
    ] {
        assert!(measure(bytes.clone(), kind).is_err(), "{kind:?} of {} bytes", bytes.len());
    }
    assert_eq!(Kind::of(b"plain words"), None);
    assert_eq!(measure(b"plain words, and a few more of them".to_vec(), Kind::Wav), Err(Error::Unknown));
}

#[test]
fn sounds_are_joined_without_a_gap() {
    let second = tone(440.0, 1000);
    for (name, parts, kind, millis) in [
        ("mp3", vec![(mp3(2), Kind::Mp3); 3], Kind::Mp3, 2304),
        ("aac", vec![(aac(2), Kind::Aac); 2], Kind::Aac, 1536),
        ("pcm", vec![(pcm(&second), Kind::Pcm); 2], Kind::Pcm, 2000),
        ("half a sample", vec![([pcm(&second), vec![7]].concat(), Kind::Pcm); 2], Kind::Pcm, 2000),
        ("opus", vec![(opus(&second), Kind::Ogg); 2], Kind::Wav, 2000),
        ("wav", vec![(endless(&second), Kind::Wav); 2], Kind::Wav, 2000),
        ("mixed", vec![(mp3(2), Kind::Mp3), (wav(&second, 1, 48_000), Kind::Wav)], Kind::Wav, 1268),
    ] {
        let kinds: Vec<Kind> = parts.iter().map(|(_, kind)| *kind).collect();
        assert_eq!(joined_kind(&kinds), Some(kind), "{name}");
        let joined = join(parts).unwrap();
        if kind == Kind::Pcm {
            assert_eq!(joined.bytes, pcm(&second).repeat(2), "{name}: no sample is torn");
        }
        assert_eq!((joined.kind, Kind::of(&joined.bytes).unwrap_or(Kind::Pcm)), (kind, kind), "{name}");
        let long = i64::try_from(measure(joined.bytes, kind).unwrap().duration.as_millis()).unwrap();
        assert!((long - millis).abs() < 60, "{name} is {long} ms long");
    }
    let one = endless(&second);
    assert_eq!(join(vec![(one.clone(), Kind::Wav)]).unwrap().bytes, one, "one alone stays as it is");
    assert!(join(Vec::new()).is_err());
    // A tag and the frame that tells a length stand at the head of each file, and not inside the whole.
    let mut tagged = b"ID3\x04\0\0\0\0\0\x05hello".to_vec();
    let mut info = vec![0; 96];
    info[..4].copy_from_slice(b"\xff\xf3\x44\xc4");
    info[21..25].copy_from_slice(b"Info");
    tagged.extend(info);
    tagged.extend(mp3(1));
    let joined = join(vec![(mp3(1), Kind::Mp3), (tagged, Kind::Mp3)]).unwrap();
    assert!(joined.bytes == mp3(2), "frames alone are left");
}
