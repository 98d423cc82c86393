//! A file on its way into the media folder: hashed while it comes, renamed when it is whole and on the disk.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

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

/// See [`Store::keep_file`].
pub(super) fn keep_file(store: &Store, folder: &Folder, from: &Path, mime: &str) -> Result<MediaId, Error> {
    let failed = |source| Error::io(from, source);
    let mut file = File::open(from).map_err(failed)?;
    let mut hash = blake3::Hasher::new();
    hash.update_reader(&mut file).map_err(failed)?;
    let id = MediaId(*hash.finalize().as_bytes());
    if let Some(known) = store.write(|write| write.want_media(id))?
        && store.media_path(&known).exists()
    {
        return Ok(id);
    }
    // As all that lies in the media folder: nobody else may read it.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600)).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    let path = folder.path(id, mime);
    let place = path.parent().unwrap_or(&folder.0);
    make_folder(place).map_err(|source| Error::io(place, source))?;
    match fs::hard_link(from, &path) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        // Another disk, or one that knows no second name of a file: it is copied.
        Err(_) => {
            let mut incoming = Incoming::begin(store.clone(), folder)?;
            let copied = File::open(from).and_then(|mut file| io::copy(&mut file, &mut incoming));
            copied.map_err(|source| incoming.failed(source))?;
            return incoming.keep(mime);
        }
    }
    sync_folder(place).and_then(|()| sync_folder(&folder.0)).map_err(|source| Error::io(&path, source))?;
    Ok(id)
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
