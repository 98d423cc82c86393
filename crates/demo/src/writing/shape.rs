//! Continuations in every form in which they have been seen, documented or not.

use serde_json::{Value, json};

use super::{Way, choice::Continuation, plain, way};
use crate::{
    answer::{done, event, pieces},
    chunk,
    reply::Reply,
    scenario::SENTENCE,
    turn::Turn,
};

pub(super) const FAMILY: &[Way] = &[
    way("text-plain", plain),
    way("text-slow", slow),
    way("text-whole", whole),
    way("text-chat-chunks", chat_chunks),
    way("text-chat-whole", chat_whole),
    way("text-from-one", from_one),
    way("text-ignores-echo", ignores_echo),
    way("text-thinks", thinks),
];

/// A word every 120 ms: time enough to press "Stop".
fn slow(turn: &Turn) -> Reply {
    let text = [SENTENCE; 12].join(" ");
    Continuation::of(turn, &text).at_pace(120).reply(turn)
}

/// One body, although a stream was asked for.
fn whole(turn: &Turn) -> Reply {
    Reply::json(200, &Continuation::of(turn, SENTENCE).whole(turn))
}

/// Chunks of a chat.
fn chat_chunks(turn: &Turn) -> Reply {
    if !turn.streams() {
        return chat_whole(turn);
    }
    let mut steps = vec![event(&chunk::opening(turn))];
    steps.extend(pieces(&spaced()).into_iter().map(|piece| event(&chunk::text(turn, piece))));
    steps.extend([event(&chunk::closing(turn, "stop")), done()]);
    Reply::events(steps)
}

/// A whole chat answer, although a stream was asked for.
fn chat_whole(turn: &Turn) -> Reply {
    let message = json!({"role": "assistant", "content": spaced()});
    Reply::json(
        200,
        &chunk::whole(turn, &message, "stop", &json!({"prompt_tokens": 3, "completion_tokens": 13})),
    )
}

/// Versions counted from 1.
fn from_one(turn: &Turn) -> Reply {
    let mut whole = Continuation::of(turn, SENTENCE).whole(turn);
    let choices = whole.get_mut("choices").and_then(Value::as_array_mut);
    for (index, choice) in (1..).zip(choices.into_iter().flatten()) {
        chunk::set(choice, "index", json!(index));
    }
    Reply::json(200, &whole)
}

/// `echo` is taken and not done.
fn ignores_echo(turn: &Turn) -> Reply {
    let mut body = turn.body.clone();
    chunk::set(&mut body, "echo", json!(false));
    plain(&turn.with_body(body))
}

/// Words that look like thoughts and are text.
fn thinks(turn: &Turn) -> Reply {
    Continuation::of(turn, "<think>is a tag</think> of some models.").reply(turn)
}

fn spaced() -> String {
    format!(" {SENTENCE}")
}
