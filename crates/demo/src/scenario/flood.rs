//! Too much or too little for too long: endless keep-alives, a huge line, and as many deltas as a socket takes.

use std::iter;

use serde_json::json;

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
    scenario("comments-forever", comments_forever),
    scenario("ping-deltas", ping_deltas),
    scenario("pings-forever", pings_forever),
    scenario("huge-line", huge_line),
    scenario("firehose", |turn| firehose(turn, None)),
    scenario("firehose-paced", |turn| firehose(turn, Some(PACE))),
];

/// Deltas of the firehose.
const DELTAS: usize = 20_000;
/// Paced, so many deltas leave together every 10 ms: 2,000 a second.
const PACE: usize = 20;
/// Bytes of text in the one huge line.
const HUGE: usize = 20 << 20;
/// Milliseconds between keep-alives.
const BEAT: u64 = 50;

/// Alive on the wire, and never a word.
fn comments_forever(_: &Turn) -> Reply {
    Reply::events(iter::repeat_with(|| [send(": keep-alive\n\n"), wait(BEAT)]).flatten())
}

/// Empty deltas between the words.
fn ping_deltas(turn: &Turn) -> Reply {
    if !turn.streams() {
        return plain(turn);
    }
    let mut steps = Vec::new();
    for (_, chunk) in Answer::new(SENTENCE).chunks(turn) {
        steps.extend([event(&chunk::text(turn, "")), event(&chunk)]);
    }
    steps.push(done());
    Reply::events(steps)
}

/// Empty deltas, and never a word.
fn pings_forever(turn: &Turn) -> Reply {
    let ping = format!("data: {}\n\n", chunk::text(turn, ""));
    Reply::events(iter::repeat_with(move || [send(ping.clone()), wait(BEAT)]).flatten())
}

/// One event of 20 MiB, as inline pictures make them.
fn huge_line(turn: &Turn) -> Reply {
    let delta = json!({"content": [
        {"type": "text", "text": SENTENCE},
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,@"}},
    ]});
    // Filled in afterwards: nothing of that size is worth escaping letter by letter.
    let line = chunk::chunk(turn, 0, &delta, None).to_string().replace('@', &"A".repeat(HUGE));
    Reply::events([send(format!("data: {line}\n\n")), event(&chunk::closing(turn, "stop")), done()])
}

/// 20,000 deltas of a readable document, numbered at the end so that a missing one shows.
fn firehose(turn: &Turn, burst: Option<usize>) -> Reply {
    if !turn.streams() {
        return plain(turn);
    }
    let words = pieces(include_str!("../../answers/tour.md"));
    let deltas: Vec<String> = words
        .into_iter()
        .cycle()
        .take(DELTAS - 1)
        .chain(iter::once("\n\nThat was delta 20000."))
        .map(|word| format!("data: {}\n\n", chunk::text(turn, word)))
        .collect();
    let tail = [event(&chunk::closing(turn, "stop")), done()];
    Reply::events(
        deltas
            .into_iter()
            .enumerate()
            .flat_map(move |(place, delta)| {
                let pause = burst.filter(|burst| place % burst == 0).map(|_| wait(10));
                pause.into_iter().chain(iter::once(Step::Send(delta.into())))
            })
            .chain(tail),
    )
}
