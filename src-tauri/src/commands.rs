//! What the window may ask: one function for each question, and no decision in any of them.

pub mod app;
pub mod chat;
pub mod models;
pub mod services;
