//! Albums: made, named, filled, deleted and brought back; their pictures stay whatever becomes of them.

use store::table::album::Album;
use store::table::attachment::{Attachment, AttachmentKind, AttachmentRole, AttachmentState};
use store::table::picture::{Picture, PictureChange, PictureOrigin, PictureQuery};
use store::{AlbumId, Error, PictureId, Read, Store, Write};

use crate::made;

/// Three pictures, the newest first, and their numbers.
fn pictures(store: &Store) -> ([PictureId; 3], Vec<i64>) {
    let rows = [3, 2, 1].map(|at| Picture::blank(PictureOrigin::Imported, at));
    for row in rows.iter().rev() {
        store.write(|write| write.insert_picture(row)).unwrap();
    }
    let outline = store.read(|read| read.picture_outline(&PictureQuery::default())).unwrap();
    (rows.map(|row| row.id), outline.iter().map(|laid| laid.key).collect())
}

fn album(store: &Store, name: &str) -> AlbumId {
    let id = AlbumId::new();
    store.write(|write| write.insert_album(id, name, 5)).unwrap();
    id
}

fn shown(store: &Store, album: AlbumId) -> Vec<PictureId> {
    let query = PictureQuery { album: Some(album), ..PictureQuery::default() };
    let rows = store.read(|read| read.pictures(&query, 0, 99)).unwrap();
    let laid = store.read(|read| read.picture_outline(&query)).unwrap();
    assert_eq!(laid.len(), rows.len(), "both are one list");
    rows.into_iter().map(|row| row.id).collect()
}

fn counts(store: &Store) -> Vec<(String, i64)> {
    let albums = store.read(Read::albums).unwrap();
    albums.into_iter().map(|album| (album.name, album.pictures)).collect()
}

#[test]
fn an_album_is_made_named_and_filled() {
    let made = made::store();
    let (ids, keys) = pictures(&made.store);
    let boats = album(&made.store, "Boats");
    let empty = album(&made.store, "Empty");
    let change =
        |keys: &[i64], change| made.store.write(|write| write.change_pictures(keys, change, 9)).unwrap();
    assert_eq!(change(&keys[..2], PictureChange::AddTo { album_id: boats }), keys[..2]);
    assert_eq!(change(&keys, PictureChange::AddTo { album_id: boats }), keys[2..], "each lies there once");
    assert_eq!(shown(&made.store, boats), ids);
    assert_eq!(shown(&made.store, empty), []);
    assert_eq!(change(&keys[1..], PictureChange::TakeFrom { album_id: boats }), keys[1..]);
    assert_eq!(shown(&made.store, boats), ids[..1]);
    made.store.write(|write| write.rename_album(boats, "船")).unwrap();
    let first = Album { id: boats, name: "船".into(), pictures: 1, created_at: 5 };
    assert_eq!(made.store.read(Read::albums).unwrap()[0], first);
    change(&keys[..1], PictureChange::Remove);
    assert_eq!(
        counts(&made.store),
        [("船".to_owned(), 0), ("Empty".to_owned(), 0)],
        "deleted ones do not count"
    );
    change(&keys[..1], PictureChange::Restore);
    assert_eq!(counts(&made.store)[0].1, 1, "and come back into it");
}

#[test]
fn a_deleted_album_comes_back_as_it_was_until_it_is_purged() {
    let made = made::store();
    let (ids, keys) = pictures(&made.store);
    let boats = album(&made.store, "Boats");
    let fill = PictureChange::AddTo { album_id: boats };
    made.store.write(|write| write.change_pictures(&keys, fill, 9)).unwrap();
    made.store.write(|write| write.set_album_deleted(boats, Some(20))).unwrap();
    assert_eq!(counts(&made.store), []);
    assert_eq!(shown(&made.store, boats), [], "it is no album any more");
    made.store.write(|write| write.set_album_deleted(boats, None)).unwrap();
    assert_eq!(shown(&made.store, boats), ids);
    made.store.write(|write| write.set_album_deleted(boats, Some(20))).unwrap();
    assert_eq!(made.store.write(|write| write.purge_albums(20)).unwrap(), 0, "not yet");
    assert_eq!(made.store.write(|write| write.purge_albums(21)).unwrap(), 1);
    let all = made.store.read(|read| read.picture_outline(&PictureQuery::default())).unwrap();
    assert_eq!(all.len(), 3, "its pictures stay");
    assert_eq!(made.query_by_hand::<i64>("SELECT count(*) FROM album_picture"), 0);
}

