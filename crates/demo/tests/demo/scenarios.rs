//! One row per scenario: its status, its kind of body and how it ends. A scenario without a row fails.

use std::collections::BTreeSet;

use demo::Script;

use crate::client::{Ending, get, glimpse, stream};
use Ending::{Complete, Cut, Open};

const EVENTS: &str = "text/event-stream; charset=utf-8";
const JSON: &str = "application/json";
const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Streaming scenarios with a complete body of events.
const GOOD: &[&str] = &[
    "plain",
    "sees",
    "blind",
    "blind-strict",
    "takes-little",
    "reads-all",
    "gpt-4-vision-preview",
    "gpt-4-gizmo-g-Rivers123",
    "mj-chat",
    "mj-chat-lines",
    "picture-markdown",
    "picture-bare",
    "picture-html",
    "picture-film-fence",
    "picture-field",
    "picture-redirect",
    "picture-liar",
    "picture-gone",
    "picture-page",
    "picture-cut",
    "picture-inside",
    "picture-json",
    "blocked",
    "chinese",
    "echo",
    "xss",
    "sure-odd",
    "sure-long",
    "sure-thoughts",
    "refuses-logprobs",
    "data-fits",
    "data-breaks",
    "data-fenced",
    "data-among-words",
    "data-cut",
    "data-broken",
    "data-none",
    "data-many",
    "data-deep",
    "data-formulas",
    "data-if-told",
    "takes-no-form",
    "takes-no-schema",
    "wants-the-word-json",
    "markdown-tour",
    "reasoning-field",
    "reasoning-field-2",
    "reasoning-field-both",
    "reasoning-details",
    "reasoning-tags",
    "reasoning-unopened",
    "reasoning-unclosed",
    "reasoning-only",
    "cut-done",
    "cut-eof",
    "no-done",
    "no-last-blank",
    "length",
    "odd-finish",
    "empty",
    "unknown-fields",
    "refuses-temperature",
    "refuses-stream-options",
    "refuses-max-tokens",
    "refuses-top-p",
    "refuses-n",
    "refuses-stop",
    "refuses-max-completion-tokens",
    "refuses-presence-penalty",
    "refuses-frequency-penalty",
    "refuses-logit-bias",
    "refuses-seed",
    "refuses-user",
    "refuses-tools",
    "refuses-tool-choice",
    "refuses-parallel-tool-calls",
    "refuses-response-format",
    "refuses-logprobs",
    "refuses-top-logprobs",
    "refuses-reasoning-effort",
    "refuses-verbosity",
    "refuses-top-k",
    "rejects-temperature",
    "rejects-top-p",
    "rejects-n",
    "rejects-stream-options",
    "rejects-stop",
    "rejects-max-tokens",
    "rejects-max-completion-tokens",
    "rejects-presence-penalty",
    "rejects-frequency-penalty",
    "rejects-logit-bias",
    "rejects-seed",
    "rejects-user",
    "rejects-tools",
    "rejects-tool-choice",
    "rejects-parallel-tool-calls",
    "rejects-response-format",
    "rejects-logprobs",
    "rejects-top-logprobs",
    "rejects-reasoning-effort",
    "rejects-verbosity",
    "rejects-top-k",
    "small-window",
    "listed-window",
    "sse-though-not",
    "error-in-stream",
    "error-first-in-stream",
    "error-event",
    "error-choice",
    "error-string",
    "bare-json-error",
    "array-content",
    "message-not-delta",
    "legacy-text",
    "whole-at-end",
    "role-repeated",
    "no-index",
    "filter-prelude",
    "late-text",
    "interleaved",
    "refusal",
    "citations",
    "usage-last",
    "usage-every",
    "usage-zero",
    "usage-aside",
    "no-usage",
    "crlf",
    "cr",
    "crlf-split",
    "no-blank-lines",
    "no-space",
    "named-events",
    "comments",
    "multi-line-data",
    "none-marker",
    "bom",
    "split-utf8",
    "ping-deltas",
    "huge-line",
    "firehose",
    "calls",
    "calls-no-index",
    "calls-index-zero",
    "calls-whole-piece",
    "calls-empty-ids",
    "calls-repeated",
    "calls-in-message",
    "calls-object",
    "calls-old",
    "calls-with-words",
    "calls-slow",
    "calls-endless",
    "calls-then-silent",
    "calls-unknown",
    "calls-bad-json",
    "calls-megabyte",
    "calls-without-end",
    "calls-cut",
    "calls-error",
    "refuses-tools",
    "no-tool-use",
    "choices",
    "choices-one-fails",
];

