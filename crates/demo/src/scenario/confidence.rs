//! Reports on how sure the model was: the odd forms of them, and answers in which they are hard to keep. Any well-behaved
//! answer carries one when it is asked for.

use serde_json::{Value, json};

use super::{
    Scenario, scenario,
    speech::{SENTENCE, plain},
};
use crate::{
    answer::{Answer, done, event, pieces},
    chunk,
    fault::Fault,
    reply::{Reply, Step, wait},
    sureness::entry,
    turn::Turn,
};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("sure-odd", odd),
    scenario("sure-long", long),
    scenario("sure-thoughts", thoughts),
    scenario("sure-slow", slow),
    scenario("sure-cut", cut),
    scenario("refuses-logprobs", refuses_logprobs),
];

const LOGPROBS: Fault = Fault::new(
    400,
    "invalid_request_error",
    "unsupported_parameter",
    "Unsupported parameter: 'logprobs' is not supported with this model.",
)
.naming("logprobs");

/// Half letters, "next to impossible", no number, no bytes, no alternatives, and an end mark that is no text.
fn odd(turn: &Turn) -> Reply {
    let [river, wave] = ["河", "🌊"].map(str::as_bytes);
    let (half, rest) = wave.split_at(2);
    let mut entries = vec![
        entry(b"The ", -0.01, 3),
        entry(b"Loire ", -9999.0, 3),
        json!({"token": "is ", "logprob": null, "bytes": null, "top_logprobs": null}),
        json!({"token": "a ", "logprob": "-0.7", "top_logprobs": []}),
    ];
    entries.extend(river.iter().map(|byte| entry(&[*byte], -0.2, 2)));
    entries.extend([
        entry(half, -0.3, 0),
        entry(rest, -0.1, 0),
        json!({"token": "<|end|>", "logprob": -0.001}),
    ]);
    let texts = ["The ", "Loire ", "is ", "a ", "", "", "河", "", "🌊", ""];
    if !turn.streams() {
        return whole(turn, &texts.concat(), &entries.into());
    }
    let chunks = texts.iter().zip(entries).map(|(text, entry)| reported(turn, text, &json!([entry])));
    finished(turn, chunks.collect())
}

/// Four thousand tokens with as many alternatives as were asked for.
fn long(turn: &Turn) -> Reply {
    let sentence = format!("{SENTENCE} ");
    let words = pieces(&sentence).into_iter().cycle().take(4000);
    let text = words.chain(["\n\nThe end."]).collect::<String>();
    Answer::new(text).reply(turn)
}

/// Thoughts between tags are tokens like any other.
fn thoughts(turn: &Turn) -> Reply {
    Answer::new(format!("<think>A river is asked for.</think>\n\n{SENTENCE}")).reply(turn)
}

/// A token every 60 ms: time enough to press "Stop".
fn slow(turn: &Turn) -> Reply {
    Answer { pace: 60, ..Answer::new([SENTENCE; 6].join(" ")) }.reply(turn)
}

/// Half an answer, then the connection drops.
fn cut(turn: &Turn) -> Reply {
    if !turn.streams() {
        return plain(turn);
    }
    let chunks = Answer::new(SENTENCE).chunks(turn);
    let half = chunks.len() / 2;
    let mut steps: Vec<Step> = chunks.iter().take(half).map(|(_, chunk)| event(chunk)).collect();
    steps.extend([wait(60), Step::Cut]);
    Reply::events(steps)
}

fn refuses_logprobs(turn: &Turn) -> Reply {
    if turn.body.get("logprobs").is_some() { LOGPROBS.reply(turn.dialect()) } else { plain(turn) }
}

fn whole(turn: &Turn, text: &str, entries: &Value) -> Reply {
    let mut whole = Answer::new(text).whole(turn);
    if let Some(choice) = whole.pointer_mut("/choices/0") {
        chunk::set(choice, "logprobs", json!({"content": entries, "refusal": null}));
    }
    Reply::json(200, &whole)
}

/// A piece of text with the report on it.
fn reported(turn: &Turn, text: &str, entries: &Value) -> Value {
    let mut chunk = chunk::text(turn, text);
    if let Some(choice) = chunk.pointer_mut("/choices/0") {
        chunk::set(choice, "logprobs", json!({"content": entries, "refusal": null}));
    }
    chunk
}

fn finished(turn: &Turn, chunks: Vec<Value>) -> Reply {
    let mut steps: Vec<Step> = chunks.iter().map(event).collect();
    steps.extend([event(&chunk::closing(turn, "stop")), done()]);
    Reply::events(steps)
}
