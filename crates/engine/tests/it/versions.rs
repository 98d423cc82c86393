//! The tree of a conversation: try again, edit, choose, delete a message and bring it back.

use engine::MessageId;
use engine::view::{Edit, OpenConversation};
use store::table::message::MessageState::{Done, Failed, Stopped};

use crate::cast::{Cast, SENTENCE};

#[tokio::test]
async fn a_failed_answer_is_asked_for_again_in_its_own_row() {
    let cast = Cast::new().await;
    let failed = cast.ask("no-credit", "Name a river.").await.message;
    assert_eq!(failed.state, Failed);
    let accepted = cast.engine.chat().retry(failed.id, cast.to("plain")).await.unwrap();
    assert_eq!(accepted.answer.message.id, failed.id, "an empty failure is no version worth keeping");
    assert_eq!(accepted.question, None, "the question stands");
    let heard = cast.hear(failed.id).end().await;
    assert_eq!((heard.message.state, heard.message.text.as_str()), (Done, SENTENCE));
    assert_eq!(
        (heard.message.problem, heard.message.model.as_str()),
        (None, "plain"),
        "nothing is left of it"
    );
    assert_eq!((heard.shown.version, heard.shown.versions), (1, 1));
    assert_eq!(cast.bodies()[1]["messages"], cast.bodies()[0]["messages"], "the same question");
}

#[tokio::test]
async fn an_answer_stopped_before_its_first_word_is_no_version_either() {
    let cast = Cast::new().await;
    let id = cast.send("silent", "Name a river.").await.answer.message.id;
    cast.engine.chat().stop(id);
    let stopped = cast.hear(id).end().await.message;
    assert_eq!((stopped.state, stopped.text.as_str()), (Stopped, ""));
    cast.engine.chat().retry(id, cast.to("plain")).await.unwrap();
    let heard = cast.hear(id).end().await;
    assert_eq!((heard.message.text.as_str(), heard.shown.versions), (SENTENCE, 1), "its row is used again");
}

#[tokio::test]
async fn a_good_answer_tried_again_becomes_a_version_beside_it() {
    let cast = Cast::new().await;
    let first = cast.ask("chinese", "Name a river.").await.message;
    let accepted = cast.engine.chat().retry(first.id, cast.to("plain")).await.unwrap();
    let second = accepted.answer.message.id;
    assert_ne!(second, first.id, "what was good is kept");
    let heard = cast.hear(second).end().await;
    assert_eq!((heard.shown.version, heard.shown.versions), (2, 2), "the new one is shown");
    assert_eq!(cast.kept(first.id).await, first, "the old one is untouched");
    let sent = cast.bodies()[1]["messages"].as_array().unwrap().len();
    assert_eq!(sent, 1, "the answer that is tried again is not sent along");
    let back = cast.engine.chat().choose(second, 1).await.unwrap();
    assert_eq!(texts(&back), ["Name a river.", &first.text], "and can be chosen again");
    assert_eq!((back.tail[1].version, back.tail[1].versions), (1, 2));
}

#[tokio::test]
async fn an_edited_question_begins_a_branch_and_both_stay() {
    let cast = Cast::new().await;
    let first = cast.send("echo", "one").await;
    cast.hear(first.answer.message.id).end().await;
    let place = first.conversation.id;
    let second = cast.send_in(Some(place), "echo", "two").await.unwrap();
    cast.hear(second.answer.message.id).end().await;
    let asked = first.question.unwrap().message.id;
    let chat = cast.engine.chat();
    let edit = Edit { text: "uno".into(), without: Vec::new(), ask: cast.to("echo"), also: Vec::new() };
    let edited = chat.edit(asked, edit).await.unwrap();
    cast.hear(edited.answer.message.id).end().await;
    let opened = chat.open(place).await.unwrap();
    assert_eq!(texts(&opened), ["uno", "uno"], "what followed the old question is not shown");
    assert_eq!((opened.tail[0].version, opened.tail[0].versions), (2, 2), "the question has versions");
    let sent = &cast.bodies()[2]["messages"];
    assert_eq!(sent.as_array().unwrap().len(), 1, "the old branch is not sent: {sent}");
    let back = chat.choose(asked, 1).await.unwrap();
    assert_eq!(texts(&back), ["one", "one", "two", "two"], "the old branch is there to its end");
    for nothing in [0, 3] {
        let gone = chat.choose(asked, nothing).await.unwrap_err();
        assert_eq!(gone.code, engine::Code::Gone, "there are two versions, counted from 1");
    }
}

#[tokio::test]
async fn a_deleted_message_is_neither_shown_nor_sent_until_it_is_brought_back() {
    let cast = Cast::new().await;
    let first = cast.send("echo", "one").await;
    cast.hear(first.answer.message.id).end().await;
    let place = Some(first.conversation.id);
    let second = cast.send_in(place, "echo", "two").await.unwrap();
    cast.hear(second.answer.message.id).end().await;
    let chat = cast.engine.chat();
    let without = chat.remove_message(first.answer.message.id).await.unwrap();
    assert_eq!(texts(&without), ["one", "two", "two"], "what follows it stays");
    let third = cast.send_in(place, "echo", "three").await.unwrap();
    cast.hear(third.answer.message.id).end().await;
    let bodies = cast.bodies();
    assert_eq!(contents(&bodies[2]), ["one", "two", "two", "three"], "the service does not hear of it");
    let with = chat.restore_message(first.answer.message.id).await.unwrap();
    assert_eq!(texts(&with), ["one", "one", "two", "two", "three", "three"], "it is back in its place");
    let gone = chat.remove_message(MessageId::new()).await.unwrap_err();
    assert_eq!(gone.code, engine::Code::Gone);
}

#[tokio::test]
async fn a_question_being_edited_outlasts_a_restart_until_it_is_asked() {
    let mut cast = Cast::new().await;
    let first = cast.send("echo", "one").await;
    cast.hear(first.answer.message.id).end().await;
    let (place, asked) = (first.conversation.id, first.question.unwrap().message.id);
    let kept = format!(r#"{{"id":"{asked}","text":"uno"}}"#);
    cast.engine.chat().save_draft(format!("edit {place}"), kept.clone()).await.unwrap();
    cast.reopen_at(engine::Clock::system()).await;
    let chat = cast.engine.chat();
    assert_eq!(chat.open(place).await.unwrap().edit, kept);
    assert_eq!(chat.open(place).await.unwrap().draft, "", "the desk is another place");
    let edit = Edit { text: "uno".into(), without: Vec::new(), ask: cast.to("echo"), also: Vec::new() };
    let edited = chat.edit(asked, edit).await.unwrap();
    assert_eq!(chat.open(place).await.unwrap().edit, "", "gone in the write that asks it");
    cast.hear(edited.answer.message.id).end().await;
}

fn texts(opened: &OpenConversation) -> Vec<&str> {
    let texts: Vec<_> = opened.tail.iter().map(|view| view.message.text.as_str()).collect();
    let outlined: Vec<_> = opened.outline.iter().map(|entry| entry.id).collect();
    let shown: Vec<_> = opened.tail.iter().map(|view| view.message.id).collect();
    assert_eq!(outlined, shown, "outline and messages tell the same");
    texts
}

fn contents(body: &serde_json::Value) -> Vec<&str> {
    let messages = body["messages"].as_array().unwrap();
    messages.iter().map(|message| message["content"].as_str().unwrap()).collect()
}