#[test]
fn what_is_gone_is_told() {
    let made = made::store();
    let (_, keys) = pictures(&made.store);
    let gone = AlbumId::new();
    let untouched = |change: &dyn Fn(&Write) -> Result<(), Error>| {
        matches!(made.store.write(change), Err(Error::NotFound))
    };
    assert!(untouched(&|write| write.rename_album(gone, "x")), "a new name for nothing");
    assert!(untouched(&|write| write.set_album_deleted(gone, Some(1))), "nothing to delete");
    let fill = PictureChange::AddTo { album_id: gone };
    assert!(untouched(&|write| write.change_pictures(&keys, fill, 1).map(drop)), "nothing to fill");
}

#[test]
fn what_lies_in_an_album_outlives_its_chat() {
    let made = made::store();
    let conversation = made::conversation("Boats", 5);
    let message = made::branch(&made.store, &conversation, &["Draw a boat"])[0];
    let attachment = Attachment {
        media: Some(made::media(&made.store, b"a boat")),
        state: AttachmentState::Kept,
        ..Attachment::of(message, AttachmentRole::Received, AttachmentKind::Picture, 8)
    };
    made.store.write(|write| write.insert_attachment(&attachment)).unwrap();
    let key = made.store.read(|read| read.picture_outline(&PictureQuery::default())).unwrap()[0].key;
    let boats = album(&made.store, "Boats");
    let fill = PictureChange::AddTo { album_id: boats };
    made.store.write(|write| write.change_pictures(&[key], fill, 9)).unwrap();
    made.store.write(|write| write.bin_conversation(conversation.id, 10)).unwrap();
    assert_eq!(shown(&made.store, boats).len(), 1);
    made.store.write(|write| write.purge_conversations(11)).unwrap();
    assert_eq!(shown(&made.store, boats).len(), 1);
    // What became of its chat does not come back to it later.
    made.store
        .write(|write| write.change_pictures(&[key], PictureChange::TakeFrom { album_id: boats }, 12))
        .unwrap();
    let other = made::conversation("Ships", 13);
    made::branch(&made.store, &other, &["Draw a ship"]);
    made.store.write(|write| write.bin_conversation(other.id, 14)).unwrap();
    made.store.write(|write| write.purge_conversations(15)).unwrap();
    let left = made.store.read(|read| read.picture_outline(&PictureQuery::default())).unwrap();
    assert_eq!(
        left.iter().map(|laid| laid.key).collect::<Vec<_>>(),
        [key],
        "taken out of an album is not deleted"
    );
}

#[test]
fn what_is_kept_while_its_chat_is_in_the_bin_is_seen_again() {
    let made = made::store();
    let conversation = made::conversation("Boats", 5);
    let message = made::branch(&made.store, &conversation, &["Draw a boat"])[0];
    let brought = |bytes: &[u8]| {
        let attachment = Attachment {
            media: Some(made::media(&made.store, bytes)),
            state: AttachmentState::Kept,
            ..Attachment::of(message, AttachmentRole::Received, AttachmentKind::Picture, 8)
        };
        made.store.write(|write| write.insert_attachment(&attachment)).unwrap();
    };
    brought(b"a boat");
    brought(b"a buoy");
    let here = || made.store.read(|read| read.picture_outline(&PictureQuery::default())).unwrap();
    let keys: Vec<_> = here().iter().map(|laid| laid.key).collect();
    let boats = album(&made.store, "Boats");
    made.store.write(|write| write.bin_conversation(conversation.id, 10)).unwrap();
    brought(b"a late one");
    assert!(here().is_empty(), "what comes late stays with its chat too");
    let change = |key, change| made.store.write(|write| write.change_pictures(&[key], change, 11)).unwrap();
    change(keys[0], PictureChange::AddTo { album_id: boats });
    change(keys[1], PictureChange::Star);
    assert_eq!(here().iter().map(|laid| laid.key).collect::<Vec<_>>(), keys);
    made.store.write(|write| write.purge_conversations(12)).unwrap();
    assert_eq!(here().iter().map(|laid| laid.key).collect::<Vec<_>>(), keys);
}
