//! One file per table.

mod attachment;
mod conversation;
mod count;
mod draft;
mod learnt;
mod media;
mod message;
mod model;
mod service;
mod setting;
mod tool;
