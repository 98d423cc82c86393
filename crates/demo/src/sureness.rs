//! How sure the demo says it was of its words (`logprobs`): made-up numbers that look like real ones, the same every time.

use serde_json::{Value, json};

use crate::turn::Turn;

/// Log probabilities in turn: mostly sure, now and then not.
const SURE: &[f64] = &[-0.002, -0.05, -0.4, -0.01, -1.7, -0.001, -0.12, -0.9, -0.02, -3.2];
/// Words that could have stood there instead.
const OTHERS: &[&str] =
    &["stream ", "brook ", "water ", "lake ", "sea ", "ocean ", "hill ", "valley ", "plain ", "coast "];

/// The report on these pieces; `before` pieces came before them.
pub(crate) fn report(turn: &Turn, pieces: &[&str], before: usize) -> Value {
    let tops = turn.top_logprobs();
    let entries = (before..).zip(pieces).map(|(place, piece)| entry(piece.as_bytes(), sure(place), tops));
    json!({"content": entries.collect::<Vec<_>>(), "refusal": null})
}

/// One token with its alternatives, spelt as OpenAI spells them.
pub(crate) fn entry(bytes: &[u8], logprob: f64, tops: usize) -> Value {
    let mut entry = token(bytes, logprob);
    let left = (1.0 - logprob.exp()).max(0.000_1);
    let others = OTHERS.iter().filter(|word| word.as_bytes() != bytes).enumerate().map(|(rank, word)| {
        let share = left / f64::powi(2.0, i32::try_from(rank).unwrap_or_default() + 1);
        token(word.as_bytes(), share.ln())
    });
    let itself = token(bytes, logprob);
    let alternatives: Vec<Value> = std::iter::once(itself).chain(others).take(tops).collect();
    if let Some(fields) = entry.as_object_mut() {
        fields.insert("top_logprobs".to_owned(), alternatives.into());
    }
    entry
}

/// Token, log probability and bytes.
fn token(bytes: &[u8], logprob: f64) -> Value {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| format!("\\x{byte:02x}")).collect(),
    };
    json!({"token": text, "logprob": logprob, "bytes": bytes})
}

fn sure(place: usize) -> f64 {
    SURE.get(place % SURE.len()).copied().unwrap_or_default()
}
