//! Finds what answers a path: keys are checked here, and nothing is answered that the dialect would not.

mod account;
mod family;
mod files;
mod models;
mod nowhere;
mod upload;

use axum::http::Method;

use crate::{
    calls, dialect::Dialect, fault::Fault, hearing, images, reply::Reply, scenario, script::Cast, speech,
    turn::Turn, welcome, writing,
};

const NO_KEY: Fault = Fault::new(401, "invalid_request_error", "", "You didn't provide an API key.")
    .at_relays("", "未提供令牌");
const BAD_KEY: Fault =
    Fault::new(401, "invalid_request_error", "invalid_api_key", "Incorrect API key provided.")
        .at_relays("", "无效的令牌");
const NO_MODEL: Fault = Fault::new(
    404,
    "invalid_request_error",
    "model_not_found",
    "The model does not exist or you do not have access to it.",
)
.naming("model");
const NO_CHANNEL: Fault =
    Fault::new(503, "invalid_request_error", "model_not_found", "No channel for this model.")
        .at_relays("model_not_found", "当前分组 default 下对于该模型无可用渠道");

/// Whether the path is the chat endpoint of the dialect.
pub(crate) fn is_chat(turn: &Turn) -> bool {
    below_root(turn).is_some_and(|rest| rest == "/chat/completions")
}

/// Whether the path is one at which pictures are made.
pub(crate) fn is_making(turn: &Turn) -> bool {
    below_root(turn).is_some_and(|rest| rest.starts_with("/images/"))
}

/// Whether the path is one at which sounds are written down.
pub(crate) fn is_hearing(turn: &Turn) -> bool {
    below_root(turn).is_some_and(|rest| matches!(rest, "/audio/transcriptions" | "/audio/translations"))
}

/// The reply to a request that brought this key.
pub(crate) fn answer(method: &Method, key: Option<&str>, turn: &Turn) -> Reply {
    if let Some(reply) = public(method, turn) {
        return reply;
    }
    if let Some(fault) = key_fault(turn, key) {
        return fault.reply(turn.dialect());
    }
    let get = method == Method::GET;
    let found = match below_root(turn) {
        Some("/chat/completions") if method == Method::POST => Some(chat(turn)),
        Some("/upload") if method == Method::POST => Some(upload::reply(turn)),
        Some("/completions") if method == Method::POST && turn.dialect().continues_texts() => {
            Some(writing::reply(turn))
        }
        Some("/audio/speech") if method == Method::POST => speech::reply(turn),
        Some("/audio/transcriptions") if method == Method::POST => hearing::reply(turn, false),
        Some("/audio/translations") if method == Method::POST => hearing::reply(turn, true),
        Some(rest) if method == Method::POST && rest.starts_with("/images/") => images::reply(turn, rest),
        Some("/models") if get => Some(models::list(turn)),
        Some(rest) if get => account::below_root(turn.dialect(), rest),
        _ => None,
    };
    found
        .or_else(|| if get { account::at_host(turn.dialect(), path(turn)) } else { None })
        .unwrap_or_else(|| nowhere::reply(method, turn))
}

/// Why a key is not let in, if it is not.
pub(crate) fn refused(turn: &Turn, key: Option<&str>) -> Option<Reply> {
    key_fault(turn, key).map(|fault| fault.reply(turn.dialect()))
}

/// What is said of a path that is not there.
pub(crate) fn nowhere(method: &Method, turn: &Turn) -> Reply {
    nowhere::reply(method, turn)
}

/// What needs no key, whatever the script says.
fn public(method: &Method, turn: &Turn) -> Option<Reply> {
    if method != Method::GET {
        return None;
    }
    if let Some(reply) = files::reply(path(turn)) {
        return Some(reply);
    }
    if turn.dialect().lists_publicly() && below_root(turn) == Some("/models") {
        return Some(models::list(turn));
    }
    family::fingerprint(turn.dialect(), path(turn))
}

fn key_fault(turn: &Turn, key: Option<&str>) -> Option<Fault> {
    let wanted = turn.script.key.as_deref()?;
    match key {
        Some(key) if key == wanted => None,
        Some(_) => Some(BAD_KEY),
        None => Some(NO_KEY),
    }
}

fn chat(turn: &Turn) -> Reply {
    if turn.asks_for_title() {
        return welcome::title(turn);
    }
    if let Some(fault) = calls::fault(turn) {
        return fault.reply(turn.dialect());
    }
    if turn.script.cast == Cast::Welcome {
        return welcome::reply(turn).unwrap_or_else(|| NO_MODEL.reply(turn.dialect()));
    }
    if let Some(reply) = scenario::reply(turn).or_else(|| writing::asked_to_chat(turn)) {
        return reply;
    }
    if models::house(turn.dialect()).contains(&turn.model()) { scenario::plain(turn) } else { unknown(turn) }
}

/// Whether the model is on any of the lists.
pub(crate) fn knows(turn: &Turn) -> bool {
    let model = turn.model();
    models::house(turn.dialect()).contains(&model)
        || scenario::all().any(|scenario| scenario.name == model)
        || images::all().chain(speech::all()).chain(hearing::all()).any(|name| name == model)
}

/// What is said of a model that nobody knows.
pub(crate) fn unknown(turn: &Turn) -> Reply {
    let unknown = if turn.dialect().is_relay() { NO_CHANNEL } else { NO_MODEL };
    unknown.reply(turn.dialect())
}

/// The path without its query.
fn path(turn: &Turn) -> &str {
    turn.path.split('?').next().unwrap_or_default()
}

/// The path below the API root, when it is below one.
fn below_root(turn: &Turn) -> Option<&str> {
    let path = path(turn);
    let roots: &[&str] = match turn.script.cast {
        Cast::House => turn.dialect().roots(),
        Cast::Welcome | Cast::Scenarios => Dialect::OpenAi.roots(),
    };
    roots.iter().find_map(|root| path.strip_prefix(root)).filter(|rest| rest.starts_with('/'))
}
