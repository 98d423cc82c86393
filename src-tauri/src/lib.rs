//! The shell: the only Rust that knows Tauri.
