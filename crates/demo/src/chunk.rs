//! The JSON objects of a chat answer and their dress in each dialect; framing them as events is `answer`'s and `framing`'s.

use serde_json::{Map, Value, json};

use crate::{dialect::Dialect, log, turn::Turn};

/// One chunk with one choice.
pub(crate) fn chunk(turn: &Turn, index: u64, delta: &Value, finish: Option<&str>) -> Value {
    let choice = json!({"index": index, "delta": delta, "finish_reason": finish});
    envelope(turn, "chat.completion.chunk", &json!([dress_choice(turn.dialect(), choice)]))
}

/// A piece of text for choice 0.
pub(crate) fn text(turn: &Turn, piece: &str) -> Value {
    chunk(turn, 0, &json!({"content": piece}), None)
}

/// The chunk that opens an answer.
pub(crate) fn opening(turn: &Turn) -> Value {
    chunk(turn, 0, &json!({"role": "assistant", "content": ""}), None)
}

/// The chunk that closes choice 0.
pub(crate) fn closing(turn: &Turn, reason: &str) -> Value {
    chunk(turn, 0, &json!({}), Some(reason))
}

/// The extra last chunk that holds nothing but usage.
pub(crate) fn usage_chunk(turn: &Turn, usage: &Value) -> Value {
    let mut last = envelope(turn, "chat.completion.chunk", &json!([]));
    set(&mut last, "usage", usage.clone());
    last
}

/// A whole answer with the given `message`.
pub(crate) fn whole(turn: &Turn, message: &Value, reason: &str, usage: &Value) -> Value {
    let choice = json!({"index": 0, "message": message, "logprobs": null, "finish_reason": reason});
    let mut whole = envelope(turn, "chat.completion", &json!([dress_choice(turn.dialect(), choice)]));
    set(&mut whole, "usage", usage.clone());
    if turn.dialect() == Dialect::LlamaCpp {
        set(&mut whole, "timings", json!({"predicted_n": 12, "predicted_per_second": 41.5}));
    }
    whole
}

/// Plausible counts: words, since no tokenizer is at hand.
pub(crate) fn usage(turn: &Turn, answer: &str, thoughts: &str) -> Value {
    let asked =
        ["system", "user", "assistant"].iter().flat_map(|role| turn.texts(role)).map(|text| words(&text));
    let asked: usize = asked.sum();
    let thought = words(thoughts);
    let answered = words(answer) + thought;
    let mut usage = json!({
        "prompt_tokens": asked, "completion_tokens": answered, "total_tokens": asked + answered,
        "prompt_tokens_details": {"cached_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": thought},
    });
    match turn.dialect() {
        Dialect::OpenRouter => set(&mut usage, "cost", json!(0.00042)),
        Dialect::DeepSeek => set(&mut usage, "prompt_cache_hit_tokens", json!(0)),
        _ => {}
    }
    usage
}

/// Sets a field of an object; anything else is left alone.
pub(crate) fn set(value: &mut Value, field: &str, to: Value) {
    if let Some(object) = value.as_object_mut() {
        object.insert(field.to_owned(), to);
    }
}

fn envelope(turn: &Turn, object: &str, choices: &Value) -> Value {
    let dialect = turn.dialect();
    let mut fields = Map::new();
    fields.insert("id".to_owned(), json!("chatcmpl-demo"));
    fields.insert("object".to_owned(), json!(object));
    fields.insert("created".to_owned(), json!(log::now() / 1000));
    if !matches!(dialect, Dialect::Modelless | Dialect::Gptnb) {
        fields.insert("model".to_owned(), json!(turn.model()));
    }
    let (field, value) = match dialect {
        Dialect::Arcee | Dialect::ArceeOpenAi => ("system_fingerprint", "fp_demo"),
        Dialect::Ollama => ("system_fingerprint", "fp_ollama"),
        Dialect::OpenRouter => ("provider", "Demo"),
        _ => ("service_tier", "default"),
    };
    fields.insert(field.to_owned(), json!(value));
    fields.insert("choices".to_owned(), choices.clone());
    Value::Object(fields)
}

fn dress_choice(dialect: Dialect, mut choice: Value) -> Value {
    match dialect {
        Dialect::Ollama => {
            if let Some(delta) = choice.get_mut("delta") {
                set(delta, "role", json!("assistant"));
            }
        }
        Dialect::OpenRouter => {
            let reason = choice.get("finish_reason").cloned().unwrap_or_default();
            set(&mut choice, "native_finish_reason", reason);
        }
        _ => {}
    }
    choice
}

fn words(text: &str) -> usize {
    let wide = text.chars().filter(|letter| !letter.is_ascii() && letter.is_alphabetic()).count();
    text.split_whitespace().count() + wide / 2
}
