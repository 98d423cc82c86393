//! All or nothing, and a reader sees one state.

use std::sync::atomic::{AtomicBool, Ordering};

use store::Error;
use store::table::conversation::ConversationQuery;

use crate::made;

#[test]
fn a_failed_write_leaves_nothing() {
    let made = made::store();
    let conversation = made::conversation("t", 1);
    let failed: Result<(), Error> = made.store.write(|write| {
        write.insert_conversation(&conversation)?;
        Err(Error::NotFound)
    });
    assert!(matches!(failed, Err(Error::NotFound)), "the error of the work comes out: {failed:?}");
    let found = made.store.read(|read| read.conversation(conversation.id)).unwrap();
    assert_eq!(found, None, "nothing of a failed write is kept");
}

#[test]
fn a_panic_in_a_write_leaves_nothing_and_the_store_usable() {
    let made = made::store();
    let conversation = made::conversation("t", 1);
    let store = made.store.clone();
    let inner = conversation.clone();
    let panicked = std::thread::spawn(move || {
        store.write(|write| -> Result<(), Error> {
            write.insert_conversation(&inner)?;
            panic!("on purpose");
        })
    });
    assert!(panicked.join().is_err(), "the thread must have panicked");
    assert_eq!(made.store.read(|read| read.conversation(conversation.id)).unwrap(), None, "rolled back");
    made.store.write(|write| write.insert_conversation(&conversation)).unwrap();
    assert!(
        made.store.read(|read| read.conversation(conversation.id)).unwrap().is_some(),
        "and still writes"
    );
}

#[test]
fn readers_never_see_half_a_write() {
    let made = made::store();
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..6).map(|_| scope.spawn(|| read_until(&made.store, &over))).collect();
        for round in 0..60 {
            made.store
                .write(|write| {
                    write.insert_conversation(&made::conversation("one of two", round))?;
                    write.insert_conversation(&made::conversation("two of two", round))
                })
                .unwrap();
        }
        over.store(true, Ordering::Release);
        for reader in readers {
            reader.join().unwrap();
        }
    });
    assert_eq!(made.store.read(store::Read::counts).unwrap().conversations, 120, "all writes are kept");
}

/// Looks twice in each read: both looks must agree and see pairs only.
fn read_until(store: &store::Store, over: &AtomicBool) {
    let query = ConversationQuery { limit: 1_000, ..ConversationQuery::default() };
    while !over.load(Ordering::Acquire) {
        let (first, second) =
            store.read(|read| Ok((read.conversations(&query)?, read.conversations(&query)?))).unwrap();
        assert_eq!(first.len() % 2, 0, "a reader must not see half a write");
        assert!(first == second, "one read sees one state");
    }
}

#[test]
fn clones_share_one_store() {
    let made = made::store();
    let clone = made.store.clone();
    clone.write(|write| write.set_draft("new", "hello", 1)).unwrap();
    let seen = made.store.read(|read| read.draft("new")).unwrap();
    assert_eq!(seen.as_deref(), Some("hello"), "a clone writes to the same database");
}
