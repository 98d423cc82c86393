//! What can go wrong on the wire, as facts. It writes no sentence for a person and never holds a key.

pub(crate) mod body;
pub(crate) mod field;
mod pictures;
mod reading;
pub(crate) mod refused;
mod text;
mod vocabulary;
mod window;

use std::time::Duration;

pub use reading::Reading;

/// Why a call gave no usable answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// No connection: unknown host, refused port, no network.
    #[error("{host} cannot be reached: {detail}")]
    Unreachable {
        /// The host that was called.
        host: String,
        /// The lowest cause, for the log.
        detail: String,
    },
    /// The secure connection failed: certificate, or no TLS at that port.
    #[error("no secure connection to {host}: {detail}")]
    Tls {
        /// The host that was called.
        host: String,
        /// The lowest cause, for the log.
        detail: String,
    },
    /// A clock ran out.
    #[error("{host} was silent too long ({phase:?})")]
    TimedOut {
        /// The host that was called.
        host: String,
        /// Which clock.
        phase: Phase,
    },
    /// The service answered with an error, by status, by body or inside a stream.
    #[error("the service refused: {0}")]
    Refused(Box<Failure>),
    /// A web page or something else that is no API answered.
    #[error("{host} answered {status} with a page ({title})")]
    NotAnApi {
        /// The host that was called.
        host: String,
        /// The HTTP status.
        status: u16,
        /// The page's title, redacted and capped; may be empty.
        title: String,
    },
    /// An answer that cannot be read: wrong shape, broken JSON, over the size bound.
    #[error("the answer cannot be read: {detail}")]
    BadAnswer {
        /// What was wrong, for the log.
        detail: String,
    },
    /// The connection broke while the answer was under way.
    #[error("the connection broke: {detail}")]
    Cut {
        /// The lowest cause, for the log.
        detail: String,
    },
    /// This program could not build its own request or client.
    #[error("the request could not be made: {detail}")]
    Internal {
        /// The cause, for the log.
        detail: String,
    },
}

impl Error {
    /// True when the service may have done what was asked, and charged for it, although no answer came of it. Where it
    /// certainly has not (nothing was sent, or it refused), trying again costs nothing twice.
    pub fn may_be_done(&self) -> bool {
        match self {
            Self::Unreachable { .. } | Self::Tls { .. } | Self::NotAnApi { .. } | Self::Internal { .. } => {
                false
            }
            Self::TimedOut { phase, .. } => *phase != Phase::Connect,
            Self::BadAnswer { .. } | Self::Cut { .. } => true,
            Self::Refused(failure) => failure.may_be_done(),
        }
    }
}

/// The clocks of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Until the connection stands.
    Connect,
    /// Until the first byte of the answer's body.
    FirstByte,
    /// Between two bytes, comments included.
    Bytes,
    /// Between two events that carry something.
    Progress,
}

/// A refusal by the service, read from status, headers and body.
#[derive(Debug, Clone, Default, PartialEq, thiserror::Error)]
#[error("{status} {reading:?} {server_code}: {message}")]
pub struct Failure {
    /// The HTTP status; 200 for errors inside a good answer, 0 when nothing was sent.
    pub status: u16,
    /// What it most likely means.
    pub reading: Reading,
    /// The server's own code, else its type; empty when it gave none.
    pub server_code: String,
    /// The server's words: unwrapped, redacted, at most 600 characters. May be empty.
    pub message: String,
    /// The request field that was refused, as the server names it (`stream_options`, `messages.0.role`).
    pub field: Option<String>,
    /// The server's number for this request, for support.
    pub request_id: Option<String>,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    /// The server's own advice on repeating (`x-should-retry`).
    pub should_retry: Option<bool>,
    /// True when the error came inside a stream that had begun well.
    pub in_stream: bool,
}

impl Failure {
    /// True when the refused field is `field` or lies inside it (`stream_options.include_usage`).
    pub fn names(&self, field: &str) -> bool {
        self.field.as_deref().and_then(|path| path.split(['.', '[']).next()) == Some(field)
    }

    /// Who waits behind the service gave up or was cut off; what stands behind it may have gone on.
    fn may_be_done(&self) -> bool {
        /// What a fault says (lower case) that is one of the connection to whoever does the work.
        const LOST: &[&str] =
            &["do_request_failed", "timeout", "timed out", "deadline exceeded", "eof", "reset by peer"];
        let said = || format!("{} {}", self.server_code, self.message).to_lowercase();
        match self.reading {
            Reading::UpstreamSlow => true,
            Reading::ServerFault => self.in_stream || LOST.iter().any(|words| said().contains(words)),
            Reading::Other => self.in_stream,
            _ => false,
        }
    }

    /// The window in tokens, where a conversation was too long and the service says for what.
    pub fn window(&self) -> Option<i64> {
        (self.reading == Reading::ContextTooLong).then(|| window::named_in(&self.message)).flatten()
    }
}
