//! Conversations: rows and the bin. Pages and searching have files of their own.

mod list;
mod search;

use store::table::conversation::{Conversation, TitleBy};
use store::{Error, MessageId};

use crate::made;

#[test]
fn every_field_comes_back() {
    let made = made::store();
    let service = made::service("One");
    let conversation = Conversation {
        title_by: TitleBy::Person,
        pinned: true,
        snippet: "last words".into(),
        service_id: Some(service.id),
        model: "m".into(),
        deleted_at: Some(5),
        ..made::conversation("标题", 7)
    };
    made.store.write(|write| write.insert_service(&service)).unwrap();
    made.store.write(|write| write.insert_conversation(&conversation)).unwrap();
    let read = || made.store.read(|read| read.conversation(conversation.id)).unwrap().unwrap();
    assert_eq!(read(), conversation, "nothing is lost");
    let changed =
        Conversation { pinned: false, title: "Other".into(), deleted_at: None, ..conversation.clone() };
    made.store.write(|write| write.update_conversation(&changed)).unwrap();
    assert_eq!(read(), changed, "an update replaces all");
}

#[test]
fn single_changes_change_one_thing() {
    let made = made::store();
    let conversation = made::conversation("t", 1);
    let ids = made::branch(&made.store, &conversation, &["a", "b"]);
    made.store
        .write(|write| {
            write.set_title(conversation.id, "New", TitleBy::Model)?;
            write.set_pinned(conversation.id, true)?;
            write.set_head(conversation.id, Some(ids[0]))
        })
        .unwrap();
    let expected = Conversation {
        title: "New".into(),
        title_by: TitleBy::Model,
        pinned: true,
        head: Some(ids[0]),
        ..conversation.clone()
    };
    let found = made.store.read(|read| read.conversation(conversation.id)).unwrap();
    assert_eq!(found, Some(expected), "title, pin and head");
    made.store.write(|write| write.set_head(conversation.id, None)).unwrap();
    let found = made.store.read(|read| read.conversation(conversation.id)).unwrap().unwrap();
    assert_eq!(found.head, None, "a head can be taken away");
}

#[test]
fn what_does_not_exist_cannot_be_changed() {
    let made = made::store();
    let unknown = made::conversation("t", 1);
    let known = made::conversation("u", 1);
    made.store.write(|write| write.insert_conversation(&known)).unwrap();
    let results = [
        made.store.write(|write| write.update_conversation(&unknown)),
        made.store.write(|write| write.set_title(unknown.id, "x", TitleBy::Person)),
        made.store.write(|write| write.set_pinned(unknown.id, true)),
        made.store.write(|write| write.bin_conversation(unknown.id, 1)),
        made.store.write(|write| write.restore_conversation(unknown.id)),
        made.store.write(|write| write.set_head(known.id, Some(MessageId::new()))),
    ];
    for (number, result) in results.iter().enumerate() {
        assert!(matches!(result, Err(Error::NotFound)), "change {number} must be refused: {result:?}");
    }
}

#[test]
fn purging_takes_only_what_lay_in_the_bin_long_enough() {
    let made = made::store();
    let [living, fresh, old] = ["living", "fresh", "old"].map(|title| made::conversation(title, 1));
    for conversation in [&living, &fresh] {
        made::branch(&made.store, conversation, &["a", "b"]);
    }
    // Deeper than SQLite lets triggers and cascades nest.
    made::branch(&made.store, &old, &vec!["deep"; 3_000]);
    made.store
        .write(|write| {
            write.set_draft(&old.id.to_string(), "unsent", 1)?;
            write.bin_conversation(fresh.id, 200)?;
            write.bin_conversation(old.id, 100)
        })
        .unwrap();
    let purged = made.store.write(|write| write.purge_conversations(200)).unwrap();
    assert_eq!(purged, 1, "one lay there before 200");
    let counts = made.store.read(store::Read::counts).unwrap();
    assert_eq!((counts.conversations, counts.messages), (2, 4), "its messages went with it");
    let draft = made.store.read(|read| read.draft(&old.id.to_string())).unwrap();
    assert_eq!(draft, None, "its draft went with it");
    let bodies: i64 = made.query_by_hand("SELECT count(*) FROM message_body");
    assert_eq!(bodies, 4, "no text stays behind");
    assert_eq!(made.store.integrity().unwrap(), Vec::<String>::new(), "the file is sound");
}
