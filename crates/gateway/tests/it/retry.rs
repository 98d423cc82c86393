//! What may be repeated unasked, and after how long.

use std::time::Duration;

use gateway::retry::delay;
use gateway::{Error, Failure, Phase, Reading};

fn refused(reading: Reading, status: u16) -> Failure {
    Failure { reading, status, ..Failure::default() }
}

fn after(failure: Failure, attempt: u32) -> Option<Duration> {
    delay(attempt, &Error::Refused(Box::new(failure)), 0.0)
}

#[test]
fn pauses_double_and_end() {
    let busy = || refused(Reading::Busy, 503);
    assert_eq!(after(busy(), 0), Some(Duration::from_millis(500)), "first pause");
    assert_eq!(after(busy(), 1), Some(Duration::from_secs(1)), "second pause");
    assert_eq!(after(busy(), 2), None, "then the person decides");
    let jittered = delay(0, &Error::Refused(Box::new(busy())), 1.0);
    assert_eq!(jittered, Some(Duration::from_millis(375)), "at most a quarter off");
}

#[test]
fn the_servers_pause_is_kept_unless_it_is_too_long() {
    let wait = |seconds| Failure {
        retry_after: Some(Duration::from_secs(seconds)),
        ..refused(Reading::RateLimited, 429)
    };
    assert_eq!(after(wait(7), 0), Some(Duration::from_secs(7)), "as asked");
    assert_eq!(after(wait(121), 0), None, "too long for a silent wait");
}

#[test]
fn only_what_may_pass_by_itself_is_repeated() {
    for reading in [Reading::RateLimited, Reading::Busy, Reading::ServerFault, Reading::UpstreamSlow] {
        assert!(after(refused(reading, 500), 0).is_some(), "{reading:?} may pass");
    }
    for reading in [
        Reading::KeyMissing,
        Reading::KeyRejected,
        Reading::BalanceEmpty,
        Reading::ModelUnknown,
        Reading::NoChannel,
        Reading::Policy,
        Reading::FieldRefused,
        Reading::AddressWrong,
        Reading::Other,
    ] {
        assert_eq!(after(refused(reading, 429), 0), None, "{reading:?} stays until somebody acts");
    }
}

#[test]
fn a_402_with_a_pause_is_tried_once() {
    let in_flight =
        || Failure { retry_after: Some(Duration::from_secs(2)), ..refused(Reading::BalanceEmpty, 402) };
    assert_eq!(after(in_flight(), 0), Some(Duration::from_secs(2)), "requests in flight hold the budget");
    assert_eq!(after(in_flight(), 1), None, "once");
}

#[test]
fn the_servers_advice_counts() {
    let advised = |reading, advice| Failure { should_retry: Some(advice), ..refused(reading, 500) };
    assert_eq!(after(advised(Reading::Busy, false), 0), None, "told not to");
    assert!(after(advised(Reading::Other, true), 0).is_some(), "told to");
}

#[test]
fn connections_may_be_tried_again_but_not_long_silences() {
    let host = || "h".to_owned();
    let yes = [
        Error::Unreachable { host: host(), detail: String::new() },
        Error::Cut { detail: String::new() },
        Error::TimedOut { host: host(), phase: Phase::Connect },
    ];
    for error in yes {
        assert!(delay(0, &error, 0.5).is_some(), "{error:?} costs nothing to repeat");
    }
    let no = [
        Error::TimedOut { host: host(), phase: Phase::FirstByte },
        Error::TimedOut { host: host(), phase: Phase::Bytes },
        Error::Tls { host: host(), detail: String::new() },
        Error::NotAnApi { host: host(), status: 200, title: String::new() },
        Error::BadAnswer { detail: String::new() },
        Error::Internal { detail: String::new() },
    ];
    for error in no {
        assert_eq!(delay(0, &error, 0.5), None, "{error:?} may have been paid for or will not change");
    }
}
