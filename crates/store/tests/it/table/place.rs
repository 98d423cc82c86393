//! Where conversations are put, and putting them back.

use store::table::folder::Folder;
use store::table::place::Place;
use store::{ConversationId, Error, FolderId};

use crate::made;

#[test]
fn a_place_is_taken_back_whole() {
    let made = made::store();
    let folder = Folder { id: FolderId::new(), name: "Museum".into(), folded: false, created_at: 5 };
    let conversation = made::conversation("t", 1);
    made.store
        .write(|write| {
            write.insert_folder(&folder)?;
            write.insert_conversation(&conversation)
        })
        .unwrap();
    let before = made.store.read(|read| read.place(conversation.id)).unwrap().unwrap();
    assert_eq!((before.folder_id, before.archived_at, before.deleted_at), (None, None, None));
    let after = Place {
        folder_id: Some(folder.id),
        pinned: true,
        archived_at: Some(7),
        deleted_at: Some(8),
        ..before
    };
    made.store.write(|write| write.put_in_place(&after)).unwrap();
    assert_eq!(made.store.read(|read| read.place(conversation.id)).unwrap(), Some(after));
    made.store.write(|write| write.put_in_place(&before)).unwrap();
    assert_eq!(made.store.read(|read| read.place(conversation.id)).unwrap(), Some(before));
}

#[test]
fn what_does_not_exist_has_no_place() {
    let made = made::store();
    let id = ConversationId::new();
    assert_eq!(made.store.read(|read| read.place(id)).unwrap(), None);
    let place = Place { id, folder_id: None, pinned: false, archived_at: None, deleted_at: None };
    assert!(matches!(made.store.write(|write| write.put_in_place(&place)), Err(Error::NotFound)));
    let conversation = made::conversation("t", 1);
    made.store.write(|write| write.insert_conversation(&conversation)).unwrap();
    let nowhere = Place { id: conversation.id, folder_id: Some(FolderId::new()), ..place };
    made.store.write(|write| write.put_in_place(&nowhere)).unwrap();
    let kept = made.store.read(|read| read.place(conversation.id)).unwrap().unwrap();
    assert_eq!(kept.folder_id, None, "a folder that is gone is none");
}
