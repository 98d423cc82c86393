//! Keeps the house in order: who may know whom, words for every code, numbered migrations, sizes told.

mod borders;
mod files;
mod prose;
mod sizes;
mod words;
