//! The store itself: one writer, a few readers, transactions around everything. It blocks: call it from
//! threads that may wait. It holds no SQL of any table; those live in `table`.

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::folder::Folder;
use crate::{Error, connection, migrate};

/// Readers kept open between reads; more are opened when more are at work at once.
const READERS_KEPT: usize = 4;

/// An open database. Cheap to clone; all clones share it.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

struct Inner {
    file: PathBuf,
    folder: Folder,
    writer: Mutex<Write>,
    readers: Mutex<Vec<Read>>,
}

impl Store {
    /// Opens `medley.db` in `folder`, making both where they are missing, and brings it to the newest
    /// version. A database that is not brand-new is copied aside before it is migrated.
    ///
    /// Fails with [`Error::Newer`] when a newer Medley wrote it and with [`Error::Corrupt`] when it is no
    /// database; the file is then left as it is.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let file = connection::prepare(folder)?;
        let mut connection = connection::open(&file)?;
        migrate::run(&mut connection, &file, migrate::ALL)?;
        connection::make_writer(&connection)?;
        let writer = Mutex::new(Write { read: Read { connection } });
        let folder = Folder::beside(&file);
        Ok(Self(Arc::new(Inner { file, folder, writer, readers: Mutex::default() })))
    }

    /// Runs `work` on a reader that sees one unchanging state of the database, however long it takes.
    pub fn read<T>(&self, work: impl FnOnce(&Read) -> Result<T, Error>) -> Result<T, Error> {
        let kept = lock(&self.0.readers).pop();
        let reader = match kept {
            Some(reader) => reader,
            None => Read { connection: connection::open_reader(&self.0.file)? },
        };
        let snapshot = Transaction::new_unchecked(&reader.connection, TransactionBehavior::Deferred)?;
        let result = work(&reader);
        snapshot.finish()?;
        let mut readers = lock(&self.0.readers);
        if readers.len() < READERS_KEPT {
            readers.push(reader);
        }
        result
    }

    /// Runs `work` as one transaction on the one writer: all of it is kept, on disk when this returns, or,
    /// when it fails, none of it. Not to be called from inside another write: there is one writer.
    pub fn write<T>(&self, work: impl FnOnce(&Write) -> Result<T, Error>) -> Result<T, Error> {
        let writer = lock(&self.0.writer);
        let transaction = Transaction::new_unchecked(&writer.connection, TransactionBehavior::Immediate)?;
        let result = work(&writer)?;
        transaction.commit()?;
        Ok(result)
    }

    /// Checks the whole file and all references in it. Empty means that nothing is wrong. Takes seconds for
    /// large databases.
    pub fn integrity(&self) -> Result<Vec<String>, Error> {
        self.read(|read| connection::faults(&read.connection))
    }

    /// The folder of media files.
    pub(crate) fn folder(&self) -> &Folder {
        &self.0.folder
    }

    /// Bytes that the database takes on disk, its write-ahead log included.
    pub fn size_on_disk(&self) -> Result<u64, Error> {
        connection::size_on_disk(&self.0.file)
    }
}

/// Reads of all tables; each method lies in its table's file.
pub struct Read {
    pub(crate) connection: Connection,
}

/// Writes of all tables, inside one transaction. Reads through it see what it wrote.
pub struct Write {
    read: Read,
}

impl Deref for Write {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.read
    }
}

/// Turns "no row was changed" into an error.
pub(crate) fn must_touch_one(touched: usize) -> Result<(), Error> {
    if touched == 0 { Err(Error::NotFound) } else { Ok(()) }
}

/// A panic inside `work` rolls its transaction back, so a connection behind a poisoned lock is sound.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[path = "../tests/unit/store.rs"]
mod tests;
