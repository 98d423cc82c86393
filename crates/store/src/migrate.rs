//! Brings a database to the newest version, one numbered file after the other. Files are only ever added,
//! never changed: databases made with them exist. Refuses databases newer than itself.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use rusqlite::backup::Backup;
use rusqlite::{Connection, TransactionBehavior};

use crate::{Error, connection};

/// All migrations; the first makes version 1.
pub(crate) const ALL: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_chat.sql"),
    include_str!("migrations/0003_pictures.sql"),
    include_str!("migrations/0004_created.sql"),
    include_str!("migrations/0005_albums.sql"),
    include_str!("migrations/0006_several.sql"),
    include_str!("migrations/0007_sounds.sql"),
    include_str!("migrations/0008_bin.sql"),
    include_str!("migrations/0009_known_as.sql"),
    include_str!("migrations/0010_midjourney_address.sql"),
    include_str!("migrations/0011_recordings.sql"),
    include_str!("migrations/0012_read_aloud.sql"),
];

/// "Medl", in every database's header.
const APPLICATION: i64 = 0x4D65_646C;

/// Runs the migrations that `file` lacks. Each is one transaction that also checks the whole file: it lands
/// sound or not at all, and a killed one begins anew at the next start.
pub(crate) fn run(connection: &mut Connection, file: &Path, migrations: &[&str]) -> Result<(), Error> {
    let known = i64::try_from(migrations.len()).unwrap_or(i64::MAX);
    let found = version(connection)?;
    if found > known {
        // Leave its write-ahead log to the Medley that wrote it.
        connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        return Err(Error::Newer { found, known });
    }
    if found > 0 && found < known {
        copy_aside(connection, file, known)?;
    }
    connection::use_write_ahead_log(connection)?;
    // Rebuilding a table needs references off; each step checks them all before it is kept.
    connection.pragma_update(None, "foreign_keys", false)?;
    for (number, sql) in (1..).zip(migrations).filter(|(number, _)| *number > found) {
        step(connection, number, sql)?;
    }
    Ok(())
}

/// The database's version; 0 for an empty file.
fn version(connection: &Connection) -> Result<i64, Error> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (version, application) = (pragma("user_version")?, pragma("application_id")?);
    let objects: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application == APPLICATION || (version == 0 && objects == 0) {
        return Ok(version);
    }
    Err(Error::Corrupt { detail: "the file is a database of another program".into() })
}

/// Copies the database to `medley-before-<version>.db` beside it; complete or not there at all.
fn copy_aside(connection: &Connection, file: &Path, version: i64) -> Result<(), Error> {
    let copy = file.with_file_name(format!("medley-before-{version}.db"));
    let part = copy.with_extension("db.part");
    // Of an earlier start that was killed in the middle.
    match fs::remove_file(&part) {
        Err(source) if source.kind() != ErrorKind::NotFound => return Err(Error::io(&part, source)),
        _ => connection::make_file(&part)?,
    }
    let mut target = connection::open(&part)?;
    target.pragma_update(None, "journal_mode", "MEMORY")?;
    Backup::new(connection, &mut target)?.step(-1)?;
    target.close().map_err(|(_, error)| error)?;
    fs::File::open(&part)
        .and_then(|written| written.sync_all())
        .map_err(|source| Error::io(&part, source))?;
    fs::rename(&part, &copy).map_err(|source| Error::io(&copy, source))
}

fn step(connection: &mut Connection, number: i64, sql: &str) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(sql)?;
    transaction.pragma_update(None, "user_version", number)?;
    if let Some(detail) = connection::faults(&transaction)?.into_iter().next() {
        return Err(Error::Corrupt { detail });
    }
    Ok(transaction.commit()?)
}

#[cfg(test)]
#[path = "../tests/unit/migrate.rs"]
mod tests;
