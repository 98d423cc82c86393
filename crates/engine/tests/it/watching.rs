//! Following an answer: from the start, late, twice, after its end, and not any more.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use engine::view::{Event, TurnUpdate};
use engine::{Code, MessageId};
use tokio::sync::broadcast::Receiver;

use crate::cast::{Cast, SENTENCE, soon};

#[tokio::test]
async fn who_comes_late_is_told_everything_so_far_at_once() {
    let cast = Cast::new().await;
    let id = cast.send("stalls", "Name a river.").await.answer.message.id;
    cast.hear(id).until_shown("hills").await;
    let mut late = cast.hear(id);
    let TurnUpdate::Words { text, spoken, thinking, .. } = late.next().await else {
        panic!("words are what there is to tell")
    };
    assert_eq!(text.keep, 0, "a newcomer has nothing to keep");
    assert!(text.blocks.concat().contains("hills"), "all that came is told: {:?}", text.blocks);
    assert_eq!(spoken, "", "what was read out is not read out again");
    assert!(!thinking, "words are there");
    cast.engine.chat().stop(id);
    late.end().await;
}

#[tokio::test]
async fn two_followers_see_the_same_and_a_window_that_leaves_hinders_nobody() {
    let cast = Cast::new().await;
    let id = cast.send("slow", "Name a river.").await.answer.message.id;
    let mut first = cast.hear(id);
    first.until_shown("river").await;
    let second = cast.hear(id);
    let gone = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&gone);
    let leave = move |_| {
        count.fetch_add(1, Ordering::Relaxed);
        false
    };
    cast.engine.chat().watch(id, leave).await.unwrap();
    let (first, second) = tokio::join!(first.end(), second.end());
    assert_eq!(first.message.text, [SENTENCE; 4].join(" "), "the answer went on to its end");
    assert_eq!(first.shown, second.shown, "both are told the same end");
    assert_eq!((&first.blocks, &second.blocks), (&first.shown.blocks, &first.shown.blocks));
    assert_eq!(gone.load(Ordering::Relaxed), 1, "who wants no more is told no more");
    assert!(first.updates.len() > second.updates.len(), "the later one was told less, in one piece");
}

#[tokio::test]
async fn what_has_ended_is_told_at_once_and_what_never_was_is_gone() {
    let cast = Cast::new().await;
    let ended = cast.ask("plain", "Name a river.").await;
    let again = cast.hear(ended.message.id).end().await;
    assert_eq!(again.updates.len(), 1, "the end is all there is to tell");
    assert_eq!(again.shown, ended.shown);
    let nowhere = cast.engine.chat().watch(MessageId::new(), |_| true).await.unwrap_err();
    assert_eq!(nowhere.code, Code::Gone);
}

#[tokio::test]
async fn leaving_the_view_cancels_nothing() {
    let cast = Cast::new().await;
    let id = cast.send("slow", "Name a river.").await.answer.message.id;
    cast.hear(id).until_shown("river").await;
    let heard = cast.hear(id).end().await;
    assert_eq!(heard.message.text, [SENTENCE; 4].join(" "), "nobody watched in between");
    assert!(cast.demo.dropped().is_empty(), "the connection stood all the time");
}

#[tokio::test]
async fn finished_sentences_are_read_out_once_each() {
    let cast = Cast::new().await;
    let heard = cast.ask("slow", "Name a river.").await;
    let spoken: Vec<_> = heard.updates.iter().filter_map(spoken).collect();
    assert!(spoken.iter().all(|words| words.ends_with('.')), "whole sentences only: {spoken:?}");
    assert_eq!(spoken.concat().matches("The river").count(), 4, "each once, the last one too: {spoken:?}");
}

#[tokio::test]
async fn thinking_is_told_until_the_first_word_of_the_answer() {
    let cast = Cast::new().await;
    let heard = cast.ask("reasoning-field", "Name a river.").await;
    let thinking: Vec<_> = heard
        .updates
        .iter()
        .filter_map(|update| match update {
            TurnUpdate::Words { thinking, .. } => Some(*thinking),
            _ => None,
        })
        .collect();
    assert_eq!(thinking.first(), Some(&true), "it begins with thoughts");
    assert_eq!(thinking.last(), Some(&false), "and ends with words");
    assert!(thinking.is_sorted_by(|before, after| before >= after), "it does not flicker: {thinking:?}");
}

#[tokio::test]
async fn a_conversation_is_told_to_be_written_in_as_long_as_it_is() {
    let cast = Cast::new().await;
    let mut events = cast.engine.listen();
    let id = cast.send("stalls", "Name a river.").await.answer.message.id;
    assert!(told_to_be_writing(&mut events).await, "the list shows that an answer is being written");
    cast.engine.chat().stop(id);
    cast.hear(id).end().await;
    assert!(!told_to_be_writing(&mut events).await, "and that it no longer is");
}

async fn told_to_be_writing(events: &mut Receiver<Event>) -> bool {
    soon("the conversation's row", async {
        loop {
            if let Event::Conversation { row } = events.recv().await.unwrap() {
                return row.writing;
            }
        }
    })
    .await
}

fn spoken(update: &TurnUpdate) -> Option<&str> {
    match update {
        TurnUpdate::Words { spoken, .. } if !spoken.is_empty() => Some(spoken),
        _ => None,
    }
}
