//! Continuations that never begin, or end in the wrong way.

use serde_json::json;

use super::{
    Way,
    choice::{self, Continuation},
    plain, way,
};
use crate::{
    answer::{done, event},
    fault::Fault,
    reply::{HTML, Reply, Step, wait},
    scenario::SENTENCE,
    turn::Turn,
};

pub(super) const FAMILY: &[Way] = &[
    way("text-no-done", no_done),
    way("text-cut", |turn| halved(turn, vec![wait(60), Step::Cut])),
    way("text-cut-done", |turn| halved(turn, vec![done()])),
    way("text-empty", empty),
    way("text-page", |_| Reply::body(200, HTML, PAGE)),
    way("text-no-credit", |turn| NO_CREDIT.reply(turn.dialect())),
    way(
        "text-refuses-stream",
        |turn| if turn.streams() { NO_STREAM.reply(turn.dialect()) } else { plain(turn) },
    ),
];

const PAGE: &str = "<!doctype html><html><head><title>Demo gateway</title></head><body>Sign in</body></html>";
const NO_CREDIT: Fault =
    Fault::new(402, "insufficient_balance", "insufficient_balance", "Insufficient Balance");
const NO_STREAM: Fault =
    Fault::new(400, "invalid_request_error", "unsupported_parameter", "Streaming is not supported here.")
        .naming("stream");

/// A finished continuation without `[DONE]`.
fn no_done(turn: &Turn) -> Reply {
    if !turn.streams() {
        return plain(turn);
    }
    let mut steps = Continuation::of(turn, SENTENCE).pieces_of_all(turn);
    steps.push(event(&choice::end(turn, 0, "stop")));
    Reply::events(steps)
}

/// The first half, then `end`; whole continuations have no half, so they go well.
fn halved(turn: &Turn, end: Vec<Step>) -> Reply {
    if !turn.streams() {
        return plain(turn);
    }
    let mut steps = Continuation::of(turn, SENTENCE).pieces_of_all(turn);
    steps.truncate(steps.len() / 2);
    steps.extend(end);
    Reply::events(steps)
}

/// A proper end without a word.
fn empty(turn: &Turn) -> Reply {
    let nothing = json!([{"index": 0, "text": "", "logprobs": null, "finish_reason": "stop"}]);
    if turn.streams() {
        return Reply::events([event(&choice::end(turn, 0, "stop")), done()]);
    }
    Reply::json(200, &choice::envelope(turn, &nothing))
}
