//! One file per table.

mod message;
