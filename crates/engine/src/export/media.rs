//! Files of messages that go along with an export: copied beside it under the names of their contents, or written into what
//! is copied as rich text. Each is there once, and what was there before stays.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use ::media::Kind;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use store::table::media::Media;
use store::{MediaId, Store};

use super::file::{Draft, failed};
use super::name;
use crate::Error;

/// Bytes of pictures that rich text on the clipboard may hold.
const CLIPBOARD: usize = 8 * 1024 * 1024;
/// Letters of a hash that tell files apart.
const LETTERS: usize = 16;

/// Where files go, and which are there already.
pub(super) struct Files {
    store: Store,
    to: Place,
    there: RefCell<HashMap<MediaId, String>>,
    /// What this export made, so that it can be taken away again.
    made: RefCell<Vec<PathBuf>>,
    finished: bool,
}

enum Place {
    /// A folder beside the export, and what its addresses begin with.
    Folder(PathBuf, String),
    /// In the text itself, up to so many bytes.
    Text(RefCell<usize>),
}

impl Files {
    /// Files in the folder `name` below `parent`. It is made when the first one comes.
    pub(super) fn beside(store: Store, parent: &Path, name: &str) -> Self {
        Self::new(store, Place::Folder(parent.join(name), name::address(name)))
    }

    /// Files in the text.
    pub(super) fn inside(store: Store) -> Self {
        Self::new(store, Place::Text(RefCell::new(CLIPBOARD)))
    }

    fn new(store: Store, to: Place) -> Self {
        Self { store, to, there: RefCell::default(), made: RefCell::default(), finished: false }
    }

    /// The address of a file, which is there from now on; none for one that is missing here, or has no room in a text.
    pub(super) fn address(&self, media: &Media) -> Result<Option<String>, Error> {
        if let Some(known) = self.there.borrow().get(&media.id) {
            return Ok(Some(known.clone()));
        }
        let from = self.store.media_path(media);
        let address = match &self.to {
            Place::Folder(folder, name) => self.copy(media, &from, folder, name)?,
            Place::Text(left) => written(media, &from, &mut left.borrow_mut()),
        };
        if let Some(address) = &address {
            self.there.borrow_mut().insert(media.id, address.clone());
        }
        Ok(address)
    }

    /// The export is there: its files stay.
    pub(super) fn finish(mut self) {
        self.finished = true;
    }

    fn copy(&self, media: &Media, from: &Path, folder: &Path, name: &str) -> Result<Option<String>, Error> {
        let Ok(mut bytes) = File::open(from) else {
            tracing::warn!(id = %media.id, "a file is missing and does not go along with an export");
            return Ok(None);
        };
        if !folder.is_dir() {
            fs::create_dir(folder).map_err(|error| failed(&error))?;
            self.made.borrow_mut().push(folder.to_owned());
        }
        let hash = media.id.to_string();
        let ending = Kind::named(&media.mime).map_or("bin", Kind::extension);
        let file = format!("{}.{ending}", hash.get(..LETTERS).unwrap_or(&hash));
        let to = folder.join(&file);
        if !fs::metadata(&to).is_ok_and(|there| i64::try_from(there.len()) == Ok(media.bytes)) {
            let mut draft = Draft::begin(&to)?;
            std::io::copy(&mut bytes, &mut draft).map_err(|error| failed(&error))?;
            draft.finish()?;
            self.made.borrow_mut().push(to);
        }
        Ok(Some(format!("{name}/{file}")))
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        if self.finished {
            return;
        }
        for path in self.made.borrow().iter().rev() {
            let gone = if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) };
            if let Err(error) = gone {
                tracing::warn!(%error, "a file of an export that was given up stays behind");
            }
        }
    }
}

/// A picture as a data URL, while there is room.
fn written(media: &Media, from: &Path, left: &mut usize) -> Option<String> {
    let room = usize::try_from(media.bytes).ok().and_then(|bytes| left.checked_sub(bytes))?;
    if !media.mime.starts_with("image/") {
        return None;
    }
    let bytes = fs::read(from).ok()?;
    *left = room;
    Some(format!("data:{};base64,{}", media.mime, STANDARD.encode(bytes)))
}

/// Writes words; every writer of an export does.
pub(super) fn put(out: &mut impl Write, text: &str) -> Result<(), Error> {
    out.write_all(text.as_bytes()).map_err(|error| failed(&error))
}
