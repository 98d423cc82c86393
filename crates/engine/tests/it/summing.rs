//! Summing up: the older part is replaced by a summary when the whole of it is there, and by nothing before that.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use engine::view::Event;
use engine::{Code, ConversationId};
use serde_json::json;
use store::table::problem::Problem;
use tokio::sync::Notify;
use tokio::sync::broadcast::Receiver;

use crate::cast::{Cast, Reply, SENTENCE, Stub, connection, soon};

const LONG: &str = "Which of all the rivers that rise in the hills is the longest one, and why? ";

async fn long_talk(cast: &Cast, model: &str) -> ConversationId {
    let text = LONG.repeat(14);
    let place = cast.ask(model, &text).await.message.conversation_id;
    for _ in 1..8 {
        cast.ask_in(place, model, &text).await;
    }
    place
}

/// Waits until summing up ended, and tells how, and how many parts there were.
async fn summed_up(events: &mut Receiver<Event>) -> (Option<Problem>, usize) {
    soon("the end of the summary", async {
        let mut most = 0;
        loop {
            match events.recv().await.unwrap() {
                Event::SummingUp { parts, .. } => most = most.max(parts),
                Event::SummedUp { problem, .. } => return (problem.map(|problem| *problem), most),
                _ => {}
            }
        }
    })
    .await
}

#[tokio::test]
async fn the_older_part_is_summed_up_and_sent_as_its_summary() {
    let cast = Cast::new().await;
    let place = long_talk(&cast, "listed-window").await;
    let chat = cast.engine.chat();
    let before = chat.outlook(place, cast.to("listed-window"), String::new()).await.unwrap();
    let mut events = cast.engine.listen();
    chat.sum_up(place, cast.to("listed-window")).await.unwrap();
    let (problem, parts) = summed_up(&mut events).await;
    assert_eq!(problem, None);
    assert!(parts > 1, "seven long questions do not fit into one part of a small window: {parts}");
    let talk = chat.open(place).await.unwrap();
    let summary = talk.conversation.summary.expect("it is kept");
    assert_eq!(summary.text, SENTENCE, "the model's words");
    let after = chat.outlook(place, cast.to("listed-window"), String::new()).await.unwrap();
    let upto = talk.outline.iter().position(|entry| entry.id == summary.upto).unwrap();
    assert_eq!(after.summed, upto + 1, "it stands for all up to there");
    assert_eq!(after.first, Some(talk.outline[upto + 1].id), "and the rest is sent as it was said");
    assert!(after.sent.tokens < before.sent.tokens, "there is room again");
    cast.ask_in(place, "listed-window", "And now?").await;
    let told = cast.bodies().pop().unwrap()["messages"][0].clone();
    assert_eq!(told["role"], "system");
    assert!(told["content"].as_str().unwrap().ends_with(SENTENCE), "the summary goes along: {told}");
    chat.forget_summary(place).await.unwrap();
    let again = chat.outlook(place, cast.to("listed-window"), String::new()).await.unwrap();
    assert_eq!(again.summed, 0, "taken away, it counts no more");
}

#[tokio::test]
async fn a_second_summary_takes_the_first_one_in() {
    let cast = Cast::new().await;
    let place = long_talk(&cast, "listed-window").await;
    let mut events = cast.engine.listen();
    let chat = cast.engine.chat();
    chat.sum_up(place, cast.to("listed-window")).await.unwrap();
    summed_up(&mut events).await;
    let first = chat.open(place).await.unwrap().conversation.summary.unwrap();
    for _ in 0..3 {
        cast.ask_in(place, "listed-window", &LONG.repeat(14)).await;
    }
    let before = cast.bodies().len();
    chat.sum_up(place, cast.to("listed-window")).await.unwrap();
    assert_eq!(summed_up(&mut events).await.0, None);
    let wish = cast.bodies()[before]["messages"][0]["content"].as_str().unwrap().to_owned();
    assert!(wish.contains("summed up already") && wish.contains(SENTENCE), "the first goes along: {wish}");
    let second = chat.open(place).await.unwrap().conversation.summary.unwrap();
    assert_ne!(second.upto, first.upto, "it stands for more");
}

