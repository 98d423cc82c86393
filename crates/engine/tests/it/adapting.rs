//! Requests that are changed to what a model takes, and the memory of that.

use store::table::learnt::Learnt;

use crate::cast::{Cast, SENTENCE};

#[tokio::test]
async fn a_refused_field_is_left_out_once_and_then_remembered() {
    let cast = Cast::new().await;
    let heard = cast.ask("refuses-stream-options", "Name a river.").await;
    assert_eq!(heard.message.text, SENTENCE, "the answer comes without the field");
    assert_eq!(heard.adapted(), ["stream_options"], "the person can see why it took two requests");
    let again = cast.ask("refuses-stream-options", "And another?").await;
    assert!(again.adapted().is_empty(), "the second question is right at once");
    let sent: Vec<_> = cast.bodies().iter().map(|body| body.get("stream_options").is_some()).collect();
    assert_eq!(sent, [true, false, false], "refused, left out, left out from the start");
}

#[tokio::test]
async fn a_model_that_cannot_stream_is_asked_for_the_whole() {
    let cast = Cast::new().await;
    let heard = cast.ask("refuses-stream", "Name a river.").await;
    assert_eq!(heard.message.text, SENTENCE, "the answer comes in one piece");
    assert_eq!(heard.adapted(), ["stream_options", "stream"], "the smaller change is tried first");
    let sent: Vec<_> = cast.bodies().iter().map(|body| body.get("stream").is_some()).collect();
    assert_eq!(sent, [true, true, false]);
}

#[tokio::test]
async fn a_refusal_by_a_list_of_places_teaches_the_same() {
    let cast = Cast::new().await;
    let heard = cast.ask("rejects-stream", "Name a river.").await;
    assert_eq!(heard.adapted(), ["stream_options", "stream"]);
    assert_eq!(heard.message.adapted, ["stream_options", "stream"], "kept with the answer");
    assert_eq!(heard.message.text, SENTENCE);
    assert_eq!(cast.ask("rejects-stream-options", "Name a river.").await.adapted(), ["stream_options"]);
}

#[tokio::test]
async fn a_model_that_was_seen_to_think_is_remembered_as_one_that_does() {
    let cast = Cast::new().await;
    cast.ask("reasoning-field", "Name a river.").await;
    let learnt = || async { cast.engine.services().learnt(cast.service.id).await.unwrap() };
    crate::cast::soon("the lesson", async { while learnt().await.is_empty() {} }).await;
    let expected = Learnt { thinks: true, ..Learnt::default() };
    assert_eq!(learnt().await[0].learnt, expected);
}

#[tokio::test]
async fn what_is_learnt_belongs_to_one_model_of_one_service() {
    let mut cast = Cast::new().await;
    cast.ask("refuses-stream", "Name a river.").await;
    let learnt = cast.engine.services().learnt(cast.service.id).await.unwrap();
    assert_eq!(learnt.len(), 1, "one model has taught something");
    assert_eq!(learnt[0].model, "refuses-stream");
    let expected = Learnt { no_stream: true, no_stream_options: true, ..Learnt::default() };
    assert_eq!(learnt[0].learnt, expected);
    let before = cast.bodies().len();
    cast.ask("plain", "Name a river.").await;
    assert_eq!(cast.bodies()[before]["stream"], true, "other models are asked as ever");
    let other = crate::cast::connection(&cast.demo.url(), "");
    cast.service = cast.engine.services().connect(other).await.unwrap();
    let heard = cast.ask("refuses-stream", "Name a river.").await;
    assert_eq!(heard.adapted(), ["stream_options", "stream"], "another service is not judged by the first");
}

#[tokio::test]
async fn what_was_learnt_outlives_a_restart_and_is_forgotten_on_demand() {
    let mut cast = Cast::new().await;
    cast.ask("refuses-stream-options", "Name a river.").await;
    cast.reopen_at(engine::Clock::system()).await;
    let after = cast.ask("refuses-stream-options", "Name a river.").await;
    assert!(after.adapted().is_empty(), "it is remembered on disk");
    cast.engine.services().forget_learnt(cast.service.id).await.unwrap();
    assert!(cast.engine.services().learnt(cast.service.id).await.unwrap().is_empty(), "nothing is left");
    let anew = cast.ask("refuses-stream-options", "Name a river.").await;
    assert_eq!(anew.adapted(), ["stream_options"], "and everything is tried anew");
}
