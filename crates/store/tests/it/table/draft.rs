//! Drafts: kept per place across restarts, gone when empty.

use store::Store;

use crate::made;

#[test]
fn a_draft_outlasts_a_restart_and_goes_when_emptied() {
    let made = made::store();
    made.store.write(|write| write.set_draft("new", "half a thou", 1)).unwrap();
    made.store.write(|write| write.set_draft("new", "half a thought", 2)).unwrap();
    let folder = made.close();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.read(|read| read.draft("new")).unwrap().as_deref(), Some("half a thought"), "kept");
    store.write(|write| write.set_draft("new", "", 3)).unwrap();
    assert_eq!(store.read(|read| read.draft("new")).unwrap(), None, "an empty draft is none");
}

#[test]
fn drafts_show_their_first_words_newest_first() {
    let made = made::store();
    let long = format!("  第一行\n\tsecond {}", "x".repeat(100_000));
    made.store.write(|write| write.set_draft("a", "old", 1)).unwrap();
    made.store.write(|write| write.set_draft("b", &long, 2)).unwrap();
    let drafts = made.store.read(store::Read::drafts).unwrap();
    let places: Vec<_> = drafts.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["b", "a"], "the newest first");
    assert!(drafts[0].1.starts_with("第一行 second xxx"), "on one line: {}", drafts[0].1);
    assert!(drafts[0].1.chars().count() <= 80, "and short");
}
