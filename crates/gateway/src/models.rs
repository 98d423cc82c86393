//! Reads lists of models in every shape that services send, with prices where they stand in the list. It keeps
//! unknown models and never guesses a price.

mod kind;

use std::collections::BTreeMap;

use serde_json::Value;

pub use kind::Kind;

use crate::client::{Client, Reply};
use crate::error::body;
use crate::error::refused::looks_like_html;
use crate::prices::{self, Price};
use crate::{Endpoint, Error, json};

/// What a service lists.
#[derive(Debug, Clone, Default)]
pub struct ModelList {
    /// The models, sorted by id without case, each once.
    pub models: Vec<ListedModel>,
    /// What the answer gives away about the software behind it.
    pub clues: Clues,
}

/// Traces of the software that answered, for [`Client::family`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clues {
    /// The names of the answer's headers, lower case.
    pub headers: Vec<String>,
    /// The `server` header, lower case.
    pub server: String,
    /// Entries look like those of one-api (`permission`, the constant creation date).
    pub one_api: bool,
    /// Entries have `max_model_len`.
    pub vllm: bool,
    /// Entries have `supported_endpoint_types`, which new-api added to one-api's list.
    pub endpoint_types: bool,
}

/// One model as listed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListedModel {
    /// The name to ask for.
    pub id: String,
    /// The name to show; the id when the service gives no other.
    pub label: String,
    /// What it is for: as the service says, else guessed from the name.
    pub kind: Kind,
    /// The window in tokens.
    pub context: Option<i64>,
    /// US dollars per million tokens read. 0 is free; absent is "not published" or "varies".
    pub price_in: Option<f64>,
    /// US dollars per million tokens written.
    pub price_out: Option<f64>,
    /// US dollars per call, whatever its length, beside or instead of the others.
    pub price_call: Option<f64>,
    /// Who makes or owns it (`owned_by`); may be empty.
    pub owner: String,
}

pub(crate) async fn fetch(client: &Client, at: &Endpoint) -> Result<ModelList, Error> {
    let Reply { source, body } = client.get(at, &format!("{}/models", at.root)).await?;
    let value: Value = match serde_json::from_str(&body) {
        Ok(value) => value,
        Err(_) if looks_like_html(&body) => return Err(source.page(&body)),
        Err(error) => return Err(source.unreadable(&error.to_string(), &body)),
    };
    let Some(entries) = entries(&value) else {
        return Err(match body::error_within(&value) {
            Some(facts) => source.failure(facts, false),
            None => source.unreadable("no list of models", &body),
        });
    };
    let header = |name: &str| source.headers.get(name).and_then(|value| value.to_str().ok());
    let clues = Clues {
        headers: source.headers.keys().map(|name| name.as_str().to_owned()).collect(),
        server: header("server").unwrap_or_default().to_lowercase(),
        ..clues_of(entries)
    };
    Ok(ModelList { models: sorted(entries), clues })
}

/// `data`, else `models`, else the value itself.
fn entries(value: &Value) -> Option<&[Value]> {
    let list = ["data", "models"].iter().find_map(|key| value.get(key)?.as_array());
    list.or_else(|| value.as_array()).map(Vec::as_slice).filter(|list| {
        // Google wraps its errors in a list of one.
        list.first().is_none_or(|entry| entry.get("error").is_none())
    })
}

fn sorted(entries: &[Value]) -> Vec<ListedModel> {
    let mut models = BTreeMap::new();
    for model in entries.iter().filter_map(listed) {
        models.entry((model.id.to_lowercase(), model.id.clone())).or_insert(model);
    }
    models.into_values().collect()
}

fn listed(entry: &Value) -> Option<ListedModel> {
    let id = entry.as_str().or_else(|| json::text(entry, &["id", "name", "model"]))?.trim();
    if id.is_empty() {
        return None;
    }
    let label = json::text(entry, &["display_name", "name"]).unwrap_or(id);
    let price = price(entry);
    Some(ListedModel {
        id: id.to_owned(),
        label: label.to_owned(),
        kind: kind::of(id, entry),
        context: context(entry),
        price_in: price.tokens_in,
        price_out: price.tokens_out,
        price_call: price.call,
        owner: json::text(entry, &["owned_by"]).unwrap_or_default().to_owned(),
    })
}

fn context(entry: &Value) -> Option<i64> {
    let paths: [&[&str]; 7] = [
        &["context_length"],
        &["max_model_len"],
        &["context_window"],
        &["max_context_length"],
        &["top_provider", "context_length"],
        &["meta", "n_ctx_train"],
        &["max_input_tokens"],
    ];
    let found = paths.iter().find_map(|path| json::whole(json::at(entry, path)?));
    found.filter(|tokens| *tokens > 0)
}

/// OpenRouter's `pricing`: texts in US dollars per token, or per request; a negative price means that it varies.
fn price(entry: &Value) -> Price {
    let Some(pricing) = entry.get("pricing") else { return Price::default() };
    let discount = pricing.get("discount").and_then(json::number).unwrap_or(0.0).clamp(0.0, 1.0);
    let price = |key: &str, times: f64| {
        let dollars = pricing.get(key).and_then(json::number).filter(|price| *price >= 0.0)?;
        Some(prices::rounded(dollars * times * (1.0 - discount)))
    };
    Price {
        tokens_in: price("prompt", 1e6),
        tokens_out: price("completion", 1e6),
        // Nearly all say "0" here: that is no price of its own.
        call: price("request", 1.0).filter(|price| *price > 0.0),
    }
}

fn clues_of(entries: &[Value]) -> Clues {
    /// What one-api writes as the creation date of every model.
    const ONE_API_CREATED: i64 = 1_626_777_600;
    let any = |key: &str| entries.iter().any(|entry| entry.get(key).is_some_and(|value| !value.is_null()));
    let is_constant = |entry: &Value| entry.get("created").and_then(json::whole) == Some(ONE_API_CREATED);
    Clues {
        one_api: any("permission") && !any("max_model_len")
            || (!entries.is_empty() && entries.iter().all(is_constant)),
        vllm: any("max_model_len"),
        endpoint_types: any("supported_endpoint_types"),
        ..Clues::default()
    }
}
