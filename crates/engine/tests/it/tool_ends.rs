//! How tool calls go wrong: calls that cannot be carried out go back to the model as failed, none of them asks; loops
//! end, floods are bounded, and what came is kept.

use engine::view::Decision;
use rusqlite::Connection;
use store::table::message::MessageState::{Cut, Done, Failed, Stopped};
use store::table::step::CallState;

use crate::cast::{Cast, SENTENCE, eventually};

const COUNT: &str = "calculator {\"expression\":\"3*4\"}";

#[tokio::test]
async fn calls_that_cannot_be_carried_out_are_told_to_the_model_unasked() {
    let cast = Cast::new().await;
    for (model, why, size) in [
        ("calls-unknown", "There is no tool named \"no_such_tool\" here.", 0),
        ("calls-bad-json", "The arguments are no valid JSON", 18),
        ("calls-megabyte", "The arguments are too long: 1048593 bytes", 1_048_593),
    ] {
        let talk = cast.talk_with(&["calculator"]);
        let id = cast.send_in(Some(talk), model, COUNT).await.unwrap().answer.message.id;
        let heard = cast.hear(id).end().await;
        assert_eq!(heard.message.state, Done, "{model}: the model answers all the same");
        assert!(heard.message.text.contains(why), "{model} hears why: {}", heard.message.text);
        let call = &heard.shown.steps[0].calls[0];
        assert_eq!(call.state, CallState::Failed, "{model}");
        assert!(call.arguments.len() <= 16 * 1024, "{model}: the window is not given a megabyte");
        let row = cast.row(id);
        assert!(row.steps[0].calls[0].arguments.len() >= size, "{model}: what came is kept whole");
        assert_eq!(
            call.arguments_size,
            row.steps[0].calls[0].arguments.len(),
            "{model}: and its size is told"
        );
        let body = cast.bodies().pop().unwrap();
        assert!(body.to_string().len() < 10_000, "{model}: it is not sent back");
    }
}

#[tokio::test]
async fn what_the_calculator_refuses_goes_back_as_failed() {
    let cast = Cast::new().await;
    cast.always("calculator").await;
    let talk = cast.talk_with(&["calculator"]);
    let hostile = "calculator {\"expression\":\"9^9^9^9\"} calculator {\"expression\":7} calculator {}";
    let id = cast.send_in(Some(talk), "calls", hostile).await.unwrap().answer.message.id;
    let heard = cast.hear(id).end().await;
    let calls = &heard.shown.steps[0].calls;
    assert!(calls.iter().all(|call| call.state == CallState::Failed), "{calls:?}");
    assert!(calls[0].result.contains("too large"), "{}", calls[0].result);
    assert_eq!(calls[1].result, "There is no expression.");
}

#[tokio::test]
async fn a_loop_without_end_stops_after_eight_rounds_and_goes_on_when_told() {
    let cast = Cast::new().await;
    cast.always("calculator").await;
    let talk = cast.talk_with(&["calculator"]);
    let id = cast.send_in(Some(talk), "calls-endless", COUNT).await.unwrap().answer.message.id;
    let heard = cast.hear(id).end().await;
    assert_eq!((heard.message.state, heard.code()), (Cut, "rounds_used_up"));
    assert_eq!(cast.bodies().len(), 9, "eight rounds, and the request that wanted a ninth");
    let steps = &heard.shown.steps;
    assert_eq!(steps.len(), 9);
    assert_eq!(steps[8].calls[0].state, CallState::Asking, "the ninth is kept, and not carried out");
    let mut ids: Vec<_> = steps.iter().map(|step| step.calls[0].id.clone()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 9, "each call has an id of its own, though the service counts from the start");

    cast.engine.chat().go_on(id).await.unwrap();
    let heard = cast.hear(id).end().await;
    assert_eq!(heard.code(), "rounds_used_up", "again, after eight more");
    assert_eq!(heard.shown.steps.len(), 17);
    assert_eq!(cast.bodies().len(), 17, "the ninth was carried out without asking for it once more");
}

#[tokio::test]
async fn the_person_says_after_how_many_rounds_it_stops() {
    let cast = Cast::new().await;
    cast.always("calculator").await;
    let settings = engine::Settings { tool_rounds: 2, titles_by_model: false, ..engine::Settings::default() };
    cast.engine.preferences().save(settings).await.unwrap();
    let talk = cast.talk_with(&["calculator"]);
    let id = cast.send_in(Some(talk), "calls-endless", COUNT).await.unwrap().answer.message.id;
    let heard = cast.hear(id).end().await;
    assert_eq!((heard.code(), cast.bodies().len()), ("rounds_used_up", 3));
}

