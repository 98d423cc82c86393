//! Reads multipart forms as they arrive: texts, and files with their names and types. What is no form is none.

use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::log::sha256;

/// A form that was sent.
#[derive(Default)]
pub(crate) struct Form {
    /// The texts by name; of several with one name, the last.
    pub(crate) texts: Map<String, Value>,
    pub(crate) files: Vec<SeenFile>,
}

/// One file of a form.
#[derive(Clone, Debug, Serialize)]
pub struct SeenFile {
    /// The name of the field, such as `image[]`.
    pub field: String,
    /// The file's own name.
    pub name: String,
    /// Its type, such as `image/png`; empty when none was told.
    pub kind: String,
    /// Its bytes, counted.
    pub length: usize,
    /// SHA-256 of its bytes in lower-case hex.
    pub sha256: String,
    /// Its bytes.
    #[serde(skip)]
    pub bytes: Bytes,
}

impl Form {
    /// The form in a body of that type.
    pub(crate) fn read(content_type: &str, body: &Bytes) -> Option<Self> {
        let boundary = content_type.strip_prefix("multipart/form-data")?.split_once("boundary=")?.1;
        let mark = format!("--{}", boundary.split(';').next()?.trim().trim_matches('"'));
        let mut form = Self::default();
        let mut at = find(body, mark.as_bytes(), 0)? + mark.len();
        let mark = format!("\r\n{mark}");
        while body.get(at..at + 2) == Some(b"\r\n") {
            let end = find(body, mark.as_bytes(), at)?;
            form.take(&body.slice(at + 2..end.max(at + 2)));
            at = end + mark.len();
        }
        Some(form)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.files.is_empty()
    }

    fn take(&mut self, part: &Bytes) -> Option<()> {
        let end = find(part, b"\r\n\r\n", 0)?;
        let head = String::from_utf8_lossy(part.get(..end)?).into_owned();
        let bytes = part.slice(end + 4..);
        let field = quoted(&head, "; name=\"")?;
        let Some(name) = quoted(&head, "; filename=\"") else {
            self.texts.insert(field, String::from_utf8_lossy(&bytes).into());
            return Some(());
        };
        let lower = head.to_lowercase();
        let kind = lower.lines().find_map(|line| line.strip_prefix("content-type:"));
        let kind = kind.unwrap_or_default().trim().to_owned();
        self.files.push(SeenFile { field, name, kind, length: bytes.len(), sha256: sha256(&bytes), bytes });
        Some(())
    }
}

fn quoted(head: &str, lead: &str) -> Option<String> {
    head.split_once(lead)?.1.split_once('"').map(|(name, _)| name.to_owned())
}

fn find(body: &[u8], what: &[u8], from: usize) -> Option<usize> {
    body.get(from..)?.windows(what.len()).position(|part| part == what).map(|at| at + from)
}
