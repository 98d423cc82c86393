//! Answers that never begin, never end, or end in the wrong way.

use super::{
    Scenario, scenario,
    speech::{SENTENCE, plain},
};
use crate::{
    answer::{Answer, done, event, pieces},
    chunk,
    reply::{Reply, Step, send, wait},
    turn::Turn,
};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("silent", silent),
    scenario("silent-after-headers", silent_after_headers),
    scenario("stalls", stalls),
    scenario("cut", cut),
    scenario("cut-at-once", cut_at_once),
    scenario("cut-done", cut_done),
    scenario("cut-eof", cut_eof),
    scenario("no-done", no_done),
    scenario("no-last-blank", no_last_blank),
    scenario("length", length),
    scenario("odd-finish", odd_finish),
    scenario("empty", empty),
];

/// Not even headers.
fn silent(_: &Turn) -> Reply {
    Reply::Never
}

fn silent_after_headers(_: &Turn) -> Reply {
    Reply::events([Step::Hang])
}

/// Half an answer, then nothing for ever.
fn stalls(turn: &Turn) -> Reply {
    streamed(turn, vec![Step::Hang])
}

/// Half an answer, then the connection drops.
fn cut(turn: &Turn) -> Reply {
    streamed(turn, vec![wait(60), Step::Cut])
}

/// The connection drops before the first byte of the body.
fn cut_at_once(_: &Turn) -> Reply {
    Reply::events([Step::Cut])
}

/// Half an answer, then `[DONE]` without a finish reason, as relays add it when their upstream was cut.
fn cut_done(turn: &Turn) -> Reply {
    streamed(turn, vec![done()])
}

/// Half an answer, then a proper end of the body with neither finish reason nor `[DONE]`.
fn cut_eof(turn: &Turn) -> Reply {
    streamed(turn, Vec::new())
}

/// A finished answer without `[DONE]`.
fn no_done(turn: &Turn) -> Reply {
    streamed(turn, vec![event(&chunk::closing(turn, "stop"))])
}

/// A finished answer whose last event lacks its blank line, and without `[DONE]`.
fn no_last_blank(turn: &Turn) -> Reply {
    streamed(turn, vec![send(format!("data: {}", chunk::closing(turn, "stop")))])
}

/// Stopped by the limit of tokens.
fn length(turn: &Turn) -> Reply {
    Answer { finish: "length", ..Answer::new("The river rises in the") }.reply(turn)
}

/// A finish reason that is in no documentation.
fn odd_finish(turn: &Turn) -> Reply {
    Answer { finish: "eos", ..Answer::new(SENTENCE) }.reply(turn)
}

/// A proper answer without a word.
fn empty(turn: &Turn) -> Reply {
    Answer::new("").reply(turn)
}

/// Half of the sentence, then `end`; whole answers have no half, so they go well.
fn streamed(turn: &Turn, end: Vec<Step>) -> Reply {
    if !turn.streams() {
        return plain(turn);
    }
    let words = pieces(SENTENCE);
    let mut steps = vec![event(&chunk::opening(turn))];
    steps.extend(words.iter().take(words.len() / 2).map(|word| event(&chunk::text(turn, word))));
    steps.extend(end);
    Reply::events(steps)
}
