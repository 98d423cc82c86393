//! Titles: first words at once, then a model's, and never anything over the person's own.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use engine::view::Event;
use serde_json::json;
use store::ConversationId;
use store::table::conversation::{Conversation, TitleBy};
use tokio::sync::Notify;

use crate::cast::{Cast, Reply, SENTENCE, Stub, connection, eventually, soon};

#[tokio::test]
async fn a_conversation_is_named_by_its_first_words_at_once() {
    let cast = Cast::new().await;
    let accepted = cast.send("plain", "**Name** a river,\nplease").await;
    let named = &accepted.conversation;
    assert_eq!((named.title.as_str(), named.title_by), ("Name a river, please", TitleBy::FirstWords));
    let id = accepted.answer.message.id;
    cast.hear(id).end().await;
    let place = Some(named.id);
    let second = cast.send_in(place, "plain", "Another?").await.unwrap();
    assert_eq!(second.conversation.title, "Name a river, please", "later questions rename nothing");
    assert_eq!(second.conversation.snippet, "Another?", "but they are what was said last");
    let long = cast.send("plain", &"word ".repeat(40)).await.conversation.title;
    assert!(long.chars().count() <= 61, "a title is short: {long}");
}

#[tokio::test]
async fn the_model_that_answered_writes_a_title_once() {
    let cast = Cast::new().await;
    cast.let_models_title().await;
    let mut events = cast.engine.listen();
    let first = cast.ask("plain", "Name a river.").await.message;
    let titled = soon("a title", async {
        loop {
            if let Event::Conversation { row } = events.recv().await.unwrap()
                && row.conversation.title_by == TitleBy::Model
            {
                return row.conversation;
            }
        }
    })
    .await;
    assert!(!titled.title.is_empty(), "it has words");
    assert_eq!(cast.bodies().len(), 2, "one more short request");
    let wish = &cast.bodies()[1];
    assert_eq!(wish["model"], "plain", "the model that answered is asked");
    let content = wish["messages"][0]["content"].as_str().unwrap();
    assert!(content.contains("Name a river.") && content.contains(SENTENCE), "about both: {content}");
    let second = cast.send_in(Some(first.conversation_id), "plain", "Another?").await.unwrap();
    cast.hear(second.answer.message.id).end().await;
    // A third answer: by its end a title request of the second would have been sent.
    let third = cast.send_in(Some(first.conversation_id), "plain", "And another?").await.unwrap();
    cast.hear(third.answer.message.id).end().await;
    assert_eq!(cast.bodies().len(), 4, "a title is asked for once");
}

#[tokio::test]
async fn no_title_is_asked_for_where_nobody_wants_one() {
    let cast = Cast::new().await;
    let first = cast.ask("plain", "Name a river.").await.message.conversation_id;
    let second = cast.send_in(Some(first), "plain", "Another?").await.unwrap();
    cast.hear(second.answer.message.id).end().await;
    assert_eq!(cast.bodies().len(), 2, "switched off in the settings: two questions, two requests");
    assert_eq!(title(&cast, first).await.title_by, TitleBy::FirstWords);
}

#[tokio::test]
async fn a_title_by_the_person_is_never_asked_about_again() {
    let cast = Cast::new().await;
    cast.let_models_title().await;
    let accepted = cast.send("stalls", "Name a river.").await;
    let place = accepted.conversation.id;
    let renamed = cast.engine.chat().rename(place, "  My rivers ".into()).await.unwrap();
    assert_eq!((renamed.title.as_str(), renamed.title_by), ("My rivers", TitleBy::Person));
    let mut ear = cast.hear(accepted.answer.message.id);
    ear.until_shown("river").await;
    cast.engine.chat().stop(accepted.answer.message.id);
    ear.end().await;
    for _ in 0..2 {
        let next = cast.send_in(Some(place), "plain", "Another?").await.unwrap();
        cast.hear(next.answer.message.id).end().await;
    }
    assert_eq!(cast.bodies().len(), 3, "three questions and no request for a title");
    assert_eq!(title(&cast, place).await.title, "My rivers");
    let nameless = cast.engine.chat().rename(place, " \t".into()).await.unwrap_err();
    assert_eq!(nameless.code, engine::Code::NameMissing);
}

