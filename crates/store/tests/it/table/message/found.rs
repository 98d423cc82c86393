//! Finding what was said: words, phrases, Chinese of any length, the last word while it is typed, and hostile input.

use proptest::prelude::*;
use store::table::conversation::Conversation;
use store::table::message::{Found, Message, MessageState, SaidQuery};
use store::{MessageId, Store};

use crate::made::{self, Made};

const SAID: &[&str] = &[
    "The amber necklace was found in a bog.",
    "Crème brûlée wants a **slow** oven",
    "周末做面包的方法，需要耐心。",
    "比较GPT模型和node.js的速度",
    "東京タワーの写真を見せて",
    "서울 여행 계획을 세워 줘",
    "let total_cost = price + tax;",
];

fn filled() -> (Made, Conversation, Vec<MessageId>) {
    let made = made::store();
    let conversation = made::conversation("A title with other words", 1);
    let ids = made::branch(&made.store, &conversation, SAID);
    (made, conversation, ids)
}

fn page(store: &Store, search: &str, after: Option<MessageId>, limit: u32) -> Vec<Found> {
    store.read(|read| read.said(&SaidQuery { search: search.into(), but: None, after, limit })).unwrap()
}

fn found(store: &Store, search: &str) -> Vec<MessageId> {
    page(store, search, None, 500).into_iter().map(|found| found.message_id).collect()
}

/// What is marked in the first hit.
fn marked(store: &Store, search: &str) -> Vec<String> {
    let hits = page(store, search, None, 1);
    let pieces = hits.into_iter().flat_map(|hit| hit.excerpt);
    pieces.filter(|piece| piece.found).map(|piece| piece.text).collect()
}

#[test]
fn finds_what_a_person_would_expect_and_marks_it() {
    let (made, _, ids) = filled();
    for (search, said, marks) in [
        ("amber", 0, &["amber"][..]),
        ("NECKLACE amb", 0, &["amber", "necklace"]),
        ("\"found in a bog\"", 0, &["found in a bog"]),
        ("“amber necklace”", 0, &["amber necklace"]),
        ("\"amber neck", 0, &["amber neck"]),
        ("creme", 1, &["Crème"]),
        ("bru\u{302}le\u{301}e", 1, &["brûlée"]),
        ("slow oven", 1, &["slow", "oven"]),
        ("面包", 2, &["面包"]),
        ("做", 2, &["做"]),
        ("心", 2, &["心"]),
        ("周末 耐心", 2, &["周末", "耐心"]),
        ("做面包的方", 2, &["做面包的方"]),
        ("gpt模型", 3, &["GPT模型"]),
        ("node.js", 3, &["node.js"]),
        ("タワー", 4, &["タワー"]),
        ("여행", 5, &["여행"]),
        ("total_cost", 6, &["total_cost"]),
        ("price + tax", 6, &["price", "tax"]),
    ] {
        assert_eq!(found(&made.store, search), [ids[said]], "searching {search:?}");
        let open = marked(&made.store, search);
        let heads = open.iter().zip(marks).all(|(mark, wanted)| mark.starts_with(wanted));
        assert!(heads && open.len() == marks.len(), "searching {search:?} marks {open:?}");
    }
}

#[test]
fn does_not_find_what_is_not_there() {
    let (made, ..) = filled();
    for search in [
        "包面",
        "末面",
        "mber",
        "ambe necklace",
        "\"necklace amber\"",
        "\"amber neck\"",
        "node.ts",
        "a.mber",
        "🎈",
        "a",
        "型GPT",
        "amb ",
    ] {
        // A single letter is looked for as a word: "a bog" has one.
        let expected = usize::from(search == "a") * 2;
        assert_eq!(found(&made.store, search).len(), expected, "searching {search:?}");
    }
}

#[test]
fn nothing_typed_finds_nothing() {
    let (made, ..) = filled();
    for search in ["", "  \n", "\"", "\"\"", "***", "…"] {
        assert!(found(&made.store, search).is_empty(), "searching {search:?}");
    }
}

