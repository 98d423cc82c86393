//! A well-behaved continuation: it honours `n`, `suffix`, `echo`, `logprobs`, `stop`, `max_tokens` and `best_of`, whole or
//! streamed. Ways that misbehave take its parts.

use serde_json::{Map, Value, json};

use crate::{
    answer::{done, event, is_wide},
    fault::Fault,
    log,
    reply::{Reply, Step, wait},
    turn::Turn,
};

/// Words of what follows the gap that are repeated as a proof that they were seen.
const PROOF: usize = 4;
/// A text is cut here where nothing else is said, as the real endpoint does.
const SHORTEST: u64 = 16;

const STREAMED_BEST: Fault =
    Fault::new(400, "invalid_request_error", "", "You cannot stream when best_of is greater than n.")
        .naming("best_of");
const TOO_FEW: Fault =
    Fault::new(400, "invalid_request_error", "", "best_of must be greater than or equal to n.")
        .naming("best_of");

/// Everything that one request is answered with.
pub(crate) struct Continuation {
    choices: Vec<Choice>,
    /// Milliseconds before each piece.
    pace: u64,
}

/// One version.
struct Choice {
    /// The text given back first, piece by piece; nothing unless `echo` was asked for.
    echoed: Vec<String>,
    said: Vec<String>,
    finish: &'static str,
}

impl Continuation {
    /// As many versions as were asked for, each with `words` behind the text.
    pub(super) fn of(turn: &Turn, words: &str) -> Self {
        Self::each(
            turn,
            |place, count| {
                if count > 1 { format!("Version {}. {words}", place + 1) } else { words.to_owned() }
            },
        )
    }

    /// The same with words of its own for each version, told by its place from 0 and how many there are.
    pub(crate) fn each(turn: &Turn, words: impl Fn(u64, u64) -> String) -> Self {
        let count = number(turn, "n").unwrap_or(1).clamp(1, 128);
        let choices = (0..count).map(|place| Choice::of(turn, &words(place, count))).collect();
        Self { choices, pace: 0 }
    }

    /// With so many milliseconds before each piece.
    pub(crate) fn at_pace(self, pace: u64) -> Self {
        Self { pace, ..self }
    }

    pub(crate) fn reply(self, turn: &Turn) -> Reply {
        if let Some(fault) = best_of_fault(turn) {
            return fault.reply(turn.dialect());
        }
        if turn.streams() { Reply::events(self.steps(turn)) } else { Reply::json(200, &self.whole(turn)) }
    }

    /// One body with all versions.
    pub(super) fn whole(&self, turn: &Turn) -> Value {
        let choices = (0..).zip(&self.choices).map(|(index, choice)| {
            let text = choice.pieces().concat();
            let sure = choice.confidence(turn, 0, choice.pieces().len());
            json!({"index": index, "text": text, "logprobs": sure, "finish_reason": choice.finish})
        });
        let mut whole = envelope(turn, &choices.collect());
        set(&mut whole, "usage", self.usage(turn));
        whole
    }

    /// The events of all versions, one piece of each in turn.
    pub(super) fn steps(&self, turn: &Turn) -> Vec<Step> {
        let mut steps = self.pieces_of_all(turn);
        steps.extend((0..).zip(&self.choices).map(|(index, choice)| event(&end(turn, index, choice.finish))));
        if turn.wants_usage() {
            let mut last = envelope(turn, &json!([]));
            set(&mut last, "usage", self.usage(turn));
            steps.push(event(&last));
        }
        steps.push(done());
        steps
    }

    /// The same without any end.
    pub(super) fn pieces_of_all(&self, turn: &Turn) -> Vec<Step> {
        let longest = self.choices.iter().map(|choice| choice.pieces().len()).max().unwrap_or_default();
        let mut steps = Vec::new();
        for place in 0..longest {
            for (index, choice) in (0..).zip(&self.choices) {
                let Some(piece) = choice.pieces().get(place).copied() else { continue };
                if self.pace > 0 {
                    steps.push(wait(self.pace));
                }
                let sure = choice.confidence(turn, place, place + 1);
                steps.push(event(&envelope(
                    turn,
                    &json!([{"index": index, "text": piece, "logprobs": sure, "finish_reason": null}]),
                )));
            }
        }
        steps
    }

    /// Counts words, since no tokenizer is at hand. Whoever asks for the best of five pays for five.
    fn usage(&self, turn: &Turn) -> Value {
        let asked = tokens(&turn.prompt()).len();
        let kept = self.choices.len() as u64;
        let said: usize = self.choices.iter().map(|choice| choice.said.len()).sum();
        let made = said as u64 * number(turn, "best_of").unwrap_or(kept).max(kept) / kept.max(1);
        json!({"prompt_tokens": asked, "completion_tokens": made, "total_tokens": asked as u64 + made})
    }
}

impl Choice {
    fn of(turn: &Turn, words: &str) -> Self {
        let prompt = turn.prompt();
        let text = format!("{}{words}{}", gap(&prompt), proof(&turn.suffix()));
        let limit = number(turn, "max_tokens").unwrap_or(SHORTEST);
        let (said, finish) = limited(&until_stop(turn, &text), limit);
        let wants_prompt = turn.body.get("echo").and_then(Value::as_bool).unwrap_or(false);
        let echoed = if wants_prompt { owned(&tokens(&prompt)) } else { Vec::new() };
        Self { echoed, said, finish }
    }

