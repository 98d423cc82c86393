//! Errors that come after status 200, in every place where servers put them (reference 9.4).

use serde_json::{Value, json};

use super::{Scenario, scenario, speech::SENTENCE};
use crate::{
    answer::{event, pieces},
    chunk,
    reply::{Reply, Step, send, wait},
    turn::Turn,
};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("error-in-stream", in_stream),
    scenario("error-first-in-stream", first_in_stream),
    scenario("error-event", error_event),
    scenario("error-choice", error_choice),
    scenario("error-string", error_string),
    scenario("bare-json-error", bare_json_error),
    scenario("error-200", |_| Reply::json(200, &error())),
];

fn error() -> Value {
    json!({"error": {
        "message": "The upstream service went away.", "type": "upstream_error", "param": null, "code": "do_request_failed",
    }})
}

/// Half an answer, then an error object instead of a chunk.
fn in_stream(turn: &Turn) -> Reply {
    after_half(turn, event(&error()))
}

/// An error object before any text.
fn first_in_stream(_: &Turn) -> Reply {
    Reply::events([event(&error())])
}

/// Anthropic's way: a named event.
fn error_event(turn: &Turn) -> Reply {
    let body = json!({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}});
    after_half(turn, send(format!("event: error\ndata: {body}\n\n")))
}

/// OpenRouter's way: a chunk with an error beside a choice that finishes with `error`.
fn error_choice(turn: &Turn) -> Reply {
    let mut last = chunk::chunk(turn, 0, &json!({"content": ""}), Some("error"));
    chunk::set(&mut last, "error", json!({"code": 502, "message": "The provider was disconnected."}));
    after_half(turn, event(&last))
}

/// The shortest form.
fn error_string(turn: &Turn) -> Reply {
    after_half(turn, event(&json!({"error": "out of memory"})))
}

/// A relay that prints its error into the stream as it is.
fn bare_json_error(turn: &Turn) -> Reply {
    after_half(turn, send(format!("{}\n", error())))
}

/// Half of the sentence, then `end`; a whole answer has nothing but the error, with status 200 all the same.
fn after_half(turn: &Turn, end: Step) -> Reply {
    if !turn.streams() {
        return Reply::json(200, &error());
    }
    let words = pieces(SENTENCE);
    let mut steps = vec![event(&chunk::opening(turn))];
    steps.extend(words.iter().take(words.len() / 2).map(|word| event(&chunk::text(turn, word))));
    steps.extend([wait(20), end]);
    Reply::events(steps)
}
