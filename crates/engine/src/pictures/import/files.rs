//! Which files are taken in: those that were chosen, and all that lie in folders that were.

use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Files, in the order of their names.
    pub(crate) paths: Vec<PathBuf>,
    /// How many files and folders could not be read.
    pub(crate) unread: usize,
}

/// The files that were chosen, and all in the folders that were, as long as it goes on. What is hidden in a folder stays
/// hidden, no folder is entered through a link: it may lead in circles, or out of what was chosen. Medley's own folder is
/// not entered either: what was deleted lies there for a while and would come back.
pub(crate) fn files(chosen: &[PathBuf], home: &Path, goes_on: impl Fn() -> bool) -> Found {
    let home = home.canonicalize().ok();
    let is_own = |entry: &DirEntry| {
        let real = entry.file_type().is_dir().then(|| entry.path().canonicalize().ok()).flatten();
        real.zip(home.as_ref()).is_some_and(|(real, home)| real.starts_with(home))
    };
    let is_seen = |entry: &DirEntry| (entry.depth() == 0 || !is_hidden(entry)) && !is_own(entry);
    let mut found = Found::default();
    for path in chosen {
        for entry in WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(is_seen) {
            if !goes_on() {
                return found;
            }
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if entry.path_is_symlink() && entry.path().is_dir() => {}
                Ok(entry) => found.paths.push(entry.into_path()),
                Err(error) => {
                    tracing::info!(%error, "a part of a folder cannot be read");
                    found.unread += 1;
                }
            }
        }
    }
    found
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".") || is_marked_hidden(entry)
}

/// Windows marks what is hidden beside the name.
#[cfg(windows)]
fn is_marked_hidden(entry: &DirEntry) -> bool {
    use std::os::windows::fs::MetadataExt as _;
    const HIDDEN: u32 = 2;
    entry.metadata().is_ok_and(|about| about.file_attributes() & HIDDEN != 0)
}

#[cfg(not(windows))]
fn is_marked_hidden(_: &DirEntry) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fs;

    use super::*;

    #[test]
    fn folders_are_looked_through_without_what_is_hidden_or_leads_out_or_is_our_own() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("in/deep")).unwrap();
        fs::create_dir_all(at("in/.thumbnails")).unwrap();
        fs::create_dir_all(at("in/Medley/media")).unwrap();
        for name in [
            "in/b.png",
            "in/a.png",
            "in/deep/c.png",
            "in/.thumbnails/a.png",
            "in/.DS_Store",
            "in/Medley/media/deleted.png",
            "out.png",
        ] {
            fs::write(at(name), "").unwrap();
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path(), at("in/round")).unwrap();
        let found = files(&[at("in"), at("out.png"), at("no such file")], &at("in/Medley"), || true);
        assert_eq!(found.paths, [at("in/a.png"), at("in/b.png"), at("in/deep/c.png"), at("out.png")]);
        assert_eq!(found.unread, 1);
        let own = files(&[at("in/Medley/media")], &at("in/Medley"), || true);
        assert!(own.paths.is_empty(), "not even when it was chosen: {own:?}");
    }

    #[test]
    fn looking_through_folders_stops_when_told() {
        let folder = tempfile::tempdir().unwrap();
        for at in 0..100 {
            fs::write(folder.path().join(at.to_string()), "").unwrap();
        }
        let left = Cell::new(10);
        let goes_on = || left.replace(left.get() - 1) > 0;
        let found = files(&[folder.path().to_owned()], Path::new("elsewhere"), goes_on);
        assert!(found.paths.len() < 10, "{found:?}");
    }
}