#[tokio::test]
async fn stopping_while_it_asks_keeps_the_calls_and_they_are_asked_for_again() {
    let cast = Cast::new().await;
    let talk = cast.talk_with(&["calculator"]);
    let id = cast.send_in(Some(talk), "calls-with-words", COUNT).await.unwrap().answer.message.id;
    let mut ear = cast.hear(id);
    ear.until_asked().await;
    cast.engine.chat().stop(id);
    let heard = ear.end().await;
    assert_eq!((heard.message.state, heard.code()), (Stopped, ""), "the person's wish is no problem");
    assert_eq!(heard.shown.steps[0].calls[0].state, CallState::Asking, "nobody has answered it");
    assert_eq!(
        cast.engine.chat().answer_call(id, "call_1".into(), Decision::Once).unwrap_err().code,
        engine::Code::Gone
    );

    cast.engine.chat().go_on(id).await.unwrap();
    let mut ear = cast.hear(id);
    let asked = ear.until_asked().await;
    assert_eq!(cast.bodies().len(), 1, "the model is not asked for what is known");
    cast.engine.chat().answer_call(id, asked[0].id.clone(), Decision::Once).unwrap();
    let heard = ear.end().await;
    assert_eq!(heard.message.state, Done);
    assert_eq!(heard.message.text, "Let me look.\n\nThe tools said: 12");
    assert_eq!(cast.bodies().len(), 2);
}

#[tokio::test]
async fn a_call_that_broke_off_is_kept_and_not_carried_out() {
    for (model, code) in [("calls-cut", "cut"), ("calls-error", "busy")] {
        let cast = Cast::new().await;
        cast.always("calculator").await;
        let talk = cast.talk_with(&["calculator"]);
        let id = cast.send_in(Some(talk), model, COUNT).await.unwrap().answer.message.id;
        let heard = cast.hear(id).end().await;
        assert_eq!((heard.message.state, heard.code()), (Cut, code), "{model}");
        assert_eq!(heard.message.text, "Let me look.", "{model}: its words are kept");
        let call = &heard.shown.steps[0].calls[0];
        assert_eq!(call.state, CallState::Failed, "{model}: half a call is none");
        assert!(call.arguments.starts_with("{\"expr"), "{model}: and is kept as it came: {}", call.arguments);
        assert_eq!(cast.bodies().len(), 1, "{model}: nothing is repeated silently");
        cast.engine.chat().go_on(id).await.unwrap();
        let heard = cast.hear(id).end().await;
        assert!(
            heard.message.text.contains("The connection broke before this call"),
            "{}",
            heard.message.text
        );
    }
}

#[tokio::test]
async fn arguments_without_end_are_bounded() {
    let cast = Cast::new().await;
    let talk = cast.talk_with(&["calculator"]);
    let id = cast.send_in(Some(talk), "calls-without-end", COUNT).await.unwrap().answer.message.id;
    let heard = cast.hear(id).end().await;
    assert_eq!((heard.message.state, heard.code()), (Failed, "bad_answer"), "nothing of it can be used");
    let lost = eventually("the loss", || cast.demo.dropped().first().cloned()).await;
    assert!(lost.bytes < 64 << 20, "the connection was dropped, not drained: {} bytes", lost.bytes);
}

#[tokio::test]
async fn a_model_without_tools_is_asked_without_them_and_the_person_is_told() {
    for model in ["refuses-tools", "no-tool-use"] {
        let cast = Cast::new().await;
        let talk = cast.talk_with(&["calculator"]);
        let id = cast.send_in(Some(talk), model, COUNT).await.unwrap().answer.message.id;
        let heard = cast.hear(id).end().await;
        assert_eq!((heard.message.state, heard.message.text.as_str()), (Done, SENTENCE), "{model}");
        assert_eq!(heard.adapted(), ["tools"], "{model}");
        let bodies = cast.bodies();
        assert!(bodies[0].get("tools").is_some() && bodies[1].get("tools").is_none(), "{model}: once");
        let id = cast.send_in(Some(talk), model, COUNT).await.unwrap().answer.message.id;
        cast.hear(id).end().await;
        assert_eq!(cast.bodies().len(), 3, "{model}: it is remembered");
    }
}

#[tokio::test]
async fn a_result_that_cannot_be_written_ends_the_answer_before_anything_is_asked() {
    let cast = Cast::new().await;
    let talk = cast.talk_with(&["calculator"]);
    let id = cast.send_in(Some(talk), "calls", COUNT).await.unwrap().answer.message.id;
    let mut ear = cast.hear(id);
    let call = ear.until_asked().await.remove(0);
    let beside = Connection::open(cast.home.path().join("medley.db")).unwrap();
    let full = "CREATE TRIGGER no_room BEFORE UPDATE OF steps ON message_body
                WHEN new.steps LIKE '%running%' BEGIN SELECT RAISE(ABORT, 'no room'); END";
    beside.execute_batch(full).unwrap();
    cast.engine.chat().answer_call(id, call.id, Decision::Once).unwrap();
    let told = ear.until_problem().await;
    assert_eq!(told, "store_broken", "the person is told at once");
    beside.execute_batch("DROP TRIGGER no_room").unwrap();
    let heard = ear.end().await;
    assert_eq!(heard.message.state, Cut);
    assert_eq!(cast.bodies().len(), 1, "the model is not told what is nowhere written");
}
