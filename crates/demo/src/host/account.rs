//! What a key may learn about its account: balance and use, per family (reference 8.3).

use serde_json::{Value, json};

use crate::{dialect::Dialect, reply::Reply};

/// Paths below the API root.
pub(crate) fn below_root(dialect: Dialect, rest: &str) -> Option<Reply> {
    let body = match (dialect, rest) {
        (Dialect::OpenRouter, "/key") => json!({"data": {
            "label": "sk-or-v1-dem...4f2a", "limit": 20, "usage": 7.5, "limit_remaining": 12.5, "is_free_tier": false,
            "rate_limit": {"requests": 200, "interval": "10s"},
        }}),
        (Dialect::OpenRouter, "/credits") => json!({"data": {"total_credits": 20, "total_usage": 7.5}}),
        (_, "/dashboard/billing/subscription") if dialect.is_relay() => subscription(),
        // Hundredths of a dollar, so 7.50 are used.
        (_, "/dashboard/billing/usage") if dialect.is_relay() => {
            json!({"object": "list", "total_usage": 750})
        }
        _ => return None,
    };
    Some(Reply::json(200, &body))
}

/// Paths at the host root.
pub(crate) fn at_host(dialect: Dialect, path: &str) -> Option<Reply> {
    let body = match path {
        "/api/usage/token" if dialect.is_new_relay() => json!({"code": true, "message": "ok", "data": {
            "object": "token_usage", "name": "demo", "total_granted": 10_000_000, "total_used": 3_750_000,
            "total_available": 6_250_000, "unlimited_quota": false, "model_limits": {}, "model_limits_enabled": false,
            "expires_at": 0,
        }}),
        "/user/balance" if dialect == Dialect::DeepSeek => json!({"is_available": true, "balance_infos": [{
            "currency": "CNY", "total_balance": "88.00", "granted_balance": "8.00", "topped_up_balance": "80.00",
        }]}),
        _ => return None,
    };
    Some(Reply::json(200, &body))
}

fn subscription() -> Value {
    json!({
        "object": "billing_subscription", "has_payment_method": true, "soft_limit_usd": 20, "hard_limit_usd": 20,
        "system_hard_limit_usd": 20, "access_until": 0,
    })
}
