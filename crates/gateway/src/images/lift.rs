//! Takes the pictures out of JSON while it arrives: long base64 becomes bytes at once, and a short mark stays in its
//! place. So a picture is held once, not three times. It checks no JSON: what is broken is found when it is read.

use bytes::Bytes;

use super::base64::{self, Base64};

/// Shorter texts stay where they are.
const LONG: usize = 1024;
/// How the mark of a picture begins: no text of a service does.
pub(super) const MARK: char = '\0';

/// JSON under way.
#[derive(Debug, Default)]
pub(super) struct Lift {
    kept: Vec<u8>,
    place: Place,
    lifted: Lifted,
}

/// The pictures that were taken out, by their marks; nothing where there was none after all.
#[derive(Debug, Default)]
pub(super) struct Lifted(Vec<Option<Bytes>>);

impl Lifted {
    /// Those that came whole.
    pub(super) fn whole(self) -> impl Iterator<Item = Bytes> {
        self.0.into_iter().flatten()
    }
}

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
    pub(super) fn push(&mut self, mut bytes: &[u8]) {
        while let Some((first, rest)) = bytes.split_first() {
            if let Place::Picture { bytes: picture, escape: Escape::None } = &mut self.place
                && !matches!(first, b'"' | b'\\')
            {
                bytes = picture.extend(bytes);
            } else {
                self.take(*first);
                bytes = rest;
            }
        }
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
        bytes.extend(base64::payload(&beginning).unwrap_or_default());
        self.kept.truncate(start);
        self.place = Place::Picture { bytes, escape };
    }

    /// A picture is whole, or was none after all: its text ends here.
    fn mark(&mut self, bytes: Option<Vec<u8>>) {
        self.kept.extend_from_slice(format!("\\u0000{}\"", self.lifted.0.len()).as_bytes());
        self.lifted.0.push(bytes.map(Bytes::from));
    }
}

impl Lifted {
    /// The picture whose mark `text` is; nothing where it was no picture.
    pub(super) fn get(&self, text: &str) -> Option<Bytes> {
        let number: usize = text.strip_prefix(MARK)?.parse().ok()?;
        self.0.get(number)?.clone()
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::{LONG, Lift, MARK};

    fn lift(json: &str) -> (Value, Lift) {
        let mut lift = Lift::default();
        lift.push(json.as_bytes());
        let mut again = Lift::default();
        again.push(json.as_bytes());
        (serde_json::from_str(&lift.finish().0).expect("it stays JSON"), again)
    }

    #[test]
    fn long_base64_is_taken_out_and_all_else_stays() {
        let long = "QUJD".repeat(LONG);
        let words = format!("a \\\"quoted\\\" text, {}", "word ".repeat(LONG));
        let json =
            format!(r#"{{"a":"{long}","b":["{words}","QUJD"],"c":"data:image/png;base64,{long}","d":1}}"#);
        let (value, lift) = lift(&json);
        let (kept, lifted) = lift.finish();
        let bytes = b"ABC".repeat(LONG);
        for key in ["a", "c"] {
            let mark = value[key].as_str().expect("a mark");
            assert!(mark.starts_with(MARK), "{mark}");
            assert_eq!(lifted.get(mark).as_deref(), Some(&*bytes), "{key} is the picture");
        }
        assert_eq!(value["b"][0].as_str().map(str::len), Some(words.len() - 2), "words stay, quotes and all");
        assert_eq!(value["b"][1], "QUJD", "what is short stays");
        assert!(kept.len() < words.len() + 200, "the pictures are gone from it");
    }

    #[test]
    fn escaped_letters_are_letters() {
        let plain = "QU+/".repeat(LONG);
        for written in
            [plain.replace('/', "\\/"), plain.replace('+', "\\u002B"), plain.replace("QU", "\\nQ\\r\\nU")]
        {
            let (value, lift) = lift(&format!(r#"{{"a":"{written}"}}"#));
            let bytes = lift.finish().1.get(value["a"].as_str().expect("a mark"));
            assert_eq!(bytes.map(|bytes| bytes.len()), Some(3 * LONG), "as if written plainly");
        }
    }

    #[test]
    fn what_begins_like_a_picture_and_is_none_is_no_picture() {
        for tail in ["!", " and words?", "\\u00e9", "é", "=A", "\\\""] {
            let (value, lift) = lift(&format!(r#"{{"a":"{}{tail}"}}"#, "QUJD".repeat(LONG)));
            let mark = value["a"].as_str().expect("a mark");
            assert_eq!(lift.finish().1.get(mark), None, "{tail}");
        }
    }

    #[test]
    fn a_forged_mark_is_no_picture() {
        for forged in [r"\u0000", r"\u00000", r"\u0000-1", r"\u000099999999999999999999999"] {
            let (value, lift) = lift(&format!(r#"{{"a":"{forged}"}}"#));
            assert_eq!(lift.finish().1.get(value["a"].as_str().expect("a text")), None, "{forged}");
        }
    }

    proptest! {
        #[test]
        fn json_stays_what_it_is(texts in prop::collection::vec("(\\PC|\\\\|\"|\n){0,40}", 0..20), times in 1..60_usize) {
            let value = Value::from(texts.iter().map(|text| format!("?{}", text.repeat(times))).collect::<Vec<_>>());
            let (read, _) = lift(&value.to_string());
            prop_assert_eq!(read, value);
        }

        #[test]
        fn anything_is_taken_without_a_fault(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
            let mut lift = Lift::default();
            lift.push(&bytes);
            prop_assert!(lift.kept() <= bytes.len() + 40);
            let _ = lift.finish();
        }
    }
}
