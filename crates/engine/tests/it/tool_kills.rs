//! Killing Medley around tool calls: while it asks, and between a result and the next request. The one that is killed is
//! this very test binary, run again as a child; the gateway it talks to lives here.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use engine::view::{Ask, Decision, Question};
use engine::{Clock, MessageId, Vault};
use store::ConversationId;
use store::table::message::MessageState::{Done, Interrupted};
use store::table::step::CallState;

use crate::cast::{Cast, Ear, PATIENT, eventually, open};

/// Names the folder, the conversation and the model to the child, and whether it allows the call.
const HOME: &str = "ENGINE_TEST_HOME";
const TALK: &str = "ENGINE_TEST_TALK";
const MODEL: &str = "ENGINE_TEST_MODEL";
const ALLOWS: &str = "ENGINE_TEST_ALLOWS";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the child of the tests below: asks, perhaps allows what is called, and waits to be killed"]
async fn call_until_killed() {
    let word = |name: &str| std::env::var(name).unwrap();
    let engine = open(Path::new(&word(HOME)), &Vault::memory(), Clock::system(), PATIENT).await;
    let service_id = engine.start().await.unwrap().services[0].id;
    let talk: ConversationId = serde_json::from_str(&format!("\"{}\"", word(TALK))).unwrap();
    let ask = Ask { service_id, model: word(MODEL) };
    let question = Question::of_words(Some(talk), "Count.", ask);
    let id = engine.chat().send(question).await.unwrap().answer.message.id;
    let mut ear = Ear::at(&engine, id);
    for call in ear.until_asked().await {
        if word(ALLOWS) == "yes" {
            engine.chat().answer_call(id, call.id, Decision::Once).unwrap();
        }
    }
    loop {
        ear.next().await;
    }
}

fn begin(cast: &Cast, talk: ConversationId, model: &str, allows: bool) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "tool_kills::call_until_killed", "--ignored", "--nocapture"]);
    child.env(HOME, cast.home.path()).env(TALK, talk.to_string()).env(MODEL, model);
    child.env(ALLOWS, if allows { "yes" } else { "no" });
    child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

/// The answer that a child is writing, once its call has come this far.
async fn until_call_is(cast: &Cast, child: &mut Child, state: CallState) -> MessageId {
    let store = store::Store::open(cast.home.path()).unwrap();
    eventually("the call", || {
        assert!(child.try_wait().unwrap().is_none(), "the child must not end by itself");
        let listed = store.read(|read| {
            read.conversations(&store::table::conversation::ConversationQuery {
                limit: 1,
                ..Default::default()
            })
        });
        let answer = store.read(|read| read.tail(listed.unwrap()[0].id, 1)).unwrap().pop()?;
        let call = answer.steps.first()?.calls.first()?;
        (call.state == state).then_some(answer.id)
    })
    .await
}

#[tokio::test]
async fn killed_while_it_asks_and_it_asks_again_without_paying_twice() {
    let mut cast = Cast::new().await;
    for round in 1..=5 {
        let talk = cast.talk_with(&["calculator"]);
        cast.engine.close().await;
        let mut child = begin(&cast, talk, "calls-with-words", false);
        let id = until_call_is(&cast, &mut child, CallState::Asking).await;
        kill(child);
        cast.reopen_at(Clock::system()).await;
        assert_eq!(cast.engine.start().await.unwrap().interrupted, [id], "the window learns which it was");
        assert_eq!(cast.kept(id).await.state, Interrupted);
        let before = cast.bodies().len();

        cast.engine.chat().go_on(id).await.unwrap();
        let mut ear = cast.hear(id);
        let asked = ear.until_asked().await;
        assert_eq!(cast.bodies().len(), before, "round {round}: the model is not asked for what is known");
        cast.engine.chat().answer_call(id, asked[0].id.clone(), Decision::Once).unwrap();
        let heard = ear.end().await;
        assert_eq!(heard.message.text, "Let me look.\n\nThe tools said: 12", "round {round}");
        assert_eq!(cast.bodies().len(), before + 1, "round {round}: one request, with the result");
    }
}

#[tokio::test]
async fn killed_between_a_result_and_the_next_answer_and_the_result_is_there() {
    let mut cast = Cast::new().await;
    let talk = cast.talk_with(&["calculator"]);
    cast.engine.close().await;
    let mut child = begin(&cast, talk, "calls-then-silent", true);
    let id = until_call_is(&cast, &mut child, CallState::Done).await;
    eventually("the request with the result", || cast.bodies().get(1).cloned()).await;
    kill(child);
    cast.reopen_at(Clock::system()).await;
    let row = cast.row(id);
    assert_eq!((row.state, row.steps[0].calls[0].result.as_str()), (Interrupted, "12"));

    cast.engine.chat().go_on(id).await.unwrap();
    let next = eventually("the request", || cast.bodies().get(2).cloned()).await;
    assert_eq!(
        next["messages"],
        cast.bodies()[1]["messages"],
        "the same question, with the result that is known"
    );
    cast.engine.chat().stop(id);
    cast.hear(id).end().await;
}

#[tokio::test]
async fn a_call_that_ran_when_medley_was_killed_is_asked_for_once_more() {
    let mut cast = Cast::new().await;
    let talk = cast.talk_with(&["calculator"]);
    cast.engine.close().await;
    let mut child = begin(&cast, talk, "calls", false);
    let id = until_call_is(&cast, &mut child, CallState::Asking).await;
    kill(child);
    let store = store::Store::open(cast.home.path()).unwrap();
    store
        .write(|write| {
            let mut row = write.message(id)?.unwrap();
            row.steps[0].calls[0].state = CallState::Running;
            write.save_steps(id, &row.steps)
        })
        .unwrap();
    cast.reopen_at(Clock::system()).await;
    cast.engine.chat().go_on(id).await.unwrap();
    let mut ear = cast.hear(id);
    let asked = ear.until_asked().await;
    assert_eq!(asked.len(), 1, "nobody knows what it did: it is not carried out again unasked");
    cast.engine.chat().answer_call(id, asked[0].id.clone(), Decision::Once).unwrap();
    assert_eq!(ear.end().await.message.state, Done);
}
