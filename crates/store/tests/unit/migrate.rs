//! Migrating with migrations of the test's own: in order, whole or not at all, and never without a copy.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;

use super::{ALL, run};
use crate::{Error, connection};

const SECOND: &str = "CREATE TABLE second (x INTEGER) STRICT; INSERT INTO second VALUES (2);";

fn file() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = connection::prepare(folder.path()).unwrap();
    (folder, file)
}

fn migrate(file: &Path, more: &[&str]) -> Result<Connection, Error> {
    let migrations: Vec<&str> = ALL.iter().chain(more).copied().collect();
    let mut connection = connection::open(file)?;
    run(&mut connection, file, &migrations)?;
    Ok(connection)
}

fn version(file: &Path) -> i64 {
    let connection = Connection::open(file).unwrap();
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

fn tables(file: &Path, name: &str) -> i64 {
    let connection = Connection::open(file).unwrap();
    connection
        .query_row("SELECT count(*) FROM sqlite_schema WHERE name = ?1", [name], |row| row.get(0))
        .unwrap()
}

/// The version before the test's own migrations, and its first own one.
fn versions() -> (i64, i64) {
    let known = i64::try_from(ALL.len()).unwrap();
    (known, known + 1)
}

fn copy_of(file: &Path) -> PathBuf {
    file.with_file_name(format!("medley-before-{}.db", versions().1))
}

#[test]
fn a_new_file_gets_all_and_no_copy() {
    let (_folder, file) = file();
    drop(migrate(&file, &[SECOND]).unwrap());
    assert_eq!(version(&file), versions().1, "all migrations ran");
    assert!(!copy_of(&file).exists(), "there was nothing to copy");
}

#[test]
fn an_old_file_gets_the_rest_and_is_copied_aside_before() {
    let (_folder, file) = file();
    migrate(&file, &[]).unwrap().execute("INSERT INTO draft (place, text) VALUES ('new', 'x')", []).unwrap();
    let connection = migrate(&file, &[SECOND]).unwrap();
    let draft: String = connection.query_row("SELECT text FROM draft", [], |row| row.get(0)).unwrap();
    assert_eq!(draft, "x", "what was there stays");
    let copy = copy_of(&file);
    assert_eq!(version(&copy), versions().0, "the copy has the old version");
    assert_eq!(tables(&copy, "second"), 0, "and the old tables");
    let copied: String =
        Connection::open(&copy).unwrap().query_row("SELECT text FROM draft", [], |row| row.get(0)).unwrap();
    assert_eq!(copied, "x", "and the rows");
    drop(connection);
    drop(migrate(&file, &[SECOND]).unwrap());
    assert_eq!(version(&file), versions().1, "a second start changes nothing");
}

#[test]
fn a_failing_migration_leaves_the_version_before_it() {
    let (_folder, file) = file();
    drop(migrate(&file, &[]).unwrap());
    let broken = "CREATE TABLE half (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);";
    assert!(migrate(&file, &[SECOND, broken]).is_err(), "a broken migration is an error");
    assert_eq!((version(&file), tables(&file, "half")), (versions().1, 0), "whole steps or none");
    assert_eq!(tables(&file, "second"), 1, "the step before it stays");
    let mended = "CREATE TABLE half (x INTEGER) STRICT;";
    drop(migrate(&file, &[SECOND, mended]).unwrap());
    assert_eq!((version(&file), tables(&file, "half")), (versions().1 + 1, 1), "the next start goes on");
}

#[test]
fn a_migration_that_breaks_references_does_not_land() {
    let (_folder, file) = file();
    drop(migrate(&file, &[]).unwrap());
    let dangling = "INSERT INTO model (service_key, name) VALUES (404, 'of no service');";
    let refused = migrate(&file, &[dangling]).map(drop);
    assert!(matches!(refused, Err(Error::Corrupt { .. })), "{refused:?}");
    assert_eq!(version(&file), versions().0, "the old version stays");
}

#[test]
fn a_copy_that_was_cut_short_is_made_anew() {
    let (_folder, file) = file();
    drop(migrate(&file, &[]).unwrap());
    std::fs::write(copy_of(&file).with_extension("db.part"), "half a copy of an earlier start").unwrap();
    drop(migrate(&file, &[SECOND]).unwrap());
    assert_eq!(version(&copy_of(&file)), versions().0, "the copy is whole");
}

#[test]
fn pictures_of_old_chats_come_into_the_gallery_each_file_once() {
    let (_folder, file) = file();
    let mut connection = connection::open(&file).unwrap();
    run(&mut connection, &file, &ALL[..2]).unwrap();
    connection
        .execute_batch(
            "INSERT INTO conversation (id) VALUES (randomblob(16));
             INSERT INTO message (id, conversation_key, role, state, model)
             VALUES (randomblob(16), 1, 'user', 'done', ''), (randomblob(16), 1, 'assistant', 'done', 'painter');
             INSERT INTO media (hash, mime, bytes, width, height)
             VALUES (randomblob(32), 'image/png', 9, 300, 200), (randomblob(32), 'image/png', 9, NULL, NULL);
             INSERT INTO attachment (id, message_key, place, media_key, role, kind, state, created_at)
             VALUES (x'00000000000000000000000000000001', 1, '', 1, 'sent', 'picture', 'kept', 5),
                    (x'00000000000000000000000000000002', 2, '', 2, 'received', 'picture', 'kept', 6),
                    (x'00000000000000000000000000000003', 2, '', 1, 'received', 'picture', 'kept', 7),
                    (x'00000000000000000000000000000004', 2, '', NULL, 'received', 'picture', 'waiting', 8),
                    (x'00000000000000000000000000000005', NULL, 'new', 2, 'sent', 'picture', 'kept', 4);",
        )
        .unwrap();
    drop(connection);
    let connection = migrate(&file, &[]).unwrap();
    let mut select = connection
        .prepare("SELECT hex(id), origin, model, ratio, created_at, state FROM picture ORDER BY key")
        .unwrap();
    let rows: Vec<(String, String, String, i64, i64, String)> = select
        .query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
        })
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    let row = |id: u8, origin: &str, model: &str, ratio, at| {
        (format!("{id:032}"), origin.to_owned(), model.to_owned(), ratio, at, "kept".to_owned())
    };
    let expected = [row(1, "attached", "", 150, 5), row(2, "received", "painter", 100, 6)];
    assert_eq!(rows, expected, "neither twice, nor what is not here, nor what was not sent");
}
