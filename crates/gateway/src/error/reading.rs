//! Decides what a refusal means from status, code, type, field and words. It knows services' vocabularies and
//! no person's language.

use super::body::Facts;

/// What a refusal most likely means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Reading {
    /// No key was sent, and one is needed.
    KeyMissing,
    /// The key is wrong, expired or switched off.
    KeyRejected,
    /// The account or the key's allowance is used up.
    BalanceEmpty,
    /// This key may not use this model.
    ModelDenied,
    /// The service does not know the model.
    ModelUnknown,
    /// The path does not exist or leads elsewhere: the address is wrong.
    AddressWrong,
    /// The service cannot do what was asked.
    NotOffered,
    /// The conversation is longer than the model's window.
    ContextTooLong,
    /// Refused for its content.
    Policy,
    /// A field of the request is not accepted; see `Failure::field`.
    FieldRefused,
    /// The request's body is too large.
    TooLarge,
    /// Too many requests; wait.
    RateLimited,
    /// Overloaded or still loading; try again.
    Busy,
    /// The gateway has nobody behind it that serves this model now.
    NoChannel,
    /// A fault inside the service.
    ServerFault,
    /// What stands behind the service did not answer in time.
    UpstreamSlow,
    /// Not available in this country.
    RegionDenied,
    /// Refused without a reason that can be told apart.
    Forbidden,
    /// Anything else.
    #[default]
    Other,
}

/// Codes and types (lower case) with one meaning wherever they appear.
const CODES: &[(Reading, &[&str])] = &[
    (
        Reading::KeyRejected,
        &[
            "invalid_api_key",
            "auth_error",
            "authentication_error",
            "invalid_authentication",
            "token_expired",
            "authenticationerror",
        ],
    ),
    (
        Reading::BalanceEmpty,
        &[
            "insufficient_quota",
            "insufficient_user_quota",
            "pre_consume_token_quota_failed",
            "billing_hard_limit_reached",
            "billing_not_active",
            "insufficient_balance",
            "insufficient_balance_error",
            "not_enough_balance",
            "exceeded_current_quota_error",
            "budget_exceeded",
            "quota_not_enough",
            "insufficient_credits",
            "payment_required",
            "arrearage",
        ],
    ),
    (Reading::ModelDenied, &["key_model_access_denied", "model_access_denied", "team_model_access_denied"]),
    (Reading::ModelUnknown, &["model_not_found", "model_not_exist", "invalid_model", "unknown_model"]),
    (
        Reading::ContextTooLong,
        &[
            "context_length_exceeded",
            "exceed_context_size_error",
            "text_too_long",
            "string_above_max_length",
            "contextwindowexceedederror",
        ],
    ),
    (
        Reading::Policy,
        &[
            "content_policy_violation",
            "moderation_blocked",
            "sensitive_words_detected",
            "prompt_blocked",
            "content_filter",
            "data_inspection_failed",
        ],
    ),
    (
        Reading::FieldRefused,
        &[
            "unsupported_parameter",
            "unsupported_value",
            "unknown_parameter",
            "missing_required_parameter",
            "invalid_type",
        ],
    ),
    (
        Reading::RateLimited,
        &["rate_limit_exceeded", "rate_limit_error", "rate_limit_reached_error", "too_many_requests"],
    ),
    (
        Reading::Busy,
        &["overloaded_error", "engine_overloaded_error", "unavailable_error", "server_overloaded"],
    ),
    (Reading::NoChannel, &["channel:no_available_key", "no_available_channel", "model_price_error"]),
    (Reading::RegionDenied, &["unsupported_country_region_territory"]),
    (Reading::NotOffered, &["api_not_implemented", "not_supported_error"]),
    (
        Reading::ServerFault,
        &["server_error", "internal_server_error", "do_request_failed", "empty_response", "api_error"],
    ),
];

