//! Files made to harm: claims without pixels, cuts, changed bytes. Each is refused with a reason, and nothing panics.

use image::ImageFormat;
use media::{Error, Kind, MOST_PIXELS, look, make, sent_copy, thumbnail};
use proptest::prelude::*;

use crate::drawn::{bytes, disc, held, quarters};

/// A PNG that claims a size and holds no pixel.
fn claims(width: u32, height: u32) -> Vec<u8> {
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 6, 0, 0, 0]);
    let sum = crc(&header).to_be_bytes();
    [&b"\x89PNG\r\n\x1a\n\0\0\0\x0d"[..], &header, &sum, b"\0\0\0\0IDAT\x35\xaf\x06\x1e"].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(
            sum ^ u32::from(*byte),
            |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 },
        )
    })
}

/// A file with its size written over; where the size stands, and whether the high byte comes first.
fn resized(format: ImageFormat, at: usize, high_first: bool) -> Vec<u8> {
    let mut file = bytes(&quarters(64, 48), format);
    let huge = if high_first { 60_000_u16.to_be_bytes() } else { 60_000_u16.to_le_bytes() };
    file[at..at + 2].copy_from_slice(&huge);
    file[at + 2..at + 4].copy_from_slice(&huge);
    file
}

#[test]
fn a_size_that_no_picture_has_is_refused_before_anything_is_decoded() {
    let jpeg = bytes(&quarters(64, 48), ImageFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == b"\xff\xc0").unwrap();
    for (name, file) in [
        ("png", claims(60_000, 60_000)),
        ("png, one side", claims(2_000_000_000, 1)),
        ("gif", resized(ImageFormat::Gif, 6, false)),
        ("jpeg", resized(ImageFormat::Jpeg, frame + 5, true)),
    ] {
        assert!(matches!(look(&file), Err(Error::TooLarge { .. })), "{name}: {:?}", look(&file));
        assert!(matches!(thumbnail(&file, 256), Err(Error::TooLarge { .. })), "{name}");
        assert!(matches!(sent_copy(&file), Err(Error::TooLarge { .. })), "{name}");
    }
    let most = u32::try_from(MOST_PIXELS / 10_000).unwrap();
    assert!(look(&claims(10_000, most)).is_ok(), "as many pixels as are allowed");
    assert!(look(&claims(10_000, most + 1)).is_err(), "and a row more");
}

#[test]
fn a_claim_without_pixels_is_damaged() {
    for size in [(3000, 2000), (200, 100)] {
        assert!(matches!(thumbnail(&claims(size.0, size.1), 256), Err(Error::Damaged { .. })), "{size:?}");
    }
    assert!(look(&claims(0, 5)).is_err(), "a picture without width is none");
}

#[test]
fn a_picture_that_was_cut_off_is_damaged_wherever_it_was_cut() {
    for format in [ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::Jpeg]
    {
        let file = bytes(&quarters(600, 400), format);
        for part in [1, 2, 5, 9] {
            let cut = &file[..file.len() * part / 10];
            match thumbnail(cut, 64) {
                Err(Error::Damaged { .. } | Error::NotAPicture { .. }) => {}
                // A picture that lacks its last rows is shown as far as it goes.
                Ok(small) => assert_eq!((small.width, small.height), (64, 43), "{format:?} at {part}/10"),
                Err(other) => panic!("{format:?} at {part}/10: {other}"),
            }
        }
    }
}

#[test]
fn programs_in_pictures_are_only_kept() {
    let svg =
        b"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(1)</script></svg>";
    for refused in [make(svg, 256).map(drop), thumbnail(svg, 256).map(drop), sent_copy(svg).map(drop)] {
        assert_eq!(refused, Err(Error::NotDecoded { kind: Kind::Svg }));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn whatever_is_changed_in_a_picture_it_gives_a_small_picture_or_a_reason(
        which in 0..7_usize,
        changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..24),
        cut in proptest::option::of(any::<proptest::sample::Index>()),
    ) {
        let mut file = match which {
            0 => held(&quarters(90, 60), 7),
            1 => bytes(&disc(300), ImageFormat::Png),
            2 => bytes(&quarters(90, 60), ImageFormat::WebP),
            3 => bytes(&quarters(90, 60), ImageFormat::Gif),
            4 => bytes(&quarters(90, 60), ImageFormat::Bmp),
            5 => bytes(&disc(40), ImageFormat::WebP),
            _ => bytes(&quarters(400, 300), ImageFormat::Jpeg),
        };
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Some(cut) = cut {
            file.truncate(cut.index(file.len()));
        }
        if let Ok(made) = make(&file, 64) {
            prop_assert!(made.thumbnail.width.max(made.thumbnail.height) <= 64);
            prop_assert!(image::load_from_memory(&made.thumbnail.bytes).is_ok(), "what is made here is whole");
        }
        let _reason_or_copy = sent_copy(&file);
    }

    #[test]
    fn noise_is_no_picture_and_no_harm(noise in proptest::collection::vec(any::<u8>(), 0..512)) {
        if let Ok(seen) = look(&noise) {
            prop_assert!(u64::from(seen.width) * u64::from(seen.height) <= MOST_PIXELS);
        }
    }
}