#[tokio::test]
async fn a_title_that_comes_late_does_not_overwrite_the_persons() {
    let gate = Arc::new(Notify::new());
    let held = Arc::clone(&gate);
    let stub = Stub::start(move |request| {
        let is_wish = request.contains("short title");
        let said = if is_wish { "A late title" } else { "The Loire." };
        let choice = json!({"index": 0, "message": {"content": said}, "finish_reason": "stop"});
        let body = json!({"choices": [choice], "data": [{"id": "m"}]});
        Reply { gate: is_wish.then(|| Arc::clone(&held)), ..Reply::json(200, &body) }
    })
    .await;
    let mut cast = Cast::new().await;
    cast.let_models_title().await;
    cast.service = cast.engine.services().connect(connection(&stub.url, "")).await.unwrap();
    let place = cast.ask("m", "Name a river.").await.message.conversation_id;
    cast.engine.chat().rename(place, "Mine".into()).await.unwrap();
    let mut events = cast.engine.listen();
    gate.notify_one();
    // Whether or not the late title is taken, the one who asked for it looks at the conversation once more.
    let other = cast.ask("m", "Name a lake.").await.message.conversation_id;
    gate.notify_one();
    soon("the other title", async {
        loop {
            if let Event::Conversation { row } = events.recv().await.unwrap()
                && row.conversation.id == other
                && row.conversation.title_by == TitleBy::Model
            {
                return;
            }
        }
    })
    .await;
    let kept = title(&cast, place).await;
    assert_eq!((kept.title.as_str(), kept.title_by), ("Mine", TitleBy::Person), "a person's word stands");
}

#[tokio::test]
async fn a_title_that_fails_leaves_the_first_words_standing() {
    let wishes = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&wishes);
    let stub = Stub::start(move |request| {
        if request.contains("short title") {
            count.fetch_add(1, Ordering::Relaxed);
            return Reply::json(500, &json!({"error": {"message": "no"}}));
        }
        let choice = json!({"index": 0, "message": {"content": "The Loire."}, "finish_reason": "stop"});
        Reply::json(200, &json!({"choices": [choice], "data": [{"id": "m"}]}))
    })
    .await;
    let mut cast = Cast::new().await;
    cast.let_models_title().await;
    cast.service = cast.engine.services().connect(connection(&stub.url, "")).await.unwrap();
    let answer = cast.ask("m", "Name a river.").await.message;
    assert_eq!(answer.text, "The Loire.", "the answer itself is not touched by it");
    eventually("a wish", || (wishes.load(Ordering::Relaxed) == 1).then_some(())).await;
    // By the end of a third answer a title request of the second would have been sent.
    for words in ["Another?", "And another?"] {
        let next = cast.send_in(Some(answer.conversation_id), "m", words).await.unwrap();
        cast.hear(next.answer.message.id).end().await;
    }
    assert_eq!(wishes.load(Ordering::Relaxed), 1, "each asking is paid for: once is enough");
    let kept = title(&cast, answer.conversation_id).await;
    assert_eq!((kept.title.as_str(), kept.title_by), ("Name a river.", TitleBy::Asked));
}

#[tokio::test]
async fn no_title_is_asked_of_a_model_that_drew() {
    let cast = Cast::new().await;
    cast.let_models_title().await;
    let drawn = cast.ask("picture-markdown", "Draw hills.").await.message.conversation_id;
    for words in ["Another?", "And another?"] {
        let next = cast.send_in(Some(drawn), "picture-markdown", words).await.unwrap();
        cast.hear(next.answer.message.id).end().await;
    }
    assert_eq!(cast.bodies().len(), 3, "three pictures were asked for, and three were paid for");
    assert_eq!(title(&cast, drawn).await.title_by, TitleBy::FirstWords);
}

#[tokio::test]
async fn a_pinned_conversation_stays_on_top() {
    let cast = Cast::new().await;
    let old = cast.ask("plain", "old").await.message.conversation_id;
    cast.ask("plain", "new").await;
    let chat = cast.engine.chat();
    chat.pin(old, true).await.unwrap();
    let rows = chat.list(engine::view::ListConversations::default()).await.unwrap();
    assert_eq!(rows[0].conversation.id, old, "pinned comes first");
    assert!(rows.iter().all(|row| !row.writing), "and nothing is being written");
}

async fn title(cast: &Cast, place: ConversationId) -> Conversation {
    cast.engine.chat().open(place).await.unwrap().conversation
}
