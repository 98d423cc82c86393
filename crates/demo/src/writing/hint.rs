//! Chat models that are asked to continue a text, and text models that are asked to chat: each says what it wants, in the
//! words of another kind of service.

use serde_json::json;

use super::{Way, way};
use crate::{fault::Fault, reply::Reply, turn::Turn};

pub(super) const FAMILY: &[Way] = &[
    way("chat-only-404", |turn| NOT_FOUND.reply(turn.dialect())),
    way("chat-only-400", |turn| BAD_REQUEST.reply(turn.dialect())),
    way("chat-only-zh", |turn| CHINESE.reply(turn.dialect())),
    way("chat-only-path", |_| Reply::json(404, &json!({"detail": "Not Found"}))),
];

const NOT_FOUND: Fault = Fault::new(
    404,
    "invalid_request_error",
    "",
    "This is a chat model and not supported in the v1/completions endpoint. Did you mean to use v1/chat/completions?",
)
.naming("model");
const BAD_REQUEST: Fault = Fault::new(
    400,
    "invalid_request_error",
    "",
    "This model only supports the chat endpoint: please use /chat/completions with `messages`.",
);
const CHINESE: Fault =
    Fault::new(400, "new_api_error", "", "该模型不支持 completions 接口，请使用 chat/completions 接口");
const WANTS_TEXT: Fault = Fault::new(
    404,
    "invalid_request_error",
    "",
    "This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use \
     v1/completions?",
)
.naming("model");

/// What a chat model says.
pub(super) fn wants_chat(turn: &Turn) -> Reply {
    NOT_FOUND.reply(turn.dialect())
}

/// What a text model says.
pub(super) fn wants_text(turn: &Turn) -> Reply {
    WANTS_TEXT.reply(turn.dialect())
}

/// Whether the model answers where it wants to be asked.
pub(super) fn chats(way: &Way) -> bool {
    FAMILY.iter().any(|other| other.name == way.name)
}
