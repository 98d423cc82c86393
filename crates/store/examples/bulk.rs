//! Measures how many messages per second the store keeps in bulk, beside raw SQLite inserting the same rows
//! into the same tables with the same settings. Prints one line of JSON. Arguments: messages, rounds.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    missing_docs,
    reason = "a measuring tool, not a part of the app"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, params};
use store::Store;
use store::fill::{self, Plan, Thread};

/// A point in time for made-up rows.
const NOW: i64 = 1_760_000_000_000;

/// Conversations per transaction, for both.
const BATCH: usize = 400;

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse().expect("a number"));
    let messages: usize = arguments.next().unwrap_or(100_000);
    let rounds: usize = arguments.next().unwrap_or(3);
    let plan = Plan { seed: 7, conversations: messages / 20, messages, long: messages / 10 };
    let threads: Vec<Thread> = fill::threads(&plan, NOW).collect();
    let count: usize = threads.iter().map(|thread| thread.messages.len()).sum();
    let per_second = |times: Vec<Duration>| {
        let best = times.into_iter().min().expect("at least one round");
        count as u64 * 1_000 / u64::try_from(best.as_millis().max(1)).expect("a short time")
    };
    // Turn about, so that a busy moment of the machine does not hit one of them only.
    let (stored, raw) =
        (0..rounds.max(1)).map(|_| (through_store(&threads), through_sqlite(&threads))).unzip();
    println!(
        "{}",
        serde_json::json!({
            "messages": count, "stored_per_s": per_second(stored), "raw_per_s": per_second(raw)
        })
    );
}

fn through_store(threads: &[Thread]) -> Duration {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");
    let begin = Instant::now();
    for batch in threads.chunks(BATCH) {
        store
            .write(|write| batch.iter().try_for_each(|thread| fill::insert_thread(write, thread)))
            .expect("rows are kept");
    }
    begin.elapsed()
}

fn through_sqlite(threads: &[Thread]) -> Duration {
    let folder = tempfile::tempdir().expect("a folder");
    drop(Store::open(folder.path()).expect("the same tables"));
    let mut connection = open_as_the_store_does(&folder.path().join("medley.db")).expect("a database");
    let begin = Instant::now();
    let mut key = 0;
    for (number, batch) in threads.chunks(BATCH).enumerate() {
        let transaction = connection.transaction().expect("a transaction");
        for (place, thread) in batch.iter().enumerate() {
            let conversation = i64::try_from(number * BATCH + place + 1).expect("a small number");
            insert_raw(&transaction, thread, conversation, &mut key).expect("rows are kept");
        }
        transaction.commit().expect("rows are kept");
    }
    begin.elapsed()
}

fn open_as_the_store_does(file: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(file)?;
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA fullfsync = 1; PRAGMA foreign_keys = 1; PRAGMA cache_size = -8192;
         PRAGMA temp_store = MEMORY; PRAGMA secure_delete = FAST; PRAGMA journal_size_limit = 67108864;",
    )?;
    Ok(connection)
}

/// The fewest statements that make the same rows: keys are counted, never looked up.
fn insert_raw(
    connection: &Connection,
    thread: &Thread,
    conversation: i64,
    key: &mut i64,
) -> rusqlite::Result<()> {
    let row = &thread.conversation;
    connection
        .prepare_cached(
            "INSERT INTO conversation (key, id, title, title_by, pinned, snippet, model, created_at, updated_at)
             VALUES (?1, ?2, ?3, 'model', ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            conversation, row.id, row.title, row.pinned, row.snippet, row.model, row.created_at, row.updated_at
        ])?;
    connection
        .prepare_cached("INSERT INTO conversation_words (rowid, words) VALUES (?1, ?2)")?
        .execute(params![conversation, row.title])?;
    let first = *key + 1;
    for message in &thread.messages {
        *key += 1;
        let parent = thread.messages.iter().take(usize::try_from(*key - first).unwrap_or(0)).rev();
        let parent = message.parent_id.and_then(|id| parent.zip(1..).find(|(above, _)| above.id == id));
        insert_raw_message(connection, message, (*key, conversation, parent.map(|(_, up)| *key - up)))?;
    }
    connection
        .prepare_cached("UPDATE conversation SET head_key = ?2 WHERE key = ?1")?
        .execute(params![conversation, *key])?;
    Ok(())
}

fn insert_raw_message(
    connection: &Connection,
    message: &store::table::message::Message,
    (key, conversation, parent): (i64, i64, Option<i64>),
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO message (key, id, conversation_key, parent_key, role, state, length, model,
                                  finish_reason, usage, thought_ms, first_ms, duration_ms, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, 'done', ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(params![
            key,
            message.id,
            conversation,
            parent,
            message.role,
            i64::try_from(message.text.chars().count()).unwrap_or(i64::MAX),
            message.model,
            message.finish_reason,
            message.usage.as_ref().and_then(|usage| serde_json::to_string(usage).ok()),
            message.thought_ms,
            message.first_ms,
            message.duration_ms,
            message.created_at,
        ])?;
    connection
        .prepare_cached("INSERT INTO message_body (key, text, thoughts) VALUES (?1, ?2, ?3)")?
        .execute(params![key, message.text, message.thoughts])?;
    connection
        .prepare_cached("INSERT INTO message_words (rowid, words) VALUES (?1, ?2)")?
        .execute(params![key, message.text])?;
    Ok(())
}
