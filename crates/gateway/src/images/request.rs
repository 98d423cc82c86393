//! The request of a making: JSON for pictures from words alone, a form where pictures go along. It sends what it is
//! given and no default.

use bytes::Bytes;
use reqwest::header::CONTENT_TYPE;
use reqwest::multipart::{self, Form};
use reqwest::{Body, RequestBuilder};
use serde_json::{Map, Value};

use crate::{ApiRoot, Error, json};

/// A wish for pictures. Fields are those of reference 5; a field that is null is not sent.
#[derive(Debug, Clone)]
pub enum Request {
    /// From words (`POST {root}/images/generations`).
    Generate(Map<String, Value>),
    /// From words and pictures (`POST {root}/images/edits`).
    Edit {
        /// `model`, `prompt` and whatever else was chosen.
        fields: Map<String, Value>,
        /// What to begin with, at least one.
        images: Vec<Part>,
        /// Where it is transparent, the first picture is changed.
        mask: Option<Part>,
    },
    /// Others like a picture (`POST {root}/images/variations`).
    Vary {
        /// `model` and whatever else was chosen.
        fields: Map<String, Value>,
        /// What they are to be like.
        image: Part,
    },
}

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

impl Request {
    /// Where it is sent.
    pub(super) fn address(&self, root: &ApiRoot) -> String {
        let path = match self {
            Self::Generate(_) => "generations",
            Self::Edit { .. } => "edits",
            Self::Vary { .. } => "variations",
        };
        format!("{root}/images/{path}")
    }

    /// True when it asks for previews on the way.
    pub(super) fn wants_stream(&self) -> bool {
        self.fields().get("stream").is_some_and(json::truthy)
    }

    /// How many pictures it asks for.
    pub(super) fn wanted(&self) -> usize {
        let count = ["n", "batch_size"].iter().find_map(|name| json::whole(self.fields().get(*name)?));
        count.and_then(|count| usize::try_from(count).ok()).unwrap_or(1).max(1)
    }

    /// The body, put into `request`.
    pub(super) fn put_into(&self, request: RequestBuilder) -> Result<RequestBuilder, Error> {
        match self {
            Self::Generate(fields) => {
                let set: Map<String, Value> =
                    set(fields).map(|(name, it)| (name.clone(), it.clone())).collect();
                let body = serde_json::to_vec(&set).map_err(|error| internal(&error))?;
                Ok(request.header(CONTENT_TYPE, "application/json").body(body))
            }
            Self::Edit { fields, images, mask } => {
                // The name with brackets is what services expect of several, and not of one.
                let name = if images.len() > 1 { "image[]" } else { "image" };
                let mut form = images.iter().try_fold(texts(fields), |form, image| add(form, name, image))?;
                if let Some(mask) = mask {
                    form = add(form, "mask", mask)?;
                }
                Ok(request.multipart(form))
            }
            Self::Vary { fields, image } => Ok(request.multipart(add(texts(fields), "image", image)?)),
        }
    }

    fn fields(&self) -> &Map<String, Value> {
        match self {
            Self::Generate(fields) | Self::Edit { fields, .. } | Self::Vary { fields, .. } => fields,
        }
    }
}

/// The fields that hold something.
fn set(fields: &Map<String, Value>) -> impl Iterator<Item = (&String, &Value)> {
    fields.iter().filter(|(_, value)| !value.is_null())
}

/// A form with the fields as texts; lists and objects as JSON.
fn texts(fields: &Map<String, Value>) -> Form {
    set(fields).fold(Form::new(), |form, (name, value)| {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        form.text(name.clone(), text)
    })
}

fn add(form: Form, name: &'static str, part: &Part) -> Result<Form, Error> {
    let length = part.bytes.len() as u64;
    let body = multipart::Part::stream_with_length(Body::from(part.bytes.clone()), length);
    let body = body.file_name(plain(part)).mime_str(&part.mime).map_err(|error| internal(&error))?;
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

fn internal(error: &dyn std::fmt::Display) -> Error {
    Error::Internal { detail: error.to_string() }
}
