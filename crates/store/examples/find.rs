//! Measures finding: what was said in so many messages, beside the raw FTS5 query on the same file, and the list of so many
//! conversations while somebody types. Prints one line of JSON. Arguments: messages, conversations, rounds.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    missing_docs,
    reason = "a measuring tool, not a part of the app"
)]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, params};
use store::Store;
use store::fill::{Plan, fill};
use store::table::conversation::ConversationQuery;
use store::table::message::SaidQuery;

/// A point in time for made-up rows.
const NOW: i64 = 1_760_000_000_000;
/// Hits on one page.
const PAGE: u32 = 50;

/// What is looked for, and the same for FTS5: words, the beginning of one, Chinese of two letters.
const SAID: &[(&str, &str)] = &[
    ("harbour", "\"harbour\"*"),
    ("railway runs", "\"railway\" \"runs\"*"),
    ("patien", "\"patien\"*"),
    ("港口", "\"港 口\"*"),
    ("river railway", "\"river\" \"railway\"*"),
];

/// Written letter by letter.
const TYPED: &[&str] = &["harbour", "slow writes", "周末做面包", "zzz", "map of the"];

/// The same hits with the beginning of their words, without anything of ours.
const RAW: &str = "
    SELECT m.id, c.id, c.title, m.role, m.created_at, substr(b.text, 1, 200)
    FROM message_words w
    CROSS JOIN message m ON m.key = w.rowid
    CROSS JOIN conversation c ON c.key = m.conversation_key
    CROSS JOIN message_body b ON b.key = m.key
    WHERE message_words MATCH ?1 AND m.deleted_at IS NULL AND c.deleted_at IS NULL
    ORDER BY w.rowid DESC LIMIT ?2";

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse().expect("a number"));
    let messages: usize = arguments.next().unwrap_or(100_000);
    let conversations: usize = arguments.next().unwrap_or(50_000);
    let rounds: usize = arguments.next().unwrap_or(9);
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");
    let plan = Plan { seed: 7, conversations, messages: messages.max(conversations * 2), long: 1000 };
    let filled = fill(&store, &plan, NOW).expect("rows are kept");
    let raw = Connection::open_with_flags(file(folder.path()), OpenFlags::SQLITE_OPEN_READ_ONLY)
        .expect("a database");
    // Turn about, and each once before, so that neither meets a cold cache.
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..=rounds {
        for (search, query) in SAID {
            ours.push((*search, time(|| said(&store, search))));
            theirs.push((*search, time(|| said_raw(&raw, query))));
        }
    }
    let typed = (0..=rounds).flat_map(|_| TYPED.iter().flat_map(|words| letters(words))).map(|typed| {
        time(|| {
            let query =
                ConversationQuery { search: typed.clone(), limit: PAGE, ..ConversationQuery::default() };
            black_box(store.read(|read| read.conversations(&query)).expect("a page")).len()
        })
    });
    println!(
        "{}",
        serde_json::json!({
            "messages": filled.messages,
            "conversations": filled.conversations,
            "said_ms": together(&ours),
            "raw_ms": together(&theirs),
            "filter_slowest_ms": ms(typed.skip(TYPED.len()).max().unwrap_or_default()),
        })
    );
}

fn said(store: &Store, search: &str) -> usize {
    let query = SaidQuery { search: search.to_owned(), but: None, after: None, limit: PAGE };
    black_box(store.read(|read| read.said(&query)).expect("hits")).len()
}

fn said_raw(raw: &Connection, query: &str) -> usize {
    let mut select = raw.prepare_cached(RAW).expect("a query");
    let rows = select.query_map(params![query, PAGE], |row| {
        let (title, text): (String, String) = (row.get(2)?, row.get(5)?);
        Ok((title, text))
    });
    black_box(rows.expect("hits").collect::<rusqlite::Result<Vec<_>>>().expect("rows")).len()
}

/// The middle time of each search, added up.
fn together(times: &[(&str, Duration)]) -> f64 {
    let middle = |search: &str| {
        let mut of: Vec<Duration> =
            times.iter().filter(|(one, _)| *one == search).skip(1).map(|(_, time)| *time).collect();
        of.sort();
        of.get(of.len() / 2).copied().unwrap_or_default()
    };
    ms(SAID.iter().map(|(search, _)| middle(search)).sum())
}

fn letters(words: &str) -> impl Iterator<Item = String> {
    words.char_indices().map(|(at, letter)| words[..at + letter.len_utf8()].to_owned())
}

fn time(work: impl FnOnce() -> usize) -> Duration {
    let begin = Instant::now();
    black_box(work());
    begin.elapsed()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn file(folder: &Path) -> std::path::PathBuf {
    folder.join("medley.db")
}
