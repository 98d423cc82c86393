//! Errors before any text: their headers, their bodies in each dialect, and those that pass when tried again.

use demo::{Demo, Dialect, Script};
use serde_json::{Value, json};

use crate::client::{chat, get, send, stream};

async fn tests() -> Demo {
    demo::start(Script::tests()).await.expect("the demo starts")
}

async fn refused(dialect: Dialect, model: &str) -> (u16, Value) {
    let demo = demo::start(Script::dialect(dialect)).await.expect("the demo starts");
    let body = json!({"model": model, "temperature": 0.2, "messages": [{"role": "user", "content": "Hi"}]})
        .to_string();
    let answer = send(&demo.url(), "POST", &format!("{}/chat/completions", dialect.roots()[0]), None, &body);
    (answer.status, answer.json())
}

#[tokio::test]
async fn some_refusals_pass_when_tried_again() {
    let demo = tests().await;
    let statuses = |name: &str| -> Vec<u16> { (0..3).map(|_| stream(&demo, name).status).collect() };
    assert_eq!(statuses("rate-limited-once"), [429, 200, 429], "every other time");
    assert_eq!(statuses("server-error"), [500, 500, 200], "twice, then fine");
    assert_eq!(statuses("server-error-always"), [500, 500, 500], "never");
    stream(&demo, "rate-limited-once");
    stream(&demo, "rate-limited-once");
    demo.set(Script::tests());
    assert_eq!(stream(&demo, "rate-limited-once").status, 429, "a new script counts from the beginning");
}

#[tokio::test]
async fn waiting_times_stand_in_the_headers() {
    let demo = tests().await;
    assert_eq!(stream(&demo, "rate-limited").header("retry-after").as_deref(), Some("30"), "seconds");
    assert_eq!(stream(&demo, "rate-limited-once").header("retry-after").as_deref(), Some("2"), "seconds");
    assert_eq!(
        stream(&demo, "rate-limited-ms").header("retry-after-ms").as_deref(),
        Some("1500"),
        "milliseconds"
    );
    let date = stream(&demo, "rate-limited-date").header("retry-after");
    assert_eq!(date.as_deref(), Some("Mon, 01 Jan 2120 00:00:00 GMT"), "a date");
}

#[tokio::test]
async fn a_refused_field_is_named_and_then_left_out() {
    let demo = tests().await;
    for (name, field, value) in [
        ("refuses-temperature", "temperature", json!(0.2)),
        ("refuses-stream", "stream", json!(true)),
        ("refuses-stream-options", "stream_options", json!({"include_usage": true})),
        ("refuses-max-tokens", "max_tokens", json!(100)),
    ] {
        let mut ask = json!({"model": name, "messages": [{"role": "user", "content": "Hi"}]});
        assert_eq!(chat(&demo, &ask).status, 200, "{name} answers without the field");
        ask[field] = value;
        let refused = chat(&demo, &ask);
        assert_eq!(
            (refused.status, &refused.json()["error"]["param"]),
            (400, &json!(field)),
            "{name} names the field"
        );
    }
}

#[tokio::test]
async fn each_field_has_models_that_refuse_it_in_both_styles() {
    let demo = tests().await;
    let listed = get(&demo, "/v1/models").json();
    let names: Vec<&str> =
        listed["data"].as_array().unwrap().iter().filter_map(|model| model["id"].as_str()).collect();
    for (prefix, status) in [("refuses-", 400), ("rejects-", 422)] {
        let models: Vec<_> = names.iter().filter_map(|name| name.strip_prefix(prefix)).collect();
        assert!(models.len() > 20, "every field of a request has one: {models:?}");
        for model in models {
            let field = model.replace('-', "_");
            let value = if field == "stream" { json!(true) } else { json!(1) };
            let mut ask = json!({"model": format!("{prefix}{model}"), "messages": []});
            assert_eq!(chat(&demo, &ask).status, 200, "{prefix}{model} answers without the field");
            ask[&field] = value;
            let refused = chat(&demo, &ask);
            let body = refused.json();
            let told = if status == 400 { &body["error"]["param"] } else { &body["detail"][0]["loc"][1] };
            assert_eq!((refused.status, told), (status, &json!(field)), "{prefix}{model} names it");
        }
    }
}

