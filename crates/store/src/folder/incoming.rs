//! A file on its way into the media folder: hashed while it comes, renamed when it is whole and on the disk.

use std::fs;
use std::io::{self, Write};

use tempfile::NamedTempFile;

use super::{Folder, PART, make_folder, sync_folder};
use crate::{Error, MediaId, Store};

/// A file that is being received. It lies in the media folder under a passing name until it is kept.
pub struct Incoming {
    store: Store,
    folder: Folder,
    part: NamedTempFile,
    hash: blake3::Hasher,
}

impl Incoming {
    pub(super) fn begin(store: Store, folder: &Folder) -> Result<Self, Error> {
        let failed = |source| Error::io(&folder.0, source);
        make_folder(&folder.0).map_err(failed)?;
        let suffix = format!(".{PART}");
        let part = tempfile::Builder::new().suffix(&suffix).tempfile_in(&folder.0).map_err(failed)?;
        Ok(Self { store, folder: folder.clone(), part, hash: blake3::Hasher::new() })
    }

    /// How many bytes came so far.
    pub fn bytes(&self) -> u64 {
        self.hash.count()
    }

    /// What came so far, read back.
    pub fn read(&self) -> Result<Vec<u8>, Error> {
        fs::read(self.part.path()).map_err(|source| self.failed(source))
    }

    /// Gives the file its name; it is on the disk when this returns. See [`Store::put_media`].
    pub fn keep(self, mime: &str) -> Result<MediaId, Error> {
        let id = MediaId(*self.hash.finalize().as_bytes());
        let path = self.folder.path(id, mime);
        // A row that names it is told that it is wanted, so that no sweep takes both away before somebody mentions it.
        if let Some(known) = self.store.write(|write| write.want_media(id))?
            && self.store.media_path(&known).exists()
        {
            return Ok(id);
        }
        let failed = |source| Error::io(&path, source);
        let place = path.parent().unwrap_or(&self.folder.0);
        make_folder(place).map_err(failed)?;
        self.part.as_file().sync_all().map_err(failed)?;
        self.part.persist(&path).map_err(|error| failed(error.error))?;
        sync_folder(place).and_then(|()| sync_folder(&self.folder.0)).map_err(failed)?;
        Ok(id)
    }

    /// A failure while writing, sorted.
    pub fn failed(&self, source: io::Error) -> Error {
        Error::io(self.part.path(), source)
    }
}

impl Write for Incoming {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.part.write(bytes)?;
        self.hash.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.part.flush()
    }
}
