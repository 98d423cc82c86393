//! Every dialect: its list, its keys, its account, its fingerprints, and what it says on unknown paths.

use demo::{Demo, Dialect, Script};
use serde_json::{Value, json};

use crate::client::{Answer, get, send};

async fn demo(dialect: Dialect) -> Demo {
    demo::start(Script::dialect(dialect)).await.expect("the demo starts")
}

async fn list(dialect: Dialect) -> Value {
    get(&demo(dialect).await, &format!("{}/models", dialect.roots()[0])).json()
}

fn ask(demo: &Demo, dialect: Dialect, model: &str, key: Option<&str>) -> Answer {
    let body =
        json!({"model": model, "stream": true, "messages": [{"role": "user", "content": "Hi"}]}).to_string();
    send(&demo.url(), "POST", &format!("{}/chat/completions", dialect.roots()[0]), key, &body)
}

#[tokio::test]
async fn every_dialect_answers_a_model_from_its_own_list() {
    for dialect in Dialect::all() {
        let list = list(dialect).await;
        let first = list.get("data").unwrap_or(&list)[0]["id"]
            .as_str()
            .map(str::to_owned)
            .expect("a model has an id");
        let answer = ask(&demo(dialect).await, dialect, &first, None);
        assert_eq!(answer.status, 200, "{dialect:?} answers {first}");
        assert!(answer.text().ends_with("data: [DONE]\n\n"), "{dialect:?} ends properly");
        assert_eq!(Dialect::named(dialect.name()), Some(dialect), "{dialect:?} is found by its name");
    }
}

#[tokio::test]
async fn lists_have_their_dialects_shape() {
    assert_eq!(list(Dialect::OpenAi).await["object"], "list", "the plain form");
    assert!(list(Dialect::OneApi).await["data"][0]["permission"].is_array(), "with permissions");
    let older = list(Dialect::Gptnb).await;
    assert_eq!((&older["success"], older.get("object")), (&json!(true), None), "success instead of object");
    assert!(list(Dialect::NewApi).await["data"][0]["supported_endpoint_types"].is_array(), "with endpoints");
    assert!(list(Dialect::Together).await.is_array(), "a bare array");
    assert_eq!(list(Dialect::Vllm).await["data"][0]["max_model_len"], 32_768, "with its length");
    assert!(list(Dialect::LlamaCpp).await["models"][0]["name"].is_string(), "two lists at once");
    assert_eq!(list(Dialect::Ollama).await["data"][0]["owned_by"], "library", "owned by the library");
    let router = list(Dialect::OpenRouter).await;
    assert_eq!(router["data"][0]["pricing"]["prompt"], "0.00000015", "prices are strings");
    assert_eq!(router["data"][2]["pricing"]["prompt"], "-1", "a price that varies");
}

#[tokio::test]
async fn chunks_wear_their_dialects_dress() {
    let text = |dialect: Dialect, answer: &Answer| (dialect, answer.text());
    for dialect in [Dialect::Modelless, Dialect::Gptnb] {
        let (_, chunks) = text(dialect, &ask(&demo(dialect).await, dialect, "plain", None));
        assert!(!chunks.contains("\"model\""), "{dialect:?} leaves the model out");
    }
    let ollama = ask(&demo(Dialect::Ollama).await, Dialect::Ollama, "plain", None);
    assert!(
        ollama.events().iter().all(|event| event["choices"][0]["delta"]["role"] == "assistant"),
        "role on every chunk"
    );
    let router = ask(&demo(Dialect::OpenRouter).await, Dialect::OpenRouter, "plain", None).text();
    assert!(router.starts_with(": OPENROUTER PROCESSING\n\n"), "a comment first");
    assert!(router.contains("\"native_finish_reason\":\"stop\""), "two finish reasons");
    let arcee = ask(&demo(Dialect::Arcee).await, Dialect::Arcee, "plain", None).text();
    assert!(arcee.contains("\"system_fingerprint\":\"fp_demo\""), "a fingerprint");
}

