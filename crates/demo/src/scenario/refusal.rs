//! Refusals by status before any text, in the dialect's shape, with the two that pass when tried again.

use super::{Scenario, scenario, speech::plain};
use crate::{fault::Fault, reply::Reply, turn::Turn};

pub(super) const FAMILY: &[Scenario] = &[
    scenario("bad-key", |turn| BAD_KEY.reply(turn.dialect())),
    scenario("no-credit", |turn| NO_CREDIT.reply(turn.dialect())),
    scenario("no-credit-403", |turn| NO_CREDIT_403.reply(turn.dialect())),
    scenario("no-credit-429", |turn| NO_CREDIT_429.reply(turn.dialect())),
    scenario("rate-limited", |turn| RATE.reply(turn.dialect()).with("retry-after", "30")),
    scenario("rate-limited-once", rate_limited_once),
    scenario("rate-limited-date", |turn| {
        RATE.reply(turn.dialect()).with("retry-after", "Mon, 01 Jan 2120 00:00:00 GMT")
    }),
    scenario("rate-limited-ms", |turn| RATE.reply(turn.dialect()).with("retry-after-ms", "1500")),
    scenario("too-long", |turn| TOO_LONG.reply(turn.dialect())),
    scenario("too-large", |turn| TOO_LARGE.reply(turn.dialect())),
    scenario("policy", |turn| POLICY.reply(turn.dialect())),
    scenario("denied-model", |turn| DENIED.reply(turn.dialect())),
    scenario("unknown-model", |turn| UNKNOWN.reply(turn.dialect())),
    scenario("denied-region", |turn| REGION.reply(turn.dialect())),
    scenario("server-error", server_error),
    scenario("server-error-always", |turn| SERVER.reply(turn.dialect())),
    scenario("busy", |turn| BUSY.reply(turn.dialect())),
    scenario("no-channel", |turn| NO_CHANNEL.reply(turn.dialect())),
    scenario("not-implemented", |turn| NOT_IMPLEMENTED.reply(turn.dialect())),
];

const BAD_KEY: Fault = Fault::new(
    401,
    "invalid_request_error",
    "invalid_api_key",
    "Incorrect API key provided: sk-demo****4f2a.",
)
.at_relays("", "无效的令牌");
const NO_CREDIT: Fault =
    Fault::new(402, "insufficient_balance", "insufficient_balance", "Insufficient Balance");
const NO_CREDIT_403: Fault =
    Fault::new(403, "insufficient_quota", "insufficient_user_quota", "The quota of this account is used up.")
        .at_relays("insufficient_user_quota", "用户额度不足，剩余额度：$0.00");
const NO_CREDIT_429: Fault = Fault::new(
    429,
    "insufficient_quota",
    "insufficient_quota",
    "You exceeded your current quota, please check your plan and billing details.",
);
const RATE: Fault = Fault::new(429, "requests", "rate_limit_exceeded", "Rate limit reached for requests.");
const TOO_LONG: Fault = Fault::new(
    400,
    "invalid_request_error",
    "context_length_exceeded",
    "This model's maximum context length is 8192 tokens, but the messages hold 12000.",
)
.naming("messages");
const TOO_LARGE: Fault =
    Fault::new(413, "invalid_request_error", "request_too_large", "Request body is too large.");
const POLICY: Fault = Fault::new(
    400,
    "invalid_request_error",
    "content_policy_violation",
    "Your request was rejected as a result of our safety system.",
)
.at_relays("sensitive_words_detected", "检测到敏感词");
const DENIED: Fault =
    Fault::new(403, "invalid_request_error", "key_model_access_denied", "This key may not use this model.");
const UNKNOWN: Fault =
    Fault::new(404, "invalid_request_error", "model_not_found", "The model does not exist.").naming("model");
const REGION: Fault = Fault::new(
    403,
    "request_forbidden",
    "unsupported_country_region_territory",
    "Country, region, or territory not supported.",
);
const SERVER: Fault =
    Fault::new(500, "server_error", "server_error", "The server had an error while processing the request.");
const BUSY: Fault =
    Fault::new(503, "service_unavailable", "overloaded", "The server is overloaded, try again shortly.")
        .at_relays("", "上游负载已饱和，请稍后再试");
const NO_CHANNEL: Fault =
    Fault::new(503, "new_api_error", "model_not_found", "No available channel for model no-channel.")
        .at_relays("model_not_found", "当前分组 default 下对于模型 no-channel 无可用渠道");
const NOT_IMPLEMENTED: Fault =
    Fault::new(501, "invalid_request_error", "api_not_implemented", "API not implemented.");

/// Every other time it says to wait two seconds.
fn rate_limited_once(turn: &Turn) -> Reply {
    if turn.attempt.is_multiple_of(2) {
        RATE.reply(turn.dialect()).with("retry-after", "2")
    } else {
        plain(turn)
    }
}

/// Fails twice, then works, and so on.
fn server_error(turn: &Turn) -> Reply {
    if turn.attempt % 3 < 2 { SERVER.reply(turn.dialect()) } else { plain(turn) }
}
