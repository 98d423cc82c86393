//! Without a network: the text is kept, what happened is said, and it goes out later.

use demo::{Script, start_controlled};
use engine::view::ListConversations;
use engine::{Clock, Code};
use store::table::message::MessageState::{Done, Failed};

use crate::cast::{Cast, SENTENCE};

#[tokio::test]
async fn a_question_that_found_nobody_goes_out_when_somebody_is_back() {
    let mut cast = Cast::new().await;
    let port = cast.demo.url().rsplit(':').next().unwrap().parse().unwrap();
    let before = cast.ask("plain", "Name a river.").await.message;
    let place = before.conversation_id;
    let url = cast.demo.url();
    // The demo that played so far is dropped, and its port with it.
    cast.demo = demo::start(Script::tests()).await.unwrap();

    let asked = cast.send_in(Some(place), "plain", "Another?").await.unwrap();
    let heard = cast.hear(asked.answer.message.id).end().await;
    assert_eq!((heard.message.state, heard.code()), (Failed, "unreachable"));
    let waits: Vec<_> = heard.waits().iter().map(|(code, _, next)| (*code, *next)).collect();
    assert_eq!(waits, [("unreachable", 2), ("unreachable", 3)], "the network may only have hiccupped");
    let facts = heard.message.problem.unwrap().facts;
    assert_eq!(facts.host.as_deref(), Some("127.0.0.1"), "the sentence can say who did not answer");

    cast.reopen_at(Clock::system()).await;
    let opened = cast.engine.chat().open(place).await.unwrap();
    let texts: Vec<_> = opened.tail.iter().map(|view| view.message.text.as_str()).collect();
    assert_eq!(texts, ["Name a river.", SENTENCE, "Another?", ""], "all of it can be read without a network");
    let listed = cast.engine.chat().list(ListConversations::default()).await.unwrap();
    assert_eq!(listed.len(), 1, "and found");
    let offline = cast.engine.services().test(cast.service.id).await.unwrap_err();
    assert_eq!(offline.code, Code::Unreachable);
    let models = cast.engine.models().list().await.unwrap();
    assert!(!models.is_empty(), "a failed check forgets no model");

    cast.demo = start_controlled(Script::tests(), port).await.unwrap();
    assert_eq!(cast.demo.url(), url, "the same place");
    let failed = heard.message.id;
    cast.engine.chat().retry(failed, cast.to("plain")).await.unwrap();
    let answered = cast.hear(failed).end().await.message;
    assert_eq!((answered.state, answered.text.as_str()), (Done, SENTENCE));
    let sent = cast.bodies()[0]["messages"].as_array().unwrap().len();
    assert_eq!(sent, 3, "with all that was said before");
}

#[tokio::test]
async fn what_is_being_typed_is_kept_until_it_is_sent() {
    let mut cast = Cast::new().await;
    let place = cast.ask("plain", "Name a river.").await.message.conversation_id;
    let chat = cast.engine.chat();
    chat.save_draft("new".into(), "half a tho".into()).await.unwrap();
    chat.save_draft(place.to_string(), "and  then\nmore".into()).await.unwrap();
    cast.reopen_at(Clock::system()).await;
    let start = cast.engine.start().await.unwrap();
    assert_eq!(start.draft, "half a tho", "the new conversation's");
    assert_eq!(start.conversations[0].draft, "and then more", "its first words stand in the list");
    assert_eq!(cast.engine.chat().open(place).await.unwrap().draft, "and  then\nmore", "as it was typed");
    let empty = cast.send_in(Some(place), "plain", " ").await.unwrap_err();
    assert_eq!(empty.code, Code::NothingToSend);
    assert_ne!(cast.engine.chat().open(place).await.unwrap().draft, "", "what is not accepted is not taken");
    let sent = cast.send_in(Some(place), "plain", "and then more").await.unwrap();
    assert_eq!(cast.engine.chat().open(place).await.unwrap().draft, "", "what is sent is a draft no more");
    assert_eq!(cast.engine.start().await.unwrap().draft, "half a tho", "the other one stays");
    cast.hear(sent.answer.message.id).end().await;
}
