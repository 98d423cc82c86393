//! Searching titles: words, beginnings of words, accents, Chinese of any length, and hostile input.

use proptest::prelude::*;
use store::table::conversation::{ConversationQuery, TitleBy};

use crate::made::{self, Made};

const TITLES: &[&str] = &[
    "Bread for the weekend",
    "Crème brûlée",
    "周末做面包的方法",
    "GPT模型比较",
    "東京タワーの写真",
    "서울 여행 계획",
    "Party 🎉 plans",
    "C++ templates",
];

fn filled() -> Made {
    let made = made::store();
    for (at, title) in (0..).zip(TITLES) {
        made.store.write(|write| write.insert_conversation(&made::conversation(title, at))).unwrap();
    }
    made
}

fn found(made: &Made, search: &str) -> Vec<String> {
    let query = ConversationQuery { search: search.into(), limit: 50, ..ConversationQuery::default() };
    let page = made.store.read(|read| read.conversations(&query)).unwrap();
    page.into_iter().map(|conversation| conversation.title).collect()
}

#[test]
fn finds_what_a_person_would_expect() {
    let made = filled();
    for (search, title) in [
        ("bread", "Bread for the weekend"),
        ("WEEK bre", "Bread for the weekend"),
        ("creme", "Crème brûlée"),
        ("bru\u{302}le\u{301}e", "Crème brûlée"),
        ("面包", "周末做面包的方法"),
        ("包", "周末做面包的方法"),
        ("法", "周末做面包的方法"),
        ("做面包的方", "周末做面包的方法"),
        ("周末 方法", "周末做面包的方法"),
        ("模型", "GPT模型比较"),
        ("gpt模", "GPT模型比较"),
        ("タワー", "東京タワーの写真"),
        ("여행", "서울 여행 계획"),
        ("🎉", "Party 🎉 plans"),
        ("c++ temp", "C++ templates"),
    ] {
        assert_eq!(found(&made, search), [title], "searching {search:?}");
    }
}

#[test]
fn does_not_find_what_is_not_there() {
    let made = filled();
    for search in ["包面", "面法", "eekend", "bread xyz", "🎈", "模比"] {
        assert_eq!(found(&made, search), Vec::<String>::new(), "searching {search:?}");
    }
}

#[test]
fn blank_finds_all() {
    let made = filled();
    for search in ["", "  ", "\n\t"] {
        assert_eq!(found(&made, search).len(), TITLES.len(), "searching {search:?}");
    }
}

#[test]
fn a_new_title_is_found_and_the_old_one_is_not() {
    let made = made::store();
    let conversation = made::conversation("before", 1);
    made.store.write(|write| write.insert_conversation(&conversation)).unwrap();
    made.store.write(|write| write.set_title(conversation.id, "after", TitleBy::Person)).unwrap();
    assert_eq!(found(&made, "before"), Vec::<String>::new(), "the old title is forgotten");
    assert_eq!(found(&made, "after"), ["after"], "the new one is found");
}

#[test]
fn a_purged_title_is_forgotten() {
    let made = made::store();
    let conversation = made::conversation("secret", 1);
    made.store.write(|write| write.insert_conversation(&conversation)).unwrap();
    made.store.write(|write| write.bin_conversation(conversation.id, 1)).unwrap();
    made.store.write(|write| write.purge_conversations(2)).unwrap();
    let rows: i64 = made.query_by_hand("SELECT count(*) FROM conversation_words");
    assert_eq!(rows, 0, "its words are gone too");
}

#[test]
fn hostile_searches_are_only_searches() {
    let made = filled();
    let long = "面包 bread ".repeat(5_000);
    let hostile = [
        "\"",
        "'; DROP TABLE conversation; --",
        "a NEAR(b, 5)",
        "words:bread",
        "bread*",
        "(((",
        "NOT",
        "AND OR",
        "-bread",
        "^bread",
        "{a b}:c",
        "%",
        "_",
        "\0",
        "bread\0",
        "\u{202E}",
        "\u{FFFF}",
        "+ +",
        &long,
    ];
    for search in hostile {
        let start: String = search.chars().take(20).collect();
        assert!(found(&made, search).len() < TITLES.len(), "searching {start:?} is not searching for all");
    }
    assert_eq!(found(&made, "").len(), TITLES.len(), "nothing was dropped");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_search_fails_and_every_title_finds_itself(title in "\\PC{0,40}", search in ".{0,60}") {
        let made = made::store();
        made.store.write(|write| write.insert_conversation(&made::conversation(&title, 1))).unwrap();
        found(&made, &search);
        prop_assert_eq!(found(&made, &title), [title.as_str()], "a title is found by itself");
    }

    #[test]
    fn any_stretch_of_a_chinese_title_finds_it(
        title in proptest::collection::vec(proptest::char::range('一', '龥'), 1..20),
        from in any::<proptest::sample::Index>(),
        length in 1..6_usize,
    ) {
        let made = made::store();
        let from = from.index(title.len());
        let stretch: String = title[from..title.len().min(from + length)].iter().collect();
        let title = String::from_iter(title);
        made.store.write(|write| write.insert_conversation(&made::conversation(&title, 1))).unwrap();
        prop_assert_eq!(found(&made, &stretch), [title.as_str()], "searching {}", stretch);
    }
}
