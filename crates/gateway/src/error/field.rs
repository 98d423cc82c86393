//! Finds the request field that an error text complains about, when no `param` says so. It guesses only names
//! that the chat request, the text request or the pictures request has.

/// Names that are no ordinary English words: believed wherever they stand as a word.
const PLAIN: &[&str] = &[
    "stream_options",
    "max_completion_tokens",
    "max_tokens",
    "top_p",
    "top_k",
    "min_p",
    "top_logprobs",
    "presence_penalty",
    "frequency_penalty",
    "repetition_penalty",
    "logit_bias",
    "tool_choice",
    "parallel_tool_calls",
    "response_format",
    "reasoning_effort",
    "logprobs",
    "web_search_options",
    "service_tier",
    "enable_thinking",
    "thinking_budget",
    "include_usage",
    "temperature",
    "suffix",
    "best_of",
    "output_format",
    "output_compression",
    "partial_images",
    "input_fidelity",
];
/// Names that are words too: believed only in quotes or where the sentence is about a parameter.
const QUOTED: &[&str] = &[
    "stream",
    "stop",
    "seed",
    "n",
    "user",
    "tools",
    "messages",
    "model",
    "modalities",
    "verbosity",
    "thinking",
    "echo",
    "prompt",
    "quality",
    "style",
    "size",
    "background",
    "moderation",
];

/// Phrases (lower case) that mean the tools of a request without naming the field.
pub(super) const NO_TOOLS: &[&str] = &[
    "support tools",
    "support tool use",
    "support tool call",
    "support function call",
    "tool choice requires",
    "tools are not supported",
    "tool use is not supported",
    "tool calling is not supported",
    "function calling is not supported",
    "不支持工具",
    "不支持函数调用",
];

/// The first field that `message` names.
pub(crate) fn named_in(message: &str) -> Option<String> {
    let said = message.to_lowercase();
    if NO_TOOLS.iter().any(|phrase| said.contains(phrase)) {
        return Some("tools".to_owned());
    }
    let plain = PLAIN.iter().filter_map(|name| Some((word_at(message, name)?, *name)));
    let quoted = QUOTED.iter().filter_map(|name| Some((quoted_at(message, name)?, *name)));
    plain.chain(quoted).min_by_key(|(at, _)| *at).map(|(_, name)| name.to_owned())
}

fn word_at(message: &str, name: &str) -> Option<usize> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    message.match_indices(name).map(|(at, _)| at).find(|at| {
        let (before, rest) = message.split_at(*at);
        let after = rest.get(name.len()..).unwrap_or_default();
        !before.ends_with(is_part) && !after.starts_with(is_part)
    })
}

fn quoted_at(message: &str, name: &str) -> Option<usize> {
    let quotes = [('\'', '\''), ('"', '"'), ('`', '`'), ('‘', '’'), ('“', '”')];
    let in_quotes =
        quotes.iter().filter_map(|(open, close)| message.find(&format!("{open}{name}{close}"))).min();
    in_quotes.or_else(|| {
        ["parameter: ", "argument: ", "argument supplied: ", "parameter "].iter().find_map(|lead| {
            let at = message.find(&format!("{lead}{name}"))?;
            let after = message.get(at + lead.len() + name.len()..).unwrap_or_default();
            (!after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')).then_some(at)
        })
    })
}
