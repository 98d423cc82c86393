//! Small pictures of large ones.

use image::{DynamicImage, ImageFormat};
use media::{Kind, make, placeholder, thumbnail};

use crate::drawn::{BLUE, GREEN, RED, WHITE, bytes, disc, is, jpeg, open, png, quarters};

#[test]
fn a_thumbnail_of_every_kind_and_colour_shows_the_same_picture() {
    let picture = quarters(900, 600);
    let (grey, deep) = (DynamicImage::from(picture.to_luma8()), DynamicImage::from(picture.to_rgb16()));
    for (name, file) in [
        ("jpeg", jpeg(&picture)),
        ("png", png(&picture)),
        ("png with transparency that hides nothing", png(&picture.to_rgba8().into())),
        ("png of 16 bits", png(&deep)),
        ("webp", bytes(&picture, ImageFormat::WebP)),
        ("gif", bytes(&picture, ImageFormat::Gif)),
        ("bmp", bytes(&picture, ImageFormat::Bmp)),
    ] {
        let small = thumbnail(&file, 90).unwrap();
        assert_eq!((small.kind, small.width, small.height), (Kind::Jpeg, 90, 60), "{name}");
        let shown = open(&small.bytes);
        for (x, y, colour) in [(10, 10, RED), (80, 10, GREEN), (10, 50, BLUE), (80, 50, WHITE)] {
            assert!(is(&shown, x, y, colour), "{name}: {:?} at {x}, {y}", shown.get_pixel(x, y));
        }
    }
    for file in [jpeg(&grey), png(&grey)] {
        let shown = open(&thumbnail(&file, 90).unwrap().bytes);
        assert!(is(&shown, 80, 50, WHITE) && !is(&shown, 10, 10, WHITE), "grey stays grey");
    }
}

#[test]
fn what_shines_through_still_does() {
    for file in [png(&disc(800)), png(&disc(120)), bytes(&disc(300), ImageFormat::WebP)] {
        let small = thumbnail(&file, 100).unwrap();
        assert_eq!(small.kind, Kind::WebP);
        let shown = open(&small.bytes);
        assert_eq!(shown.get_pixel(1, 1).0[3], 0, "nothing in the corner");
        assert_eq!(shown.get_pixel(50, 50).0[3], 255, "the disc in the middle");
        assert!(is(&shown, 50, 50, RED), "its colour is not mixed with what was hidden");
    }
}

#[test]
fn the_shape_is_kept_and_nothing_is_enlarged() {
    for (size, wanted) in [
        ((40, 30), (40, 30)),
        ((5000, 2), (256, 1)),
        ((3, 4000), (1, 256)),
        ((256, 256), (256, 256)),
        ((257, 100), (256, 100)),
        ((1, 1), (1, 1)),
    ] {
        for file in [jpeg(&quarters(size.0, size.1)), png(&quarters(size.0, size.1))] {
            let small = thumbnail(&file, 256).unwrap();
            assert_eq!((small.width, small.height), wanted, "of {size:?}");
            let shown = open(&small.bytes);
            assert_eq!((shown.width(), shown.height()), wanted, "the file has the size it is said to have");
        }
    }
}

#[test]
fn a_large_png_read_by_rows_is_the_same_picture_as_one_read_whole() {
    let picture = quarters(1003, 707);
    let by_rows = open(&thumbnail(&png(&picture), 100).unwrap().bytes);
    let whole = open(&thumbnail(&bytes(&picture, ImageFormat::Bmp), 100).unwrap().bytes);
    let far = by_rows
        .pixels()
        .zip(whole.pixels())
        .filter(|(one, other)| one.0.iter().zip(other.0).any(|(one, other)| one.abs_diff(other) > 60));
    assert!(far.count() < 100, "they differ at the seam of the colours alone");
}

#[test]
fn a_placeholder_has_the_colours_and_the_shape() {
    let made = make(&jpeg(&quarters(800, 400)), 256).unwrap();
    assert_eq!((made.look.width, made.look.height), (800, 400), "the picture's own size");
    assert_eq!((made.thumbnail.width, made.thumbnail.height), (256, 128));
    assert!(made.placeholder.len() < 40, "{} bytes fit into a row", made.placeholder.len());
    let blurred = placeholder(&made.placeholder).unwrap();
    assert!(blurred.bytes.len() < 4096, "{} bytes fit into an address", blurred.bytes.len());
    assert!(blurred.width > blurred.height, "wide, as the picture is");
    assert!(placeholder(b"").is_err() && placeholder(b"abc").is_err(), "other bytes are none");
}
