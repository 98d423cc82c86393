//! Passing faults before the first word: the person sees the wait, and then the answer.

use std::time::Duration;

use engine::view::TurnUpdate;
use store::table::message::MessageState;

use crate::cast::{Cast, SENTENCE};

#[tokio::test]
async fn a_rate_limit_is_waited_out_for_as_long_as_the_service_says() {
    let cast = Cast::new().await;
    let heard = cast.ask("rate-limited-once", "Name a river.").await;
    assert_eq!(heard.waits(), [("rate_limited", 2000, 2)], "the two seconds of Retry-After, once");
    assert_eq!((heard.message.state, heard.message.text.as_str()), (MessageState::Done, SENTENCE));
    assert_eq!(heard.message.problem, None, "what was waited out is no problem any more");
    assert_eq!(cast.bodies().len(), 2, "asked, and asked again");
    assert!(
        heard.message.first_ms.unwrap() >= 2000,
        "the wait belongs to the time that the person waited: {:?}",
        heard.message.first_ms
    );
}

#[tokio::test]
async fn milliseconds_are_understood_too() {
    let cast = Cast::new().await;
    let heard = cast.ask("rate-limited-ms", "Name a river.").await;
    assert_eq!(heard.waits(), [("rate_limited", 1500, 2), ("rate_limited", 1500, 3)]);
    assert_eq!(heard.code(), "rate_limited", "it did not pass, so it is told");
}

#[tokio::test]
async fn two_faults_of_the_server_are_forgiven() {
    let cast = Cast::new().await;
    let heard = cast.ask("server-error", "Name a river.").await;
    assert_eq!((heard.message.state, heard.message.text.as_str()), (MessageState::Done, SENTENCE));
    let waited: Vec<_> = heard.waits().iter().map(|(code, _, next)| (*code, *next)).collect();
    assert_eq!(waited, [("server_fault", 2), ("server_fault", 3)], "the person sees each try");
    let bodies = cast.bodies();
    assert_eq!(bodies.len(), 3, "two faults and the answer");
    assert!(bodies.iter().all(|body| *body == bodies[0]), "the same question each time: {bodies:?}");
}

#[tokio::test]
async fn a_connection_lost_before_the_first_byte_is_tried_again() {
    let cast = Cast::new().await;
    let heard = cast.ask("cut-at-once", "Name a river.").await;
    assert_eq!((heard.message.state, heard.code()), (MessageState::Failed, "cut"));
    assert_eq!(cast.bodies().len(), 3, "no byte came, so asking again is safe");
}

#[tokio::test]
async fn who_comes_while_it_waits_is_told_so_at_once() {
    let cast = Cast::new().await;
    let accepted = cast.send("rate-limited", "Name a river.").await;
    let id = accepted.answer.message.id;
    cast.hear(id).until_waiting().await;
    // Not to wait for anything: time passes, and the wait that is left is shorter by it.
    tokio::time::sleep(Duration::from_millis(20)).await;
    let mut late = cast.hear(id);
    let TurnUpdate::Waiting { problem, for_ms, attempt } = late.until_waiting().await else {
        unreachable!("until_waiting returns a wait")
    };
    assert_eq!((problem.code.as_str(), attempt), ("rate_limited", 2));
    assert!((1..30_000).contains(&for_ms), "what is left of the thirty seconds: {for_ms}");
    cast.engine.chat().stop(id);
    late.end().await;
}