/// Words (lower case) that tell a meaning when no code does, with the statuses at which they may be believed.
const WORDS: &[(Reading, &[u16], &[&str])] = &[
    (Reading::NoChannel, &[], &["无可用渠道", "no available channel", "no channel available"]),
    (Reading::Busy, &[429, 500, 503], &["负载已饱和", "负载", "overloaded", "loading model", "is busy"]),
    (
        Reading::RateLimited,
        &[],
        &["请求过于频繁", "请求频率", "too many requests", "requests per min", "rate limit"],
    ),
    (Reading::BalanceEmpty, &[200, 400, 401, 402, 403, 429, 500], &["额度", "余额", "欠费"]),
    (
        Reading::KeyMissing,
        &[],
        &[
            "未提供令牌",
            "no api key provided",
            "didn't provide an api key",
            "missing api key",
            "no auth credentials",
        ],
    ),
    (
        Reading::KeyRejected,
        &[],
        &[
            "无效的令牌",
            "令牌已过期",
            "令牌状态不可用",
            "令牌已被禁用",
            "incorrect api key",
            "invalid api key",
            "api key not valid",
        ],
    ),
    (
        Reading::ModelDenied,
        &[],
        &["无权访问模型", "无权使用模型", "does not have access to model", "not allowed to access model"],
    ),
    (
        Reading::Policy,
        &[200, 400, 403, 451, 500],
        &["敏感词", "content policy", "content management policy", "flagged", "moderation"],
    ),
    (
        Reading::ContextTooLong,
        &[200, 400, 413, 422, 500],
        &[
            "maximum context length",
            "context length",
            "context window",
            "context size",
            "prompt is too long",
            "上下文长度",
        ],
    ),
    (
        Reading::RegionDenied,
        &[400, 403, 451],
        &["country, region", "your region", "your country", "your location"],
    ),
    (
        Reading::BalanceEmpty,
        &[402, 403, 429, 401, 200],
        &["insufficient_", "insufficient fund", "quota", "balance", "credit", "billing"],
    ),
    (
        Reading::BalanceEmpty,
        &[400],
        &[
            "insufficient balance",
            "insufficient quota",
            "insufficient credit",
            "budget has been exceeded",
            "quota_not_enough",
            "credit balance is too low",
        ],
    ),
    (
        Reading::ModelUnknown,
        &[200, 400, 404, 422, 500],
        &[
            "模型不存在",
            "unknown model",
            "not a valid model",
            "no such model",
            "invalid model",
            "model not exist",
            "model not found",
            "model_not_found",
        ],
    ),
];

/// The meaning of a refusal with HTTP status `status`.
///
/// `signed` says whether a key was sent.
pub(crate) fn read(status: u16, facts: &Facts, signed: bool) -> Reading {
    // Relays put the status that matters into the body of a 200.
    let status = if (400..600).contains(&status) { status } else { inner_status(facts).unwrap_or(status) };
    let reading = by_code(status, facts)
        .or_else(|| by_words(status, facts))
        .unwrap_or_else(|| by_status(status, facts));
    if reading == Reading::KeyRejected && !signed { Reading::KeyMissing } else { reading }
}

fn inner_status(facts: &Facts) -> Option<u16> {
    facts.code.parse().ok().filter(|code| (400..600).contains(code))
}

fn by_code(status: u16, facts: &Facts) -> Option<Reading> {
    let names = [facts.code.to_lowercase(), facts.kind.to_lowercase()];
    // one-api: the upstream's own status stands in `param`. Its 401 is the gateway's key, not the person's.
    if names.iter().any(|name| name == "bad_response_status_code") {
        return Some(if status == 429 { Reading::Busy } else { by_status(status.max(500), facts) });
    }
    let row = names.iter().find_map(|name| CODES.iter().find(|(_, codes)| codes.contains(&name.as_str())));
    let (reading, _) = row?;
    // These are said of several things; words may be clearer. new-api's `model_not_found` is often a missing
    // channel, `authentication_error` a missing key, `api_error` anything.
    match reading {
        Reading::KeyRejected | Reading::ModelUnknown | Reading::ServerFault => {
            by_words(status, facts).or(Some(*reading))
        }
        reading => Some(*reading),
    }
}

fn by_words(status: u16, facts: &Facts) -> Option<Reading> {
    let said = facts.message.to_lowercase();
    let fits = |statuses: &[u16], words: &[&str]| {
        (statuses.is_empty() || statuses.contains(&status)) && words.iter().any(|word| said.contains(word))
    };
    let row = WORDS.iter().find(|(_, statuses, words)| fits(statuses, words));
    row.map(|(reading, ..)| *reading).or_else(|| about_model(&said))
}

/// "The model `x` does not exist or you do not have access to it": the name stands between the words.
fn about_model(said: &str) -> Option<Reading> {
    let absent =
        ["does not exist", "not found", "not exist", "不存在"].iter().any(|words| said.contains(words));
    ((said.contains("model") || said.contains("模型")) && absent).then_some(Reading::ModelUnknown)
}

fn by_status(status: u16, facts: &Facts) -> Reading {
    match status {
        300..=399 | 404 | 405 => Reading::AddressWrong,
        400 | 422 if facts.field.as_deref() == Some("model") => Reading::ModelUnknown,
        400 if facts.field.is_some() => Reading::FieldRefused,
        401 => Reading::KeyRejected,
        402 => Reading::BalanceEmpty,
        403 if facts.message.to_lowercase().contains("model") => Reading::ModelDenied,
        403 => Reading::Forbidden,
        408 | 502 | 504 | 520..=524 => Reading::UpstreamSlow,
        409 | 503 | 529 => Reading::Busy,
        413 => Reading::TooLarge,
        422 => Reading::FieldRefused,
        429 => Reading::RateLimited,
        451 => Reading::RegionDenied,
        501 => Reading::NotOffered,
        500..=599 => Reading::ServerFault,
        _ => Reading::Other,
    }
}
