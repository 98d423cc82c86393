//! Recognises the software or service behind an address. A guess that makes other guesses better: nothing may
//! depend on it that an answer can teach.

use serde_json::Value;

use crate::client::Client;
use crate::{ApiRoot, Endpoint, ModelList, json};

/// A kind of service, open to names not known here. `as_str` is empty when unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Family(String);

/// Hosts of one service each, by ending.
const HOSTS: &[(&str, &str)] = &[
    ("openrouter.ai", "openrouter"),
    ("api.openai.com", "openai"),
    ("api.arcee.ai", "arcee"),
    ("api.deepseek.com", "deepseek"),
    ("api.model.box", "modelbox"),
];

impl Family {
    /// A family by name, as kept from an earlier [`Client::family`].
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// `openai`, `openrouter`, `new-api`, `one-api`, `litellm`, `ollama`, `vllm`, `llama.cpp`, `arcee`,
    /// `deepseek`, `modelbox`, or empty.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

pub(crate) async fn recognise(client: &Client, at: &Endpoint, seen: &ModelList) -> Family {
    if let Some(name) = by_address(at).or_else(|| by_clues(seen)) {
        return Family::new(name);
    }
    Family::new(by_asking(client, &at.root, seen).await.unwrap_or_default())
}

fn by_address(at: &Endpoint) -> Option<&'static str> {
    let host = at.root.host();
    let is_of = |name: &str| host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
    let by_host = HOSTS.iter().find(|(name, _)| is_of(name)).map(|(_, family)| *family);
    by_host.or_else(|| at.key.as_ref().filter(|key| key.starts_with("rcai-")).map(|_| "arcee"))
}

fn by_clues(seen: &ModelList) -> Option<&'static str> {
    let clues = &seen.clues;
    if clues.headers.iter().any(|name| name.starts_with("x-litellm-")) {
        Some("litellm")
    } else if clues.server.contains("llama.cpp") {
        Some("llama.cpp")
    } else if clues.vllm && clues.server.contains("uvicorn") {
        Some("vllm")
    } else if clues.one_api && clues.endpoint_types {
        Some("new-api")
    } else {
        None
    }
}

/// Asks small public questions, without the key.
async fn by_asking(client: &Client, root: &ApiRoot, seen: &ModelList) -> Option<&'static str> {
    let at = Endpoint { root: root.clone(), key: None };
    let host = root.host_root();
    let maybe_ollama =
        root.as_str().contains(":11434") || seen.models.iter().any(|model| model.owner == "library");
    if maybe_ollama
        && let Some(answer) = ask(client, &at, format!("{host}/api/version")).await
        && answer.get("version").is_some()
    {
        return Some("ollama");
    }
    let status = ask(client, &at, format!("{host}/api/status")).await;
    let data = status.as_ref().and_then(|status| status.get("data")).filter(|data| is_one_api_status(data));
    if data.is_none() && !names_one_api(seen) {
        return None;
    }
    let is_new = version_says_new(data) || publishes_prices(client, &at, &host).await;
    Some(if is_new { "new-api" } else { "one-api" })
}

fn is_one_api_status(data: &Value) -> bool {
    data.get("quota_per_unit").is_some() && data.get("system_name").is_some()
}

fn names_one_api(seen: &ModelList) -> bool {
    seen.clues.one_api || seen.clues.headers.iter().any(|name| name == "x-oneapi-request-id")
}

fn version_says_new(data: Option<&Value>) -> bool {
    let words = data.and_then(|data| json::text(data, &["version"])).unwrap_or_default();
    words.to_lowercase().contains("new-api")
}

async fn publishes_prices(client: &Client, at: &Endpoint, host: &str) -> bool {
    ask(client, at, format!("{host}/api/pricing"))
        .await
        .is_some_and(|prices| prices.get("group_ratio").is_some())
}

/// A question whose failure says nothing.
async fn ask(client: &Client, at: &Endpoint, url: String) -> Option<Value> {
    client.probe(at, &url).await.ok()
}
