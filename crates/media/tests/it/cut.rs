//! Pictures cut into quarters: laid together again they are the same points.

use image::{GenericImage, GenericImageView, RgbaImage};
use media::{Error, Kind, quarters};

use crate::drawn::{noise, open, png};

#[test]
fn four_quarters_laid_together_are_the_picture() {
    for (width, height) in [(64, 48), (33, 21), (2, 2), (2, 301)] {
        let whole = noise(width, height);
        let parts = quarters(&png(&whole)).unwrap();
        let (left, top) = (width / 2, height / 2);
        let mut again = RgbaImage::new(width, height);
        for (part, (x, y)) in parts.iter().zip([(0, 0), (left, 0), (0, top), (left, top)]) {
            assert_eq!(part.kind, Kind::Png);
            let opened = open(&part.bytes);
            assert_eq!((opened.width(), opened.height()), (part.width, part.height));
            again.copy_from(&opened, x, y).unwrap();
        }
        assert_eq!(again, whole.to_rgba8(), "{width} x {height}");
        assert!(again.pixels().len() == whole.pixels().count());
    }
}

#[test]
fn what_cannot_be_cut_says_so() {
    assert!(matches!(quarters(&png(&noise(1, 40))), Err(Error::Damaged { .. })));
    assert!(matches!(quarters(b"no picture"), Err(Error::NotAPicture { .. })));
}
