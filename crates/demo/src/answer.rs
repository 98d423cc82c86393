//! A well-behaved answer, whole or streamed as the request asks; scenarios that misbehave build their own steps.

use serde_json::{Value, json};

use crate::{
    chunk,
    dialect::Dialect,
    reply::{Reply, Step, send, wait},
    sureness,
    turn::Turn,
};

/// What is to be said, in which field thoughts travel, and how fast.
pub(crate) struct Answer {
    pub(crate) thoughts: String,
    pub(crate) thought_fields: &'static [&'static str],
    pub(crate) text: String,
    pub(crate) finish: &'static str,
    /// Milliseconds before each piece of text.
    pub(crate) pace: u64,
    /// Milliseconds before each piece of thought.
    pub(crate) thought_pace: u64,
}

impl Answer {
    /// Just a text, as fast as it goes.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self {
            thoughts: String::new(),
            thought_fields: &["reasoning_content"],
            text: text.into(),
            finish: "stop",
            pace: 0,
            thought_pace: 0,
        }
    }

    /// The reply to this request: one JSON body, or events.
    pub(crate) fn reply(self, turn: &Turn) -> Reply {
        if turn.streams() { Reply::events(self.steps(turn)) } else { Reply::json(200, &self.whole(turn)) }
    }

    /// The answer as one body.
    pub(crate) fn whole(&self, turn: &Turn) -> Value {
        let mut message = json!({"role": "assistant", "content": self.text, "refusal": null});
        if !self.thoughts.is_empty() {
            self.thought_fields
                .iter()
                .for_each(|field| chunk::set(&mut message, field, json!(self.thoughts)));
        }
        let usage = chunk::usage(turn, &self.text, &self.thoughts);
        let mut whole = chunk::whole(turn, &message, self.finish, &usage);
        report(turn, &mut whole, &pieces(&self.text), 0);
        whole
    }

    /// The chunks of the streamed answer, each with the milliseconds to wait before it.
    pub(crate) fn chunks(&self, turn: &Turn) -> Vec<(u64, Value)> {
        let mut chunks = vec![(0, chunk::opening(turn))];
        for piece in pieces(&self.thoughts) {
            let mut delta = json!({"content": null});
            self.thought_fields.iter().for_each(|field| chunk::set(&mut delta, field, json!(piece)));
            chunks.push((self.thought_pace, chunk::chunk(turn, 0, &delta, None)));
        }
        chunks.extend(pieces(&self.text).into_iter().enumerate().map(|(place, piece)| {
            let mut chunk = chunk::text(turn, piece);
            report(turn, &mut chunk, &[piece], place);
            (self.pace, chunk)
        }));
        chunks.push((0, chunk::closing(turn, self.finish)));
        if turn.wants_usage() {
            chunks.push((0, chunk::usage_chunk(turn, &chunk::usage(turn, &self.text, &self.thoughts))));
        }
        chunks
    }

    fn steps(&self, turn: &Turn) -> Vec<Step> {
        let mut steps = Vec::new();
        if turn.dialect() == Dialect::OpenRouter {
            steps.push(send(": OPENROUTER PROCESSING\n\n"));
        }
        for (pause, chunk) in self.chunks(turn) {
            if pause > 0 {
                steps.push(wait(pause));
            }
            steps.push(event(&chunk));
        }
        steps.push(done());
        steps
    }
}

/// Puts into a chunk, or a whole answer, how sure the model was of these pieces, if that was asked for. `before` pieces came
/// before them.
fn report(turn: &Turn, chunk: &mut Value, pieces: &[&str], before: usize) {
    if turn.wants_logprobs()
        && let Some(choice) = chunk.pointer_mut("/choices/0")
    {
        chunk::set(choice, "logprobs", sureness::report(turn, pieces, before));
    }
}

/// One JSON value as a well-formed event.
pub(crate) fn event(value: &Value) -> Step {
    send(format!("data: {value}\n\n"))
}

/// The proper end of a stream.
pub(crate) fn done() -> Step {
    send("data: [DONE]\n\n")
}

/// A text cut as models cut it: a word with its blank, or two letters of a script without blanks.
pub(crate) fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for word in text.split_inclusive([' ', '\n']) {
        let mut rest = word;
        while rest.chars().any(is_wide) && rest.chars().count() > 2 {
            let (piece, after) = rest.split_at(rest.char_indices().nth(2).map_or(rest.len(), |(at, _)| at));
            pieces.push(piece);
            rest = after;
        }
        if !rest.is_empty() {
            pieces.push(rest);
        }
    }
    pieces
}

/// Letters of Chinese, Japanese and Korean, with their punctuation.
pub(crate) fn is_wide(letter: char) -> bool {
    ('\u{2e80}'..='\u{9fff}').contains(&letter)
        || ('\u{ac00}'..='\u{d7af}').contains(&letter)
        || ('\u{ff00}'..='\u{ffef}').contains(&letter)
}
