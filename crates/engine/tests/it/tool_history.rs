//! What later questions tell the model of earlier tool calls. The demo refuses a history that a real service would.

use engine::Policy;
use engine::view::Decision;
use serde_json::{Value, json};
use store::table::message::MessageState::Done;
use store::table::options::Options;

use crate::cast::{Cast, Ear};

const BOTH: &str = "calculator {\"expression\":\"3*4\"} date_and_time {\"time_zone\":\"Mars\"}";

async fn settle(cast: &Cast, ear: &mut Ear, id: engine::MessageId, decision: &Decision) {
    for call in ear.until_asked().await {
        cast.engine.chat().answer_call(id, call.id, decision.clone()).unwrap();
    }
}

/// The messages of the last request, without the first question.
fn history(cast: &Cast) -> Vec<Value> {
    cast.bodies().pop().unwrap()["messages"].as_array().unwrap()[1..].to_vec()
}

fn called(id: &str, name: &str, arguments: &str) -> Value {
    json!({"id": id, "type": "function", "function": {"name": name, "arguments": arguments}})
}

#[tokio::test]
async fn the_next_question_tells_every_call_and_its_result() {
    let cast = Cast::new().await;
    let talk = cast.talk_with(&["calculator", "date_and_time"]);
    let id = cast.send_in(Some(talk), "calls-with-words", BOTH).await.unwrap().answer.message.id;
    let mut ear = cast.hear(id);
    settle(&cast, &mut ear, id, &Decision::Once).await;
    ear.end().await;
    let id = cast.send_in(Some(talk), "echo", "And now?").await.unwrap().answer.message.id;
    assert_eq!(cast.hear(id).end().await.message.state, Done, "a service takes this history");
    let no_zone = "There is no time zone \"Mars\". Use an IANA name such as Europe/Berlin or UTC.";
    assert_eq!(
        history(&cast),
        [
            json!({"role": "assistant", "content": "Let me look.", "tool_calls": [
                called("call_1", "calculator", "{\"expression\":\"3*4\"}"),
                called("call_2", "date_and_time", "{\"time_zone\":\"Mars\"}"),
            ]}),
            json!({"role": "tool", "content": "12", "tool_call_id": "call_1"}),
            json!({"role": "tool", "content": no_zone, "tool_call_id": "call_2"}),
            json!({"role": "assistant", "content": format!("The tools said: 12 | {no_zone}")}),
            json!({"role": "user", "content": "And now?"}),
        ]
    );
}

#[tokio::test]
async fn where_no_tools_go_along_the_calls_are_told_in_words() {
    let cast = Cast::new().await;
    let talk = cast.talk_with(&["calculator"]);
    let id = cast.send_in(Some(talk), "calls", "Count.").await.unwrap().answer.message.id;
    let mut ear = cast.hear(id);
    settle(&cast, &mut ear, id, &Decision::Once).await;
    ear.end().await;
    // This model refuses tools, and the other tool is switched off for good.
    for model in ["refuses-tools", "plain"] {
        let id = cast.send_in(Some(talk), model, "And now?").await.unwrap().answer.message.id;
        assert_eq!(cast.hear(id).end().await.message.state, Done, "{model} takes this history");
        let sent = history(&cast);
        let words = "[I used the tool calculator with {\"expression\":\"3*4\"}. It answered: 12]\n\nThe tools said: 12";
        assert_eq!(sent[0], json!({"role": "assistant", "content": words}), "{model}");
        assert!(!sent.iter().any(|message| message["role"] == "tool"), "{model}: such services refuse them");
        let tool = cast.engine.tools().list().await.unwrap().remove(0);
        cast.engine.tools().set_policy(tool.id, Policy::Never).await.unwrap();
    }
}

#[tokio::test]
async fn calls_that_were_left_open_are_told_as_unanswered() {
    let cast = Cast::new().await;
    let talk = cast.talk_with(&["calculator"]);
    let id = cast.send_in(Some(talk), "calls", "Count.").await.unwrap().answer.message.id;
    let mut ear = cast.hear(id);
    ear.until_asked().await;
    cast.engine.chat().stop(id);
    ear.end().await;
    let id = cast.send_in(Some(talk), "plain", "Never mind.").await.unwrap().answer.message.id;
    assert_eq!(cast.hear(id).end().await.message.state, Done, "a service takes this history");
    let roles: Vec<Value> = history(&cast).iter().map(|message| message["role"].clone()).collect();
    assert_eq!(roles, ["assistant", "tool", "assistant", "user"], "no question stands right behind a result");
    assert!(history(&cast)[1]["content"].as_str().unwrap().contains("Nobody answered"), "and it says so");
}

#[tokio::test]
async fn another_version_of_the_answer_begins_without_its_calls() {
    let cast = Cast::new().await;
    let talk = cast.talk_with(&["calculator"]);
    let id = cast.send_in(Some(talk), "calls", "Count.").await.unwrap().answer.message.id;
    let mut ear = cast.hear(id);
    ear.until_asked().await;
    cast.engine.chat().stop(id);
    ear.end().await;
    let again = cast.engine.chat().retry(id, cast.to("calls")).await.unwrap().answer.message.id;
    assert_ne!(again, id, "an answer that called tools is kept beside the new one");
    let mut ear = cast.hear(again);
    settle(&cast, &mut ear, again, &Decision::Refuse).await;
    let heard = ear.end().await;
    assert_eq!((heard.shown.version, heard.shown.versions), (2, 2));
    assert_eq!(cast.bodies()[1]["messages"].as_array().unwrap().len(), 1, "it was asked the question alone");
}

#[tokio::test]
async fn a_long_history_loses_calls_with_their_answers_and_never_half_of_them() {
    let cast = Cast::new().await;
    cast.always("calculator").await;
    let talk = cast.talk(Options { tools: vec!["calculator".into()], ..Options::default() });
    let long = "word ".repeat(30_000);
    for _ in 0..7 {
        let question = format!("calculator {{\"expression\":\"3*4\"}} {long}");
        let id = cast.send_in(Some(talk), "calls", &question).await.unwrap().answer.message.id;
        assert_eq!(cast.hear(id).end().await.message.state, Done, "the demo takes every history");
    }
    let sent = history(&cast);
    let results = sent.iter().filter(|message| message["role"] == "tool").count();
    assert!(results < 7, "not everything fits: {results} results");
    assert_eq!(sent.last().unwrap()["role"], "tool", "the newest result is there");
}
