//! The request of a making: JSON for pictures from words alone, a form where pictures go along. It sends what it is
//! given and no default.

use reqwest::RequestBuilder;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use crate::form::{Part, add, set, texts};
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

fn internal(error: &dyn std::fmt::Display) -> Error {
    Error::Internal { detail: error.to_string() }
}
