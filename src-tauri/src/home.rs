//! The folder where everything lies, and the lock that keeps two programs from sharing it.

use std::fs::{self, File, TryLockError};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::arguments::Arguments;

/// The folder, made if missing.
#[derive(Debug)]
pub struct Home {
    /// Where it is; absolute.
    pub path: PathBuf,
    /// The usual folder of this system, not one that was named.
    usual: bool,
}

/// Finds the folder: `--home`, else `MEDLEY_HOME`, else the usual one for this system.
pub fn folder(arguments: &Arguments) -> Result<Home, String> {
    let named = arguments.home.clone().or_else(|| std::env::var_os("MEDLEY_HOME").map(PathBuf::from));
    let usual = named.is_none();
    let path = named
        .or_else(|| dirs::data_dir().map(|data| data.join("medley")))
        .ok_or("no folder for data is known on this system; name one with --home")?;
    make(&path).map_err(|error| format!("{} cannot be made: {error}", path.display()))?;
    let path =
        path.canonicalize().map_err(|error| format!("{} cannot be opened: {error}", path.display()))?;
    Ok(Home { path, usual })
}

impl Home {
    /// A name for this folder among the programs of one desktop: a second start finds the first by it.
    pub fn instance(&self) -> String {
        if self.usual {
            return "org.medley.desktop".into();
        }
        let mut hasher = DefaultHasher::new();
        self.path.hash(&mut hasher);
        format!("org.medley.desktop.home{:x}", hasher.finish())
    }
}

/// Makes the folder where it is missing, for the person alone: conversations lie in it.
fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Locks a folder for as long as the file lives. The system frees it when the program ends, however it ends.
pub fn lock(folder: &Path) -> Result<File, String> {
    let path = folder.join("medley.lock");
    let file = File::create(&path).map_err(|error| format!("{} cannot be made: {error}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(format!("Medley is already open with {}", folder.display())),
        Err(TryLockError::Error(error)) => Err(format!("{} cannot be locked: {error}", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_has_one_owner_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let first = lock(folder.path()).expect("nobody has it");
        assert!(lock(folder.path()).unwrap_err().contains("already open"), "the first still has it");
        drop(first);
        lock(folder.path()).expect("it is free again");
    }

    #[test]
    #[cfg(unix)]
    fn a_new_folder_is_for_the_person_alone() {
        use std::os::unix::fs::PermissionsExt;

        let outer = tempfile::tempdir().unwrap();
        let named = outer.path().join("deep/medley");
        let home = folder(&Arguments { home: Some(named), demo: false }).expect("it can be made");
        let mode = fs::metadata(&home.path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o700, "nobody else reads what was said");
    }

    #[test]
    fn a_named_folder_has_a_name_of_its_own() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let home = |path: &Path| {
            folder(&Arguments { home: Some(path.into()), demo: false }).expect("it can be made").instance()
        };
        assert_ne!(home(one.path()), home(two.path()), "two folders, two windows");
        assert_eq!(home(one.path()), home(one.path()), "the same folder, the same window");
    }
}
