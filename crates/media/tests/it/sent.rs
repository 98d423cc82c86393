//! The copy that goes to a service.

use media::{Kind, SENT_SIDE, look, sent_copy};

use crate::drawn::{disc, held, jpeg, noise, open, png, quarters};

#[test]
fn a_photograph_is_sent_smaller_upright_and_without_where_it_was_taken() {
    let file = held(&quarters(3000, 1500), 6);
    let sent = sent_copy(&file).unwrap();
    assert_eq!((sent.kind, sent.width, sent.height), (Kind::Jpeg, SENT_SIDE / 2, SENT_SIDE));
    let says = |bytes: &[u8], words: &[u8]| bytes.windows(words.len()).any(|piece| piece == words);
    assert!(says(&file, b"GPS"), "the picture says where it was taken");
    assert!(!says(&sent.bytes, b"GPS") && !says(&sent.bytes, b"Exif"), "the copy does not");
    let small = sent_copy(&held(&quarters(30, 20), 1)).unwrap();
    assert_eq!((small.width, small.height), (30, 20), "a small one keeps its size");
    assert!(!says(&small.bytes, b"GPS"), "and loses its place, too");
}

#[test]
fn drawings_stay_sharp_and_what_shines_through_does_so() {
    let drawing = sent_copy(&png(&quarters(1000, 800))).unwrap();
    assert_eq!((drawing.kind, drawing.width), (Kind::Png, 1000));
    let large = sent_copy(&png(&noise(1200, 1200))).unwrap();
    assert_eq!(large.kind, Kind::Jpeg, "four megabytes of noise are no drawing");
    let clear = sent_copy(&png(&disc(2500))).unwrap();
    assert_eq!((clear.kind, clear.width), (Kind::Png, SENT_SIDE));
    assert_eq!(open(&clear.bytes).get_pixel(0, 0).0[3], 0, "nothing is painted behind the disc");
}

#[test]
fn what_is_sent_can_be_looked_at_again() {
    for file in [jpeg(&noise(900, 40)), png(&disc(64))] {
        let sent = sent_copy(&file).unwrap();
        let seen = look(&sent.bytes).unwrap();
        assert_eq!((seen.kind, seen.width, seen.height), (sent.kind, sent.width, sent.height));
    }
}
