//! What every file says of itself, and what no file may say.

use super::files::below;

#[test]
fn every_rust_file_says_what_it_is_for() {
    let mut rust = below("crates", &[".rs"]);
    rust.extend(below("src-tauri", &[".rs"]));
    rust.extend(below("tests", &[".rs"]));
    for file in rust {
        assert!(file.text.starts_with("//! "), "{} does not begin by saying what it is for", file.path);
    }
}

#[test]
fn nothing_is_left_to_be_done() {
    let marks = ["TO", "FIX"].map(|word| format!("{word}{}", if word == "TO" { "DO" } else { "ME" }));
    for folder in ["crates", "src-tauri", "ui/src", "scripts", "tests"] {
        for file in below(folder, &[".rs", ".ts", ".svelte", ".css", ".js", "setup", "run", "test", "bench"])
        {
            let left = marks.iter().find(|mark| file.text.contains(mark.as_str()));
            assert_eq!(left, None, "{} leaves something undone", file.path);
        }
    }
}

#[test]
fn migrations_are_numbered_without_a_gap() {
    let files = below("crates/store/src/migrations", &[".sql"]);
    for (at, file) in files.iter().enumerate() {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        assert!(name.starts_with(&format!("{:04}_", at + 1)), "{name} stands where {:04} should", at + 1);
    }
}

#[test]
fn raw_html_comes_only_from_the_renderer() {
    for file in below("ui/src", &[".svelte", ".ts"]) {
        if file.path.ends_with(".test.ts") || file.path.ends_with("chat/message/Leaf.svelte") {
            continue;
        }
        let raw = ["{@html", ".innerHTML", "insertAdjacentHTML", "outerHTML"];
        let found = raw.iter().find(|way| file.text.contains(**way));
        assert_eq!(found, None, "{} puts raw HTML into the page", file.path);
    }
}
