//! Pages: order, cursors, the bin.

use store::table::conversation::{Conversation, ConversationQuery};

use crate::made::{self, Made};

fn titles(made: &Made, query: &ConversationQuery) -> Vec<String> {
    let page = made.store.read(|read| read.conversations(query)).unwrap();
    page.into_iter().map(|conversation| conversation.title).collect()
}

fn query() -> ConversationQuery {
    ConversationQuery { limit: 100, ..ConversationQuery::default() }
}

/// All titles, read page by page.
fn turn_pages(made: &Made, query: &ConversationQuery) -> Vec<String> {
    let mut query = query.clone();
    let mut titles = Vec::new();
    loop {
        let page = made.store.read(|read| read.conversations(&query)).unwrap();
        let Some(last) = page.last() else { return titles };
        query.before = Some(last.cursor());
        titles.extend(page.into_iter().map(|conversation| conversation.title));
    }
}

#[test]
fn pinned_ones_come_first_then_the_newest() {
    let made = made::store();
    for (title, at, pinned) in [("old", 1, false), ("new", 3, false), ("pinned", 2, true), ("mid", 2, false)]
    {
        let conversation = Conversation { pinned, ..made::conversation(title, at) };
        made.store.write(|write| write.insert_conversation(&conversation)).unwrap();
    }
    assert_eq!(titles(&made, &query()), ["pinned", "new", "mid", "old"], "the order of the side panel");
}

#[test]
fn pages_join_without_gap_or_double_also_at_equal_times() {
    let made = made::store();
    for number in 0..50 {
        let conversation = Conversation {
            pinned: number % 7 == 0,
            ..made::conversation(&format!("same {number}"), number / 10)
        };
        made.store.write(|write| write.insert_conversation(&conversation)).unwrap();
    }
    for search in ["", "same"] {
        let query = ConversationQuery { search: search.into(), ..query() };
        let whole = titles(&made, &query);
        assert_eq!(whole.len(), 50, "all are listed for {search:?}");
        for limit in [1, 3, 7, 49] {
            let paged = turn_pages(&made, &ConversationQuery { limit, ..query.clone() });
            assert_eq!(paged, whole, "pages of {limit} for {search:?}");
        }
    }
}

#[test]
fn the_bin_is_a_list_of_its_own() {
    let made = made::store();
    let [kept, first, second] = ["kept", "first", "second"].map(|title| made::conversation(title, 1));
    made.store
        .write(|write| {
            for conversation in [&kept, &first, &second] {
                write.insert_conversation(conversation)?;
            }
            write.bin_conversation(first.id, 10)?;
            write.bin_conversation(second.id, 20)?;
            write.set_pinned(first.id, true)
        })
        .unwrap();
    let bin = ConversationQuery { bin: true, ..query() };
    assert_eq!(titles(&made, &query()), ["kept"], "the living");
    assert_eq!(titles(&made, &bin), ["second", "first"], "the last deleted first, pinned or not");
    let paged = turn_pages(&made, &ConversationQuery { limit: 1, ..bin.clone() });
    assert_eq!(paged, ["second", "first"], "the bin has pages too");
    let searched = ConversationQuery { search: "fir".into(), ..bin };
    assert_eq!(titles(&made, &searched), ["first"], "the bin can be searched");
    made.store.write(|write| write.restore_conversation(first.id)).unwrap();
    assert_eq!(titles(&made, &query()), ["first", "kept"], "restored, pinned as before");
}
