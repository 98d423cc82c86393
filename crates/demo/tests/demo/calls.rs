//! Tool calls: each form says the same calls, and what came back is in the answer.

use demo::{Demo, Script};
use serde_json::{Value, json};

use crate::client::{Answer, chat};

async fn demo() -> Demo {
    demo::start(Script::tests()).await.expect("the demo starts")
}

fn tools() -> Value {
    let tool = |name: &str| json!({"type": "function", "function": {"name": name, "parameters": {"type": "object"}}});
    json!([tool("calculator"), tool("date_and_time")])
}

fn ask(demo: &Demo, model: &str, stream: bool, more: &Value) -> Answer {
    let question = "calculator {\"expression\":\"3*4\"} and date_and_time {\"time_zone\":\"Asia/Tokyo\"}";
    let mut body = json!({
        "model": model, "stream": stream, "tools": tools(), "messages": [{"role": "user", "content": question}],
    });
    for (name, value) in more.as_object().expect("fields") {
        body[name] = value.clone();
    }
    chat(demo, &body)
}

#[tokio::test]
async fn each_form_stands_where_its_name_says() {
    let demo = demo().await;
    for (name, place, first) in [
        ("calls", "/choices/0/delta/tool_calls/0/index", json!(0)),
        ("calls-no-index", "/choices/0/delta/tool_calls/0/id", json!("call_1")),
        ("calls-index-zero", "/choices/0/delta/tool_calls/0/index", json!(0)),
        (
            "calls-whole-piece",
            "/choices/0/delta/tool_calls/0/function/arguments",
            json!("{\"expression\":\"3*4\"}"),
        ),
        ("calls-empty-ids", "/choices/0/delta/tool_calls/0/id", json!("")),
        ("calls-repeated", "/choices/0/delta/tool_calls/0/function/name", json!("calculator")),
        ("calls-object", "/choices/0/delta/tool_calls/0/function/arguments", json!({"expression": "3*4"})),
        ("calls-old", "/choices/0/delta/function_call/name", json!("calculator")),
    ] {
        let events = ask(&demo, name, true, &json!({})).events();
        let found = events.iter().find_map(|event| event.pointer(place));
        assert_eq!(found, Some(&first), "{name} at {place}");
    }
    let told = ask(&demo, "calls-in-message", true, &json!({})).events();
    assert!(
        told.iter().any(|event| event.pointer("/choices/0/message/tool_calls/1").is_some()),
        "said again"
    );
    let spoken = ask(&demo, "calls-with-words", true, &json!({})).content();
    assert_eq!(spoken, "Let me look.", "words come before the calls");
}

#[tokio::test]
async fn whole_answers_call_too() {
    let demo = demo().await;
    let whole = ask(&demo, "calls", false, &json!({})).json();
    assert_eq!(whole["choices"][0]["finish_reason"], "tool_calls");
    let calls = &whole["choices"][0]["message"]["tool_calls"];
    assert_eq!((&calls[0]["id"], &calls[1]["function"]["name"]), (&json!("call_1"), &json!("date_and_time")));
    let old = ask(&demo, "calls-old", false, &json!({})).json();
    assert_eq!(old["choices"][0]["message"]["function_call"]["name"], "calculator", "the old form");
}

#[tokio::test]
async fn what_is_asked_of_calls_is_kept_to() {
    let demo = demo().await;
    let calls = |more: Value| {
        let whole = ask(&demo, "calls", false, &more).json();
        whole["choices"][0]["message"]["tool_calls"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(calls(json!({"parallel_tool_calls": false})), 1, "one at a time");
    assert_eq!(calls(json!({"tool_choice": "none"})), 0, "none");
    assert_eq!(calls(json!({"tools": null})), 0, "nothing is offered");
    assert_eq!(ask(&demo, "refuses-tools", true, &json!({})).status, 400, "refused by name");
    assert_eq!(ask(&demo, "no-tool-use", true, &json!({})).status, 400, "refused in words");
}

#[tokio::test]
async fn results_stand_in_the_answer_and_a_history_without_them_is_refused() {
    let demo = demo().await;
    let call = |arguments: &str| {
        json!({"role": "assistant", "content": "", "tool_calls": [
            {"id": "a", "type": "function", "function": {"name": "calculator", "arguments": arguments}},
        ]})
    };
    let user = json!({"role": "user", "content": "Count."});
    let result = json!({"role": "tool", "tool_call_id": "a", "content": "12"});
    let with = |messages: Value| ask(&demo, "calls", true, &json!({"messages": messages}));
    assert_eq!(with(json!([user, call("{}"), result])).content(), "The tools said: 12");
    for (messages, why) in [
        (json!([user, call("{}")]), "a call without a result"),
        (json!([user, call("{}"), user]), "a question before the result"),
        (json!([user, result]), "a result without a call"),
        (json!([user, call("{\"a\":"), result]), "arguments that are no JSON"),
    ] {
        assert_eq!(with(messages).status, 400, "{why}");
    }
}
