//! Decides what a refusal means from status, code, type, field and words. It knows services' vocabularies and
//! no person's language.

use super::body::Facts;
use super::vocabulary::{CODES, WORDS};

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
    /// The model does not continue texts; it wants to be asked in a chat.
    WantsChat,
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
        // A sound that is too large is called a fault of the server.
        Reading::ServerFault if status == 413 => by_words(status, facts),
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
