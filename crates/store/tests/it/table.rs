//! One file per table.

mod conversation;
mod count;
mod draft;
mod learnt;
mod message;
mod model;
mod service;
mod setting;
mod tool;
