//! Says whether a failed call may be repeated unasked, and after how long. It waits for nothing itself and does
//! not know what was shown: callers ask only while no part of the answer has been seen.

use std::time::Duration;

use crate::{Error, Failure, Phase, Reading};

/// How often a call is repeated before the person is asked.
const REPEATS: u32 = 2;
const FIRST: Duration = Duration::from_millis(500);
const LONGEST: Duration = Duration::from_secs(8);
/// A server that wants a longer pause gets it from the person, not from a silent wait.
const LONGEST_ASKED: Duration = Duration::from_secs(120);

/// The pause before attempt `attempt + 1` (0-based: `0` after the first failure), or `None` when the call must
/// not be repeated by itself. `jitter` in 0..=1 takes up to a quarter off, so that many clients spread out.
pub fn delay(attempt: u32, error: &Error, jitter: f64) -> Option<Duration> {
    if attempt >= REPEATS || !may_repeat(attempt, error) {
        return None;
    }
    if let Error::Refused(failure) = error
        && let Some(asked) = failure.retry_after
    {
        return (asked <= LONGEST_ASKED).then_some(asked);
    }
    let doubled = FIRST.saturating_mul(2_u32.saturating_pow(attempt)).min(LONGEST);
    Some(doubled.mul_f64(1.0 - 0.25 * jitter.clamp(0.0, 1.0)))
}

fn may_repeat(attempt: u32, error: &Error) -> bool {
    match error {
        Error::Unreachable { .. } | Error::Cut { .. } => true,
        Error::TimedOut { phase, .. } => *phase == Phase::Connect,
        Error::Refused(failure) => may_repeat_refused(attempt, failure),
        Error::Tls { .. } | Error::NotAnApi { .. } | Error::BadAnswer { .. } | Error::Internal { .. } => {
            false
        }
    }
}

fn may_repeat_refused(attempt: u32, failure: &Failure) -> bool {
    match failure.reading {
        // Trying again cannot fill an account; a 402 that names a pause (requests in flight) is tried once.
        Reading::BalanceEmpty => failure.status == 402 && failure.retry_after.is_some() && attempt == 0,
        Reading::NoChannel => false,
        Reading::RateLimited | Reading::Busy | Reading::ServerFault | Reading::UpstreamSlow => {
            failure.should_retry.unwrap_or(true)
        }
        _ => failure.should_retry.unwrap_or(false),
    }
}
