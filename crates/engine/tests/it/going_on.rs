//! "Continue": the same message grows, and the service is shown what it had said.

use engine::Code;
use serde_json::Value;
use store::table::message::MessageState::{Cut, Done, Stopped};

use crate::cast::{Cast, HALF, SENTENCE};

#[tokio::test]
async fn a_cut_answer_grows_and_the_service_sees_its_beginning() {
    let cast = Cast::new().await;
    let cut = cast.ask("cut", "Name a river.").await.message;
    assert_eq!((cut.state, cut.text.as_str()), (Cut, HALF));
    let accepted = cast.engine.chat().go_on(cut.id).await.unwrap();
    assert_eq!(accepted.answer.message.id, cut.id, "no new message");
    assert_eq!(accepted.question, None, "and no new question");
    assert_eq!(accepted.outline.len(), 2);
    let heard = cast.hear(cut.id).end().await;
    assert_eq!(heard.message.text, HALF.repeat(2), "what comes is added to what was there");
    assert_eq!(heard.message.created_at, cut.created_at, "it is the message that it was");
    let sent = &cast.bodies()[1]["messages"];
    let said: Vec<_> = sent.as_array().unwrap().iter().map(spoken).collect();
    assert_eq!(said[..2], [("user", "Name a river."), ("assistant", HALF)], "history with the part said");
    assert_eq!((said.len(), said[2].0), (3, "user"), "and the wish to go on");
    assert!(!heard.message.text.contains(said[2].1), "which nobody ever sees");
}

#[tokio::test]
async fn a_stopped_answer_goes_on_and_can_become_whole() {
    let cast = Cast::new().await;
    let id = cast.send("slow", "Name a river.").await.answer.message.id;
    let mut ear = cast.hear(id);
    ear.until_shown("river").await;
    cast.engine.chat().stop(id);
    let stopped = ear.end().await.message;
    assert_eq!(stopped.state, Stopped);
    cast.engine.chat().go_on(id).await.unwrap();
    let whole = cast.hear(id).end().await;
    assert_eq!((whole.message.state, whole.message.problem.as_ref()), (Done, None));
    let grown = format!("{}{}", stopped.text, [SENTENCE; 4].join(" "));
    assert_eq!(whole.message.text, grown, "the old beginning, then the new end");
    assert_eq!(whole.blocks, whole.shown.blocks, "and the screen shows both as one");
    assert!(whole.message.duration_ms > stopped.duration_ms, "both times count");
    assert_eq!(whole.message.first_ms, stopped.first_ms, "the first word came when it came");
}

#[tokio::test]
async fn thoughts_of_the_second_part_do_not_swallow_the_first() {
    let cast = Cast::new().await;
    let first = cast.ask("reasoning-unopened", "Name a river.").await.message;
    assert_eq!(first.text, SENTENCE, "the first part is right");
    cast.engine.chat().go_on(first.id).await.unwrap();
    let heard = cast.hear(first.id).end().await;
    assert_eq!(heard.message.text, SENTENCE.repeat(2), "only what this request brought was thought");
    assert!(heard.message.thoughts.len() > first.thoughts.len(), "the new thoughts stand with the old");
    assert_eq!(heard.blocks, heard.shown.blocks, "and so it looks on screen");
}

#[tokio::test]
async fn a_second_failure_keeps_the_first_part() {
    let mut cast = Cast::new().await;
    let cut = cast.ask("cut", "Name a river.").await.message;
    // Another demo at another port: nobody answers at the old one.
    cast.demo = demo::start(demo::Script::tests()).await.unwrap();
    cast.engine.chat().go_on(cut.id).await.unwrap();
    let heard = cast.hear(cut.id).end().await;
    assert_eq!((heard.message.state, heard.code()), (Cut, "unreachable"), "it says what is wrong now");
    assert_eq!(heard.message.text, HALF, "and what was there stays");
}

#[tokio::test]
async fn only_one_answer_of_a_conversation_is_written_at_a_time() {
    let cast = Cast::new().await;
    let cut = cast.ask("cut", "Name a river.").await.message;
    let place = Some(cut.conversation_id);
    let busy = cast.send_in(place, "stalls", "And another?").await.unwrap().answer.message.id;
    let mut ear = cast.hear(busy);
    ear.until_shown("river").await;
    let chat = cast.engine.chat();
    assert_eq!(chat.go_on(cut.id).await.unwrap_err().code, Code::Writing, "going on waits");
    assert_eq!(
        chat.retry(cut.id, cast.to("plain")).await.unwrap_err().code,
        Code::Writing,
        "so does a retry"
    );
    let send = cast.send_in(place, "plain", "And now?").await;
    assert_eq!(send.unwrap_err().code, Code::Writing, "and a question");
    assert_eq!(
        chat.open(cut.conversation_id).await.unwrap().outline.len(),
        4,
        "nothing was written for them"
    );
    assert_eq!(cast.ask("plain", "Elsewhere?").await.message.text, SENTENCE, "other conversations go on");
    chat.stop(busy);
    ear.end().await;
    assert!(cast.send_in(place, "plain", "And now?").await.is_ok(), "once it ended, the place is free");
}

#[tokio::test]
async fn what_cannot_be_sent_is_refused_and_nothing_is_written() {
    let cast = Cast::new().await;
    let refused = |result: Result<_, engine::Error>| result.map(drop).unwrap_err().code;
    assert_eq!(refused(cast.send_in(None, "plain", " \n ").await), Code::NothingToSend);
    assert_eq!(refused(cast.send_in(None, "  ", "Name a river.").await), Code::ModelMissing);
    let nowhere = Some(store::ConversationId::new());
    assert_eq!(refused(cast.send_in(nowhere, "plain", "Name a river.").await), Code::Gone);
    assert_eq!(refused(cast.engine.chat().go_on(store::MessageId::new()).await), Code::Gone);
    cast.engine.services().remove(cast.service.id).await.unwrap();
    assert_eq!(refused(cast.send_in(None, "plain", "Name a river.").await), Code::ServiceGone);
    assert_eq!(cast.engine.about().await.unwrap().messages, 0, "nothing was written for any of them");
    assert!(cast.bodies().is_empty(), "and nothing was sent");
}

fn spoken(message: &Value) -> (&str, &str) {
    (message["role"].as_str().unwrap(), message["content"].as_str().unwrap())
}