#[tokio::test]
async fn small_windows_are_exceeded_by_long_conversations_alone() {
    let demo = tests().await;
    let listed = get(&demo, "/v1/models").json();
    let window = |name: &str| {
        let entry = listed["data"].as_array().unwrap().iter().find(|model| model["id"] == name).unwrap();
        entry["context_length"].clone()
    };
    assert_eq!((window("listed-window"), window("small-window")), (json!(2_048), Value::Null));
    for model in ["small-window", "listed-window"] {
        let ask = |letters: usize| {
            let messages = json!([{"role": "user", "content": "a".repeat(letters)}]);
            chat(&demo, &json!({"model": model, "messages": messages}))
        };
        assert_eq!(ask(4 * 2_048).status, 200, "{model}: it just fits");
        let refused = ask(4 * 2_049);
        assert_eq!(refused.status, 400, "{model}: one token too many");
        assert_eq!(refused.json()["error"]["code"], "context_length_exceeded");
    }
}

#[tokio::test]
async fn each_dialect_errs_in_its_own_shape() {
    let openai = refused(Dialect::OpenAi, "no-credit-429").await;
    assert_eq!((openai.0, &openai.1["error"]["code"]), (429, &json!("insufficient_quota")), "OpenAI's own");
    let arcee = refused(Dialect::Arcee, "no-credit").await;
    assert_eq!(arcee, (402, json!({"detail": "Insufficient Balance"})), "one sentence");
    let (status, body) = refused(Dialect::Arcee, "refuses-temperature").await;
    assert_eq!(
        (status, &body["detail"][0]["loc"]),
        (422, &json!(["body", "temperature"])),
        "a list with the place"
    );
    let (status, body) = refused(Dialect::ArceeOpenAi, "refuses-temperature").await;
    assert_eq!(
        (status, &body["error"]["param"]),
        (422, &json!("temperature")),
        "the other shape, the same status"
    );
    let router = refused(Dialect::OpenRouter, "no-credit").await.1;
    assert_eq!(
        (&router["error"]["code"], router["error"]["metadata"].is_object()),
        (&json!(402), true),
        "number and metadata"
    );
    let vllm = refused(Dialect::Vllm, "too-long").await.1;
    assert_eq!((&vllm["object"], &vllm["code"]), (&json!("error"), &json!(400)), "no inner object");
    assert_eq!(
        refused(Dialect::LiteLlm, "bad-key").await.1["error"]["code"],
        "401",
        "the number as a string"
    );
    assert_eq!(refused(Dialect::LlamaCpp, "busy").await.1["error"]["code"], 503, "the number as a number");
    assert_eq!(refused(Dialect::Ollama, "bad-key").await.1["error"]["code"], Value::Null, "no code at all");
}

#[tokio::test]
async fn relays_speak_chinese_and_append_a_request_id() {
    for dialect in [Dialect::Modelless, Dialect::Gptnb, Dialect::OneApi, Dialect::NewApi] {
        let (status, body) = refused(dialect, "bad-key").await;
        let message = body["error"]["message"].as_str().unwrap_or_default();
        assert_eq!(status, 401, "{dialect:?} refuses the key");
        assert!(
            message.starts_with("无效的令牌 (request id: "),
            "{dialect:?} says so its own way: {message}"
        );
        let (status, body) = refused(dialect, "no-credit-403").await;
        assert_eq!(
            (status, &body["error"]["code"]),
            (403, &json!("insufficient_user_quota")),
            "{dialect:?} is out of credit"
        );
        assert_eq!(
            refused(dialect, "never-heard-of-it").await.0,
            503,
            "{dialect:?} has no channel for an unknown model"
        );
    }
    assert_eq!(refused(Dialect::OpenAi, "never-heard-of-it").await.0, 404, "others do not know the model");
}

#[tokio::test]
async fn redirects_lead_to_another_host_once() {
    let other = tests().await;
    let demo = demo::start(Script::tests().with_elsewhere(other.url())).await.expect("the demo starts");
    let answer = stream(&demo, "redirect-307");
    let target = answer.header("location").expect("a redirect says where to");
    assert_eq!(target, format!("{}/v1/chat/completions?redirected=1", other.url()), "to the other host");
    let path = target.strip_prefix(&other.url()).expect("below the other host");
    let body = json!({"model": "redirect-307", "stream": true, "messages": []}).to_string();
    assert_eq!(send(&other.url(), "POST", path, None, &body).status, 200, "which answers");
    let alone = stream(&tests().await, "redirect-302").header("location").unwrap_or_default();
    assert!(alone.starts_with("http://localhost:"), "without another host, the same one by another name");
}
