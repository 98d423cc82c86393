//! Masks, pixel by pixel, and the copies of pictures that they lie over.

use image::GenericImageView as _;
use media::{Kind, Mark, Mask, edit_copy, look, square_copy};
use proptest::prelude::*;

use crate::drawn::{RED, disc, held, open, png, quarters};

fn stroke(size: u32, erases: bool, points: &[(i32, i32)]) -> Mark {
    Mark::Stroke { size, erases, points: points.to_vec() }
}

/// Where the mask changes a picture of that size, as a reader of the file sees it.
fn changed(mask: &Mask) -> Vec<(u32, u32)> {
    let file = open(&mask.png().unwrap().bytes);
    let clear = file.enumerate_pixels().filter(|(_, _, pixel)| pixel.0[3] == 0);
    let clear = clear.map(|(x, y, _)| (x, y)).collect();
    assert!(file.pixels().all(|pixel| matches!(pixel.0[3], 0 | 255)), "nothing is half changed");
    clear
}

#[test]
fn a_dot_is_as_round_as_its_brush() {
    let mask = Mask::draw((9, 9), &[stroke(5, false, &[(4, 4)])]);
    let near = |x: i32, y: i32| 4 * ((x - 4).pow(2) + (y - 4).pow(2)) <= 25;
    let wanted: Vec<_> = (0..9)
        .flat_map(|y| (0..9).map(move |x| (x, y)))
        .filter(|(x, y)| near(*x, *y))
        .map(|(x, y)| (u32::try_from(x).unwrap(), u32::try_from(y).unwrap()))
        .collect();
    assert_eq!(changed(&mask), wanted);
    assert_eq!(wanted.len(), 21);
}

#[test]
fn strokes_are_lines_and_can_be_taken_away_turned_over_and_cleared() {
    let line = stroke(1, false, &[(1, 2), (6, 2)]);
    let row: Vec<_> = (1..=6).map(|x| (x, 2)).collect();
    assert_eq!(changed(&Mask::draw((8, 4), std::slice::from_ref(&line))), row);
    let gap = [line.clone(), stroke(1, true, &[(3, 2), (4, 2)])];
    assert_eq!(changed(&Mask::draw((8, 4), &gap)), [(1, 2), (2, 2), (5, 2), (6, 2)]);
    let inverted = changed(&Mask::draw((8, 4), &[line.clone(), Mark::Invert]));
    assert_eq!(inverted.len(), 32 - 6);
    assert!(row.iter().all(|place| !inverted.contains(place)));
    assert!(Mask::draw((8, 4), &[line, Mark::Clear]).is_blank());
    let outside = stroke(3, false, &[(-50, -50), (-50, 900)]);
    assert!(Mask::draw((8, 4), &[outside]).is_blank(), "beside the picture is nothing to change");
}

#[test]
fn a_large_picture_and_its_mask_become_smaller_alike() {
    let mask = Mask::draw((8192, 4096), &[stroke(200, false, &[(4096, 2048)])]);
    assert_eq!(mask.size(), (4096, 2048));
    let places = changed(&mask);
    assert!(places.contains(&(2048, 1024)) && places.contains(&(2098, 1024)));
    assert!(!places.contains(&(2100, 1024)), "the brush is smaller as well");
}

#[test]
fn a_mask_fits_the_copy_that_it_lies_over() {
    let mask = Mask::draw((40, 20), &[stroke(1, false, &[(10, 0), (10, 19)])]);
    let read = Mask::read(&mask.png().unwrap().bytes).unwrap();
    assert_eq!(read, mask, "what is written is read");
    let square = mask.square();
    assert_eq!(square.size(), (20, 20));
    assert_eq!(changed(&square), (0..20).map(|y| (0, y)).collect::<Vec<_>>(), "ten columns are gone");
    let half = changed(&square.fitted((10, 10)));
    assert_eq!(half, (0..10).map(|y| (0, y)).collect::<Vec<_>>());
    let file = mask.png().unwrap();
    assert_eq!(open(&file.bytes).dimensions(), (40, 20));
    assert!(file.bytes.len() < 4 << 20);
}

#[test]
fn a_copy_to_change_is_upright_and_says_nothing_of_where_it_was_taken() {
    let drawing = png(&quarters(30, 20));
    assert_eq!(edit_copy(&drawing).unwrap().bytes, drawing, "a PNG goes as it came");
    let photograph = edit_copy(&held(&quarters(64, 32), 6)).unwrap();
    assert_eq!((photograph.kind, photograph.width, photograph.height), (Kind::Jpeg, 32, 64));
    assert!(!photograph.bytes.windows(3).any(|piece| piece == b"GPS"));
    let large = edit_copy(&png(&quarters(5000, 100))).unwrap();
    assert_eq!((large.kind, large.width, large.height), (Kind::Png, 4096, 82));
}

#[test]
fn a_square_copy_is_the_middle_with_room_for_transparency() {
    let copy = square_copy(&png(&quarters(3000, 2000))).unwrap();
    assert_eq!((copy.kind, copy.width, copy.height), (Kind::Png, 1024, 1024));
    let seen = image::load_from_memory(&copy.bytes).unwrap();
    assert!(seen.color().has_alpha());
    assert_eq!(seen.get_pixel(2, 2).0, [RED[0], RED[1], RED[2], 255]);
    let small = square_copy(&png(&disc(64))).unwrap();
    assert_eq!(look(&small.bytes).unwrap().width, 64, "never enlarged");
}

proptest! {
    #[test]
    fn any_marks_give_a_mask_of_the_pictures_size(
        width in 1..60_u32, height in 1..60_u32, size in 0..u32::MAX,
        points in proptest::collection::vec((any::<i32>(), any::<i32>()), 0..5), erases in any::<bool>(),
    ) {
        let mask = Mask::draw((width, height), &[Mark::Invert, Mark::Stroke { size, erases, points }]);
        prop_assert_eq!(mask.size(), (width, height));
        prop_assert_eq!(Mask::read(&mask.png().unwrap().bytes).unwrap(), mask);
    }
}
