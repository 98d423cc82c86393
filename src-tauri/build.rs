//! Tells Tauri where the capabilities lie.
#![allow(clippy::expect_used, reason = "a build that cannot read its configuration must stop")]

fn main() {
    tauri_build::try_build(
        tauri_build::Attributes::new().capabilities_path_pattern("src-tauri/capabilities/**/*"),
    )
    .expect("the Tauri configuration is valid");
}
