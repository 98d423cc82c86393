//! Error answers in the shape of each dialect; which error is due is decided by its caller.

use serde_json::{Value, json};

use crate::{dialect::Dialect, reply::Reply};

/// One error before it takes a dialect's shape.
#[derive(Clone, Copy)]
pub(crate) struct Fault {
    pub(crate) status: u16,
    /// OpenAI's `type`.
    pub(crate) kind: &'static str,
    /// OpenAI's `code`.
    pub(crate) code: &'static str,
    /// The request field at fault.
    pub(crate) param: Option<&'static str>,
    pub(crate) message: &'static str,
    /// What relays of the one-api line say instead.
    pub(crate) relay: Option<(&'static str, &'static str)>,
}

impl Fault {
    pub(crate) const fn new(
        status: u16,
        kind: &'static str,
        code: &'static str,
        message: &'static str,
    ) -> Self {
        Self { status, kind, code, param: None, message, relay: None }
    }

    pub(crate) const fn naming(mut self, param: &'static str) -> Self {
        self.param = Some(param);
        self
    }

    /// The code and text with which the one-api line reports the same thing.
    pub(crate) const fn at_relays(mut self, code: &'static str, message: &'static str) -> Self {
        self.relay = Some((code, message));
        self
    }

    /// The answer that a service of this dialect gives.
    pub(crate) fn reply(&self, dialect: Dialect) -> Reply {
        Reply::json(self.status_at(dialect), &self.body(dialect))
    }

    /// The body alone, for errors inside a stream.
    pub(crate) fn body(&self, dialect: Dialect) -> Value {
        let message = self.message_at(dialect);
        match dialect {
            Dialect::Arcee => self.detail(),
            Dialect::OpenRouter => json!({"error": {
                "code": self.status, "message": message, "metadata": {"provider_name": "Demo", "raw": self.code},
            }}),
            Dialect::Vllm => json!({
                "object": "error", "message": message, "type": self.kind, "param": self.param, "code": self.status,
            }),
            Dialect::LlamaCpp => {
                json!({"error": {"code": self.status, "message": message, "type": self.kind}})
            }
            Dialect::Ollama => json!({"error": {
                "message": message, "type": self.kind, "param": null, "code": null,
            }}),
            Dialect::LiteLlm => json!({"error": {
                "message": message, "type": "None", "param": self.param, "code": self.status.to_string(),
            }}),
            _ => json!({"error": {
                "message": message, "type": self.kind_at(dialect), "param": self.param, "code": self.code_at(dialect),
            }}),
        }
    }

    /// FastAPI names a field in a list, anything else in one sentence.
    fn detail(&self) -> Value {
        match self.param {
            Some(field) => {
                json!({"detail": [{"loc": ["body", field], "msg": self.message, "type": "value_error"}]})
            }
            None => json!({"detail": self.message}),
        }
    }

    /// Validation is 422 at FastAPI services.
    fn status_at(&self, dialect: Dialect) -> u16 {
        let validates = matches!(dialect, Dialect::Arcee | Dialect::ArceeOpenAi);
        if validates && self.status == 400 && self.param.is_some() { 422 } else { self.status }
    }

    fn message_at(&self, dialect: Dialect) -> String {
        match (dialect, self.relay) {
            (Dialect::LiteLlm, _) => format!("litellm.{}: {}", class_of(self.status), self.message),
            (_, Some((_, message))) if dialect.is_relay() => {
                format!("{message} (request id: 20261120123456789demo)")
            }
            _ => self.message.to_owned(),
        }
    }

    fn code_at(&self, dialect: Dialect) -> &'static str {
        match self.relay {
            Some((code, _)) if dialect.is_relay() => code,
            _ => self.code,
        }
    }

    fn kind_at(&self, dialect: Dialect) -> &'static str {
        match (dialect, self.relay) {
            (Dialect::Gptnb | Dialect::NewApi, Some(_)) => "new_api_error",
            (_, Some(_)) if dialect.is_relay() => "one_api_error",
            _ => self.kind,
        }
    }
}

fn class_of(status: u16) -> &'static str {
    match status {
        401 => "AuthenticationError",
        404 => "NotFoundError",
        429 => "RateLimitError",
        503 => "ServiceUnavailableError",
        500.. => "InternalServerError",
        _ => "BadRequestError",
    }
}
