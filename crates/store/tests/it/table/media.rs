//! Rows of media.

use store::table::media::Media;

use crate::made;

#[test]
fn a_row_is_read_as_it_was_written_and_never_written_over() {
    let made = made::store();
    let id = made.store.put_media(b"picture", "image/png").unwrap();
    let picture = Media {
        width: Some(40),
        height: Some(30),
        moves: true,
        duration_ms: Some(1200),
        placeholder: vec![1, 2, 3],
        ..Media::plain(id, "image/png", 7, 5)
    };
    made.store.write(|write| write.insert_media(&picture)).unwrap();
    made.store.write(|write| write.insert_media(&Media::plain(id, "text/plain", 7, 9))).unwrap();
    let found = made.store.read(|read| read.media(id)).unwrap();
    assert_eq!(found, Some(picture), "the same bytes are the same file, whoever brings them later");
    let other = store::MediaId::of(b"other");
    assert_eq!(made.store.read(|read| read.media(other)).unwrap(), None);
}
