//! Folders, and what becomes of conversations when one goes.

use store::table::conversation::{Conversation, ConversationQuery, Shelf};
use store::table::folder::Folder;
use store::{Error, FolderId, Read, Write};

use crate::made::{self, Made};

fn folder(made: &Made, name: &str) -> Folder {
    let folder = Folder { id: FolderId::new(), name: name.into(), folded: false, created_at: 5 };
    made.store.write(|write| write.insert_folder(&folder)).unwrap();
    folder
}

#[test]
fn every_field_comes_back_and_changes() {
    let made = made::store();
    let (museum, garden) = (folder(&made, "Museum"), folder(&made, "Garden"));
    assert_eq!(made.store.read(Read::folders).unwrap(), [museum.clone(), garden.clone()]);
    made.store
        .write(|write| {
            write.rename_folder(museum.id, "博物馆")?;
            write.fold_folder(museum.id, true)
        })
        .unwrap();
    let changed = Folder { name: "博物馆".into(), folded: true, ..museum };
    assert_eq!(made.store.read(Read::folders).unwrap(), [changed, garden]);
}

#[test]
fn a_removed_folder_leaves_its_conversations() {
    let made = made::store();
    let museum = folder(&made, "Museum");
    let [inside, binned, outside] = ["inside", "binned", "outside"].map(|title| {
        let folder_id = (title != "outside").then_some(museum.id);
        let deleted_at = (title == "binned").then_some(3);
        let conversation = Conversation { folder_id, deleted_at, ..made::conversation(title, 1) };
        made.store.write(|write| write.insert_conversation(&conversation)).unwrap();
        conversation
    });
    let held = made.store.write(|write| write.remove_folder(museum.id)).unwrap();
    assert_eq!(held, [inside.id, binned.id], "told, so that they can be put back");
    let loose = ConversationQuery { shelf: Some(Shelf::Loose), limit: 9, ..ConversationQuery::default() };
    let listed = made.store.read(|read| read.conversations(&loose)).unwrap();
    assert_eq!(listed.len(), 2, "{} and {} are in no folder", inside.title, outside.title);
    assert_eq!(made.store.read(Read::folders).unwrap(), []);
}

#[test]
fn what_is_gone_is_told() {
    let made = made::store();
    let gone = FolderId::new();
    let untouched = |change: fn(&Write, FolderId) -> Result<(), Error>, id| {
        matches!(made.store.write(|write| change(write, id)), Err(Error::NotFound))
    };
    assert!(untouched(|write, id| write.rename_folder(id, "x"), gone), "a new name for nothing");
    assert!(untouched(|write, id| write.fold_folder(id, true), gone), "nothing to fold");
    assert!(untouched(|write, id| write.remove_folder(id).map(drop), gone), "nothing to remove");
}
