//! Reads token counts and cost in the spellings that services use. It computes nothing.

use serde_json::Value;

use super::Usage;
use crate::json;

/// The usage that a chunk or a whole answer reports.
pub(crate) fn read(chunk: &Value) -> Option<Usage> {
    let report = [&["usage"][..], &["x_groq", "usage"]].iter().find_map(|path| json::at(chunk, path))?;
    let count = |paths: &[&[&str]]| paths.iter().find_map(|path| json::whole(json::at(report, path)?));
    let usage = Usage {
        tokens_in: count(&[&["prompt_tokens"], &["input_tokens"]]),
        tokens_out: count(&[&["completion_tokens"], &["output_tokens"]]),
        tokens_thought: count(&[
            &["completion_tokens_details", "reasoning_tokens"],
            &["output_tokens_details", "reasoning_tokens"],
            &["reasoning_tokens"],
        ]),
        tokens_cached: count(&[
            &["prompt_tokens_details", "cached_tokens"],
            &["input_tokens_details", "cached_tokens"],
            &["prompt_cache_hit_tokens"],
        ]),
        cost: report.get("cost").and_then(json::number),
    };
    let counts = [usage.tokens_in, usage.tokens_out, usage.tokens_thought, usage.tokens_cached];
    let says_something =
        counts.iter().flatten().any(|count| *count != 0) || usage.cost.is_some_and(|cost| cost != 0.0);
    says_something.then_some(usage)
}
