//! Forms that carry files: texts and bytes as multipart, with names that every service can read.

use bytes::Bytes;
use reqwest::Body;
use reqwest::multipart::{self, Form};
use serde_json::{Map, Value};

use crate::Error;

/// A file that goes along.
#[derive(Debug, Clone)]
pub struct Part {
    /// Its name, with an ending and without any folder.
    pub name: String,
    /// Its type, as `image/png`.
    pub mime: String,
    /// Its bytes.
    pub bytes: Bytes,
}

/// The fields that hold something.
pub(crate) fn set(fields: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    fields.iter().filter(|(_, value)| !value.is_null())
}

/// A form with the fields as texts. A list under a name that ends in `[]` is that field several times; other lists, and
/// objects, are JSON.
pub(crate) fn texts(fields: &Map<String, Value>) -> Form {
    set(fields).fold(Form::new(), |form, (name, value)| match value {
        Value::Array(several) if name.ends_with("[]") => {
            several.iter().fold(form, |form, one| form.text(name.clone(), text(one)))
        }
        one => form.text(name.clone(), text(one)),
    })
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The form with a file.
pub(crate) fn add(form: Form, name: &'static str, part: &Part) -> Result<Form, Error> {
    let length = part.bytes.len() as u64;
    let body = multipart::Part::stream_with_length(Body::from(part.bytes.clone()), length);
    let body = body
        .file_name(plain(part))
        .mime_str(&part.mime)
        .map_err(|error| Error::Internal { detail: error.to_string() })?;
    Ok(form.part(name, body))
}

/// A name that every service can read: in any other, only the ending counts, and only to the service.
fn plain(part: &Part) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ');
    if part.name.contains('.') && part.name.chars().all(is_plain) {
        return part.name.clone();
    }
    let ending = part.mime.rsplit('/').next().unwrap_or_default();
    format!("picture.{ending}")
}
