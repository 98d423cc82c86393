//! One table, one file: its row, its reads, its writes.

pub mod album;
pub mod ask;
pub mod attachment;
pub mod backlog;
pub mod beginning;
pub mod confidence;
pub mod conversation;
pub mod count;
pub mod draft;
pub mod folder;
pub mod form;
pub mod generation;
pub mod learnt;
pub mod media;
pub mod message;
pub mod model;
pub mod options;
pub mod picture;
pub mod place;
pub mod problem;
pub mod service;
pub mod setting;
pub mod sound;
pub mod step;
pub mod text;
pub mod tool;
