//! What bytes are is told by the bytes.

use image::ImageFormat;
use media::{Error, Kind, look};

use crate::drawn::{bytes, quarters};

#[test]
fn every_kind_that_is_drawn_is_known_by_its_bytes() {
    let picture = quarters(8, 6);
    for (format, kind) in [
        (ImageFormat::Jpeg, Kind::Jpeg),
        (ImageFormat::Png, Kind::Png),
        (ImageFormat::WebP, Kind::WebP),
        (ImageFormat::Gif, Kind::Gif),
        (ImageFormat::Bmp, Kind::Bmp),
    ] {
        let file = bytes(&picture, format);
        assert_eq!(Kind::of(&file), Some(kind));
        assert_eq!(Kind::named(kind.mime()), Some(kind), "its media type leads back to it");
        let seen = look(&file).unwrap();
        assert_eq!((seen.kind, seen.width, seen.height, seen.moves), (kind, 8, 6, false));
    }
}

#[test]
fn kinds_that_are_only_kept_are_known_and_not_decoded() {
    let svg = b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- a -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    assert_eq!(Kind::of(svg), Some(Kind::Svg));
    assert_eq!(look(svg), Err(Error::NotDecoded { kind: Kind::Svg }), "it could hold programs");
    let avif = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf";
    assert_eq!(look(avif), Err(Error::NotDecoded { kind: Kind::Avif }));
    let film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom";
    assert_eq!(look(film), Err(Error::NotAPicture { found: Some(Kind::Mp4) }), "a film is no picture");
    assert!(Kind::Mp4.is_film() && !Kind::Mp4.is_picture());
}

#[test]
fn what_calls_itself_a_picture_and_is_none_is_refused() {
    for lie in [
        &b"<!doctype html><html><body><svg></svg></body></html>"[..],
        b"<html><img src=x></html>",
        b"{\"error\":\"expired\"}",
        b"%PDF-1.7",
        b"MZ\x90\0",
        b"PK\x03\x04",
        b"",
        b"GI",
        b"\x89PN",
    ] {
        assert!(matches!(look(lie), Err(Error::NotAPicture { .. })), "{:?}", String::from_utf8_lossy(lie));
    }
}
