//! Chunks whose choices look different from the documented ones, yet carry a whole answer.

use serde_json::{Value, json};

use super::{Scenario, scenario, speech::SENTENCE};
use crate::{
    answer::{Answer, done, event, pieces},
    chunk,
    reply::{Reply, Step},
    turn::Turn,
};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("array-content", array_content),
    scenario("message-not-delta", message_not_delta),
    scenario("legacy-text", legacy_text),
    scenario("whole-at-end", whole_at_end),
    scenario("role-repeated", role_repeated),
    scenario("no-index", no_index),
    scenario("filter-prelude", filter_prelude),
    scenario("late-text", late_text),
    scenario("interleaved", interleaved),
    scenario("refusal", refusal),
    scenario("citations", citations),
];

/// Content as an array of parts, one of them a picture.
fn array_content(turn: &Turn) -> Reply {
    let picture =
        json!({"type": "image_url", "image_url": {"url": "data:image/gif;base64,R0lGODlhAQABAAAAACw="}});
    if !turn.streams() {
        let message = json!({"role": "assistant", "content": [{"type": "text", "text": SENTENCE}, picture]});
        return Reply::json(200, &chunk::whole(turn, &message, "stop", &chunk::usage(turn, SENTENCE, "")));
    }
    let mut chunks = each_word(turn, |word| json!({"content": [{"type": "text", "text": word}]}));
    chunks.push(chunk::chunk(turn, 0, &json!({"content": [picture]}), None));
    finished(turn, &chunks)
}

/// `message` where `delta` belongs, in every chunk.
fn message_not_delta(turn: &Turn) -> Reply {
    reshaped(
        turn,
        |choice, piece| json!({"index": choice, "message": {"role": "assistant", "content": piece}}),
    )
}

/// `text` beside no delta at all, as legacy completions had it.
fn legacy_text(turn: &Turn) -> Reply {
    reshaped(turn, |choice, piece| json!({"index": choice, "text": piece}))
}

/// No pieces: one chunk holds the whole message with its end.
fn whole_at_end(turn: &Turn) -> Reply {
    if !turn.streams() {
        return Answer::new(SENTENCE).reply(turn);
    }
    let mut only = chunk::closing(turn, "stop");
    chunk::set(
        &mut only,
        "choices",
        json!([{"index": 0, "message": {"role": "assistant", "content": SENTENCE}, "finish_reason": "stop"}]),
    );
    Reply::events([event(&only), done()])
}

/// The role comes with every chunk and starts nothing new.
fn role_repeated(turn: &Turn) -> Reply {
    in_deltas(turn, |word| json!({"role": "assistant", "content": word}))
}

/// Choices without an index are choice 0.
fn no_index(turn: &Turn) -> Reply {
    reshaped(turn, |_, piece| json!({"delta": {"content": piece}}))
}

/// Azure's first chunk has no choices.
fn filter_prelude(turn: &Turn) -> Reply {
    let mut prelude = chunk::closing(turn, "stop");
    chunk::set(&mut prelude, "choices", json!([]));
    chunk::set(
        &mut prelude,
        "prompt_filter_results",
        json!([{"prompt_index": 0, "content_filter_results": {}}]),
    );
    let mut chunks = vec![prelude];
    chunks.extend(each_word(turn, |word| json!({"content": word})));
    if turn.streams() { finished(turn, &chunks) } else { Answer::new(SENTENCE).reply(turn) }
}

/// Text after the finish reason still belongs to the answer.
fn late_text(turn: &Turn) -> Reply {
    if !turn.streams() {
        return Answer::new(SENTENCE).reply(turn);
    }
    let (early, late) = SENTENCE.split_at(SENTENCE.find(',').unwrap_or_default());
    let steps = [
        event(&chunk::chunk(turn, 0, &json!({"content": early}), Some("stop"))),
        event(&chunk::text(turn, late)),
        done(),
    ];
    Reply::events(steps)
}