#[test]
fn the_newest_come_first_and_pages_join() {
    let made = made::store();
    let texts: Vec<String> = (0..23).map(|number| format!("the same word, {number}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut ids = made::branch(&made.store, &made::conversation("t", 1), &texts);
    ids.reverse();
    assert_eq!(found(&made.store, "same word"), ids, "the last written first");
    for limit in [1, 4, 22] {
        let mut paged: Vec<MessageId> = Vec::new();
        while let next = page(&made.store, "same", paged.last().copied(), limit)
            && !next.is_empty()
        {
            paged.extend(next.into_iter().map(|found| found.message_id));
        }
        assert_eq!(paged, ids, "pages of {limit}");
    }
}

#[test]
fn a_hit_says_where_it_is() {
    let (made, conversation, ids) = filled();
    let archived = Conversation { archived_at: Some(9), ..conversation.clone() };
    made.store
        .write(|write| write.update_conversation(&Conversation { head: Some(ids[6]), ..archived }))
        .unwrap();
    let hit = page(&made.store, "bog", None, 9).remove(0);
    assert_eq!((hit.conversation_id, hit.title.as_str()), (conversation.id, "A title with other words"));
    assert!(hit.archived, "the archive is searched, and told");
    let words: String = hit.excerpt.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(words, SAID[0], "a short text is shown whole");
}

#[test]
fn what_is_deleted_is_not_found_until_it_is_brought_back() {
    let (made, conversation, ids) = filled();
    let write = |work: &dyn Fn(&store::Write) -> Result<(), store::Error>| made.store.write(work).unwrap();
    write(&|write| write.set_deleted(ids[0], Some(5)));
    assert!(found(&made.store, "amber").is_empty(), "a deleted message");
    write(&|write| write.set_deleted(ids[0], None));
    assert_eq!(found(&made.store, "amber"), [ids[0]], "brought back");
    write(&|write| write.bin_conversation(conversation.id, 5));
    assert!(found(&made.store, "amber").is_empty(), "in the bin");
    write(&|write| write.restore_conversation(conversation.id));
    assert_eq!(found(&made.store, "amber"), [ids[0]], "out of the bin");
    write(&|write| write.bin_conversation(conversation.id, 5));
    write(&|write| write.purge_conversations(6).map(drop));
    assert_eq!(indexed(&made), 0, "a conversation that is gone for good leaves no word behind");
}

#[test]
fn an_answer_is_found_once_it_has_ended() {
    let (made, conversation, ids) = filled();
    let answer =
        Message { state: MessageState::Streaming, ..made::message(conversation.id, Some(ids[6]), "") };
    made.store.write(|write| write.insert_message(&answer)).unwrap();
    made.store.write(|write| write.save_progress(answer.id, "a heron", "")).unwrap();
    assert!(found(&made.store, "heron").is_empty(), "its words still change");
    let ended = Message { text: "a heron flew".into(), state: MessageState::Done, ..answer.clone() };
    made.store.write(|write| write.update_message(&ended)).unwrap();
    assert_eq!(found(&made.store, "heron flew"), [answer.id], "the last write tells");
    let other = Message { text: "an egret".into(), ..ended };
    made.store.write(|write| write.update_message(&other)).unwrap();
    assert_eq!(
        (found(&made.store, "heron").len(), found(&made.store, "egret").len()),
        (0, 1),
        "written anew"
    );
}

#[test]
fn an_interrupted_answer_is_found_after_the_next_start() {
    let (made, conversation, ids) = filled();
    let answer =
        Message { state: MessageState::Streaming, ..made::message(conversation.id, Some(ids[6]), "") };
    made.store.write(|write| write.insert_message(&answer)).unwrap();
    made.store.write(|write| write.save_progress(answer.id, "half a heron", "")).unwrap();
    let folder = made.close();
    let store = Store::open(folder.path()).unwrap();
    store.write(store::Write::interrupted).unwrap();
    assert_eq!(found(&store, "heron"), [answer.id], "what came is kept, and found");
}

#[test]
fn what_stands_behind_a_gap_is_found() {
    let (made, conversation, ids) = filled();
    let text =
        Message { suffix: "and they lived".into(), ..made::message(conversation.id, Some(ids[6]), "Once") };
    made.store.write(|write| write.insert_message(&text)).unwrap();
    assert_eq!(found(&made.store, "once lived"), [text.id]);
}

#[test]
fn one_conversation_is_searched_by_itself() {
    let (made, conversation, ids) = filled();
    let other = made::conversation("another", 2);
    let others = made::branch(&made.store, &other, &["amber too", "no stone"]);
    let said_in = |id, typed: &str| made.store.read(|read| read.said_in(id, typed)).unwrap();
    assert_eq!(said_in(conversation.id, "amber"), [ids[0]].into());
    assert_eq!(said_in(other.id, "amber"), [others[0]].into());
    assert!(said_in(other.id, "necklace").is_empty() && said_in(other.id, "\"").is_empty());
}

#[test]
fn an_excerpt_shows_the_best_place_and_no_markup() {
    let made = made::store();
    let filler = "Some words that say little. ".repeat(40);
    let text = format!(
        "A fox.\n\n{filler}\n\n## The *quick* fox\n\n| jumps | over |\n|---|---|\n| `lazy` | dogs |\n{filler}"
    );
    made::branch(&made.store, &made::conversation("t", 1), &[&text]);
    let hit = page(&made.store, "fox dogs", None, 1).remove(0);
    let words: String = hit.excerpt.iter().map(|piece| piece.text.as_str()).collect();
    assert!(words.starts_with('…') && words.ends_with('…'), "it is a part: {words}");
    assert!(words.contains("The quick fox jumps over lazy dogs"), "both words, without signs: {words}");
    assert!(words.chars().count() < 250, "a few lines at most: {words}");
}

/// How many messages the index holds.
fn indexed(made: &Made) -> i64 {
    made.query_by_hand("SELECT count(*) FROM message_words_docsize")
}

const HOSTILE: &[&str] = &[
    "\"",
    "\"\"\"",
    "'",
    "*",
    "a*",
    "a* b*",
    "NEAR(a b)",
    "NEAR(amber necklace, 5)",
    "words:amber",
    "(((",
    ")",
    "NOT",
    "AND OR",
    "NOT amber",
    "-amber",
    "^amber",
    "{a b}:c",
    "+ +",
    "%",
    "_",
    "\0",
    "amber\0",
    "\u{202E}",
    "\u{FFFF}",
    "«",
    "「面",
    "a\u{301}\u{301}\u{301}",
    "ﬁ",
    "İ",
    "ß",
];

#[test]
fn hostile_input_is_only_words() {
    let (made, ..) = filled();
    let long = "amber ".repeat(4000);
    let quoted = format!("\"{long}");
    for search in HOSTILE.iter().copied().chain([long.as_str(), &quoted]) {
        page(&made.store, search, None, 50);
    }
    assert_eq!(indexed(&made), 7, "nothing was dropped");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_search_fails(said in "\\PC{0,60}", search in any::<String>(), quoted in "[\"“」a-c ]{0,12}") {
        let made = made::store();
        let conversation = made::conversation("t", 1);
        made::branch(&made.store, &conversation, &[&said]);
        for search in [&search, &quoted, &format!("{said}{search}")] {
            page(&made.store, search, None, 50);
            made.store.read(|read| read.said_in(conversation.id, search)).unwrap();
        }
    }

    #[test]
    fn every_word_finds_its_message_and_is_marked(
        words in proptest::collection::vec("[a-zéüß0-9]{1,8}", 1..12),
        one in any::<proptest::sample::Index>(),
    ) {
        let made = made::store();
        let ids = made::branch(&made.store, &made::conversation("t", 1), &[&words.join(", ")]);
        let word = &words[one.index(words.len())];
        let quoted = format!("\"{}\"", words.join(" "));
        prop_assert_eq!(found(&made.store, word), ids.clone(), "searching {}", word);
        prop_assert_eq!(found(&made.store, &quoted), ids, "searching all of it as a phrase");
        prop_assert!(!marked(&made.store, word).is_empty(), "{} is marked", word);
    }

    #[test]
    fn any_stretch_of_a_chinese_text_finds_it(
        text in proptest::collection::vec(proptest::char::range('一', '龥'), 1..30),
        from in any::<proptest::sample::Index>(),
        length in 1..6_usize,
    ) {
        let made = made::store();
        let from = from.index(text.len());
        let stretch: String = text[from..text.len().min(from + length)].iter().collect();
        let ids = made::branch(&made.store, &made::conversation("t", 1), &[&String::from_iter(text)]);
        prop_assert_eq!(found(&made.store, &stretch), ids, "searching {}", stretch);
        prop_assert_eq!(&marked(&made.store, &stretch)[0], &stretch, "and it is marked");
    }
}
