//! Thoughts in every form in which they reach a client: fields, tags, and tags that are broken.

use serde_json::json;

use super::{Scenario, scenario, speech::SENTENCE};
use crate::{
    answer::{Answer, done, event},
    chunk,
    reply::{Reply, Step},
    turn::Turn,
};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("reasoning-field", field),
    scenario("reasoning-field-2", field_2),
    scenario("reasoning-field-both", field_both),
    scenario("reasoning-details", details),
    scenario("reasoning-tags", tags),
    scenario("reasoning-unopened", unopened),
    scenario("reasoning-unclosed", unclosed),
    scenario("reasoning-only", only),
];

const THOUGHT: &str = "A river is asked for. Any long one will do.";

/// DeepSeek's `reasoning_content`.
fn field(turn: &Turn) -> Reply {
    in_fields(turn, &["reasoning_content"])
}

/// `OpenRouter`'s and Ollama's `reasoning`.
fn field_2(turn: &Turn) -> Reply {
    in_fields(turn, &["reasoning"])
}

/// Both fields with the same text: it counts once.
fn field_both(turn: &Turn) -> Reply {
    in_fields(turn, &["reasoning_content", "reasoning"])
}

fn in_fields(turn: &Turn, thought_fields: &'static [&'static str]) -> Reply {
    Answer { thoughts: THOUGHT.to_owned(), thought_fields, thought_pace: 20, ..Answer::new(SENTENCE) }
        .reply(turn)
}

/// `OpenRouter`'s `reasoning_details`, one item of each type.
fn details(turn: &Turn) -> Reply {
    let items = [
        json!({"type": "reasoning.text", "text": THOUGHT, "index": 0}),
        json!({"type": "reasoning.summary", "summary": " In short: the Loire.", "index": 1}),
        json!({"type": "reasoning.encrypted", "data": "ZGVtbw==", "index": 2}),
    ];
    if !turn.streams() {
        let message = json!({"role": "assistant", "content": SENTENCE, "reasoning_details": items});
        return Reply::json(
            200,
            &chunk::whole(turn, &message, "stop", &chunk::usage(turn, SENTENCE, THOUGHT)),
        );
    }
    let mut steps: Vec<Step> = vec![event(&chunk::opening(turn))];
    steps.extend(items.iter().map(|item| {
        event(&chunk::chunk(turn, 0, &json!({"content": "", "reasoning_details": [item]}), None))
    }));
    steps.extend([event(&chunk::text(turn, SENTENCE)), event(&chunk::closing(turn, "stop")), done()]);
    Reply::events(steps)
}

/// Tags inside the text, cut apart by the chunks.
fn tags(turn: &Turn) -> Reply {
    in_text(turn, &["<th", "ink>\n", THOUGHT, "\n</thi", "nk>\n", "\n", SENTENCE])
}

/// The opening tag stayed in the prompt.
fn unopened(turn: &Turn) -> Reply {
    in_text(turn, &[THOUGHT, "\n</think>", "\n\n", SENTENCE])
}

/// The closing tag never comes.
fn unclosed(turn: &Turn) -> Reply {
    in_text(turn, &["<think>", THOUGHT])
}

/// Thoughts, and no answer after them.
fn only(turn: &Turn) -> Reply {
    Answer { thoughts: THOUGHT.to_owned(), ..Answer::new("") }.reply(turn)
}

fn in_text(turn: &Turn, pieces: &[&str]) -> Reply {
    if !turn.streams() {
        return Answer::new(pieces.concat()).reply(turn);
    }
    let mut steps = vec![event(&chunk::opening(turn))];
    steps.extend(pieces.iter().map(|piece| event(&chunk::text(turn, piece))));
    steps.extend([event(&chunk::closing(turn, "stop")), done()]);
    Reply::events(steps)
}
