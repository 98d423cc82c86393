//! What can go wrong in the store, as facts. Holds no words for the person and none of their data.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// A failure of the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A newer Medley wrote this database; it is left as it is.
    #[error("the database has version {found}, known are versions up to {known}")]
    Newer {
        /// The version found.
        found: i64,
        /// The newest version that this Medley knows.
        known: i64,
    },
    /// The disk is full; nothing of the write was kept.
    #[error("the disk is full")]
    Full,
    /// Another program holds the database.
    #[error("the database is locked by another program")]
    Locked,
    /// The folder or a file in it may not be written.
    #[error("the folder of the database cannot be written")]
    ReadOnly,
    /// The row asked for, or one that it would hang on, does not exist.
    #[error("no such row")]
    NotFound,
    /// The file is damaged or is no database of Medley; it is left as it is.
    #[error("the database is damaged: {detail}")]
    Corrupt {
        /// What SQLite says about it.
        detail: String,
    },
    /// Anything else that SQLite reports.
    #[error("the database failed: {source}")]
    Sqlite {
        /// SQLite's own error.
        #[source]
        source: rusqlite::Error,
    },
    /// A file or folder could not be made, read or renamed.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's own error.
        #[source]
        source: std::io::Error,
    },
}

impl Error {
    /// Sorts a failure of the file system.
    pub(crate) fn io(path: &Path, source: std::io::Error) -> Self {
        match source.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Io { path: path.to_owned(), source },
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(source: rusqlite::Error) -> Self {
        match source.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Corrupt { detail: source.to_string() }
            }
            _ if matches!(source, rusqlite::Error::QueryReturnedNoRows) => Self::NotFound,
            _ => Self::Sqlite { source },
        }
    }
}
