//! Texts that are continued, as raw bytes: every form, every field, and every way to say "ask me in a chat".

use demo::{Demo, Dialect, Script};
use serde_json::{Value, json};

use crate::client::{Answer, Ending, chat, send};

/// Every way to continue a text that is on the list.
pub const WAYS: &[&str] = &[
    "text-plain",
    "text-slow",
    "text-whole",
    "text-chat-chunks",
    "text-chat-whole",
    "text-from-one",
    "text-ignores-echo",
    "text-thinks",
    "text-no-done",
    "text-cut",
    "text-cut-done",
    "text-empty",
    "text-page",
    "text-no-credit",
    "text-refuses-stream",
    "text-no-gap",
    "text-no-gap-words",
    "text-no-best-of",
    "text-no-logprobs",
    "chat-only-404",
    "chat-only-400",
    "chat-only-zh",
    "chat-only-path",
];

async fn demo() -> Demo {
    demo::start(Script::tests()).await.expect("the demo starts")
}

/// Continues "Roses are" with these fields besides.
fn go_on(demo: &Demo, model: &str, fields: &Value) -> Answer {
    let mut body = json!({"model": model, "prompt": "Roses are", "max_tokens": 100});
    let more = fields.as_object().expect("fields").clone();
    body.as_object_mut().expect("an object").extend(more);
    send(&demo.url(), "POST", "/v1/completions", None, &body.to_string())
}

fn whole(demo: &Demo, fields: &Value) -> Value {
    go_on(demo, "text-plain", fields).json()
}

fn text(answer: &Value, choice: usize) -> &str {
    answer["choices"][choice]["text"].as_str().expect("there is text")
}

#[tokio::test]
async fn a_text_is_continued_whole_and_in_pieces() {
    let demo = demo().await;
    let body = whole(&demo, &json!({}));
    assert_eq!((&body["object"], &body["choices"][0]["logprobs"]), (&json!("text_completion"), &Value::Null));
    assert!(text(&body, 0).starts_with(" The river"), "the blank belongs to the continuation: {body}");
    let events = go_on(&demo, "text-plain", &json!({"stream": true})).events();
    let joined: String = events.iter().filter_map(|event| event["choices"][0]["text"].as_str()).collect();
    assert_eq!(joined, text(&body, 0), "both say the same");
    assert!(events.iter().all(|event| event["object"] == "text_completion"), "not a chunk by name");
}

#[tokio::test]
async fn every_field_is_honoured() {
    let demo = demo().await;
    let three = whole(&demo, &json!({"n": 3}));
    assert!(text(&three, 2).contains("Version 3"), "versions differ: {three}");
    let best = whole(&demo, &json!({"n": 1, "best_of": 4}));
    assert_eq!(best["usage"]["completion_tokens"], 13 * 4, "all candidates are billed");
    assert!(text(&whole(&demo, &json!({"echo": true})), 0).starts_with("Roses are The"));
    assert_eq!(whole(&demo, &json!({"max_tokens": 2}))["choices"][0]["finish_reason"], "length");
    assert_eq!(text(&whole(&demo, &json!({"stop": ["plain", "hills"]})), 0), " The river rises in the ");
    let seen = whole(&demo, &json!({"suffix": " and the blue sea sleeps."}));
    assert!(text(&seen, 0).contains("Next comes “and the blue sea”"), "it saw what follows: {seen}");
    let unlimited = json!({"model": "text-slow", "prompt": "a"});
    let short = send(&demo.url(), "POST", "/v1/completions", None, &unlimited.to_string()).json();
    assert_eq!(short["usage"]["completion_tokens"], 16, "the real default is that small");
}

#[tokio::test]
async fn confidence_comes_as_four_arrays() {
    let demo = demo().await;
    let sure = whole(&demo, &json!({"logprobs": 2, "max_tokens": 3}))["choices"][0]["logprobs"].clone();
    for array in ["tokens", "token_logprobs", "top_logprobs", "text_offset"] {
        assert_eq!(sure[array].as_array().map(Vec::len), Some(3), "{array} has an entry for each token");
    }
    assert_eq!(sure["text_offset"][0], 9, "behind the text");
    let echoed = whole(&demo, &json!({"logprobs": 0, "echo": true}))["choices"][0]["logprobs"].clone();
    assert_eq!((&echoed["token_logprobs"][0], &echoed["text_offset"][0]), (&Value::Null, &json!(0)));
    let streamed = go_on(&demo, "text-plain", &json!({"logprobs": 1, "stream": true})).events();
    assert_eq!(streamed[1]["choices"][0]["logprobs"]["tokens"], json!([" river"]), "piece by piece");
}

#[tokio::test]
async fn best_of_neither_streams_nor_gives_more_than_it_makes() {
    let demo = demo().await;
    for fields in [json!({"best_of": 2, "stream": true}), json!({"best_of": 2, "n": 3})] {
        let refused = go_on(&demo, "text-plain", &fields);
        assert_eq!((refused.status, &refused.json()["error"]["param"]), (400, &json!("best_of")), "{fields}");
    }
}

