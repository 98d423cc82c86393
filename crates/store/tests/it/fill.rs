//! The filler: as much as planned, the same for the same seed, and a sound tree.

use store::fill::{self, Plan};

use crate::made;

const NOW: i64 = 1_760_000_000_000;
const PLAN: Plan = Plan { seed: 3, conversations: 40, messages: 1_500, long: 600 };

#[test]
fn fills_as_planned() {
    let made = made::store();
    let filled = fill::fill(&made.store, &PLAN, NOW).unwrap();
    let counts = made.store.read(store::Read::counts).unwrap();
    assert_eq!((counts.conversations, counts.messages), (40, 1_500), "as many rows as planned");
    assert_eq!((filled.conversations, filled.messages), (40, 1_500), "and it says so");
    let outline = made.store.read(|read| read.outline(filled.long)).unwrap();
    assert!((500..=600).contains(&outline.len()), "the long branch holds all but retries: {}", outline.len());
    assert!(outline.iter().any(|entry| entry.versions == 2), "some answers have two versions");
    assert_eq!(made.store.integrity().unwrap(), Vec::<String>::new(), "the filled file is sound");
}

#[test]
fn the_same_seed_gives_the_same_rows() {
    let threads = |seed| fill::threads(&Plan { seed, ..PLAN }, NOW).collect::<Vec<_>>();
    assert!(threads(3) == threads(3), "a seed decides everything");
    assert!(threads(3) != threads(4), "another seed gives other rows");
}

#[test]
fn the_long_conversation_is_the_first_of_the_list() {
    let made = made::store();
    let filled = fill::fill(&made.store, &PLAN, NOW).unwrap();
    let long = made.store.read(|read| read.conversation(filled.long)).unwrap().unwrap();
    assert_eq!(long.updated_at, NOW, "it ends now");
}
