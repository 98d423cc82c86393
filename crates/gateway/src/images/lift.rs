//! Takes the pictures out of JSON while it arrives: long base64 becomes bytes at once, and a short mark stays in its
//! place. So a picture is held once, not three times. It checks no JSON: what is broken is found when it is read.

use std::collections::HashMap;
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};

use bytes::Bytes;

use super::base64::{self, Base64};

/// Shorter texts stay where they are.
const LONG: usize = 1024;

/// JSON under way.
#[derive(Debug, Default)]
pub(super) struct Lift {
    kept: Vec<u8>,
    place: Place,
    lifted: Lifted,
}

/// The pictures that were taken out, by their marks: the same picture has the same mark, wherever it stands.
#[derive(Debug, Default)]
pub(super) struct Lifted(HashMap<u64, Bytes>);

#[derive(Debug, Default)]
enum Place {
    /// Between texts.
    #[default]
    Outside,
    /// In a text that began at `start`.
    Text { start: usize, after_slash: bool, is_seen: bool },
    /// In a text that is a picture.
    Picture { bytes: Base64, escape: Escape },
}

/// Where in an escaped letter of a text this is.
#[derive(Debug, Clone, Copy, Default)]
enum Escape {
    #[default]
    None,
    Slash,
    Number {
        so_far: u32,
        digits: u8,
    },
}

impl Lift {
    /// Takes the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.take(*byte));
    }

    /// How many bytes are kept beside the pictures.
    pub(super) fn kept(&self) -> usize {
        self.kept.len()
    }

    /// The JSON without its pictures, and the pictures.
    pub(super) fn finish(self) -> (String, Lifted) {
        (String::from_utf8_lossy(&self.kept).into_owned(), self.lifted)
    }

    fn take(&mut self, byte: u8) {
        match &mut self.place {
            Place::Picture { bytes, escape } => {
                if byte == b'"' && matches!(escape, Escape::None) {
                    let bytes = std::mem::take(bytes).finish();
                    self.place = Place::Outside;
                    self.mark(bytes);
                } else if let Some(letter) = escape.take(byte) {
                    bytes.push(letter);
                }
            }
            Place::Outside => {
                self.kept.push(byte);
                if byte == b'"' {
                    self.place = Place::Text { start: self.kept.len(), after_slash: false, is_seen: false };
                }
            }
            Place::Text { start, after_slash, is_seen } => {
                self.kept.push(byte);
                if byte == b'"' && !*after_slash {
                    self.place = Place::Outside;
                    return;
                }
                *after_slash = byte == b'\\' && !*after_slash;
                if !*is_seen && self.kept.len() - *start >= LONG {
                    *is_seen = true;
                    let start = *start;
                    self.look(start);
                }
            }
        }
    }

    /// A long text has begun: if it can be a picture, it is taken out from here on.
    fn look(&mut self, start: usize) {
        let mut escape = Escape::default();
        let raw = self.kept.get(start..).unwrap_or_default();
        let beginning: Vec<u8> = raw.iter().filter_map(|byte| escape.take(*byte)).collect();
        if !base64::may_be(&beginning) {
            return;
        }
        let mut bytes = Base64::default();
        base64::payload(&beginning).unwrap_or_default().iter().for_each(|letter| bytes.push(*letter));
        self.kept.truncate(start);
        self.place = Place::Picture { bytes, escape };
    }

    /// A picture is whole, or was none after all: its text ends here.
    fn mark(&mut self, bytes: Option<Vec<u8>>) {
        let mark = bytes.map_or_else(|| "?".to_owned(), |bytes| self.lifted.add(bytes).to_string());
        self.kept.extend_from_slice(format!("\\u0000{mark}\"").as_bytes());
    }
}

impl Lifted {
    /// The picture whose mark `text` is; `Some(None)` where it was no picture.
    pub(super) fn get(&self, text: &str) -> Option<Option<Bytes>> {
        let mark = text.strip_prefix('\0')?.parse::<u64>().ok();
        Some(mark.and_then(|mark| self.0.get(&mark).cloned()))
    }

    fn add(&mut self, bytes: Vec<u8>) -> u64 {
        let mark = BuildHasherDefault::<DefaultHasher>::default().hash_one(&bytes);
        self.0.insert(mark, bytes.into());
        mark
    }
}

impl Escape {
    /// The letter that is complete with `byte`. What is not ASCII becomes a letter that no base64 has.
    fn take(&mut self, byte: u8) -> Option<u8> {
        match *self {
            Self::None if byte == b'\\' => *self = Self::Slash,
            Self::None => return Some(byte),
            Self::Slash if byte == b'u' => *self = Self::Number { so_far: 0, digits: 0 },
            Self::Slash => {
                *self = Self::None;
                return Some(if b"nrtbf".contains(&byte) { b' ' } else { byte });
            }
            Self::Number { so_far, digits } => {
                let digit = char::from(byte).to_digit(16).unwrap_or(0);
                let so_far = so_far * 16 + digit;
                if digits == 3 {
                    *self = Self::None;
                    return Some(u8::try_from(so_far).unwrap_or(0xff));
                }
                *self = Self::Number { so_far, digits: digits + 1 };
            }
        }
        None
    }
}
