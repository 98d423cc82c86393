//! Tidies the media folder: rows that nothing mentioned for 30 days, files that no row names. What a row names, and what
//! was written within a day, is never touched.

use std::collections::HashSet;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use super::{DERIVED, Folder, PART};
use crate::{Error, MediaId, Store, UnixMs};

/// A file whose row is not written yet is younger than this.
const DAY: UnixMs = 24 * 60 * 60 * 1000;
/// How long media outlive their last mention: as long as the recycle bin keeps conversations.
const GRACE: UnixMs = 30 * DAY;

/// What a sweep removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Rows that nothing mentioned.
    pub rows: usize,
    /// Files, those of the rows and derived ones included.
    pub files: usize,
}

impl Store {
    /// Sweeps once. Takes a moment per ten thousand files: not where somebody waits.
    pub fn sweep_media(&self, now: UnixMs) -> Result<Swept, Error> {
        let rows = self.write(|write| write.forget_unmentioned(now, now - GRACE))?;
        // Read after the rows were removed, and before the files are listed: what is added meanwhile is young.
        let named = self.read(crate::Read::media_ids)?;
        let files = Sweep { folder: self.folder(), named: &named, now }.run()?;
        Ok(Swept { rows, files })
    }
}

struct Sweep<'a> {
    folder: &'a Folder,
    named: &'a HashSet<MediaId>,
    now: UnixMs,
}

impl Sweep<'_> {
    fn run(&self) -> Result<usize, Error> {
        let root = &self.folder.0;
        let failed = |source| Error::io(root, source);
        let removed = self.sweep_folder(root, 1).map_err(failed)?;
        Ok(removed + self.sweep_folder(&root.join(DERIVED), 1).map_err(failed)?)
    }

    /// Sweeps a folder and, so many levels deep, those in it.
    fn sweep_folder(&self, folder: &Path, deep: usize) -> io::Result<usize> {
        let entries = match fs::read_dir(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            entries => entries?,
        };
        let mut removed = 0;
        for entry in entries {
            let entry = entry?;
            let kind = entry.file_type()?;
            if kind.is_dir() && deep > 0 && entry.file_name() != DERIVED {
                removed += self.sweep_folder(&entry.path(), deep - 1)?;
            } else if kind.is_file() && self.is_rubbish(&entry) {
                fs::remove_file(entry.path())?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Only what Medley named itself, what no row names, and what is old enough.
    fn is_rubbish(&self, entry: &DirEntry) -> bool {
        let path = entry.path();
        let is_part = path.extension().is_some_and(|ending| ending == PART);
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let named = stem.split('-').next().and_then(|name| name.parse::<MediaId>().ok());
        let is_unnamed = named.is_some_and(|id| !self.named.contains(&id));
        (is_part || is_unnamed) && entry.metadata().is_ok_and(|facts| self.is_old(&facts))
    }

    fn is_old(&self, facts: &Metadata) -> bool {
        let since = facts.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
        let written = since.as_ref().map(Duration::as_millis).and_then(|at| UnixMs::try_from(at).ok());
        written.is_some_and(|written| written < self.now - DAY)
    }
}
