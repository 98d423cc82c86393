//! Answers that end early or never begin: what came is kept, what happened is said, and nothing is asked again
//! behind the person's back once a word was shown.

use std::sync::atomic::{AtomicBool, Ordering};

use engine::view::TurnUpdate;
use store::table::message::MessageState::{Cut, Done, Failed};

use crate::cast::{Cast, HALF};

#[tokio::test]
async fn what_came_before_the_end_is_kept_and_asked_for_only_once() {
    let cast = Cast::impatient().await;
    let cases = [
        ("cut", "cut"),
        ("cut-done", "cut"),
        ("cut-eof", "cut"),
        ("stalls", "timed_out"),
        ("error-in-stream", "server_fault"),
        ("error-event", "busy"),
        ("error-choice", "upstream_slow"),
        ("error-string", "refused"),
        ("bare-json-error", "server_fault"),
    ];
    for (asked, (model, code)) in (1..).zip(cases) {
        let heard = cast.ask(model, "Name a river.").await;
        assert_eq!((heard.message.state, heard.code()), (Cut, code), "{model}: it says how it ended");
        assert_eq!(heard.message.text, HALF, "{model}: not a letter that came is lost");
        assert_eq!(cast.bodies().len(), asked, "{model}: nothing is repeated once a word was shown");
        assert!(heard.waits().is_empty(), "{model}: there is nothing to wait for");
        let facts = heard.message.problem.unwrap().facts;
        assert_eq!(facts.model.as_deref(), Some(model), "{model}: the sentence can name the model");
        assert_eq!(facts.service.as_deref(), Some("127.0.0.1"), "{model}: and the service");
    }
}

#[tokio::test]
async fn an_end_that_was_announced_needs_no_closing_marker() {
    let cast = Cast::new().await;
    for model in ["no-done", "no-last-blank"] {
        let heard = cast.ask(model, "Name a river.").await;
        assert_eq!((heard.message.state, heard.code()), (Done, ""), "{model}: a reason to end is an end");
        assert_eq!(heard.message.text, HALF, "{model}");
        assert_eq!(heard.message.finish_reason, "stop", "{model}");
    }
}

#[tokio::test]
async fn services_that_never_say_a_word_are_given_up() {
    let cast = Cast::impatient().await;
    for (asked, model) in (1..).zip(["silent", "silent-after-headers", "comments-forever", "pings-forever"]) {
        let heard = cast.ask(model, "Name a river.").await;
        assert_eq!((heard.message.state, heard.code()), (Failed, "timed_out"), "{model}: no word came");
        assert_eq!(heard.message.text, "", "{model}: and none is made up");
        assert_eq!(cast.bodies().len(), asked, "{model}: what may still be at work is not asked again");
    }
}

#[tokio::test]
async fn empty_and_unreadable_answers_are_called_what_they_are() {
    let cast = Cast::new().await;
    let cases = [
        ("empty", "empty_answer", 1),
        ("html-200", "not_an_api", 1),
        ("html-403", "not_an_api", 1),
        ("redirect-302", "address_wrong", 1),
        ("redirect-307", "address_wrong", 1),
    ];
    for (model, code, requests) in cases {
        let before = cast.bodies().len();
        let heard = cast.ask(model, "Name a river.").await;
        assert_eq!((heard.message.state, heard.code()), (Failed, code), "{model}");
        assert_eq!(cast.bodies().len() - before, requests, "{model}: asking again would not help");
    }
}

#[tokio::test]
async fn a_fault_of_our_own_ends_the_answer_and_keeps_its_text() {
    let cast = Cast::new().await;
    let accepted = cast.send("slow", "Name a river.").await;
    let id = accepted.answer.message.id;
    let ear = cast.hear(id);
    let fell = AtomicBool::new(false);
    let fall_over = move |update: TurnUpdate| {
        let shown =
            matches!(&update, TurnUpdate::Words { text, .. } if text.blocks.concat().contains("hills"));
        assert!(!shown || fell.swap(true, Ordering::Relaxed), "this panic is part of the test");
        true
    };
    cast.engine.chat().watch(id, fall_over).await.unwrap();
    let heard = ear.end().await;
    assert_eq!((heard.message.state, heard.code()), (Cut, "internal"), "it is told whose fault it was");
    assert!(heard.message.text.contains("hills"), "what came is kept: {:?}", heard.message.text);
    let place = Some(accepted.conversation.id);
    assert!(cast.send_in(place, "plain", "Again?").await.is_ok(), "and the conversation goes on");
}
