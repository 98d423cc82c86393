//! The secret that signs requests, and the cutting of secrets out of texts that servers send back.
//! It refuses to be printed, compared or serialised; only the HTTP client of this crate reads it.

use std::fmt;

use reqwest::header::HeaderValue;
use zeroize::{Zeroize, Zeroizing};

/// What stands in a text where a key was.
const GAP: &str = "[key]";
/// A shorter word that starts like a key ("sk-learn") is an ordinary word.
const SHORTEST_LOOKALIKE: usize = 12;

/// A service's secret key. Wiped from memory on drop, never shown by `Debug`.
#[derive(Clone)]
pub struct Key(Zeroizing<String>);

impl Key {
    /// Takes a key as pasted: blanks and line ends around it and a leading `Bearer` are dropped.
    pub fn new(mut pasted: String) -> Self {
        let trimmed = pasted.trim();
        let bare = trimmed.strip_prefix("Bearer ").unwrap_or(trimmed).trim_start();
        let key = Self(Zeroizing::new(bare.to_owned()));
        pasted.zeroize();
        key
    }

    /// True when nothing was pasted: such a key is not sent.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The `Authorization` value, or nothing when the key holds characters that no header can carry.
    pub(crate) fn bearer(&self) -> Option<HeaderValue> {
        let text = Zeroizing::new(format!("Bearer {}", self.0.as_str()));
        // The header type lets bytes above ASCII through; servers would see garbage.
        let mut value = HeaderValue::from_str(&text).ok().filter(|_| text.is_ascii())?;
        value.set_sensitive(true);
        Some(value)
    }

    /// The bare key as the value of a header, or nothing when no header can carry it.
    pub(crate) fn secret(&self) -> Option<HeaderValue> {
        let mut value = HeaderValue::from_str(&self.0).ok().filter(|_| self.0.is_ascii())?;
        value.set_sensitive(true);
        Some(value)
    }

    /// True when the key starts with `prefix`; some services are known by that.
    pub(crate) fn starts_with(&self, prefix: &str) -> bool {
        self.0.starts_with(prefix)
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Key(..)")
    }
}

/// `text` without `key` and without anything that looks like a key (masked ones too: servers repeat them).
pub(crate) fn redact(text: &str, key: Option<&Key>) -> String {
    let own = match key {
        Some(key) if !key.is_empty() => text.replace(key.0.as_str(), GAP),
        _ => text.to_owned(),
    };
    let mut clean = String::with_capacity(own.len());
    let mut rest = own.as_str();
    while !rest.is_empty() {
        let end = rest.find(|c| !is_key_char(c)).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        clean.push_str(if looks_like_key(word) { GAP } else { word });
        let next = tail.find(is_key_char).unwrap_or(tail.len());
        let (between, tail) = tail.split_at(next);
        clean.push_str(between);
        rest = tail;
    }
    clean
}

fn is_key_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '*' | '.')
}

fn looks_like_key(word: &str) -> bool {
    let starts = ["sk-", "rcai-"].iter().any(|prefix| word.starts_with(prefix));
    starts && word.len() >= SHORTEST_LOOKALIKE
}
