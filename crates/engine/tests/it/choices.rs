//! Several answers to one request (`n`): each is a version of its own with its words, thoughts and end, while it comes
//! and after it.

use engine::view::{Edit, TurnUpdate};
use store::table::message::Message;
use store::table::message::MessageState::{Cut, Done, Failed, Stopped, Streaming};
use store::{ConversationId, Store};

use crate::cast::{Cast, Ear, Reply, SENTENCE, Stub, connection, eventually};

fn said(number: u32) -> String {
    format!("Answer number {number}. {SENTENCE} So ends answer number {number}.")
}

/// All versions of an answer, as they are kept.
async fn versions(cast: &Cast, of: &Message) -> Vec<Message> {
    let chat = cast.engine.chat();
    let count = chat.messages(vec![of.id]).await.unwrap()[0].versions;
    let mut found = Vec::new();
    for version in 1..=u32::try_from(count).unwrap() {
        let opened = chat.choose(of.id, version).await.unwrap();
        found.push(opened.tail.last().unwrap().message.clone());
    }
    found
}

/// Lets a conversation ask for so many answers.
fn ask_for(cast: &Cast, conversation: ConversationId, n: i64) {
    let store = Store::open(cast.home.path()).unwrap();
    store
        .write(|write| {
            let mut row = write.conversation(conversation)?.unwrap();
            row.options.n = Some(n);
            write.update_conversation(&row)
        })
        .unwrap();
}

/// Waits until a follower is told that there are so many versions; which one it follows.
async fn until_versions(ear: &mut Ear, wanted: i64) -> i64 {
    loop {
        if let TurnUpdate::Versions { version, versions } = ear.next().await
            && versions == wanted
        {
            return version;
        }
    }
}

#[tokio::test]
async fn every_answer_is_kept_with_its_words_its_end_and_its_order() {
    let cast = Cast::new().await;
    let first = cast.ask("choices", "Name a river.").await;
    assert_eq!((first.shown.version, first.shown.versions), (1, 3), "the first one is shown");
    let all = versions(&cast, &first.message).await;
    let texts: Vec<_> = all.iter().map(|one| one.text.clone()).collect();
    assert_eq!(texts, [said(1), said(2), said(3)], "choices are not mixed up");
    let ends: Vec<_> = all.iter().map(|one| (one.state, one.finish_reason.as_str())).collect();
    assert_eq!(ends, [(Done, "stop"), (Done, "stop"), (Done, "length")], "each ended in its own way");
    assert_eq!(all[0].thoughts, "Which river?", "thoughts belong to one answer");
    assert_eq!(all[1].thoughts, "", "and to no other");
    let counted: Vec<_> = all.iter().map(|one| one.usage.is_some()).collect();
    assert_eq!(counted, [true, false, false], "what the request cost is counted once");
    assert!(all.iter().all(|one| one.model == "choices" && one.first_ms.is_some() && one.beside == 0));
}

#[tokio::test]
async fn further_answers_are_there_and_can_be_followed_while_they_are_written() {
    let cast = Cast::new().await;
    let first = cast.send("choices", "Name a river.").await.answer.message.id;
    let mut ear = cast.hear(first);
    assert_eq!(until_versions(&mut ear, 3).await, 1, "the window learns that there are three");
    let opened = cast.engine.chat().choose(first, 2).await.unwrap();
    let second = opened.tail.last().unwrap();
    assert_eq!((second.message.state, second.version, second.versions), (Streaming, 2, 3), "and can step on");
    let mut other = cast.hear(second.message.id);
    assert_eq!(until_versions(&mut other, 3).await, 2, "who comes late is told which version this is");
    other.until_shown("Answer number 2").await;
    let (one, two) = (ear.end().await, other.end().await);
    assert_eq!((one.message.text, two.message.text), (said(1), said(2)), "both are followed to the end");
    assert_eq!(two.blocks, two.shown.blocks, "what was shown is what is kept");
}

#[tokio::test]
async fn stopping_one_stops_the_request_and_keeps_all_of_it() {
    let cast = Cast::new().await;
    let first = cast.send("choices-for-ever", "Name a river.").await.answer.message;
    let mut ear = cast.hear(first.id);
    until_versions(&mut ear, 3).await;
    let third = cast.engine.chat().choose(first.id, 3).await.unwrap().tail.last().unwrap().message.id;
    let mut other = cast.hear(third);
    other.until_shown("river").await;
    cast.engine.chat().stop(third);
    other.end().await;
    ear.end().await;
    let all = versions(&cast, &first).await;
    assert!(all.iter().all(|one| one.state == Stopped), "they have one connection: {all:?}");
    assert!(all.iter().all(|one| one.text.contains("The river")), "what came of each is kept");
    let again = cast.send_in(Some(first.conversation_id), "plain", "And now?").await;
    assert!(again.is_ok(), "nothing is being written any more");
}