/// Two answers (or as many as were asked) whose chunks alternate.
fn interleaved(turn: &Turn) -> Reply {
    let count = turn.choices().clamp(2, 8);
    if !turn.streams() {
        let mut whole = Answer::new(SENTENCE).whole(turn);
        chunk::set(&mut whole, "choices", (0..count).map(|index| json!({
            "index": index, "message": {"role": "assistant", "content": numbered(index)}, "finish_reason": "stop",
        })).collect());
        return Reply::json(200, &whole);
    }
    let texts: Vec<String> = (0..count).map(numbered).collect();
    let answers: Vec<Vec<&str>> = texts.iter().map(|text| pieces(text)).collect();
    let longest = answers.iter().map(Vec::len).max().unwrap_or_default();
    let mut steps: Vec<Step> = Vec::new();
    for place in 0..longest {
        steps.extend((0..).zip(&answers).filter_map(|(index, words)| {
            words.get(place).map(|word| event(&chunk::chunk(turn, index, &json!({"content": word}), None)))
        }));
    }
    steps.extend((0..count).map(|index| event(&chunk::chunk(turn, index, &json!({}), Some("stop")))));
    steps.push(done());
    Reply::events(steps)
}

/// The model declines in the field that exists for it.
fn refusal(turn: &Turn) -> Reply {
    let words = "I cannot help with that.";
    if !turn.streams() {
        let message = json!({"role": "assistant", "content": null, "refusal": words});
        return Reply::json(200, &chunk::whole(turn, &message, "stop", &chunk::usage(turn, words, "")));
    }
    let chunks = pieces(words).into_iter().map(|word| chunk::chunk(turn, 0, &json!({"refusal": word}), None));
    finished(turn, &chunks.collect::<Vec<_>>())
}

/// Sources in both forms: annotations in a delta and a list beside the choices.
fn citations(turn: &Turn) -> Reply {
    let note = json!({"type": "url_citation", "url_citation": {
        "url": "https://example.org/rivers", "title": "Rivers", "start_index": 0, "end_index": 9,
    }});
    if !turn.streams() {
        let message = json!({"role": "assistant", "content": SENTENCE, "annotations": [note]});
        return Reply::json(200, &chunk::whole(turn, &message, "stop", &chunk::usage(turn, SENTENCE, "")));
    }
    let mut chunks = each_word(turn, |word| json!({"content": word}));
    chunks.push(chunk::chunk(turn, 0, &json!({"annotations": [note]}), None));
    for chunk in &mut chunks {
        chunk::set(chunk, "citations", json!(["https://example.org/sea"]));
    }
    finished(turn, &chunks)
}

fn numbered(index: u64) -> String {
    format!("Answer {} of several. {SENTENCE}", index + 1)
}

fn in_deltas(turn: &Turn, delta: impl Fn(&str) -> Value) -> Reply {
    if turn.streams() { finished(turn, &each_word(turn, delta)) } else { Answer::new(SENTENCE).reply(turn) }
}

fn each_word(turn: &Turn, delta: impl Fn(&str) -> Value) -> Vec<Value> {
    pieces(SENTENCE).into_iter().map(|word| chunk::chunk(turn, 0, &delta(word), None)).collect()
}

fn reshaped(turn: &Turn, choice: impl Fn(u64, &str) -> Value) -> Reply {
    if !turn.streams() {
        return Answer::new(SENTENCE).reply(turn);
    }
    let chunks = pieces(SENTENCE).into_iter().map(|word| {
        let mut chunk = chunk::text(turn, word);
        chunk::set(&mut chunk, "choices", json!([choice(0, word)]));
        chunk
    });
    finished(turn, &chunks.collect::<Vec<_>>())
}

fn finished(turn: &Turn, chunks: &[Value]) -> Reply {
    let mut steps: Vec<Step> = chunks.iter().map(event).collect();
    steps.extend([event(&chunk::closing(turn, "stop")), done()]);
    Reply::events(steps)
}