#[tokio::test]
async fn versions_are_mixed_in_a_stream() {
    let events = go_on(&demo().await, "text-plain", &json!({"n": 3, "stream": true})).events();
    let order: Vec<_> = events.iter().take(4).map(|event| event["choices"][0]["index"].clone()).collect();
    assert_eq!(order, [0, 1, 2, 0]);
}

#[tokio::test]
async fn sloppy_and_broken_services_are_played() {
    let demo = demo().await;
    let stream = json!({"stream": true});
    assert!(go_on(&demo, "text-whole", &stream).head.contains("application/json"), "whole although streamed");
    assert!(
        go_on(&demo, "text-chat-chunks", &stream).content().starts_with(" The river"),
        "chunks of a chat"
    );
    assert!(!go_on(&demo, "text-no-done", &stream).text().contains("[DONE]"));
    assert_eq!(go_on(&demo, "text-cut", &stream).ending, Ending::Cut);
    assert_eq!(go_on(&demo, "text-empty", &json!({})).json()["choices"][0]["text"], "");
    assert!(go_on(&demo, "text-page", &stream).text().starts_with("<!doctype"));
    assert_eq!(go_on(&demo, "text-no-gap", &json!({"suffix": "x"})).status, 400);
    assert_eq!(go_on(&demo, "text-no-gap", &json!({})).status, 200);
}

#[tokio::test]
async fn every_way_that_goes_well_says_something_when_asked_for_one_body() {
    let demo = demo().await;
    for way in
        WAYS.iter().filter(|way| way.starts_with("text-") && !["text-page", "text-no-credit"].contains(way))
    {
        let answer = go_on(&demo, way, &json!({"echo": true}));
        assert_eq!(answer.status, 200, "{way}");
        let said = answer.json()["choices"][0].clone();
        assert!(said["text"].is_string() || said["message"]["content"].is_string(), "{way}: {said}");
    }
}

#[tokio::test]
async fn chat_models_say_so_each_in_its_own_way() {
    let demo = demo().await;
    for (model, status, words) in [
        ("chat-only-404", 404, "v1/chat/completions"),
        ("chat-only-400", 400, "/chat/completions"),
        ("chat-only-zh", 400, "chat/completions 接口"),
        ("chat-only-path", 404, "Not Found"),
        ("plain", 404, "This is a chat model"),
    ] {
        let refused = go_on(&demo, model, &json!({}));
        assert_eq!(refused.status, status, "{model}");
        assert!(refused.text().contains(words), "{model}: {}", refused.text());
        let asked = json!({"model": model, "messages": [{"role": "user", "content": "Go on"}]});
        assert_eq!(chat(&demo, &asked).status, 200, "{model} answers in a chat");
    }
    let text_model = json!({"model": "text-plain", "messages": [{"role": "user", "content": "Hello"}]});
    assert!(chat(&demo, &text_model).text().contains("not a chat model"), "and the other way round");
}

#[tokio::test]
async fn resellers_answer_by_another_name_and_others_have_no_such_path() {
    let reseller = demo::start(Script::dialect(Dialect::Gptnb)).await.expect("the demo starts");
    let body = go_on(&reseller, "gpt-3.5-turbo-instruct", &json!({})).json();
    assert_eq!(body["model"], "text-davinci-003", "as the seed shows");
    assert_eq!(go_on(&reseller, "nobody", &json!({})).status, 503, "no channel");
    let arcee = demo::start(Script::dialect(Dialect::Arcee)).await.expect("the demo starts");
    let missing = send(&arcee.url(), "POST", "/api/v1/completions", None, r#"{"model":"trinity-mini"}"#);
    assert_eq!((missing.status, missing.json()), (404, json!({"detail": "Not Found"})));
}

#[tokio::test]
async fn the_first_run_continues_in_the_persons_language_and_says_what_it_is() {
    let demo = demo::start(Script::welcome()).await.expect("the demo starts");
    for (prompt, part) in [("Once upon a time", "a lamp was lit"), ("从前有一座山，", "演示")] {
        let body = json!({"model": "demo-writer-instruct", "prompt": prompt, "max_tokens": 256});
        let answer = send(&demo.url(), "POST", "/v1/completions", None, &body.to_string()).json();
        assert!(text(&answer, 0).to_lowercase().contains(part), "{answer}");
    }
    let wish = "Continue the text below exactly where it stops.\n\nOnce upon a time";
    let asked = json!({"model": "demo", "messages": [{"role": "user", "content": wish}]});
    let said = chat(&demo, &asked).json()["choices"][0]["message"]["content"].clone();
    assert!(said.as_str().is_some_and(|said| said.contains("lamp")), "a chat model goes on too: {said}");
    assert_eq!(go_on(&demo, "demo", &json!({})).status, 404, "once it is asked where it answers");
}
