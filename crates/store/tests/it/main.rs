//! Tests of the store on real files. One binary; each file mirrors the one it tests.
#![allow(missing_docs, reason = "tests are read, not called")]

mod made;
mod table;