    fn pieces(&self) -> Vec<&str> {
        self.echoed.iter().chain(&self.said).map(String::as_str).collect()
    }

    /// The four parallel arrays for the pieces from `from` up to `upto`; null unless they were asked for.
    fn confidence(&self, turn: &Turn, from: usize, upto: usize) -> Value {
        let Some(alternatives) = number(turn, "logprobs") else { return Value::Null };
        let all = self.pieces();
        let mut offset: usize = if self.echoed.is_empty() { turn.prompt().chars().count() } else { 0 };
        let mut arrays = [Vec::new(), Vec::new(), Vec::new(), Vec::new()];
        for (place, piece) in all.iter().enumerate().take(upto) {
            if place >= from {
                // The first token of an echo has nothing before it that could make it likely.
                let first = place == 0 && !self.echoed.is_empty();
                let sure = if first { Value::Null } else { json!(likelihood(place)) };
                let others = if first { Value::Null } else { others(piece, place, alternatives) };
                let row = [json!(piece), sure, others, json!(offset)];
                arrays.iter_mut().zip(row).for_each(|(array, value)| array.push(value));
            }
            offset += piece.chars().count();
        }
        let [tokens, sure, others, offsets] = arrays;
        json!({"tokens": tokens, "token_logprobs": sure, "top_logprobs": others, "text_offset": offsets})
    }
}

/// The object around the choices of one event or body.
pub(super) fn envelope(turn: &Turn, choices: &Value) -> Value {
    // The resellers' documents show another name than the one that was asked.
    let model = if turn.dialect().is_relay() { "text-davinci-003" } else { turn.model() };
    let mut fields = Map::new();
    fields.insert("id".to_owned(), json!("cmpl-demo"));
    fields.insert("object".to_owned(), json!("text_completion"));
    fields.insert("created".to_owned(), json!(log::now() / 1000));
    fields.insert("model".to_owned(), json!(model));
    fields.insert("choices".to_owned(), choices.clone());
    Value::Object(fields)
}

/// The event that ends one choice.
pub(super) fn end(turn: &Turn, index: u64, reason: &str) -> Value {
    let choice = json!({"index": index, "text": "", "logprobs": null, "finish_reason": reason});
    envelope(turn, &json!([choice]))
}

fn best_of_fault(turn: &Turn) -> Option<Fault> {
    let best = number(turn, "best_of")?;
    let count = number(turn, "n").unwrap_or(1);
    if best < count {
        return Some(TOO_FEW);
    }
    (turn.streams() && best > 1).then_some(STREAMED_BEST)
}

/// A blank where a word would run into the next one.
fn gap(prompt: &str) -> &'static str {
    match prompt.chars().next_back() {
        Some(last) if !last.is_whitespace() && !is_wide(last) => " ",
        _ => "",
    }
}

fn proof(suffix: &str) -> String {
    if suffix.is_empty() {
        return String::new();
    }
    let words: Vec<&str> = suffix.split_whitespace().take(PROOF).collect();
    format!(" Next comes “{}”. ", words.join(" "))
}

fn until_stop(turn: &Turn, text: &str) -> String {
    let stops: Vec<&str> = match turn.body.get("stop") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let end = stops.iter().filter(|stop| !stop.is_empty()).filter_map(|stop| text.find(stop)).min();
    text.get(..end.unwrap_or(text.len())).unwrap_or(text).to_owned()
}

/// A text cut as models of this kind cut it: the blank belongs to the word behind it.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some((at, _)) = rest.char_indices().skip(1).find(|(at, letter)| {
        let before = rest.get(..*at).and_then(|part| part.chars().next_back());
        let word_ends = letter.is_whitespace() && before.is_some_and(|before| !before.is_whitespace());
        word_ends || is_wide(*letter)
    }) {
        let (token, after) = rest.split_at(at);
        tokens.push(token);
        rest = after;
    }
    if !rest.is_empty() {
        tokens.push(rest);
    }
    tokens
}

fn limited(text: &str, limit: u64) -> (Vec<String>, &'static str) {
    let all = tokens(text);
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let finish = if all.len() > limit { "length" } else { "stop" };
    (owned(all.get(..limit.min(all.len())).unwrap_or_default()), finish)
}

/// Made up, but always the same: between nearly sure and a guess.
fn likelihood(place: usize) -> f64 {
    [-0.02, -0.35, -0.9, -0.1, -2.2].get(place % 5).copied().unwrap_or(-0.1)
}

fn others(piece: &str, place: usize, count: u64) -> Value {
    let mut map = Map::new();
    for (rank, word) in (0..count).zip([piece, " a", " the", " and", " of"]) {
        let less = f64::from(u32::try_from(rank).unwrap_or(0)) * 1.25;
        map.insert(word.to_owned(), json!(likelihood(place) - less));
    }
    Value::Object(map)
}

fn number(turn: &Turn, field: &str) -> Option<u64> {
    turn.body.get(field).and_then(Value::as_u64)
}

fn set(value: &mut Value, field: &str, to: Value) {
    crate::chunk::set(value, field, to);
}

fn owned(pieces: &[&str]) -> Vec<String> {
    pieces.iter().map(|piece| (*piece).to_owned()).collect()
}
