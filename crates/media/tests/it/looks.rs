//! What a picture is before it is decoded.

use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::{Delay, Frame};
use media::{look, thumbnail};

use crate::drawn::{BLUE, GREEN, RED, WHITE, bytes, held, is, open, quarters};

/// Where the colours of the upright picture come to lie: above left, above right, below left, below right.
const TURNED: [(u8, [[u8; 3]; 4]); 8] = [
    (1, [RED, GREEN, BLUE, WHITE]),
    (2, [GREEN, RED, WHITE, BLUE]),
    (3, [WHITE, BLUE, GREEN, RED]),
    (4, [BLUE, WHITE, RED, GREEN]),
    (5, [RED, BLUE, GREEN, WHITE]),
    (6, [BLUE, RED, WHITE, GREEN]),
    (7, [WHITE, GREEN, BLUE, RED]),
    (8, [GREEN, WHITE, RED, BLUE]),
];

#[test]
fn a_picture_is_as_the_camera_was_held() {
    for (orientation, corners) in TURNED {
        let file = held(&quarters(400, 200), orientation);
        let seen = look(&file).unwrap();
        let upright = if orientation < 5 { (400, 200) } else { (200, 400) };
        assert_eq!((seen.width, seen.height), upright, "held {orientation}: the size as it is shown");
        let small = thumbnail(&file, 100).unwrap();
        let (width, height) = if orientation < 5 { (100, 50) } else { (50, 100) };
        assert_eq!((small.width, small.height), (width, height), "held {orientation}");
        let shown = open(&small.bytes);
        let places = [(5, 5), (width - 6, 5), (5, height - 6), (width - 6, height - 6)];
        for ((x, y), colour) in places.into_iter().zip(corners) {
            assert!(is(&shown, x, y, colour), "held {orientation}: {:?} at {x}, {y}", shown.get_pixel(x, y));
        }
    }
}

#[test]
fn moving_pictures_are_told_from_still_ones() {
    let mut file = Vec::new();
    let mut encoder = GifEncoder::new(&mut file);
    for side in [20, 20] {
        let frame = quarters(side, side).to_rgba8();
        encoder.encode_frame(Frame::from_parts(frame, 0, 0, Delay::from_numer_denom_ms(100, 1))).unwrap();
    }
    drop(encoder);
    assert!(look(&file).unwrap().moves, "two frames");
    let still = bytes(&quarters(20, 20), image::ImageFormat::Gif);
    assert!(!look(&still).unwrap().moves, "one frame");
    assert!(image::load(Cursor::new(&thumbnail(&file, 8).unwrap().bytes), image::ImageFormat::Jpeg).is_ok());
}