const OTHERS: &[(&str, u16, &str, Ending)] = &[
    ("silent", 0, "", Open),
    ("silent-after-headers", 200, EVENTS, Open),
    ("stalls", 200, EVENTS, Open),
    ("cut", 200, EVENTS, Cut),
    ("cut-at-once", 200, EVENTS, Cut),
    ("comments-forever", 200, EVENTS, Open),
    ("pings-forever", 200, EVENTS, Open),
    ("bad-key", 401, JSON, Complete),
    ("no-credit", 402, JSON, Complete),
    ("no-credit-403", 403, JSON, Complete),
    ("no-credit-429", 429, JSON, Complete),
    ("rate-limited", 429, JSON, Complete),
    ("rate-limited-once", 429, JSON, Complete),
    ("rate-limited-date", 429, JSON, Complete),
    ("rate-limited-ms", 429, JSON, Complete),
    ("too-long", 400, JSON, Complete),
    ("too-large", 413, JSON, Complete),
    ("policy", 400, JSON, Complete),
    ("denied-model", 403, JSON, Complete),
    ("unknown-model", 404, JSON, Complete),
    ("gpt-4-gizmo-*", 404, JSON, Complete),
    ("denied-region", 403, JSON, Complete),
    ("server-error", 500, JSON, Complete),
    ("server-error-always", 500, JSON, Complete),
    ("busy", 503, JSON, Complete),
    ("no-channel", 503, JSON, Complete),
    ("not-implemented", 501, JSON, Complete),
    ("refuses-stream", 400, JSON, Complete),
    ("sure-cut", 200, EVENTS, Cut),
    ("rejects-stream", 422, JSON, Complete),
    ("html", 502, HTML, Complete),
    ("html-200", 200, HTML, Complete),
    ("html-403", 403, HTML, Complete),
    ("text-error", 500, TEXT, Complete),
    ("empty-error", 429, TEXT, Complete),
    ("upstream-slow", 524, HTML, Complete),
    ("json-though-stream", 200, JSON, Complete),
    ("json-after-blanks", 200, JSON, Complete),
    ("redirect-302", 302, TEXT, Complete),
    ("redirect-307", 307, TEXT, Complete),
    ("error-200", 200, JSON, Complete),
    ("choices-cut", 200, EVENTS, Cut),
    ("choices-for-ever", 200, EVENTS, Open),
];

/// Several seconds each by their nature; `endings` looks at their beginnings.
const LONG: &[&str] = &[
    "slow",
    "slow-2",
    "slow-3",
    "slow-4",
    "steady",
    "steady-2",
    "steady-3",
    "steady-4",
    "firehose-paced",
    "sure-slow",
    "data-slow",
];

#[tokio::test]
async fn every_scenario_on_the_list_has_a_row_here() {
    let demo = demo::start(Script::tests()).await.expect("the demo starts");
    let list = get(&demo, "/v1/models").json();
    let listed: BTreeSet<String> = list["data"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|model| model["id"].as_str().expect("a name").to_owned())
        .collect();
    let rows = GOOD.iter().chain(LONG).copied().chain(OTHERS.iter().map(|row| row.0));
    let rows = rows.chain(crate::writing::WAYS.iter().copied());
    let rows = rows
        .chain(crate::images::MODELS.iter().copied())
        .chain(crate::speech::MODELS.iter().copied())
        .chain(crate::hearing::MODELS.iter().copied())
        .chain(crate::images::WAYS.iter().map(|row| row.0));
    let rows: BTreeSet<String> = rows.map(str::to_owned).collect();
    assert_eq!(listed, rows, "the list and the rows of this test name the same scenarios");
}

#[tokio::test]
async fn streams_that_go_well_are_complete_events() {
    let demo = demo::start(Script::tests()).await.expect("the demo starts");
    for name in GOOD {
        let answer = stream(&demo, name);
        assert_eq!(answer.status, 200, "{name} answers");
        assert_eq!(answer.header("content-type").as_deref(), Some(EVENTS), "{name} streams");
        assert_eq!(answer.ending, Complete, "{name} ends its body properly");
        assert!(!answer.body.is_empty(), "{name} says something");
    }
}

#[tokio::test]
async fn all_others_have_their_own_status_kind_and_ending() {
    let demo = demo::start(Script::tests()).await.expect("the demo starts");
    for (name, status, kind, ending) in OTHERS {
        let answer = if *ending == Open { glimpse(&demo, name) } else { stream(&demo, name) };
        assert_eq!(answer.status, *status, "{name} has its status");
        assert_eq!(answer.header("content-type").unwrap_or_default(), *kind, "{name} has its kind of body");
        assert_eq!(answer.ending, *ending, "{name} ends in its way");
    }
}
