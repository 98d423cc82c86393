//! The renderer from outside: what it may write, what it must survive, and that a stream ends as the whole would.

#![allow(clippy::unwrap_used, reason = "a test that cannot read its fixture has failed")]

mod allowed;
mod cases;
mod documents;
mod hostile;
mod plain;
mod relay;
mod stream;
