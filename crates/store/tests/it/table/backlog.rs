//! What a migration left for later: old messages become findable step by step, whatever happens in between.

use std::fs;
use std::path::Path;

use store::Store;
use store::table::conversation::{ConversationQuery, Order, Shelf};
use store::table::message::SaidQuery;

use crate::made;

/// A store that an older version made.
fn old() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/0001.db");
    fs::copy(fixture, folder.path().join("medley.db")).unwrap();
    let store = Store::open(folder.path()).unwrap();
    (folder, store)
}

fn found(store: &Store, search: &str) -> usize {
    let query = SaidQuery { search: search.into(), but: None, after: None, limit: 9 };
    store.read(|read| read.said(&query)).unwrap().len()
}

fn work_off(store: &Store) -> usize {
    let mut steps = 1;
    while store.write(|write| write.work_off(1)).unwrap() {
        steps += 1;
    }
    steps
}

#[test]
fn a_new_store_has_nothing_to_do() {
    let made = made::store();
    assert_eq!(made.store.read(store::Read::backlog).unwrap(), None);
    assert!(!made.store.write(|write| write.work_off(10)).unwrap(), "and says so");
}

#[test]
fn old_messages_become_findable_step_by_step() {
    let (folder, store) = old();
    let begin = store.read(store::Read::backlog).unwrap().expect("two messages and a title wait");
    assert_eq!((begin.left, begin.of), (2, 2));
    assert_eq!(found(&store, "patience"), 0, "not yet");
    // One title and the end of the titles, then the newest message.
    for _ in 0..3 {
        assert!(store.write(|write| write.work_off(1)).unwrap(), "there is more");
    }
    assert_eq!((found(&store, "patience"), found(&store, "面包")), (1, 0), "the newest come first");
    drop(store);
    let store = Store::open(folder.path()).unwrap();
    work_off(&store);
    assert_eq!((found(&store, "patience"), found(&store, "面包")), (1, 1), "a restart goes on where it was");
    assert_eq!(store.read(store::Read::backlog).unwrap(), None, "all is done, once");
    let query =
        ConversationQuery { shelf: Some(Shelf::Loose), order: Order::Title, limit: 9, ..Default::default() };
    let listed = store.read(|read| read.conversations(&query)).unwrap();
    let after = ConversationQuery { before: Some(listed[0].cursor()), ..query };
    assert_eq!(
        store.read(|read| read.conversations(&after)).unwrap(),
        [],
        "titles are in order, so pages join"
    );
}

#[test]
fn what_changes_before_its_turn_is_right_afterwards() {
    let (_folder, store) = old();
    let query = ConversationQuery { limit: 9, ..ConversationQuery::default() };
    let conversation = store.read(|read| read.conversations(&query)).unwrap().remove(0);
    let mut messages = store.read(|read| read.tail(conversation.id, 9)).unwrap();
    messages[0].text = "a heron".into();
    store
        .write(|write| {
            write.update_message(&messages[0])?;
            write.set_deleted(messages[1].id, Some(9))
        })
        .unwrap();
    assert_eq!(found(&store, "heron"), 1, "what is written is found at once");
    work_off(&store);
    assert_eq!((found(&store, "heron"), found(&store, "patience")), (1, 0), "and nothing deleted comes back");
}
