//! Several answers at once: the choices of one request, streamed by turns or whole, and models that take their time side
//! by side.

use serde_json::{Value, json};

use super::{Scenario, scenario, speech::SENTENCE};
use crate::{
    answer::{Answer, done, event, pieces},
    chunk,
    reply::{Reply, Step, wait},
    turn::Turn,
};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("choices", |turn| several(turn, Trouble::None)),
    scenario("choices-one-fails", |turn| several(turn, Trouble::SecondFails)),
    scenario("choices-cut", |turn| several(turn, Trouble::Cut)),
    scenario("choices-for-ever", |turn| several(turn, Trouble::Hang)),
    scenario("slow-2", |turn| slowly(turn, "The second model says: ")),
    scenario("slow-3", |turn| slowly(turn, "The third model says: ")),
    scenario("slow-4", |turn| slowly(turn, "The fourth model says: ")),
    scenario("steady", steady),
    scenario("steady-2", steady),
    scenario("steady-3", steady),
    scenario("steady-4", steady),
];

/// Answers where the request does not say how many.
const USUAL: u64 = 3;
/// Milliseconds between two rounds of words, one word of each answer.
const PACE: u64 = 60;
/// Words of the steady models that leave together, and the milliseconds between: 200 words a second.
const STEADY: (usize, u64) = (4, 20);
/// Words of a steady answer: half a minute.
const STEADY_WORDS: usize = 6000;

/// What happens in the middle.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Trouble {
    None,
    /// The second answer ends with an error, the others go on.
    SecondFails,
    /// The first answer is finished, then the connection drops.
    Cut,
    /// Half of each, then nothing for ever.
    Hang,
}

/// As many answers as were asked for, a word of each in turn. The last one is cut short by the limit of tokens.
fn several(turn: &Turn, trouble: Trouble) -> Reply {
    let count = if turn.body.get("n").is_some() { turn.choices().clamp(1, 8) } else { USUAL };
    if !turn.streams() {
        return whole(turn, count, trouble);
    }
    let texts: Vec<String> = (1..=count).map(said).collect();
    let answers: Vec<Vec<&str>> = texts.iter().map(|text| pieces(text)).collect();
    let longest = answers.iter().map(Vec::len).max().unwrap_or_default();
    let half = longest / 2;
    let mut steps: Vec<Step> = vec![event(&thought(turn, 0))];
    for place in 0..longest {
        if place == half && trouble == Trouble::Hang {
            steps.push(Step::Hang);
        }
        if place == half && trouble == Trouble::Cut {
            steps.extend([event(&closing(turn, 0, "stop")), wait(PACE), Step::Cut]);
        }
        if place == half && trouble == Trouble::SecondFails {
            steps.push(event(&closing(turn, 1, "error")));
        }
        steps.push(wait(PACE));
        steps.extend((0..).zip(&answers).filter_map(|(index, words)| {
            let silenced = index == 1 && place >= half && trouble == Trouble::SecondFails;
            let word = words.get(place).filter(|_| !silenced)?;
            Some(event(&chunk::chunk(turn, index, &json!({"content": word}), None)))
        }));
    }
    let open = (0..count).filter(|index| *index != 1 || trouble != Trouble::SecondFails);
    steps.extend(open.map(|index| event(&closing(turn, index, reason(index, count)))));
    if turn.wants_usage() {
        steps.push(event(&chunk::usage_chunk(turn, &chunk::usage(turn, &texts.concat(), ""))));
    }
    steps.push(done());
    Reply::events(steps)
}

fn whole(turn: &Turn, count: u64, trouble: Trouble) -> Reply {
    let mut whole = Answer::new(said(1)).whole(turn);
    let choices: Vec<Value> = (0..count)
        .map(|index| {
            let failed = index == 1 && trouble == Trouble::SecondFails;
            let reason = if failed { "error" } else { reason(index, count) };
            json!({
                "index": index, "message": {"role": "assistant", "content": said(index + 1)},
                "finish_reason": reason,
            })
        })
        .collect();
    chunk::set(&mut whole, "choices", json!(choices));
    Reply::json(200, &whole)
}

fn said(number: u64) -> String {
    format!("Answer number {number}. {SENTENCE} So ends answer number {number}.")
}

fn reason(index: u64, count: u64) -> &'static str {
    if index > 0 && index + 1 == count { "length" } else { "stop" }
}

fn thought(turn: &Turn, index: u64) -> Value {
    chunk::chunk(turn, index, &json!({"content": null, "reasoning_content": "Which river?"}), None)
}

fn closing(turn: &Turn, index: u64, reason: &str) -> Value {
    chunk::chunk(turn, index, &json!({}), Some(reason))
}

/// As `slow`: a word every 120 ms, so that several of them are written at the same time.
fn slowly(turn: &Turn, begins: &str) -> Reply {
    Answer { pace: 120, ..Answer::new(format!("{begins}{}", [SENTENCE; 4].join(" "))) }.reply(turn)
}

/// A long document at the pace of a quick model.
fn steady(turn: &Turn) -> Reply {
    let words = pieces(include_str!("../../answers/tour.md"));
    let words: Vec<&str> = words.into_iter().cycle().take(STEADY_WORDS).collect();
    if !turn.streams() {
        return Answer::new(words.concat()).reply(turn);
    }
    let (together, pause) = STEADY;
    let mut steps = Vec::new();
    for some in words.chunks(together) {
        steps.push(wait(pause));
        steps.extend(some.iter().map(|word| event(&chunk::text(turn, word))));
    }
    steps.extend([event(&chunk::closing(turn, "stop")), done()]);
    Reply::events(steps)
}
