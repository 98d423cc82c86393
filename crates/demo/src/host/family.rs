//! Paths by which a family of servers is recognised (reference 12).

use serde_json::{Value, json};

use crate::{
    dialect::Dialect,
    reply::{Reply, TEXT},
};

/// Public paths that give the family away.
pub(crate) fn fingerprint(dialect: Dialect, path: &str) -> Option<Reply> {
    let body = match (dialect, path) {
        (_, "/api/status") if dialect.is_relay() => json!({"success": true, "message": "", "data": {
            "system_name": "Demo relay", "version": version(dialect), "quota_per_unit": 500_000,
            "display_in_currency": true,
        }}),
        (_, "/api/pricing") if dialect.is_new_relay() => pricing(),
        (Dialect::Ollama, "/api/version") => json!({"version": "0.12.3"}),
        (Dialect::Ollama, "/api/tags") => {
            json!({"models": [{"name": "llama3.2:latest", "model": "llama3.2:latest"}]})
        }
        (Dialect::Ollama, "/") => return Some(Reply::body(200, TEXT, "Ollama is running")),
        (Dialect::LlamaCpp, "/props") => {
            json!({"total_slots": 1, "model_path": "qwen3-4b-instruct-q4_k_m.gguf"})
        }
        (Dialect::LlamaCpp, "/health") => json!({"status": "ok"}),
        (Dialect::LiteLlm, "/health/liveliness") => json!("I'm alive!"),
        (Dialect::Vllm, "/version") => json!({"version": "0.11.0"}),
        _ => return None,
    };
    Some(Reply::json(200, &body))
}

fn version(dialect: Dialect) -> &'static str {
    if dialect.is_new_relay() { "new-api v0.9.2" } else { "v0.6.10" }
}

fn pricing() -> Value {
    json!({
        "success": true,
        "data": [
            {"model_name": "gpt-3.5-turbo", "quota_type": 0, "model_ratio": 0.25, "completion_ratio": 3, "model_price": 0,
             "enable_groups": ["default"]},
            {"model_name": "mj_imagine", "quota_type": 1, "model_ratio": 0, "completion_ratio": 0, "model_price": 0.1,
             "enable_groups": ["default"]},
        ],
        "group_ratio": {"default": 1}, "usable_group": {"default": "Default"},
    })
}
