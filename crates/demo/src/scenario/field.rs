//! Services that refuse a field by name until it is left out, and one that answers with fields nobody knows.

use serde_json::json;

use super::{
    Scenario, scenario,
    speech::{SENTENCE, plain},
};
use crate::{
    answer::{Answer, done, event},
    chunk::set,
    fault::Fault,
    reply::{Reply, Step},
    turn::Turn,
};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("refuses-temperature", |turn| unless_left_out(turn, TEMPERATURE)),
    scenario("refuses-stream", refuses_stream),
    scenario("refuses-stream-options", |turn| unless_left_out(turn, STREAM_OPTIONS)),
    scenario("refuses-max-tokens", |turn| unless_left_out(turn, MAX_TOKENS)),
    scenario("unknown-fields", unknown_fields),
];

const TEMPERATURE: Fault = Fault::new(
    400,
    "invalid_request_error",
    "unsupported_value",
    "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
)
.naming("temperature");
const STREAM: Fault = Fault::new(
    400,
    "invalid_request_error",
    "unsupported_value",
    "Unsupported value: 'stream' must be false for this model.",
)
.naming("stream");
const STREAM_OPTIONS: Fault = Fault::new(
    400,
    "invalid_request_error",
    "unknown_parameter",
    "Unrecognized request argument supplied: stream_options",
)
.naming("stream_options");
const MAX_TOKENS: Fault = Fault::new(
    400,
    "invalid_request_error",
    "unsupported_parameter",
    "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
)
.naming("max_tokens");

fn unless_left_out(turn: &Turn, fault: Fault) -> Reply {
    let sent = fault.param.is_some_and(|field| turn.body.get(field).is_some());
    if sent { fault.reply(turn.dialect()) } else { plain(turn) }
}

fn refuses_stream(turn: &Turn) -> Reply {
    if turn.streams() { STREAM.reply(turn.dialect()) } else { plain(turn) }
}

/// Fields and types that no documentation names, at every level.
fn unknown_fields(turn: &Turn) -> Reply {
    let answer = Answer::new(SENTENCE);
    if !turn.streams() {
        let mut whole = answer.whole(turn);
        set(&mut whole, "id", json!(42));
        set(&mut whole, "x_demo", json!({"nested": [1, null, {"deep": true}]}));
        return Reply::json(200, &whole);
    }
    let mut steps: Vec<Step> = answer
        .chunks(turn)
        .into_iter()
        .map(|(_, mut chunk)| {
            set(&mut chunk, "id", json!(42));
            set(&mut chunk, "created", json!("just now"));
            set(&mut chunk, "obfuscation", json!("aZ3"));
            set(&mut chunk, "x_demo", json!({"nested": [1, null, {"deep": true}]}));
            if let Some(choice) = chunk.pointer_mut("/choices/0") {
                set(choice, "content_filter_results", json!({"hate": {"filtered": 0}}));
            }
            event(&chunk)
        })
        .collect();
    steps.push(done());
    Reply::events(steps)
}
