//! `GET {root}/models` in every shape that services give it (reference 8.1); it knows names, not what the models do.

use serde_json::{Value, json};

use crate::scenario::window;
use crate::{
    chunk::set, dialect::Dialect, hearing, images, reply::Reply, scenario, script::Cast, speech, turn::Turn,
    welcome, writing,
};

/// The list that the script's cast and dialect call for.
pub(crate) fn list(turn: &Turn) -> Reply {
    let dialect = turn.dialect();
    let names: Vec<(&str, &str)> = match turn.script.cast {
        Cast::Welcome => welcome::MODELS.to_vec(),
        Cast::Scenarios => {
            let chats = scenario::all().map(|scenario| scenario.name);
            chats
                .chain(writing::all().map(|way| way.name))
                .chain(images::all())
                .chain(speech::all())
                .chain(hearing::all())
                .map(|name| (name, ""))
                .collect()
        }
        Cast::House => house(dialect).iter().map(|name| (*name, "")).collect(),
    };
    Reply::json(
        200,
        &shape(dialect, names.into_iter().map(|(name, label)| entry(dialect, name, label)).collect()),
    )
}

/// The names on a dialect's own list.
pub(crate) fn house(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::Modelless | Dialect::Gptnb | Dialect::OneApi | Dialect::NewApi => &[
            "gpt-3.5-turbo",
            "gpt-3.5-turbo-instruct",
            "gpt-4-all",
            "gpt-4-gizmo-demo",
            "gemini-pro",
            "dall-e-3",
            "mj_imagine",
            "tts-1",
            "whisper-1",
            "text-embedding-ada-002",
        ],
        Dialect::ModelBox => {
            &["openai/gpt-4o-mini", "meta-llama/llama-3.1-70b-instruct", "mistralai/mistral-nemo"]
        }
        Dialect::Arcee | Dialect::ArceeOpenAi => {
            &["trinity-mini", "trinity-large-preview", "trinity-large-thinking"]
        }
        Dialect::OpenRouter => &["openai/gpt-4o-mini", "deepseek/deepseek-r1:free", "openrouter/auto"],
        Dialect::Ollama => &["llama3.2:latest", "nomic-embed-text:latest"],
        Dialect::LlamaCpp => &["qwen3-4b-instruct-q4_k_m.gguf"],
        Dialect::Vllm => &["Qwen/Qwen3-8B"],
        Dialect::DeepSeek => &["deepseek-chat", "deepseek-reasoner"],
        Dialect::Together => &["meta-llama/Llama-3.3-70B-Instruct-Turbo", "black-forest-labs/FLUX.1-schnell"],
        Dialect::OpenAi | Dialect::LiteLlm => &[
            "gpt-4o-mini",
            "gpt-4o",
            "o4-mini",
            "dall-e-3",
            "gpt-image-1",
            "tts-1",
            "whisper-1",
            "text-embedding-3-small",
        ],
    }
}

fn shape(dialect: Dialect, entries: Vec<Value>) -> Value {
    match dialect {
        Dialect::Gptnb => json!({"success": true, "data": entries}),
        Dialect::NewApi => json!({"success": true, "object": "list", "data": entries}),
        Dialect::OpenRouter => json!({"data": entries}),
        Dialect::Together => Value::Array(entries),
        Dialect::LlamaCpp => {
            let native: Vec<Value> =
                entries.iter().map(|entry| json!({"name": entry["id"], "model": entry["id"]})).collect();
            json!({"models": native, "object": "list", "data": entries})
        }
        _ => json!({"object": "list", "data": entries}),
    }
}

fn entry(dialect: Dialect, name: &str, label: &str) -> Value {
    // Relays of the one-api line are known by this constant; others tell a date.
    let created = if dialect.is_relay() { 1_626_777_600 } else { 1_760_000_000 };
    let mut entry = json!({"id": name, "object": "model", "created": created, "owned_by": "demo"});
    if !label.is_empty() {
        set(&mut entry, "name", json!(label));
    }
    // A name that tells nothing: as Together writes it.
    if images::all().any(|image| image == name) && name.starts_with("picture-") {
        set(&mut entry, "type", json!("image"));
    }
    if name == window::LISTED {
        set(&mut entry, "context_length", json!(window::TOKENS));
    }
    match dialect {
        Dialect::Modelless | Dialect::OneApi => {
            set(&mut entry, "permission", json!([{"id": "modelperm-demo", "object": "model_permission"}]));
            set(&mut entry, "root", json!(name));
            set(&mut entry, "parent", Value::Null);
        }
        Dialect::Gptnb | Dialect::NewApi => set(&mut entry, "supported_endpoint_types", json!(["openai"])),
        Dialect::Vllm => set(&mut entry, "max_model_len", json!(32_768)),
        Dialect::LlamaCpp => {
            set(&mut entry, "meta", json!({"n_ctx_train": 40_960, "n_params": 4_022_468_096_u64}));
        }
        Dialect::Ollama => set(&mut entry, "owned_by", json!("library")),
        Dialect::OpenRouter => price(&mut entry, name),
        _ => {}
    }
    entry
}

/// OpenRouter's prices are strings in dollars per token; `-1` varies, `0` is free.
fn price(entry: &mut Value, name: &str) {
    let (prompt, completion) = match name {
        name if name.ends_with(":free") => ("0", "0"),
        "openrouter/auto" => ("-1", "-1"),
        _ => ("0.00000015", "0.0000006"),
    };
    set(entry, "name", json!(format!("Demo: {name}")));
    set(entry, "canonical_slug", json!(name));
    set(entry, "context_length", json!(128_000));
    set(
        entry,
        "architecture",
        json!({"modality": "text->text", "input_modalities": ["text"], "output_modalities": ["text"]}),
    );
    set(entry, "pricing", json!({"prompt": prompt, "completion": completion, "request": "0"}));
    set(entry, "supported_parameters", json!(["max_tokens", "temperature"]));
}
