//! Sizes: told, and refused only where a file has clearly become two.

use super::files::{Text, below};

/// Twice the size at which ARCHITECTURE.md says to look again.
const FAR_TOO_LONG: &[(&str, &[&str], usize, usize)] = &[
    ("crates", &[".rs"], 350, 700),
    ("src-tauri", &[".rs"], 350, 700),
    ("ui/src", &[".svelte"], 220, 440),
    ("ui/src", &[".ts"], 200, 400),
];

#[test]
fn no_file_has_become_two() {
    let mut long = Vec::new();
    for (folder, endings, look, limit) in FAR_TOO_LONG {
        for file in below(folder, endings).into_iter().filter(is_counted) {
            let lines = file.text.lines().count();
            assert!(lines <= *limit, "{} has {lines} lines: it is two files", file.path);
            if lines > *look {
                long.push(format!("{lines} {}", file.path));
            }
        }
    }
    println!("to look at again:\n{}", long.join("\n"));
}

/// Tests, made files and tables of data are exempt.
fn is_counted(file: &Text) -> bool {
    !["/tests/", "/bindings/", ".test.ts", "/fixtures/", "/fake/", "/welcome/"]
        .iter()
        .any(|part| file.path.contains(part))
}
