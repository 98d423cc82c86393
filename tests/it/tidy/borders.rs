//! Who may know whom: invariants 1, 2, 3 and 8 of ARCHITECTURE.md.

use super::files::{below, read};

const ORGANS: &[&str] = &["audio", "data", "gateway", "store", "vault", "text", "documents", "media", "demo"];

#[test]
fn nothing_below_the_shell_knows_tauri() {
    for manifest in below("crates", &["Cargo.toml"]) {
        let knows = dependencies(&manifest.text).any(|name| name.starts_with("tauri"));
        assert!(!knows, "{} depends on Tauri: only the shell may", manifest.path);
    }
}

#[test]
fn organs_meet_only_in_the_engine() {
    for organ in ORGANS {
        let manifest = read(&format!("crates/{organ}/Cargo.toml"));
        let met: Vec<&str> =
            dependencies(&manifest).filter(|name| ORGANS.contains(name) || *name == "engine").collect();
        assert!(met.is_empty(), "{organ} knows {met:?}: organs meet only in the engine");
    }
}

#[test]
fn the_shell_asks_the_engine_alone() {
    let manifest = read("Cargo.toml");
    let package = manifest.split("[dev-dependencies]").next().unwrap_or_default();
    let known: Vec<&str> = dependencies(package).filter(|name| ORGANS.contains(name)).collect();
    assert_eq!(known, ["demo"], "the shell starts the demonstration and asks the engine, nobody else");
}

#[test]
fn only_the_door_knows_tauri() {
    for file in below("ui/src", &[".ts", ".svelte"]) {
        let through = file.path.starts_with("ui/src/host/");
        assert!(through || !file.text.contains("@tauri-apps/"), "{} reaches around the door", file.path);
    }
}

#[test]
fn features_do_not_know_each_other() {
    for file in below("ui/src/features", &[".ts", ".svelte"]) {
        let own = file.path.split('/').nth(3).unwrap_or_default();
        let other = imports(&file.text)
            .find(|from| from.split_once("features/").is_some_and(|(_, rest)| !rest.starts_with(own)));
        assert_eq!(other, None, "{} imports another feature", file.path);
    }
}

/// Names before ` =` or `.` in the sections of a manifest that end in `dependencies]`.
fn dependencies(manifest: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    manifest.lines().filter_map(move |line| {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]") && !line.starts_with("[workspace");
            return None;
        }
        let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
        (inside && !name.is_empty() && !name.starts_with('#')).then_some(name)
    })
}

/// What a script imports from.
fn imports(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| line.trim_start().starts_with("import") || line.contains(" from '"))
        .filter_map(|line| line.split('\'').nth(1))
}
