//! Pictures in another form, with what they were made from inside.

use media::{Kind, Told, look, saved};

use crate::drawn::{disc, held, open, png, quarters};

const FORMS: [Kind; 3] = [Kind::Png, Kind::Jpeg, Kind::WebP];

fn told() -> Told {
    Told { prompt: "雨中 & <fog>".into(), settings: "Size: 30x20, Model: dall-e-3".into() }
}

fn holds(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|piece| piece == words)
}

#[test]
fn every_form_is_whole_upright_and_says_nothing_it_was_not_told() {
    let camera = held(&quarters(30, 20), 6);
    for kind in FORMS {
        let made = saved(&camera, kind, None).unwrap();
        let seen = look(&made.bytes).unwrap();
        assert_eq!((seen.kind, seen.width, seen.height), (kind, 20, 30));
        assert!(!holds(&made.bytes, b"GPS"), "where it was taken stays here");
    }
}

#[test]
fn what_it_was_made_from_is_inside_and_the_pixels_are_the_same() {
    let from = png(&disc(64));
    for kind in FORMS {
        let plain = saved(&from, kind, None).unwrap();
        let made = saved(&from, kind, Some(&told())).unwrap();
        assert_eq!(open(&made.bytes), open(&plain.bytes), "{kind:?} still opens, without a change");
        assert!(holds(&made.bytes, "雨中 &amp; &lt;fog&gt;</rdf:li>".as_bytes()), "{kind:?} has XMP");
        let text = "雨中 & <fog>\nSize: 30x20, Model: dall-e-3";
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let found = if kind == Kind::Png {
            holds(&made.bytes, &["parameters\0\0\0\0\0", text].concat().into_bytes())
        } else {
            holds(&made.bytes, &[b"UNICODE\0", wide.as_slice()].concat())
        };
        assert!(found, "{kind:?} tells all of it where other programs look");
    }
}

#[test]
fn exif_and_xmp_are_read_by_readers_that_are_not_ours() {
    use image::ImageDecoder;
    for kind in [Kind::Jpeg, Kind::WebP] {
        let made = saved(&png(&quarters(30, 20)), kind, Some(&told())).unwrap();
        let mut file = std::io::Cursor::new(&made.bytes);
        let read = exif::Reader::new().read_from_container(&mut file).unwrap();
        let comment = read.get_field(exif::Tag::UserComment, exif::In::PRIMARY).expect("a comment");
        let exif::Value::Undefined(bytes, _) = &comment.value else { panic!("not a comment: {comment:?}") };
        assert!(bytes.starts_with(b"UNICODE\0"), "{kind:?}");
        let maker = read.get_field(exif::Tag::Software, exif::In::PRIMARY).expect("a maker");
        assert_eq!(maker.display_value().to_string(), "\"Medley\"");
    }
    let made = saved(&png(&quarters(30, 20)), Kind::WebP, Some(&told())).unwrap();
    let mut decoder = image::codecs::webp::WebPDecoder::new(std::io::Cursor::new(&made.bytes)).unwrap();
    assert!(decoder.exif_metadata().unwrap().is_some(), "the file says that it has EXIF");
    assert!(decoder.xmp_metadata().unwrap().is_some(), "and XMP");
}

#[test]
fn more_pixels_than_a_form_can_hold_are_said_to_be_too_many() {
    let long = png(&quarters(16, 17_000));
    assert!(matches!(saved(&long, Kind::WebP, None), Err(media::Error::TooLarge { .. })));
    assert_eq!(look(&saved(&long, Kind::Jpeg, None).unwrap().bytes).unwrap().height, 17_000);
}

#[test]
fn what_is_sent_to_be_changed_tells_nothing_of_its_making() {
    let told = saved(&png(&quarters(30, 20)), Kind::Png, Some(&told())).unwrap();
    assert!(holds(&told.bytes, b"parameters"));
    let sent = media::edit_copy(&told.bytes).unwrap();
    assert_eq!(open(&sent.bytes), open(&told.bytes), "every pixel goes");
    for said in [&b"parameters"[..], b"iTXt", b"dall-e"] {
        assert!(!holds(&sent.bytes, said), "words stay here");
    }
}

#[test]
fn words_without_end_are_cut_where_a_form_has_no_room() {
    let long = Told { prompt: "长 & ".repeat(30_000), settings: String::new() };
    for kind in FORMS {
        let made = saved(&png(&quarters(30, 20)), kind, Some(&long)).unwrap();
        assert_eq!(look(&made.bytes).unwrap().width, 30, "{kind:?}");
    }
}

#[test]
fn no_other_form_is_made() {
    assert!(saved(&png(&quarters(3, 2)), Kind::Gif, None).is_err());
    assert!(saved(b"no picture", Kind::Png, None).is_err());
}
