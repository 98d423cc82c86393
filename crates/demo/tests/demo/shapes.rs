//! Where text, thoughts, choices and counts stand inside the chunks.

use demo::{Demo, Script};
use serde_json::{Value, json};

use crate::client::{chat, stream, whole};

const SENTENCE: &str = "The river rises in the hills, crosses the plain and reaches the sea.";

async fn demo() -> Demo {
    demo::start(Script::tests()).await.expect("the demo starts")
}

fn joined(events: &[Value], place: &str) -> String {
    events.iter().filter_map(|event| event.pointer(place).and_then(Value::as_str)).collect()
}

#[tokio::test]
async fn text_stands_where_the_name_says() {
    let demo = demo().await;
    for (name, place) in [
        ("plain", "/choices/0/delta/content"),
        ("unknown-fields", "/choices/0/delta/content"),
        ("array-content", "/choices/0/delta/content/0/text"),
        ("message-not-delta", "/choices/0/message/content"),
        ("whole-at-end", "/choices/0/message/content"),
        ("legacy-text", "/choices/0/text"),
        ("late-text", "/choices/0/delta/content"),
        ("filter-prelude", "/choices/0/delta/content"),
    ] {
        assert_eq!(joined(&stream(&demo, name).events(), place), SENTENCE, "{name} has its text at {place}");
    }
}

#[tokio::test]
async fn oddities_of_chunks_are_there() {
    let demo = demo().await;
    let repeated = stream(&demo, "role-repeated").events();
    assert!(
        repeated.iter().filter(|event| event["choices"][0]["delta"]["role"] == "assistant").count() > 5,
        "role again"
    );
    assert!(
        stream(&demo, "no-index").events()[0]["choices"][0].get("index").is_none(),
        "the index is missing"
    );
    assert_eq!(
        stream(&demo, "filter-prelude").events()[0]["choices"],
        json!([]),
        "the first chunk has no choices"
    );
    let unknown = &stream(&demo, "unknown-fields").events()[0];
    assert_eq!(
        (&unknown["id"], &unknown["created"]),
        (&json!(42), &json!("just now")),
        "types differ from the documents"
    );
    assert_eq!(
        joined(&stream(&demo, "refusal").events(), "/choices/0/delta/refusal"),
        "I cannot help with that.",
        "declined"
    );
    let cited = stream(&demo, "citations").text();
    assert!(cited.contains("\"url_citation\"") && cited.contains("\"citations\":["), "both forms of sources");
}

#[tokio::test]
async fn choices_alternate() {
    let demo = demo().await;
    let ask = json!({"model": "interleaved", "stream": true, "n": 3, "messages": []});
    let order: Vec<u64> =
        chat(&demo, &ask).events().iter().filter_map(|event| event["choices"][0]["index"].as_u64()).collect();
    assert_eq!(order[..6], [0, 1, 2, 0, 1, 2], "three answers take turns");
    assert_eq!(
        whole(&demo, "interleaved").json()["choices"].as_array().map(Vec::len),
        Some(2),
        "at least two, even unasked"
    );
}

#[tokio::test]
async fn thoughts_stand_in_their_fields_before_the_text() {
    let demo = demo().await;
    let thought = "A river is asked for. Any long one will do.";
    for (name, fields) in [
        ("reasoning-field", &["reasoning_content"][..]),
        ("reasoning-field-2", &["reasoning"]),
        ("reasoning-field-both", &["reasoning_content", "reasoning"]),
    ] {
        let events = stream(&demo, name).events();
        for field in fields {
            assert_eq!(
                joined(&events, &format!("/choices/0/delta/{field}")),
                thought,
                "{name} thinks in {field}"
            );
        }
        let first_word = events.iter().position(|event| event["choices"][0]["delta"]["content"] == "The ");
        let last_thought =
            events.iter().rposition(|event| event["choices"][0]["delta"].get(fields[0]).is_some());
        assert!(last_thought < first_word, "{name} thinks first");
        assert_eq!(
            whole(&demo, name).json()["choices"][0]["message"][fields[0]],
            thought,
            "{name} thinks in a whole answer"
        );
    }
    assert_eq!(stream(&demo, "reasoning-only").content(), "", "thoughts and no answer");
    assert!(
        stream(&demo, "reasoning-details").text().contains("reasoning.encrypted"),
        "all types of details"
    );
}

