//! Pages: order, cursors.

use store::FolderId;
use store::table::conversation::{Conversation, ConversationQuery, Order, Shelf};
use store::table::folder::Folder;

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
    assert_eq!(titles(&made, &query()), ["kept"], "the living");
    let searched = ConversationQuery { search: "fir".into(), ..query() };
    assert_eq!(titles(&made, &searched), [""; 0], "what is deleted is not found");
    let bin = made.store.read(|read| read.bin(0, 9)).unwrap();
    let deleted: Vec<_> = bin.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(deleted, ["second", "first"], "the last deleted first, pinned or not");
    let second = made.store.read(|read| read.bin(1, 1)).unwrap();
    assert_eq!(second, bin[1..], "the bin has pages too");
    made.store.write(|write| write.restore_conversation(first.id)).unwrap();
    assert_eq!(titles(&made, &query()), ["first", "kept"], "restored, pinned as before");
}

fn shelf(shelf: Shelf) -> ConversationQuery {
    ConversationQuery { shelf: Some(shelf), ..query() }
}

fn insert(made: &Made, conversations: &[Conversation]) {
    let all = |write: &store::Write| conversations.iter().try_for_each(|one| write.insert_conversation(one));
    made.store.write(all).unwrap();
}

#[test]
fn every_conversation_stands_on_one_shelf() {
    let made = made::store();
    let folder = Folder { id: FolderId::new(), name: "Museum".into(), folded: false, created_at: 1 };
    made.store.write(|write| write.insert_folder(&folder)).unwrap();
    let folder_id = Some(folder.id);
    insert(
        &made,
        &[
            made::conversation("loose", 1),
            Conversation { folder_id, ..made::conversation("foldered", 2) },
            Conversation { folder_id, pinned: true, ..made::conversation("foldered and pinned", 3) },
            Conversation { pinned: true, archived_at: Some(9), ..made::conversation("archived", 4) },
            Conversation { deleted_at: Some(9), ..made::conversation("binned", 5) },
        ],
    );
    let shelves = [
        (Shelf::Loose, vec!["loose"]),
        (Shelf::Folder(folder.id), vec!["foldered"]),
        (Shelf::Pinned, vec!["foldered and pinned"]),
        (Shelf::Archived, vec!["archived"]),
    ];
    for (which, expected) in shelves {
        assert_eq!(titles(&made, &shelf(which)), expected, "{which:?}");
        let count = made.store.read(|read| read.shelf_count(which)).unwrap();
        assert_eq!(count, 1, "{which:?} is counted");
    }
    let all = ["foldered and pinned", "foldered", "loose", "archived"];
    assert_eq!(titles(&made, &query()), all, "without a shelf the archive comes last");
    let gone = made.store.read(|read| read.conversations(&shelf(Shelf::Folder(FolderId::new()))));
    assert!(matches!(gone, Err(store::Error::NotFound)), "a folder that is gone is told");
}

#[test]
fn a_shelf_has_four_orders_and_pages_join_in_each() {
    let made = made::store();
    let names = ["Room 10", "zebra", "Émile", "room 2", "apple", "面包", "", "éclair"];
    let all: Vec<Conversation> =
        (0..).zip(names).map(|(at, title)| made::conversation(title, at / 2)).collect();
    insert(&made, &all);
    let by_title = ["", "apple", "éclair", "Émile", "room 2", "Room 10", "zebra", "面包"];
    let ordered = |order| ConversationQuery { order, ..shelf(Shelf::Loose) };
    assert_eq!(titles(&made, &ordered(Order::Title)), by_title, "as people look things up");
    let mut newest = titles(&made, &ordered(Order::Newest));
    // They were begun in this order, whatever was written in them since.
    let begun = names.iter().rev().map(|title| (*title).to_owned()).collect::<Vec<_>>();
    for (order, whole) in [
        (Order::Newest, newest.clone()),
        (Order::Created, begun),
        (Order::Title, by_title.map(String::from).to_vec()),
    ] {
        for limit in [1, 3, 7] {
            let paged = turn_pages(&made, &ConversationQuery { limit, ..ordered(order) });
            assert_eq!(paged, whole, "{order:?} in pages of {limit}");
        }
    }
    newest.reverse();
    assert_eq!(turn_pages(&made, &ConversationQuery { limit: 3, ..ordered(Order::Oldest) }), newest);
}

#[test]
fn a_common_word_is_found_in_the_order_of_the_list() {
    let made = made::store();
    let many: Vec<Conversation> = (0..2_300)
        .map(|number| Conversation {
            pinned: number % 500 == 0,
            archived_at: (number % 700 == 0).then_some(1),
            ..made::conversation(&format!("common {number}"), number / 3)
        })
        .collect();
    insert(&made, &many);
    let query = ConversationQuery { search: "comm".into(), limit: 60, ..query() };
    let all = turn_pages(&made, &ConversationQuery { search: String::new(), ..query.clone() });
    assert_eq!(turn_pages(&made, &query), all, "hits stand as the list does, page by page");
    let ids = made.store.read(|read| read.conversation_ids(&query)).unwrap();
    assert_eq!(ids.len(), 2_300, "all of them can be chosen at once");
}

#[test]
fn all_ids_of_a_list_are_those_of_its_pages() {
    let made = made::store();
    insert(
        &made,
        &[
            made::conversation("one", 1),
            made::conversation("🎉", 2),
            Conversation { pinned: true, ..made::conversation("two", 3) },
            Conversation { deleted_at: Some(1), ..made::conversation("one gone", 4) },
        ],
    );
    let searched = |search: &str| ConversationQuery { search: search.into(), ..query() };
    for asked in [query(), shelf(Shelf::Pinned), searched("one"), searched("🎉"), searched("nothing")] {
        let mut ids = made.store.read(|read| read.conversation_ids(&asked)).unwrap();
        let page = made.store.read(|read| read.conversations(&asked)).unwrap();
        let mut listed: Vec<_> = page.into_iter().map(|one| one.id).collect();
        ids.sort();
        listed.sort();
        assert_eq!(ids, listed, "{asked:?}");
    }
}
