//! What the window may ask: one function for each question, and no decision in any of them.
#![expect(clippy::needless_pass_by_value, reason = "Tauri hands every argument of a command over by value")]

pub mod answers;
pub mod app;
pub mod attachments;
pub mod chat;
pub mod media;
pub mod models;
pub mod options;
pub mod order;
pub mod services;
pub mod texts;
pub mod tools;
