//! Reports on how sure the model was, and answers as data.

use demo::{Demo, Script};
use serde_json::{Value, json};

use crate::client::{chat, question, whole};

async fn demo() -> Demo {
    demo::start(Script::tests()).await.expect("the demo starts")
}

fn asked(model: &str, fields: &Value) -> Value {
    let mut body = question(model);
    if let Some((body, more)) = body.as_object_mut().zip(fields.as_object()) {
        body.extend(more.clone());
    }
    body
}

#[tokio::test]
async fn how_sure_it_was_is_said_when_it_is_asked() {
    let demo = demo().await;
    let events = chat(&demo, &asked("plain", &json!({"logprobs": true, "top_logprobs": 3}))).events();
    let entries: Vec<&Value> =
        events.iter().filter_map(|event| event.pointer("/choices/0/logprobs/content/0")).collect();
    let said: String = entries.iter().filter_map(|entry| entry["token"].as_str()).collect();
    assert_eq!(said, "The river rises in the hills, crosses the plain and reaches the sea.");
    assert!(entries.iter().all(|entry| entry["top_logprobs"].as_array().map(Vec::len) == Some(3)));
    let unasked = chat(&demo, &question("plain")).events();
    assert!(unasked.iter().all(|event| event.pointer("/choices/0/logprobs/content").is_none()), "unasked");
    let odd = whole(&demo, "sure-odd").json();
    assert_eq!(odd["choices"][0]["logprobs"]["content"][1]["logprob"], -9999.0, "next to impossible");
}

#[tokio::test]
async fn data_fits_the_schema_that_was_sent() {
    let demo = demo().await;
    let schema = json!({"type": "object", "properties": {
        "items": {"type": "array", "items": {"type": "object", "properties": {
            "name": {"type": "string"}, "price": {"type": ["number", "null"]}, "colour": {"enum": ["red", "blue"]},
        }}},
    }});
    let form =
        json!({"response_format": {"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}});
    let text = chat(&demo, &asked("data-fits", &form)).content();
    let data: Value = serde_json::from_str(&text).expect("an answer as data is JSON");
    assert!(data["items"][0]["name"].is_string() && data["items"][2]["price"].is_number(), "{data}");
    assert_eq!(data["items"][1]["colour"], "red", "one of those allowed");
    let broken: Value =
        serde_json::from_str(&chat(&demo, &asked("data-breaks", &form)).content()).expect("JSON");
    assert!(broken["items"][0]["price"].is_string(), "a number that became a text: {broken}");
}

#[tokio::test]
async fn forms_are_refused_by_name() {
    let demo = demo().await;
    let form = |kind: &str| json!({"response_format": {"type": kind}});
    for (model, kind, status) in [
        ("takes-no-form", "json_object", 400),
        ("takes-no-schema", "json_schema", 400),
        ("takes-no-schema", "json_object", 200),
        ("wants-the-word-json", "json_object", 400),
    ] {
        assert_eq!(chat(&demo, &asked(model, &form(kind))).status, status, "{model} asked for {kind}");
    }
    assert_eq!(chat(&demo, &asked("refuses-logprobs", &json!({"logprobs": true}))).status, 400);
}
