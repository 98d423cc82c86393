//! How sure a model was: every form of the report, from the wire and from hostile JSON.

use gateway::chat::Token;
use serde_json::{Value, json};

use crate::fold::fold;
use crate::wire::ask;

/// What the tokens say, and their log probabilities.
fn told(tokens: &[Token]) -> Vec<(String, Option<f64>)> {
    tokens.iter().map(|token| (lossy(&token.bytes), token.logprob)).collect()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn others(token: &Token) -> Vec<(String, f64)> {
    token.alternatives.iter().map(|other| (lossy(&other.bytes), other.logprob)).collect()
}

/// The tokens of one answer with this report.
fn report(logprobs: &Value) -> Vec<Token> {
    fold(&[json!({"choices": [{"delta": {"content": "x"}, "logprobs": logprobs}]})]).0.tokens
}

#[tokio::test]
async fn a_stream_tells_it_token_by_token() {
    let (heard, error) = ask("openai-logprobs-stream").await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(heard.text, "The Loire.🌊");
    let bytes: Vec<u8> = heard.tokens.iter().flat_map(|token| token.bytes.clone()).collect();
    assert_eq!(lossy(&bytes), heard.text, "half letters together make the text");
    let logprobs: Vec<_> = heard.tokens.iter().map(|token| token.logprob).collect();
    assert_eq!(logprobs, [Some(-0.0021), Some(-0.75), Some(-9999.0), Some(-0.4), Some(-0.1)]);
    assert_eq!(others(&heard.tokens[1]), [(" Loire".into(), -0.75), (" Seine".into(), -0.9)]);
}

#[tokio::test]
async fn a_whole_answer_tells_it_at_once() {
    let (heard, _) = ask("arcee-logprobs-whole").await;
    assert_eq!(
        told(&heard.tokens),
        [("Yes".into(), Some(-0.5)), (".".into(), None)],
        "no bytes, texts for numbers, null for nothing, and an end mark that says nothing"
    );
    assert_eq!(
        others(&heard.tokens[0]),
        [("Yes".into(), -0.5), ("No".into(), -1.5)],
        "likeliest first, whatever the order"
    );
}

#[tokio::test]
async fn legacy_completions_have_four_parallel_lists() {
    let (heard, _) = ask("openai-legacy-logprobs-whole").await;
    let bytes: Vec<u8> = heard.tokens.iter().flat_map(|token| token.bytes.clone()).collect();
    assert_eq!(lossy(&bytes), heard.text, "escaped half letters are bytes");
    assert_eq!(heard.tokens[0].logprob, None, "nothing stood before the first word");
    assert_eq!(others(&heard.tokens[1]), [(" are".into(), -0.2), (" ".into(), -3.5)]);
    let (heard, _) = ask("openai-legacy-logprobs-stream").await;
    let expected = [("once".into(), Some(-1.5)), (" ".into(), Some(-0.1)), ("upon".into(), Some(-0.05))];
    assert_eq!(told(&heard.tokens), expected, "also in pieces");
}

#[tokio::test]
async fn a_refusal_has_tokens_too() {
    let (heard, _) = ask("openai-logprobs-refusal-stream").await;
    let said: String = heard.tokens.iter().map(|token| lossy(&token.bytes)).collect();
    assert_eq!((said.as_str(), heard.refusal.as_str()), ("I cannot.", "I cannot."));
}

#[test]
fn no_report_is_no_token() {
    for nothing in [
        json!(null),
        json!({}),
        json!([]),
        json!("x"),
        json!(1),
        json!({"content": null, "refusal": null}),
        json!({"content": []}),
        json!({"tokens": null}),
        json!({"content": [null, 1, "x", {}, {"token": ""}, {"token": 5, "logprob": -1}]}),
    ] {
        assert_eq!(report(&nothing), [], "{nothing}");
    }
}

#[test]
fn odd_numbers_are_put_right() {
    let sure = |value: Value| report(&json!({"content": [{"token": "a", "logprob": value}]}))[0].logprob;
    assert_eq!(sure(json!(0.000_001)), Some(0.0), "a little more than certain is certain");
    assert_eq!(sure(json!("-0.5")), Some(-0.5));
    assert_eq!(sure(json!("nan")), None);
    assert_eq!(sure(json!([1])), None);
    let bytes = report(&json!({"content": [{"token": "a", "bytes": [256, -1]}]}));
    assert_eq!(bytes[0].bytes, b"a", "bytes that are none: the text counts");
    let escaped = report(&json!({"tokens": ["bytes:\\xzz", "bytes:"]}));
    assert_eq!(escaped[0].bytes, b"bytes:\\xzz", "a text that only begins like an escape");
    assert_eq!(escaped[1].bytes, b"bytes:");
}

#[test]
fn lists_of_different_lengths_are_read_as_far_as_there_are_tokens() {
    let tokens =
        report(&json!({"tokens": ["a", "b"], "token_logprobs": [-0.1], "top_logprobs": [null, null, null]}));
    assert_eq!(told(&tokens), [("a".into(), Some(-0.1)), ("b".into(), None)]);
}

#[test]
fn a_flood_of_alternatives_is_bounded() {
    let many: Vec<Value> = (0..500).map(|at| json!({"token": "x".repeat(9_000), "logprob": -at})).collect();
    let tokens = report(&json!({"content": [{"token": "a", "logprob": 0, "top_logprobs": many}]}));
    assert_eq!(tokens[0].alternatives.len(), 20);
    assert!(tokens[0].alternatives.iter().all(|other| other.bytes.len() <= 256));
}

#[test]
fn the_report_comes_before_the_text_it_is_about() {
    use gateway::chat::Event;
    let mut events = std::collections::VecDeque::new();
    let chunk = json!({"choices": [{"delta": {"content": "a"}, "logprobs": {"content": [{"token": "a", "logprob": 0}]}}]});
    gateway::chat::fold::Fold::default().take(&chunk, &mut events);
    assert!(
        matches!(
            events.make_contiguous(),
            [Event::Confidence { choice: 0, .. }, Event::Text { choice: 0, .. }]
        ),
        "whoever writes the text down has its report already: {events:?}"
    );
}
