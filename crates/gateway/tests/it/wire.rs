//! Every wire sample of `tests/fixtures/wire`, sent byte for byte: what must be heard, or how it must be read.

use std::path::PathBuf;

use gateway::{Error, Failure, Reading};

use crate::heard::{Heard, hear, question};
use crate::server::{Server, client};
use crate::text;

pub fn sample(name: &str) -> String {
    let path = folder().join(format!("{name}.http"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/wire")
}

/// Sends a question to a server that answers with the sample.
pub async fn ask(name: &str) -> (Heard, Option<Error>) {
    let server = Server::always(&sample(name)).await;
    match client().chat(&server.endpoint(), &question()).await {
        Ok(answer) => hear(answer).await,
        Err(error) => (Heard::default(), Some(error)),
    }
}

fn failure(error: Option<Error>, name: &str) -> Failure {
    match error {
        Some(Error::Refused(failure)) => *failure,
        other => panic!("{name} must be a refusal, not {other:?}"),
    }
}

/// Sample, reasoning, answer, reason of the end, cut.
const ANSWERS: &[(&str, &str, &str, &str, bool)] = &[
    ("modelless-whole", "", "The Loire.", "stop", false),
    ("modelless-stream", "", "The Loire.", "stop", false),
    ("gptnb-stream", "", "早上好", "stop", false),
    ("gptnb-cut", "", "half a sen", "", true),
    ("modelbox-whole", "", "Hello there.", "stop", false),
    ("arcee-whole", "", "Yes.", "stop", false),
    ("arcee-stream", "Short question.", "Yes.", "stop", false),
    ("openrouter-stream", "Rivers…", "The Loire.", "stop", false),
    ("ollama-stream", "Hm", "Hello", "stop", false),
    ("new-api-think", "First, a thought.\n", "Then words.", "stop", false),
    ("deepseek-stream", "Let me see.", "42", "stop", false),
    ("deepseek-whole-late", "", "Late, but here.", "stop", false),
    ("azure-stream", "", "Hi", "stop", false),
    ("relay-message-stream", "", "Whole sentence.", "stop", false),
    ("relay-no-blank-lines", "", "abc", "stop", false),
    ("relay-stream-as-json", "", "streamed unasked", "stop", false),
    ("relay-legacy-text", "", "once upon", "length", false),
    ("relay-parts", "", "A boat. ", "stop", false),
    ("relay-pictures-shape", "", "", "", false),
    ("perplexity-whole", "", "As [1] says.", "stop", false),
    ("openai-refusal-stream", "", "", "stop", false),
    ("openai-logprobs-stream", "", "The Loire.🌊", "stop", false),
    ("openai-logprobs-refusal-stream", "", "", "stop", false),
    ("openai-legacy-logprobs-whole", "", "Roses are red,河", "length", false),
    ("openai-legacy-logprobs-stream", "", "once upon", "length", false),
    ("arcee-logprobs-whole", "", "Yes.", "stop", false),
];

const TWELVE: (&str, &str) = ("calculator", r#"{"expression":"3*4"}"#);
const TOKYO: (&str, &str) = ("date_and_time", r#"{"time_zone":"Asia/Tokyo"}"#);

/// Sample, what is said before, why it ends, cut, and the calls: name and arguments.
type Calls = (&'static str, &'static str, &'static str, bool, &'static [(&'static str, &'static str)]);
const CALLS: &[Calls] = &[
    ("openai-calls-stream", "", "tool_calls", false, &[TWELVE, TOKYO]),
    ("openai-calls-whole", "", "tool_calls", false, &[TWELVE, ("date_and_time", "")]),
    ("relay-calls-no-index", "", "tool_calls", false, &[TWELVE, TOKYO]),
    ("relay-calls-index-zero", "", "tool_calls", false, &[TWELVE, TOKYO]),
    ("ollama-calls-stream", "", "stop", false, &[TWELVE, TOKYO]),
    ("gemini-relay-calls-stream", "", "stop", false, &[TWELVE, ("calculator", r#"{"expression":"5*6"}"#)]),
    ("relay-calls-repeated", "", "tool_calls", false, &[TWELVE]),
    ("relay-calls-message", "", "tool_calls", false, &[TWELVE]),
    ("relay-calls-object", "", "stop", false, &[TWELVE]),
    ("old-function-call-stream", "", "function_call", false, &[TWELVE]),
    ("old-function-call-whole", "", "function_call", false, &[TWELVE]),
    (
        "anthropic-relay-calls-stream",
        "Let me count.",
        "tool_calls",
        false,
        &[("calculator", r#"{"expression": "3*4"}"#)],
    ),
    ("relay-calls-cut", "", "", true, &[("calculator", r#"{"expression":"3"#)]),
];

#[tokio::test]
async fn every_form_of_a_tool_call_is_understood() {
    for (name, text, finish, cut, calls) in CALLS {
        let (heard, error) = ask(name).await;
        assert!(error.is_none(), "{name} is a good answer, not {error:?}");
        let found: Vec<_> =
            heard.calls.iter().map(|call| (call.name.as_str(), call.arguments.as_str())).collect();
        assert_eq!(found, *calls, "what {name} calls");
        assert!(heard.calls.iter().all(|call| !call.id.is_empty()), "each call of {name} can be answered");
        assert_eq!(
            (heard.text.as_str(), heard.finish.concat().as_str()),
            (*text, *finish),
            "the rest of {name}"
        );
        assert_eq!(heard.end, Some(*cut), "whether {name} counts as cut");
    }
    assert_eq!(ask("openai-calls-stream").await.0.calls[1].id, "call_B2", "the service's own id is kept");
    assert_eq!(ask("relay-calls-object").await.0.calls[0].id, "7", "also a number");
}

#[tokio::test]
async fn every_dialect_is_understood() {
    for (name, thought, text, finish, cut) in ANSWERS {
        let (heard, error) = ask(name).await;
        assert!(error.is_none(), "{name} is a good answer, not {error:?}");
        assert_eq!((heard.thought.as_str(), heard.text.as_str()), (*thought, *text), "what {name} says");
        assert_eq!(heard.finish.concat(), *finish, "why {name} ends");
        assert_eq!(heard.end, Some(*cut), "whether {name} counts as cut");
    }
}

/// Sample, status, reading, code, beginning of the message.
const REFUSALS: &[(&str, u16, Reading, &str, &str)] = &[
    ("gptnb-error-balance", 403, Reading::BalanceEmpty, "insufficient_user_quota", "用户额度不足"),
    ("gptnb-error-key", 401, Reading::KeyRejected, "one_api_error", "无效的令牌"),
    ("gptnb-error-allowance", 401, Reading::BalanceEmpty, "one_api_error", "该令牌额度已用尽"),
    ("gptnb-error-no-channel", 503, Reading::NoChannel, "one_api_error", "当前分组"),
    ("gptnb-error-busy", 429, Reading::Busy, "one_api_error", "当前分组上游负载已饱和"),
    ("modelbox-error-rate", 429, Reading::RateLimited, "rate_limit_exceeded", "Rate limit of 30"),
    ("arcee-error-400", 400, Reading::Other, "", "messages must not"),
    ("arcee-error-401", 401, Reading::KeyRejected, "", "Could not validate"),
    ("arcee-error-402", 402, Reading::BalanceEmpty, "", "Insufficient Balance"),
    ("arcee-error-422", 422, Reading::FieldRefused, "less_than_equal", "Input should be"),
    ("arcee-error-429", 429, Reading::RateLimited, "rate_limit", "Rate limit reached"),
    ("arcee-error-500", 500, Reading::ServerFault, "", "Internal Server Error"),
    ("arcee-error-503", 503, Reading::Busy, "", "Server overloaded"),
    ("openrouter-error-moderation", 403, Reading::Policy, "403", "Input was flagged"),
    ("openrouter-error-upstream", 429, Reading::Busy, "429", "Engine overloaded"),
    ("openrouter-error-in-stream", 200, Reading::UpstreamSlow, "502", "Provider disconnected"),
    ("ollama-error-model", 404, Reading::ModelUnknown, "not_found_error", "model \"nope\" not found"),
    ("new-api-error-in-200", 200, Reading::NoChannel, "model_not_found", "no available channel"),
    ("new-api-error-words", 400, Reading::Policy, "sensitive_words_detected", "user sensitive"),
    ("relay-bare-error", 200, Reading::ServerFault, "do_request_failed", "upstream error"),
    ("relay-error-empty", 429, Reading::RateLimited, "", ""),
    ("relay-error-wrapped", 500, Reading::ModelUnknown, "model_not_found", "The model `x-1`"),
    ("openai-error-field", 400, Reading::FieldRefused, "unsupported_parameter", "Unsupported parameter"),
    ("openai-error-region", 403, Reading::RegionDenied, "unsupported_country_region_territory", "Country"),
    ("openai-error-quota", 429, Reading::BalanceEmpty, "insufficient_quota", "You exceeded"),
    ("openai-error-no-key", 401, Reading::KeyMissing, "invalid_request_error", "You didn't"),
    ("vllm-error-context", 400, Reading::ContextTooLong, "BadRequestError", "This model's maximum"),
    ("vllm-error-stream-options", 400, Reading::FieldRefused, "BadRequestError", "[{'type'"),
    ("llama-cpp-error-loading", 503, Reading::Busy, "unavailable_error", "Loading model"),
    (
        "llama-cpp-error-context",
        400,
        Reading::ContextTooLong,
        "exceed_context_size_error",
        "the request exceeds",
    ),
    ("litellm-error-budget", 429, Reading::BalanceEmpty, "budget_exceeded", "Budget has been"),
    ("litellm-error-model-access", 403, Reading::ModelDenied, "key_model_access_denied", "key not allowed"),
    ("anthropic-error-overloaded", 529, Reading::Busy, "overloaded_error", "Overloaded"),
    ("anthropic-error-event", 200, Reading::Busy, "overloaded_error", "Overloaded"),
    ("google-error-list", 400, Reading::KeyRejected, "400", "API key not valid"),
    ("ollama-error-tools", 400, Reading::FieldRefused, "invalid_request_error", "registry.ollama.ai"),
    ("openrouter-error-tools", 404, Reading::FieldRefused, "404", "No endpoints found"),
    ("vllm-error-tools", 400, Reading::FieldRefused, "BadRequestError", "\"auto\" tool choice"),
    ("cloudflare-524", 524, Reading::UpstreamSlow, "", "example.org | 524"),
];

#[tokio::test]
async fn every_refusal_is_read() {
    for (name, status, reading, code, message) in REFUSALS {
        let failure = failure(ask(name).await.1, name);
        let found = (failure.status, failure.reading, failure.server_code.as_str());
        assert_eq!(found, (*status, *reading, *code), "status, reading and code of {name}: {failure:?}");
        assert!(failure.message.starts_with(message), "the words of {name}, not {:?}", failure.message);
    }
}

#[tokio::test]
async fn pages_are_no_api() {
    for (name, title) in
        [("cloudflare-challenge", "Just a moment..."), ("portal-page", "Welcome to the hotel")]
    {
        match ask(name).await.1 {
            Some(Error::NotAnApi { title: found, .. }) => assert_eq!(found, title, "the title of {name}"),
            other => panic!("{name} is a page, not {other:?}"),
        }
    }
}

#[tokio::test]
async fn details_of_refusals_are_kept() {
    let balance = failure(ask("gptnb-error-balance").await.1, "balance");
    assert_eq!(balance.request_id.as_deref(), Some("20240201123456"), "the number stands in the words");
    assert!(!balance.message.contains("request id"), "the number is parted from the words");
    let rate = failure(ask("modelbox-error-rate").await.1, "rate");
    assert_eq!(rate.retry_after, Some(std::time::Duration::from_secs(7)), "Retry-After in seconds");
    for (name, field) in [
        ("arcee-error-422", "temperature"),
        ("openai-error-field", "max_tokens"),
        ("vllm-error-stream-options", "stream_options"),
        ("ollama-error-tools", "tools"),
        ("openrouter-error-tools", "tools"),
        ("vllm-error-tools", "tools"),
    ] {
        let failure = failure(ask(name).await.1, name);
        assert!(failure.names(field), "{name} refuses {field}, not {:?}", failure.field);
    }
}

#[tokio::test]
async fn text_before_an_error_in_the_stream_is_kept() {
    for (name, text) in [
        ("openrouter-error-in-stream", "The Lo"),
        ("relay-bare-error", "Be"),
        ("anthropic-error-event", "So"),
    ] {
        let (heard, error) = ask(name).await;
        assert_eq!(heard.text, text, "what {name} said before it failed");
        assert!(failure(error, name).in_stream, "{name} fails inside its stream");
    }
    let whole = failure(ask("new-api-error-in-200").await.1, "whole");
    assert!(!whole.in_stream, "a whole body is no stream");
}

#[tokio::test]
async fn extras_are_heard() {
    let (heard, _) = ask("openrouter-stream").await;
    let usage = heard.usage.expect("OpenRouter reports usage");
    assert_eq!((usage.tokens_in, usage.tokens_out), (Some(10), Some(20)), "tokens");
    assert_eq!((usage.tokens_thought, usage.tokens_cached), (Some(12), Some(4)), "details");
    assert_eq!(usage.cost, Some(0.000_42), "cost");
    assert_eq!(heard.pictures, ["data:image/png;base64,AAAA"], "a repeated picture counts once");
    assert_eq!(heard.sources, ["https://example.org/loire"], "the source");
    assert_eq!(heard.model, "vendor/model", "the model");
    assert!(heard.alive >= 2, "comments show that the service lives");
    assert_eq!(ask("deepseek-stream").await.0.usage.unwrap().tokens_cached, Some(8), "DeepSeek's own field");
    assert_eq!(ask("deepseek-whole-late").await.0.usage, None, "nothing but zeros is no report");
    assert_eq!(ask("openai-refusal-stream").await.0.refusal, "I cannot.", "the refusal");
    assert_eq!(
        ask("relay-pictures-shape").await.0.pictures.len(),
        2,
        "pictures in the form of the pictures path"
    );
    assert_eq!(
        ask("relay-parts").await.0.pictures,
        ["https://example.org/boat.png", "https://example.org/boat2.png"],
        "pictures among the parts"
    );
    assert_eq!(ask("perplexity-whole").await.0.sources.len(), 2, "a top-level list of sources");
}

#[test]
fn no_sample_lies_unused() {
    let used = ANSWERS.iter().map(|row| row.0).chain(REFUSALS.iter().map(|row| row.0));
    let used = used.chain(CALLS.iter().map(|row| row.0));
    let texts = text::ANSWERS.iter().map(|row| row.0).chain(text::REFUSALS.iter().map(|row| row.0));
    let by_name =
        ["cloudflare-challenge", "portal-page", "text-openai-choices", "text-relay-error-in-stream"];
    let used: Vec<&str> = used.chain(texts).chain(by_name).collect();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap().replace(".http", "");
        assert!(name.starts_with("list-") || used.contains(&name.as_str()), "{name} is tested by nothing");
    }
}