#[tokio::test]
async fn where_everything_fits_easily_there_is_nothing_to_sum_up() {
    let cast = Cast::new().await;
    let place = cast.ask("plain", "Name a river.").await.message.conversation_id;
    let refused = cast.engine.chat().sum_up(place, cast.to("plain")).await.unwrap_err();
    assert_eq!(refused.code, Code::NothingToSumUp);
    let again = cast.engine.chat().sum_up(place, cast.to("plain")).await.unwrap_err();
    assert_eq!(again.code, Code::NothingToSumUp, "being refused does not keep it from being tried again");
}

/// A service that answers questions and does something else with the wish for a summary.
async fn moody(wish: impl Fn() -> Reply + Send + Sync + 'static) -> Stub {
    Stub::start(move |request| {
        if request.contains("Sum up the conversation") {
            return wish();
        }
        Reply::json(200, &said("The Loire."))
    })
    .await
}

fn said(words: &str) -> serde_json::Value {
    let choice = json!({"index": 0, "message": {"content": words}, "finish_reason": "stop"});
    json!({"choices": [choice], "data": [{"id": "m", "context_length": 2_048}]})
}

#[tokio::test]
async fn a_failure_leaves_all_as_it_was() {
    let stub = moody(|| Reply::json(402, &json!({"error": {"message": "Insufficient Balance"}}))).await;
    let mut cast = Cast::new().await;
    cast.service = cast.engine.services().connect(connection(&stub.url, "")).await.unwrap();
    let place = long_talk(&cast, "m").await;
    let before = cast.engine.chat().open(place).await.unwrap();
    let mut events = cast.engine.listen();
    cast.engine.chat().sum_up(place, cast.to("m")).await.unwrap();
    let (problem, _) = summed_up(&mut events).await;
    assert_eq!(problem.map(|problem| problem.code).as_deref(), Some("balance_empty"), "and it is said");
    assert_eq!(cast.engine.chat().open(place).await.unwrap(), before);
}

#[tokio::test]
async fn it_can_be_stopped_and_then_begun_again() {
    let (gate, asked) = (Arc::new(Notify::new()), Arc::new(AtomicUsize::new(0)));
    let (held, count) = (Arc::clone(&gate), Arc::clone(&asked));
    let stub = moody(move || {
        count.fetch_add(1, Ordering::Relaxed);
        Reply { gate: Some(Arc::clone(&held)), ..Reply::json(200, &said("A summary.")) }
    })
    .await;
    let mut cast = Cast::new().await;
    cast.service = cast.engine.services().connect(connection(&stub.url, "")).await.unwrap();
    let place = long_talk(&cast, "m").await;
    let chat = cast.engine.chat();
    let mut events = cast.engine.listen();
    chat.sum_up(place, cast.to("m")).await.unwrap();
    crate::cast::eventually("the wish", || (asked.load(Ordering::Relaxed) == 1).then_some(())).await;
    let twice = chat.sum_up(place, cast.to("m")).await.unwrap_err();
    assert_eq!(twice.code, Code::Writing, "once at a time");
    chat.stop_summing_up(place);
    assert_eq!(summed_up(&mut events).await.0, None, "stopping is no failure");
    assert_eq!(chat.open(place).await.unwrap().conversation.summary, None, "and nothing is kept");
    chat.stop_summing_up(place);
    gate.notify_one();
    chat.sum_up(place, cast.to("m")).await.unwrap();
    for _ in 0..20 {
        gate.notify_one();
        tokio::task::yield_now().await;
    }
    loop {
        gate.notify_one();
        if let Ok(ended) =
            tokio::time::timeout(std::time::Duration::from_millis(200), summed_up(&mut events)).await
        {
            assert_eq!(ended.0, None);
            break;
        }
    }
    assert!(chat.open(place).await.unwrap().conversation.summary.is_some(), "the second time it is done");
}
