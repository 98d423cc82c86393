//! The places where token counts appear, and the ways in which they do not.

use serde_json::{Value, json};

use super::{Scenario, scenario, speech::SENTENCE};
use crate::{
    answer::{Answer, done, event},
    chunk,
    reply::{Reply, Step},
    turn::Turn,
};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("usage-last", usage_last),
    scenario("usage-every", usage_every),
    scenario("usage-zero", usage_zero),
    scenario("usage-aside", usage_aside),
    scenario("no-usage", no_usage),
];

/// In the chunk that also closes the answer, without being asked.
fn usage_last(turn: &Turn) -> Reply {
    let last = counts(turn);
    dressed(turn, move |place, count, chunk| {
        if place + 1 == count {
            chunk::set(chunk, "usage", last.clone());
        }
    })
}

/// Growing from chunk to chunk: the last one counts.
fn usage_every(turn: &Turn) -> Reply {
    dressed(turn, |place, _, chunk| {
        let usage = json!({"prompt_tokens": 18, "completion_tokens": place, "total_tokens": 18 + place});
        chunk::set(chunk, "usage", usage);
    })
}

/// All zeros: as good as silent.
fn usage_zero(turn: &Turn) -> Reply {
    dressed(turn, |_, _, chunk| {
        chunk::set(chunk, "usage", json!({"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}));
    })
}

/// Groq's place for it.
fn usage_aside(turn: &Turn) -> Reply {
    let last = counts(turn);
    dressed(turn, move |place, count, chunk| {
        if place + 1 == count {
            chunk::set(chunk, "x_groq", json!({"id": "req_demo", "usage": last}));
        }
    })
}

/// Nothing, even when asked.
fn no_usage(turn: &Turn) -> Reply {
    dressed(turn, |_, _, chunk| chunk::set(chunk, "usage", Value::Null))
}

fn counts(turn: &Turn) -> Value {
    chunk::usage(turn, SENTENCE, "")
}

/// The plain answer with every chunk (or the one body) changed by `dress(place, count, chunk)`.
fn dressed(turn: &Turn, dress: impl Fn(usize, usize, &mut Value)) -> Reply {
    let answer = Answer::new(SENTENCE);
    if !turn.streams() {
        let mut whole = answer.whole(turn);
        dress(0, 1, &mut whole);
        return Reply::json(200, &whole);
    }
    let chunks = answer.chunks(turn);
    // The chunk with nothing but usage is left out: these scenarios have their own place for it.
    let mut chunks: Vec<Value> =
        chunks.into_iter().map(|(_, chunk)| chunk).filter(|chunk| chunk["choices"] != json!([])).collect();
    let count = chunks.len();
    chunks.iter_mut().enumerate().for_each(|(place, chunk)| dress(place, count, chunk));
    let mut steps: Vec<Step> = chunks.iter().map(event).collect();
    steps.push(done());
    Reply::events(steps)
}