#[tokio::test]
async fn a_wanted_key_is_wanted_everywhere_but_on_public_paths() {
    for dialect in Dialect::all() {
        let demo =
            demo::start(Script::dialect(dialect).with_key("sk-right-4f2a")).await.expect("the demo starts");
        assert_eq!(ask(&demo, dialect, "plain", None).status, 401, "{dialect:?} refuses no key");
        assert_eq!(
            ask(&demo, dialect, "plain", Some("sk-wrong")).status,
            401,
            "{dialect:?} refuses a wrong key"
        );
        assert_eq!(
            ask(&demo, dialect, "plain", Some("sk-right-4f2a")).status,
            200,
            "{dialect:?} takes the right key"
        );
        let list = get(&demo, &format!("{}/models", dialect.roots()[0])).status;
        assert_eq!(list == 200, dialect == Dialect::OpenRouter, "{dialect:?}: only one list is public");
    }
    let relay =
        demo::start(Script::dialect(Dialect::NewApi).with_key("sk-right")).await.expect("the demo starts");
    assert_eq!(get(&relay, "/api/status").status, 200, "the status is public");
    assert_eq!(get(&relay, "/api/pricing").status, 200, "prices are public");
}

#[tokio::test]
async fn accounts_and_fingerprints_are_their_dialects_own() {
    for (dialect, path, place, value) in [
        (Dialect::OneApi, "/api/status", "/data/quota_per_unit", json!(500_000)),
        (Dialect::NewApi, "/api/pricing", "/group_ratio/default", json!(1)),
        (Dialect::NewApi, "/api/usage/token", "/data/total_available", json!(6_250_000)),
        (Dialect::Modelless, "/v1/dashboard/billing/subscription", "/hard_limit_usd", json!(20)),
        (Dialect::Gptnb, "/v1/dashboard/billing/usage?start_date=2026-01-01", "/total_usage", json!(750)),
        (Dialect::OpenRouter, "/api/v1/key", "/data/limit_remaining", json!(12.5)),
        (Dialect::OpenRouter, "/api/v1/credits", "/data/total_credits", json!(20)),
        (Dialect::DeepSeek, "/user/balance", "/balance_infos/0/total_balance", json!("88.00")),
        (Dialect::Ollama, "/api/version", "/version", json!("0.12.3")),
        (Dialect::LlamaCpp, "/props", "/total_slots", json!(1)),
    ] {
        assert_eq!(
            get(&demo(dialect).await, path).json().pointer(place),
            Some(&value),
            "{dialect:?} at {path}"
        );
        let stranger = get(&demo(Dialect::OpenAi).await, path);
        assert_eq!(stranger.status, 404, "another dialect does not know {path}");
    }
    assert_eq!(
        get(&demo(Dialect::Vllm).await, "/v1/models").header("server").as_deref(),
        Some("uvicorn"),
        "by header"
    );
    let relay = get(&demo(Dialect::NewApi).await, "/v1/models");
    assert!(relay.header("x-oneapi-request-id").is_some(), "relays number their answers");
}

#[tokio::test]
async fn unknown_paths_are_unknown_in_each_way() {
    let box_ = get(&demo(Dialect::ModelBox).await, "/nowhere");
    assert!(box_.status == 404 && box_.text().contains("<title>404 Not Found</title>"), "a page");
    assert_eq!(
        get(&demo(Dialect::Arcee).await, "/v1/models").json(),
        json!({"detail": "Not Found"}),
        "one sentence"
    );
    assert_eq!(get(&demo(Dialect::Ollama).await, "/nowhere").text(), "404 page not found", "plain text");
    let app = get(&demo(Dialect::Modelless).await, "/models");
    assert!(app.status == 200 && app.text().starts_with("<!doctype html>"), "the page of a web application");
    let relay = get(&demo(Dialect::Modelless).await, "/v1/nowhere");
    assert_eq!(relay.json()["error"]["message"], "Invalid URL (GET /v1/nowhere)", "JSON below the API");
}
