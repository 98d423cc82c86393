//! The files of the house, as git would see them.

use std::fs;
use std::path::{Path, PathBuf};

/// The root of the house.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// One text file.
pub struct Text {
    /// Its path below the root.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// All files below a folder whose names end in one of the endings. Folders that are made (not written) are left out.
pub fn below(folder: &str, endings: &[&str]) -> Vec<Text> {
    let mut found = Vec::new();
    collect(&root().join(folder), endings, &mut found);
    assert!(!found.is_empty(), "{folder} holds no {endings:?}: the check would check nothing");
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// The text of one file.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn collect(folder: &Path, endings: &[&str], found: &mut Vec<Text>) {
    let made = ["target", "node_modules", "dist", "paraglide", "gen", ".git"];
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path: PathBuf = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        if path.is_dir() {
            if !made.contains(&name.as_str()) {
                collect(&path, endings, found);
            }
        } else if endings.iter().any(|ending| name.ends_with(ending)) {
            let below = path.strip_prefix(root()).expect("a file of the house");
            let text =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            found.push(Text { path: below.display().to_string(), text });
        }
    }
}
