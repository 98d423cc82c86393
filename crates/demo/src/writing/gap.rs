//! Models that cannot see what follows the gap, and say so in different words.

use super::{Way, plain, way};
use crate::{fault::Fault, reply::Reply, turn::Turn};

pub(super) const FAMILY: &[Way] = &[
    way("text-no-gap", |turn| unless_left_out(turn, "suffix", NAMED)),
    way("text-no-gap-words", |turn| unless_left_out(turn, "suffix", IN_WORDS)),
    way("text-no-best-of", |turn| unless_left_out(turn, "best_of", BEST_OF)),
    way("text-no-logprobs", |turn| unless_left_out(turn, "logprobs", LOGPROBS)),
];

const NAMED: Fault = Fault::new(
    400,
    "invalid_request_error",
    "unsupported_parameter",
    "The 'suffix' parameter is not supported by this model.",
)
.naming("suffix");
const IN_WORDS: Fault = Fault::new(400, "BadRequestError", "", "suffix is not currently supported");
const BEST_OF: Fault =
    Fault::new(400, "invalid_request_error", "unsupported_parameter", "Unknown parameter: 'best_of'.");
const LOGPROBS: Fault =
    Fault::new(400, "invalid_request_error", "", "logprobs is not supported for this model.")
        .naming("logprobs");

fn unless_left_out(turn: &Turn, field: &str, fault: Fault) -> Reply {
    if turn.body.get(field).is_some() { fault.reply(turn.dialect()) } else { plain(turn) }
}
