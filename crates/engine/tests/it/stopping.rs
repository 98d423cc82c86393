//! Stop: the connection is dropped at once, as the server sees it, and what came is kept.

use std::time::{SystemTime, UNIX_EPOCH};

use store::table::message::MessageState::{Done, Stopped};

use crate::cast::{Cast, HALF, SENTENCE, eventually};

/// How soon the server must have lost the client.
const PROMISE_MS: u64 = 100;

#[tokio::test]
async fn the_server_loses_the_client_within_a_tenth_of_a_second() {
    let cast = Cast::new().await;
    let mut delays = Vec::new();
    for round in 0..9 {
        let id = cast.send("stalls", "Name a river.").await.answer.message.id;
        let mut ear = cast.hear(id);
        ear.until_shown("hills").await;
        let pressed = now();
        cast.engine.chat().stop(id);
        let dropped = eventually("the loss", || cast.demo.dropped().get(round).cloned()).await;
        delays.push(dropped.at.saturating_sub(pressed));
        let heard = ear.end().await;
        assert_eq!((heard.message.state, heard.code()), (Stopped, ""), "the person's wish is no problem");
        assert_eq!(heard.message.text, HALF, "what came is kept");
    }
    delays.sort_unstable();
    // The middle one: a busy machine may hold up single rounds, the engine would hold up all.
    assert!(delays[4] <= PROMISE_MS, "from the click to the loss, in ms: {delays:?}");
}

#[tokio::test]
async fn stopping_before_the_first_byte_drops_the_connection_too() {
    let cast = Cast::new().await;
    for (round, model) in ["silent", "silent-after-headers", "comments-forever"].into_iter().enumerate() {
        let id = cast.send(model, "Name a river.").await.answer.message.id;
        let ear = cast.hear(id);
        eventually("the request", || cast.bodies().get(round).cloned()).await;
        cast.engine.chat().stop(id);
        let heard = ear.end().await;
        assert_eq!((heard.message.state, heard.message.text.as_str()), (Stopped, ""), "{model}");
        let lost = eventually("the loss", || cast.demo.dropped().get(round).cloned()).await;
        assert_eq!(lost.model, model, "the server is not left working for nobody");
    }
}

#[tokio::test]
async fn stopping_while_it_streams_keeps_what_was_shown() {
    let cast = Cast::new().await;
    let id = cast.send("slow", "Name a river.").await.answer.message.id;
    let mut ear = cast.hear(id);
    ear.until_shown("rises").await;
    cast.engine.chat().stop(id);
    let heard = ear.end().await;
    assert_eq!(heard.message.state, Stopped);
    assert!(heard.message.text.contains("rises"), "what was shown is kept: {}", heard.message.text);
    assert!(heard.message.text.len() < SENTENCE.len() * 4, "and it did stop: {}", heard.message.text);
    assert!(heard.message.duration_ms.is_some(), "how long it took is known");
}

#[tokio::test]
async fn stopping_a_wait_ends_it_at_once_and_asks_no_more() {
    let cast = Cast::new().await;
    let id = cast.send("rate-limited", "Name a river.").await.answer.message.id;
    let mut ear = cast.hear(id);
    ear.until_waiting().await;
    cast.engine.chat().stop(id);
    let heard = ear.end().await;
    assert_eq!((heard.message.state, heard.code()), (Stopped, ""));
    assert!(heard.message.duration_ms.unwrap() < 30_000, "the thirty seconds were not sat out");
    assert_eq!(cast.bodies().len(), 1, "and nothing was asked again");
}

#[tokio::test]
async fn stopping_twice_or_too_late_or_nothing_changes_nothing() {
    let cast = Cast::new().await;
    let id = cast.send("slow", "Name a river.").await.answer.message.id;
    let mut ear = cast.hear(id);
    ear.until_shown("river").await;
    cast.engine.chat().stop(id);
    cast.engine.chat().stop(id);
    let stopped = ear.end().await.message;
    cast.engine.chat().stop(id);
    assert_eq!(cast.kept(id).await, stopped, "what has ended cannot be stopped");
    let whole = cast.ask("plain", "And another?").await.message;
    assert_eq!(whole.state, Done, "a stop that was not used up does not stop the next answer");
    cast.engine.chat().stop(store::MessageId::new());
}

#[tokio::test]
async fn closing_stops_every_answer_and_keeps_each() {
    let mut cast = Cast::new().await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        let id = cast.send("slow", "Name a river.").await.answer.message.id;
        cast.hear(id).until_shown("river").await;
        ids.push(id);
    }
    cast.reopen_at(engine::Clock::system()).await;
    for id in ids {
        let kept = cast.kept(id).await;
        assert_eq!(kept.state, Stopped, "closing is a stop, not an accident");
        assert!(kept.text.contains("river"), "its text is kept: {:?}", kept.text);
    }
    let start = cast.engine.start().await.unwrap();
    assert!(start.interrupted.is_empty(), "nothing was broken off: {:?}", start.interrupted);
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    u64::try_from(since.as_millis()).unwrap()
}
