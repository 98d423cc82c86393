//! Files and folders that are there whole or not at all: written under another name, synced, then renamed. Nothing that
//! was there is removed, but for a file that the person chose to replace.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::{Code, Error};

/// A file being written beside its final place. Dropped before it is finished, it leaves nothing.
pub(crate) struct Draft {
    to: PathBuf,
    part: PathBuf,
    file: BufWriter<File>,
    finished: bool,
}

impl Draft {
    pub(crate) fn begin(to: &Path) -> Result<Self, Error> {
        let part = beside(to);
        let file =
            OpenOptions::new().write(true).create_new(true).open(&part).map_err(|error| failed(&error))?;
        Ok(Self { to: to.to_owned(), part, file: BufWriter::with_capacity(1 << 16, file), finished: false })
    }

    /// Puts the file in its place; one that lies there is replaced.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        let synced = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        synced.and_then(|()| fs::rename(&self.part, &self.to)).map_err(|error| failed(&error))?;
        self.finished = true;
        Ok(())
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Draft {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.finished {
            left_over(fs::remove_file(&self.part), &self.part);
        }
    }
}

/// A folder being filled beside its final place. Dropped before it is finished, it leaves nothing.
pub(super) struct DraftFolder {
    part: PathBuf,
    finished: bool,
}

impl DraftFolder {
    pub(super) fn begin(parent: &Path, stem: &str) -> Result<Self, Error> {
        let part = beside(&parent.join(stem));
        fs::create_dir(&part).map_err(|error| failed(&error))?;
        Ok(Self { part, finished: false })
    }

    pub(super) fn path(&self) -> &Path {
        &self.part
    }

    /// Puts the folder in its place, under the first name that is free; returns which.
    pub(super) fn finish(mut self, parent: &Path, stem: &str) -> Result<PathBuf, Error> {
        let to = free(parent, stem).ok_or(Code::CannotWrite)?;
        fs::rename(&self.part, &to).map_err(|error| failed(&error))?;
        self.finished = true;
        Ok(to)
    }
}

impl Drop for DraftFolder {
    fn drop(&mut self) {
        if !self.finished {
            left_over(fs::remove_dir_all(&self.part), &self.part);
        }
    }
}

/// What a file system said, as the person can be told.
pub(crate) fn failed(error: &io::Error) -> Error {
    let code = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Code::DiskFull,
        _ => Code::CannotWrite,
    };
    tracing::warn!(%error, "an export was not written");
    Error { message: error.to_string(), ..code.into() }
}

/// A name beside another that nothing has yet.
fn beside(to: &Path) -> PathBuf {
    let unique = store::MessageId::new();
    to.with_file_name(format!(".medley-{unique}.part"))
}

fn free(parent: &Path, stem: &str) -> Option<PathBuf> {
    let names = std::iter::once(stem.to_owned()).chain((2..10_000).map(|number| format!("{stem} {number}")));
    names.map(|name| parent.join(name)).find(|path| fs::symlink_metadata(path).is_err())
}

fn left_over(removed: io::Result<()>, part: &Path) {
    if let Err(error) = removed {
        tracing::warn!(%error, part = %part.display(), "a part of an export stays behind");
    }
}