#[tokio::test]
async fn tags_are_cut_missing_or_unclosed() {
    let demo = demo().await;
    let events = stream(&demo, "reasoning-tags").events();
    assert_eq!(events[1]["choices"][0]["delta"]["content"], "<th", "the opening tag is cut apart");
    assert!(stream(&demo, "reasoning-tags").content().starts_with("<think>\n"), "and is whole when joined");
    let unopened = stream(&demo, "reasoning-unopened").content();
    assert!(!unopened.contains("<think>") && unopened.contains("</think>"), "only the closing tag");
    let unclosed = stream(&demo, "reasoning-unclosed").content();
    assert!(unclosed.starts_with("<think>") && !unclosed.contains("</think>"), "only the opening tag");
}

#[tokio::test]
async fn counts_come_where_the_name_says() {
    let demo = demo().await;
    let counted = |name: &str, place: &str| -> Vec<bool> {
        stream(&demo, name)
            .events()
            .iter()
            .map(|event| event.pointer(place).is_some_and(Value::is_object))
            .collect()
    };
    let last = counted("usage-last", "/usage");
    assert!(
        last.iter().rev().skip(1).all(|has| !has) && last.last() == Some(&true),
        "only in the last chunk"
    );
    assert!(counted("usage-every", "/usage").iter().all(|has| *has), "in every chunk");
    assert!(counted("usage-aside", "/x_groq/usage").contains(&true), "in Groq's place");
    assert!(!counted("no-usage", "/usage").contains(&true), "nowhere");
    assert_eq!(stream(&demo, "usage-zero").events()[0]["usage"]["total_tokens"], 0, "all zeros");
}

#[tokio::test]
async fn the_usage_chunk_comes_when_asked_for() {
    let demo = demo().await;
    let ask = json!({"model": "plain", "stream": true, "stream_options": {"include_usage": true},
                     "messages": [{"role": "user", "content": "Name a river."}]});
    let events = chat(&demo, &ask).events();
    let last = events.last().expect("there are chunks");
    assert_eq!(last["choices"], json!([]), "it has no choices");
    assert_eq!(last["usage"]["prompt_tokens"], 3, "it counts the question's words");
    let unasked = stream(&demo, "plain").events();
    assert!(unasked.iter().all(|event| event.get("usage").is_none()), "it stays away unasked");
}

#[tokio::test]
async fn errors_stand_in_the_stream_after_half_the_text() {
    let demo = demo().await;
    let half = "data: {\"error\":{\"message\":\"The upstream service went away.\"";
    assert!(stream(&demo, "error-in-stream").text().contains(half), "an error instead of a chunk");
    assert!(stream(&demo, "error-first-in-stream").text().starts_with(half), "an error before any text");
    assert!(
        stream(&demo, "error-event").text().contains("event: error\ndata: {\"type\":\"error\""),
        "a named event"
    );
    let choice = stream(&demo, "error-choice").events();
    let last = choice.last().expect("there are chunks");
    assert_eq!(
        (&last["choices"][0]["finish_reason"], &last["error"]["code"]),
        (&json!("error"), &json!(502)),
        "both at once"
    );
    assert!(
        stream(&demo, "error-string").text().ends_with("data: {\"error\":\"out of memory\"}\n\n"),
        "the shortest form"
    );
    assert!(
        stream(&demo, "bare-json-error").text().contains("\n\n{\"error\":{"),
        "a line without its field name"
    );
    let unstreamed = whole(&demo, "error-in-stream");
    assert_eq!(unstreamed.status, 200, "a whole answer has status 200 all the same");
    assert_eq!(unstreamed.json()["error"]["code"], "do_request_failed", "and nothing but the error");
}

#[tokio::test]
async fn the_echo_and_the_corpus_return_what_was_given() {
    let demo = demo::start(Script::tests().with_corpus(vec!["zero".into(), "<b>one</b>".into()]))
        .await
        .expect("it starts");
    let say = |model: &str, text: &str| {
        chat(&demo, &json!({"model": model, "stream": true, "messages": [{"role": "user", "content": text}]}))
            .content()
    };
    let odd = "# *a*\n\n  <b>& \"quotes\"</b>\t末尾\r\n";
    assert_eq!(say("echo", odd), odd, "the echo changes nothing");
    assert_eq!(say("xss", "entry 1, please"), "<b>one</b>", "the number chooses the entry");
    assert_eq!(say("xss", "entry 7"), "There is no such entry.", "beyond the corpus there is nothing");
}
