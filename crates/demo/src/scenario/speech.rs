//! Answers that go well: plain, slow, echoing, and the documents that show what can be rendered.

use super::{Scenario, scenario};
use crate::{answer::Answer, reply::Reply, turn::Turn};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("plain", plain),
    scenario("slow", slow),
    scenario("chinese", chinese),
    scenario("echo", echo),
    scenario("xss", xss),
    scenario("markdown-tour", markdown_tour),
];

pub(crate) const SENTENCE: &str = "The river rises in the hills, crosses the plain and reaches the sea.";

/// One sentence, at once.
pub(super) fn plain(turn: &Turn) -> Reply {
    Answer::new(SENTENCE).reply(turn)
}

/// A word every 120 ms for about seven seconds: time enough to press "Stop".
fn slow(turn: &Turn) -> Reply {
    let text = [SENTENCE; 4].join(" ");
    Answer { pace: 120, ..Answer::new(text) }.reply(turn)
}

fn chinese(turn: &Turn) -> Reply {
    Answer::new("河流发源于山间，穿过平原，最后流入大海。🌊").reply(turn)
}

/// The person's own words, unchanged.
fn echo(turn: &Turn) -> Reply {
    Answer::new(turn.question()).reply(turn)
}

/// The entry of the script's corpus whose number stands in the question.
fn xss(turn: &Turn) -> Reply {
    let digits: String = turn
        .question()
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(char::is_ascii_digit)
        .collect();
    let entry = digits.parse::<usize>().ok().and_then(|number| turn.script.corpus.get(number));
    Answer::new(entry.map_or("There is no such entry.", String::as_str)).reply(turn)
}

fn markdown_tour(turn: &Turn) -> Reply {
    Answer { pace: 2, ..Answer::new(include_str!("../../answers/tour.md")) }.reply(turn)
}
