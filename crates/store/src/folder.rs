//! The media folder: every file lies under the hash of its bytes, complete or not at all. A row that names a file is
//! written after the file is on the disk; a file that no row names is swept away later, never one that a row names.

mod incoming;
mod sweep;

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::table::media::Media;
use crate::{Error, MediaId, Store};

pub use incoming::Incoming;
pub use sweep::Swept;

/// The folder's name beside the database.
const NAME: &str = "media";
/// Where pictures made from others lie; they may be remade.
const DERIVED: &str = "derived";
/// How files end that are being written.
const PART: &str = "part";

/// How the names of files end, by media type. What is not listed ends in `bin`: the row knows its type.
const EXTENSIONS: &[(&str, &str)] = &[
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/webp", "webp"),
    ("image/gif", "gif"),
    ("image/bmp", "bmp"),
    ("image/avif", "avif"),
    ("image/heif", "heic"),
    ("image/tiff", "tiff"),
    ("image/vnd.microsoft.icon", "ico"),
    ("image/svg+xml", "svg"),
    ("video/mp4", "mp4"),
    ("video/webm", "webm"),
    ("video/quicktime", "mov"),
    ("audio/mpeg", "mp3"),
    ("audio/ogg", "ogg"),
    ("audio/aac", "aac"),
    ("audio/mp4", "m4a"),
    ("audio/flac", "flac"),
    ("audio/wav", "wav"),
    ("audio/webm", "weba"),
    ("audio/pcm", "pcm"),
    ("application/pdf", "pdf"),
    ("text/plain", "txt"),
];

/// The folder of media files. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn beside(database: &Path) -> Self {
        Self(database.with_file_name(NAME))
    }

    /// Where a file lies, or would lie.
    fn path(&self, id: MediaId, mime: &str) -> PathBuf {
        let ending = EXTENSIONS.iter().find(|(known, _)| *known == mime).map_or("bin", |(_, ending)| ending);
        shelf(&self.0, id).join(format!("{id}.{ending}"))
    }

    fn derived(&self, id: MediaId, size: u32) -> PathBuf {
        shelf(&self.0.join(DERIVED), id).join(format!("{id}-{size}"))
    }
}

impl Store {
    /// Keeps a file under the hash of its bytes, on disk when this returns. It lies there without a row: write one with
    /// [`crate::Write::insert_media`] soon, or it will be swept away after a day. The same bytes are kept once.
    pub fn put_media(&self, bytes: &[u8], mime: &str) -> Result<MediaId, Error> {
        let mut incoming = self.receive_media()?;
        incoming.write_all(bytes).map_err(|source| incoming.failed(source))?;
        incoming.keep(mime)
    }

    /// Keeps a file that lies on the disk already, without room for a second copy where both folders are on one disk. The
    /// file stays where it is, and may be removed once a row names what is kept. It must not change any more.
    pub fn keep_file(&self, file: &Path, mime: &str) -> Result<MediaId, Error> {
        incoming::keep_file(self, self.folder(), file, mime)
    }

    /// A file that comes piece by piece. Dropping it unkept removes it.
    pub fn receive_media(&self) -> Result<Incoming, Error> {
        Incoming::begin(self.clone(), self.folder())
    }

    /// Where the file of a row lies. For reading only; the window never learns it.
    pub fn media_path(&self, media: &Media) -> PathBuf {
        self.folder().path(media.id, &media.mime)
    }

    /// A picture made from another one before, if it is there.
    pub fn derived(&self, id: MediaId, size: u32) -> Result<Option<Vec<u8>>, Error> {
        let path = self.folder().derived(id, size);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(source) if source.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(Error::io(&path, source)),
        }
    }

    /// Keeps a picture made from another one. It is complete or not there, and may be lost without harm.
    pub fn put_derived(&self, id: MediaId, size: u32, bytes: &[u8]) -> Result<(), Error> {
        let path = self.folder().derived(id, size);
        let failed = |source| Error::io(&path, source);
        let parent = path.parent().unwrap_or(&self.folder().0);
        make_folder(parent).map_err(failed)?;
        let mut part = tempfile::Builder::new().suffix(".part").tempfile_in(parent).map_err(failed)?;
        part.write_all(bytes).map_err(failed)?;
        part.persist(&path).map_err(|error| failed(error.error))?;
        Ok(())
    }
}

/// One of 256 folders, so that none holds hundreds of thousands of files.
fn shelf(folder: &Path, id: MediaId) -> PathBuf {
    let [first, ..] = id.0;
    folder.join(format!("{first:02x}"))
}

/// Makes a folder that only the person may enter, and those above it.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Writes a folder's list of names to the disk: a renamed file is found again after a power cut.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}
