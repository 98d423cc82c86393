//! The codes and words by which services say what is wrong, in English and Chinese. Data only; `reading` decides
//! what counts when.

use super::Reading;
use super::field::NO_TOOLS;

/// Codes and types (lower case) with one meaning wherever they appear.
pub(super) const CODES: &[(Reading, &[&str])] = &[
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
pub(super) const WORDS: &[(Reading, &[u16], &[&str])] = &[
    (Reading::FieldRefused, &[400, 404, 422, 500, 501], NO_TOOLS),
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
        &["敏感词", "content policy", "content management policy", "flagged", "moderation", "safety system"],
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
