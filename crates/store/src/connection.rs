//! Opening SQLite the way Medley wants it: durable, private to the person, strict. Knows no table.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::Error;

/// The database's name inside its folder.
const FILE: &str = "medley.db";

/// How long to wait for another program that holds the database.
const BUSY: Duration = Duration::from_secs(5);

/// Makes the folder (0700) and an empty database file (0600) where they are missing, so that nothing that
/// SQLite puts beside it is readable by others either. Returns the file.
pub(crate) fn prepare(folder: &Path) -> Result<PathBuf, Error> {
    make_folder(folder).map_err(|source| Error::io(folder, source))?;
    let file = folder.join(FILE);
    make_file(&file)?;
    Ok(file)
}

/// Makes an empty file that only the person may read, unless it is there.
pub(crate) fn make_file(file: &Path) -> Result<(), Error> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(file) {
        Err(source) if source.kind() != ErrorKind::AlreadyExists => Err(Error::io(file, source)),
        _ => Ok(()),
    }
}

/// Opens an existing file without changing anything in it.
pub(crate) fn open(file: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.set_prepared_statement_cache_capacity(128);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    // Without this, SQLite looks at bound values to see whether a partial index fits, and so compiles a kept
    // statement anew for every new value: about half the time of a bulk insert.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // Sorting spills to memory: nothing the person wrote may land in the system's temporary folder.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -8192)?;
    Ok(connection)
}

/// Turns a migrated connection into the writer.
pub(crate) fn make_writer(connection: &Connection) -> Result<(), Error> {
    connection.pragma_update(None, "synchronous", "FULL")?;
    // On macOS a plain sync leaves data in the drive's cache.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "journal_size_limit", 64 << 20)?;
    connection.pragma_update(None, "secure_delete", "FAST")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(())
}

/// Switches the file to a write-ahead log, so that reading and writing do not wait for each other.
pub(crate) fn use_write_ahead_log(connection: &Connection) -> Result<(), Error> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    Ok(())
}

/// Opens a connection that refuses to write.
pub(crate) fn open_reader(file: &Path) -> Result<Connection, Error> {
    let connection = open(file)?;
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

/// What is wrong with the file or with references in it; empty when nothing is.
pub(crate) fn faults(connection: &Connection) -> Result<Vec<String>, Error> {
    let mut faults: Vec<String> = connection
        .prepare("PRAGMA integrity_check")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    faults.retain(|fault| fault != "ok");
    let mut check = connection.prepare("SELECT \"table\", \"parent\" FROM pragma_foreign_key_check")?;
    let dangling = check.query_map([], |row| {
        Ok(format!("a row of {} points at nothing in {}", row.get::<_, String>(0)?, row.get::<_, String>(1)?))
    })?;
    for fault in dangling {
        faults.push(fault?);
    }
    Ok(faults)
}

/// Bytes of the database and of its write-ahead log.
pub(crate) fn size_on_disk(file: &Path) -> Result<u64, Error> {
    let log = file.with_extension("db-wal");
    let log_size = match fs::metadata(&log) {
        Ok(metadata) => metadata.len(),
        Err(source) if source.kind() == ErrorKind::NotFound => 0,
        Err(source) => return Err(Error::io(&log, source)),
    };
    Ok(fs::metadata(file).map_err(|source| Error::io(file, source))?.len() + log_size)
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