#[tokio::test]
async fn one_may_fail_alone() {
    let cast = Cast::new().await;
    let first = cast.ask("choices-one-fails", "Name a river.").await.message;
    let all = versions(&cast, &first).await;
    let ends: Vec<_> = all.iter().map(|one| one.state).collect();
    assert_eq!(ends, [Done, Cut, Done], "the others are whole");
    assert!(said(2).starts_with(&all[1].text) && !all[1].text.is_empty(), "its words are kept");
    assert_eq!(all[1].problem.as_ref().unwrap().code, "server_fault", "and why it ended");
}

#[tokio::test]
async fn a_broken_connection_cuts_only_what_was_not_finished() {
    let cast = Cast::new().await;
    let first = cast.ask("choices-cut", "Name a river.").await.message;
    let ends: Vec<_> = versions(&cast, &first).await.iter().map(|one| one.state).collect();
    assert_eq!(ends, [Done, Cut, Cut], "the first had ended before");
}

#[tokio::test]
async fn a_whole_body_holds_versions_too() {
    let cast = Cast::new().await;
    // A service that answers whole whatever was asked.
    let body = serde_json::json!({"choices": [
        {"index": 0, "message": {"content": ""}, "finish_reason": "stop"},
        {"index": 1, "message": {"content": "Two."}, "finish_reason": "stop"},
    ]});
    let list = serde_json::json!({"data": []});
    let stub = Stub::start(move |asked| {
        Reply::json(200, if asked.contains("/chat/completions") { &body } else { &list })
    })
    .await;
    let service = cast.engine.services().connect(connection(&stub.url, "")).await.unwrap();
    let ask = engine::view::Ask { service_id: service.id, model: "m".into() };
    let question = engine::view::Question::of_words(None, "Name.", ask);
    let id = cast.engine.chat().send(question).await.unwrap().answer.message.id;
    let first = cast.hear(id).end().await;
    assert_eq!((first.message.state, first.code()), (Failed, "empty_answer"), "an empty one says so");
    let all = versions(&cast, &first.message).await;
    assert_eq!((all.len(), all[1].text.as_str()), (2, "Two."), "and the other is there");
}

#[tokio::test]
async fn what_goes_on_grows_alone() {
    let cast = Cast::new().await;
    let first = cast.ask("choices", "Name a river.").await.message;
    let third = versions(&cast, &first).await.remove(2);
    ask_for(&cast, first.conversation_id, 3);
    let accepted = cast.engine.chat().go_on(third.id).await.unwrap();
    assert_eq!(accepted.answer.message.id, third.id, "the same message grows");
    let grown = cast.hear(third.id).end().await.message;
    assert!(grown.text.starts_with(&third.text) && grown.text.len() > third.text.len(), "{}", grown.text);
    assert_eq!(cast.bodies()[1].get("n"), None, "one answer is asked for, not as many as before");
    cast.engine.chat().retry(first.id, cast.to("plain")).await.unwrap();
    assert_eq!(eventually("the next request", || cast.bodies().get(2).cloned()).await["n"], 3, "as set");
}

#[tokio::test]
async fn an_older_question_shows_the_answer_that_was_looked_at_last() {
    let cast = Cast::new().await;
    let chat = cast.engine.chat();
    let first = cast.ask("plain", "Name a river.").await.message;
    let retried = chat.retry(first.id, cast.to("echo")).await.unwrap().answer.message.id;
    cast.hear(retried).end().await;
    chat.choose(retried, 1).await.unwrap();
    let edit =
        Edit { text: "Name a lake.".into(), without: Vec::new(), ask: cast.to("echo"), also: Vec::new() };
    let edited = chat.edit(first.parent_id.unwrap(), edit).await.unwrap();
    cast.hear(edited.answer.message.id).end().await;
    let back = chat.choose(edited.question.unwrap().message.id, 1).await.unwrap();
    assert_eq!(back.outline[1].id, first.id, "not the newest one: that was not looked at");
}
