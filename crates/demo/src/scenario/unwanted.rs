//! Models that refuse one field each until it is left out: `refuses-...` as OpenAI does (400, `param`), `rejects-...` as
//! FastAPI does (422, a list of places). The name of a model is that of its field, with dashes.

use serde_json::json;

use super::{Scenario, scenario, speech::plain};
use crate::{fault::Fault, reply::Reply, turn::Turn};

macro_rules! refuses {
    ($($model:literal: $field:literal),+ $(,)?) => {
        &[$(scenario(concat!("refuses-", $model), |turn| {
            const FAULT: Fault = Fault::new(
                400,
                "invalid_request_error",
                "unsupported_parameter",
                concat!("Unsupported parameter: '", $field, "' is not supported with this model."),
            )
            .naming($field);
            if turn.body.get($field).is_some() { FAULT.reply(turn.dialect()) } else { plain(turn) }
        })),+]
    };
}

macro_rules! rejects {
    ($($model:literal: $field:literal),+ $(,)?) => {
        &[$(scenario(concat!("rejects-", $model), |turn| reject(turn, $field))),+]
    };
}

/// Those that have words of their own stand in `field`.
pub(super) const REFUSING: &[Scenario] = refuses![
    "top-p": "top_p",
    "n": "n",
    "stop": "stop",
    "max-completion-tokens": "max_completion_tokens",
    "presence-penalty": "presence_penalty",
    "frequency-penalty": "frequency_penalty",
    "logit-bias": "logit_bias",
    "seed": "seed",
    "user": "user",
    "tools": "tools",
    "tool-choice": "tool_choice",
    "parallel-tool-calls": "parallel_tool_calls",
    "response-format": "response_format",
    "logprobs": "logprobs",
    "top-logprobs": "top_logprobs",
    "reasoning-effort": "reasoning_effort",
    "verbosity": "verbosity",
    "top-k": "top_k",
];

pub(super) const REJECTING: &[Scenario] = rejects![
    "temperature": "temperature",
    "top-p": "top_p",
    "n": "n",
    "stream": "stream",
    "stream-options": "stream_options",
    "stop": "stop",
    "max-tokens": "max_tokens",
    "max-completion-tokens": "max_completion_tokens",
    "presence-penalty": "presence_penalty",
    "frequency-penalty": "frequency_penalty",
    "logit-bias": "logit_bias",
    "seed": "seed",
    "user": "user",
    "tools": "tools",
    "tool-choice": "tool_choice",
    "parallel-tool-calls": "parallel_tool_calls",
    "response-format": "response_format",
    "logprobs": "logprobs",
    "top-logprobs": "top_logprobs",
    "reasoning-effort": "reasoning_effort",
    "verbosity": "verbosity",
    "top-k": "top_k",
];

fn reject(turn: &Turn, field: &str) -> Reply {
    if turn.body.get(field).is_none() {
        return plain(turn);
    }
    let place =
        json!({"loc": ["body", field], "msg": "Extra inputs are not permitted", "type": "extra_forbidden"});
    Reply::json(422, &json!({"detail": [place]}))
}
