//! Refusals before the first word: every one becomes one code, with the facts that its sentence needs, and only
//! those are repeated that may pass by themselves.

use store::table::message::MessageState::Failed;

use crate::cast::{Cast, Heard, Reply, Stub, connection};

/// Model, code, HTTP status, requests sent.
const FINAL: &[(&str, &str, u16, usize)] = &[
    ("bad-key", "key_missing", 401, 1),
    ("no-credit", "balance_empty", 402, 1),
    ("no-credit-403", "balance_empty", 403, 1),
    ("no-credit-429", "balance_empty", 429, 1),
    ("rate-limited-date", "rate_limited", 429, 1),
    ("too-long", "too_long", 400, 1),
    ("too-large", "too_large", 413, 1),
    ("policy", "policy", 400, 1),
    ("denied-model", "model_denied", 403, 1),
    ("unknown-model", "model_unknown", 404, 1),
    ("no-such-scenario", "model_unknown", 404, 1),
    ("denied-region", "region_denied", 403, 1),
    ("no-channel", "no_channel", 503, 1),
    ("not-implemented", "not_offered", 501, 1),
];

/// Those that may pass: asked three times in all.
const STUBBORN: &[(&str, &str, u16, usize)] = &[
    ("server-error-always", "server_fault", 500, 3),
    ("busy", "busy", 503, 3),
    ("html", "upstream_slow", 502, 3),
    ("text-error", "server_fault", 500, 3),
    ("empty-error", "rate_limited", 429, 3),
    ("upstream-slow", "upstream_slow", 524, 3),
    ("error-200", "server_fault", 200, 3),
    ("error-first-in-stream", "server_fault", 200, 3),
];

#[tokio::test]
async fn a_final_refusal_is_told_at_once() {
    let cast = Cast::new().await;
    for case in FINAL {
        let heard = refused(&cast, *case).await;
        assert!(heard.waits().is_empty(), "{}: waiting cannot help", case.0);
    }
}

#[tokio::test]
async fn a_passing_refusal_is_waited_out_twice_and_then_told() {
    let cast = Cast::new().await;
    let cast = &cast;
    let all = STUBBORN.iter().map(|case| async move {
        let heard = refused(cast, *case).await;
        let waits = heard.waits();
        let (codes, tries): (Vec<_>, Vec<_>) = waits.iter().map(|(code, _, next)| (*code, *next)).unzip();
        assert_eq!(codes, [case.1; 2], "{}: each wait says why", case.0);
        assert_eq!(tries, [2, 3], "{}: each wait says which try comes next", case.0);
        assert!(waits[0].1 >= 375 && waits[0].1 <= 500, "{}: half a second, spread: {waits:?}", case.0);
        assert!(waits[1].1 >= 750 && waits[1].1 <= 1000, "{}: then twice that: {waits:?}", case.0);
    });
    futures_util::future::join_all(all).await;
}

async fn refused(cast: &Cast, (model, code, status, requests): (&str, &str, u16, usize)) -> Heard {
    let heard = cast.ask(model, "Name a river.").await;
    assert_eq!((heard.message.state, heard.code()), (Failed, code), "{model}: one code tells it");
    let problem = heard.message.problem.clone().unwrap();
    assert_eq!(problem.facts.status, Some(status), "{model}: the status is a fact for the details");
    assert_eq!(problem.facts.model.as_deref(), Some(model), "{model}: the sentence can name the model");
    let asked = cast.bodies().iter().filter(|body| body["model"] == model).count();
    assert_eq!(asked, requests, "{model}: as often as it may help, and no more");
    heard
}

#[tokio::test]
async fn the_services_own_words_and_numbers_are_kept_for_the_details() {
    let cast = Cast::new().await;
    let heard = cast.ask("too-long", "Name a river.").await;
    let problem = heard.message.problem.unwrap();
    assert!(problem.message.contains("maximum context length is 8192"), "its words: {}", problem.message);
    assert_eq!(problem.facts.server_code.as_deref(), Some("context_length_exceeded"));
    assert_eq!(problem.facts.request_id.as_deref(), Some("req_demo"), "support asks for it");
    let late = cast.ask("rate-limited-date", "Name a river.").await.message.problem.unwrap();
    let wait = late.facts.retry_after_ms.expect("the pause that the service asks for is a fact");
    assert!(wait > 1_000_000_000, "a date a lifetime away: {wait} ms");
}

#[tokio::test]
async fn a_filter_that_empties_an_answer_is_told_as_one() {
    let stub = Stub::start(|request| {
        if request.starts_with("GET") {
            return Reply::json(200, &serde_json::json!({"data": [{"id": "careful"}]}));
        }
        let choice =
            serde_json::json!({"index": 0, "message": {"content": ""}, "finish_reason": "content_filter"});
        Reply::json(200, &serde_json::json!({"choices": [choice]}))
    })
    .await;
    let mut cast = Cast::new().await;
    cast.service = cast.engine.services().connect(connection(&stub.url, "")).await.unwrap();
    let heard = cast.ask("careful", "Name a river.").await;
    assert_eq!((heard.message.state, heard.code()), (Failed, "blocked_answer"), "empty on purpose");
    assert_eq!(heard.message.finish_reason, "content_filter", "the service's reason is kept");
}
