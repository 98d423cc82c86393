//! One file that maps what the organs say to codes. Facts go on to the window; sources go to the log.

use gateway::{Failure, Reading};
use store::table::problem::{Facts, Problem};

use crate::Code;

/// How gateway names a key that no header can carry; nothing was sent then.
const KEY_NOT_SENDABLE: &str = "key_not_sendable";

/// A failure as it leaves the engine: a code and facts, never a sentence of ours, never a key.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{code:?}: {message}")]
pub struct Error {
    /// What a person can be told.
    pub code: Code,
    /// The other side's own words, redacted; may be empty.
    pub message: String,
    /// Facts for the sentence.
    pub facts: Box<Facts>,
}

impl Error {
    /// The failure as it is kept with a message and sent to the window.
    pub fn problem(&self) -> Problem {
        Problem {
            code: self.code.as_str().into(),
            message: self.message.clone(),
            facts: Facts::clone(&self.facts),
        }
    }

    /// The same failure with the name of the thing it is about.
    pub(crate) fn about(mut self, name: &str) -> Self {
        self.facts.field = Some(name.to_owned());
        self
    }

    /// The same failure with the names of whom was asked.
    pub(crate) fn asked(mut self, service: &str, model: &str) -> Self {
        self.facts.service = Some(service.to_owned());
        self.facts.model = (!model.is_empty()).then(|| model.to_owned());
        self
    }
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self { code, message: String::new(), facts: Box::default() }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        let code = match &error {
            store::Error::Full => Code::DiskFull,
            store::Error::NotFound => Code::Gone,
            store::Error::Newer { .. } => Code::StoreNewer,
            _ => Code::StoreBroken,
        };
        tracing::warn!(%error, "the store refused");
        Self { message: error.to_string(), ..code.into() }
    }
}

impl From<vault::Error> for Error {
    fn from(error: vault::Error) -> Self {
        match error {
            vault::Error::Missing | vault::Error::Refused => Code::VaultMissing.into(),
            vault::Error::Locked => Code::VaultLocked.into(),
            vault::Error::Slow => Code::VaultSlow.into(),
        }
    }
}

impl From<media::Error> for Error {
    fn from(error: media::Error) -> Self {
        let code = match &error {
            media::Error::NotAPicture { .. } | media::Error::NotDecoded { .. } => Code::NotAPicture,
            media::Error::TooLarge { .. } => Code::PictureTooLarge,
            media::Error::Damaged { .. } => Code::PictureDamaged,
        };
        Self { message: error.to_string(), ..code.into() }
    }
}

impl From<gateway::AddressError> for Error {
    fn from(_: gateway::AddressError) -> Self {
        Code::AddressUnreadable.into()
    }
}

impl From<gateway::Error> for Error {
    fn from(error: gateway::Error) -> Self {
        use gateway::Error as Told;
        let (code, host) = match &error {
            Told::Refused(failure) => return refused(failure),
            Told::NotAnApi { host, status, title } => {
                let facts = Facts { status: Some(*status), host: Some(host.clone()), ..Facts::default() };
                return Self { code: Code::NotAnApi, message: title.clone(), facts: Box::new(facts) };
            }
            Told::Unreachable { host, .. } => (Code::Unreachable, Some(host)),
            Told::Tls { host, .. } => (Code::TlsFailed, Some(host)),
            Told::TimedOut { host, .. } => (Code::TimedOut, Some(host)),
            Told::BadAnswer { .. } => (Code::BadAnswer, None),
            Told::Cut { .. } => (Code::Cut, None),
            Told::Internal { .. } => (Code::Internal, None),
        };
        Self {
            code,
            message: error.to_string(),
            facts: Box::new(Facts { host: host.cloned(), ..Facts::default() }),
        }
    }
}

fn refused(failure: &Failure) -> Error {
    let wait = failure.retry_after.map(|wait| i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
    Error {
        code: if failure.server_code == KEY_NOT_SENDABLE {
            Code::KeyUnusable
        } else {
            code_of(failure.reading)
        },
        message: failure.message.clone(),
        facts: Box::new(Facts {
            status: (failure.status > 0).then_some(failure.status),
            server_code: (!failure.server_code.is_empty()).then(|| failure.server_code.clone()),
            field: failure.field.clone(),
            window: failure.window(),
            retry_after_ms: wait,
            request_id: failure.request_id.clone(),
            ..Facts::default()
        }),
    }
}

fn code_of(reading: Reading) -> Code {
    match reading {
        Reading::KeyMissing => Code::KeyMissing,
        Reading::KeyRejected => Code::KeyRejected,
        Reading::BalanceEmpty => Code::BalanceEmpty,
        Reading::ModelDenied => Code::ModelDenied,
        Reading::ModelUnknown => Code::ModelUnknown,
        Reading::AddressWrong => Code::AddressWrong,
        Reading::NotOffered => Code::NotOffered,
        Reading::WantsChat => Code::WantsChat,
        Reading::ContextTooLong => Code::TooLong,
        Reading::Policy => Code::Policy,
        Reading::FieldRefused => Code::FieldRefused,
        Reading::TooLarge => Code::TooLarge,
        Reading::RateLimited => Code::RateLimited,
        Reading::Busy => Code::Busy,
        Reading::NoChannel => Code::NoChannel,
        Reading::ServerFault => Code::ServerFault,
        Reading::UpstreamSlow => Code::UpstreamSlow,
        Reading::RegionDenied => Code::RegionDenied,
        Reading::Forbidden => Code::Forbidden,
        Reading::Other => Code::Refused,
    }
}
