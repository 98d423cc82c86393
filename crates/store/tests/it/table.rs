//! One file per table.

mod album;
mod attachment;
mod backlog;
mod beginning;
mod confidence;
mod conversation;
mod count;
mod draft;
mod folder;
mod form;
mod generation;
mod learnt;
mod media;
mod message;
mod model;
mod picture;
mod place;
mod recording;
mod service;
mod setting;
mod sound;
mod text;
mod tool;
