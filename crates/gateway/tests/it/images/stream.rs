//! Answers that come as events: previews, ends with and without a mark, clocks, cuts and dropping.

use std::time::Duration;

use gateway::images::{Making, Piece};
use gateway::{Client, Error, Phase, Reading, Timeouts};
use serde_json::{Value, json};

use super::{DOT, DOT64, Made, boat, collect, told, wish};
use crate::server::{Server, Step, client};

const SSE: &str = "text/event-stream";
const SHORT: Duration = Duration::from_millis(200);
const LONG: Duration = Duration::from_secs(600);

fn event(body: &Value) -> String {
    let name = body["type"].as_str().map(|name| format!("event: {name}\n")).unwrap_or_default();
    format!("{name}data: {body}\n\n")
}

fn preview(index: u32) -> String {
    event(
        &json!({"type": "image_generation.partial_image", "partial_image_index": index, "b64_json": DOT64, "size": "auto"}),
    )
}

fn completed() -> String {
    event(&json!({
        "type": "image_generation.completed", "b64_json": DOT64, "created_at": 5, "size": "1024x1024",
        "usage": {"total_tokens": 100},
    }))
}

async fn streamed(body: &str) -> (Made, Option<Error>) {
    told(SSE, body.as_bytes()).await
}

/// A making whose server sends `steps`, under these clocks.
async fn clocked(timeouts: Timeouts, steps: Vec<Step>) -> (Server, Result<Making, Error>) {
    let server = Server::body(SSE, steps).await;
    let making = Client::new(timeouts).make_pictures(&server.endpoint(), &boat()).await;
    (server, making)
}

fn clocks(first_byte: Duration, bytes: Duration, progress: Duration) -> Timeouts {
    Timeouts { connect: LONG, first_byte, bytes, progress }
}

#[tokio::test]
async fn previews_come_before_the_picture() {
    for end in ["", "data: [DONE]\n\n", "data: [none]\n\n", ": bye\n\n"] {
        let body = [": hello\n\n", &preview(0), ": keep-alive\n\n", &preview(1), &completed(), end].concat();
        for content_type in [SSE, "application/json", "text/plain"] {
            let (made, error) = told(content_type, body.as_bytes()).await;
            assert!(error.is_none() && made.end, "with {end:?}: {error:?}");
            assert_eq!(made.previews, [(0, DOT.to_vec()), (1, DOT.to_vec())], "with {end:?}");
            assert_eq!((made.files, made.created), (vec![DOT.to_vec()], Some(5)));
            assert_eq!(
                (made.usage, made.facts),
                (Some(json!({"total_tokens": 100})), json!({"size": "1024x1024"}))
            );
        }
    }
}

#[tokio::test]
async fn events_are_known_by_type_else_by_name() {
    let named = format!(
        "event: image_edit.partial_image\ndata: {{\"b64_json\":\"{DOT64}\"}}\n\nevent: image_edit.completed\ndata: {{\"b64_json\":\"{DOT64}\"}}\n\n"
    );
    let typed = named
        .replace("event: ", "event: x.")
        .replace("{\"b64", "{\"type\":\"image_edit.partial_image\",\"b64");
    let (made, error) = streamed(&named).await;
    assert_eq!((made.previews.len(), made.files.len(), made.end), (1, 1, true), "by name: {error:?}");
    assert_eq!(streamed(&typed).await.0.previews.len(), 2, "what stands inside counts");
}

#[tokio::test]
async fn an_odd_preview_is_left_out() {
    let odd = event(
        &json!({"type": "image_generation.partial_image", "b64_json": "!!!", "partial_image_index": -7}),
    );
    let (made, error) = streamed(&[odd, completed()].concat()).await;
    assert!(made.end && made.previews.is_empty() && made.files.len() == 1, "{error:?}");
}

#[tokio::test]
async fn a_whole_answer_may_come_as_one_event() {
    let data =
        event(&json!({"created": 1, "data": [{"b64_json": DOT64}, {"url": "https://files.example/a.png"}]}));
    let (made, error) = streamed(&[&data, "data: [DONE]\n\n"].concat()).await;
    assert_eq!((made.files.len(), made.addresses.len(), made.end), (1, 1, true), "{error:?}");
}

#[tokio::test]
async fn a_chat_may_answer_instead() {
    let piece = |delta: Value| event(&json!({"choices": [{"index": 0, "delta": delta}]}));
    let long = "iVBORw0KGgqJUE5HDQoaColQTkcNChoK".repeat(100);
    let (front, back) = long.split_at(1600);
    let stop = event(&json!({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}));
    let halves = [
        piece(json!({"content": format!("![](data:image/png;base64,{front}")})),
        piece(json!({"content": format!("{back})")})),
    ];
    let (made, error) = streamed(&[halves.concat(), stop.clone()].concat()).await;
    assert_eq!(made.files, [DOT.repeat(300)], "a picture that was cut in two is one: {error:?}");
    let beside = piece(json!({"images": [{"image_url": {"url": format!("data:image/png;base64,{long}")}}]}));
    let (made, error) = streamed(&[beside.clone(), beside, stop.clone()].concat()).await;
    assert_eq!(made.files, [DOT.repeat(300)], "said twice, it is one: {error:?}");
    let words =
        [piece(json!({"content": "https://files."})), piece(json!({"content": "example/a.png"})), stop];
    assert_eq!(streamed(&words.concat()).await.0.words, "https://files.example/a.png", "words are joined");
}

#[tokio::test]
async fn an_error_inside_a_stream_keeps_the_preview() {
    for error in [
        event(&json!({"error": {"message": "no", "code": "moderation_blocked"}})),
        event(&json!({"type": "error", "error": {"message": "no", "code": "moderation_blocked"}})),
        "event: error\ndata: {\"code\":\"moderation_blocked\",\"message\":\"no\"}\n\n".to_owned(),
        "{\"error\":{\"code\":\"moderation_blocked\",\"message\":\"no\"}}\n".to_owned(),
    ] {
        let (made, failed) = streamed(&[preview(0), error.clone()].concat()).await;
        let Some(Error::Refused(failure)) = failed else { panic!("{error} is a refusal, not {failed:?}") };
        assert_eq!(
            (failure.reading, failure.in_stream, made.previews.len()),
            (Reading::Policy, true, 1),
            "{error}"
        );
    }
}

#[tokio::test]
async fn an_end_without_a_picture_is_a_cut_unless_it_was_said() {
    for body in [String::new(), preview(0), ": only a comment\n\n".to_owned()] {
        let (made, error) = streamed(&body).await;
        assert!(
            matches!(&error, Some(error @ Error::Cut { .. }) if error.may_be_done()),
            "{body:?}: {error:?} {made:?}"
        );
    }
    let (made, error) = streamed(&[&preview(0), "data: [DONE]\n\n"].concat()).await;
    assert!(
        error.is_none() && made.end && made.files.is_empty(),
        "the service says that this was all: {error:?}"
    );
    let broken = completed().replace("\"}", "").replace("}}", "");
    assert!(
        matches!(streamed(&broken).await.1, Some(Error::BadAnswer { .. })),
        "a broken event is no picture"
    );
}

#[tokio::test]
async fn a_broken_connection_is_a_cut() {
    let start = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    let table = [(preview(0), true), (preview(0) + &completed(), false)];
    for (body, cut) in table {
        let bytes = format!("{start}{:x}\r\n{body}\r\n", body.len()).into_bytes();
        let server = Server::start(move |_| vec![Step::Send(bytes.clone())]).await;
        let (made, error) = collect(client().make_pictures(&server.endpoint(), &boat()).await.unwrap()).await;
        assert_eq!(matches!(error, Some(Error::Cut { .. })), cut, "{error:?}");
        assert_eq!(
            (made.previews.len(), made.end),
            (1, !cut),
            "with the picture there, only the goodbye is missing"
        );
    }
}

#[tokio::test]
async fn silence_while_drawing_is_borne_and_endless_silence_is_not() {
    let steps = vec![Step::Send(preview(0).into_bytes()), Step::Hang];
    let (_server, making) = clocked(clocks(LONG, Duration::from_millis(1), SHORT), steps).await;
    let (made, error) = collect(making.unwrap()).await;
    assert!(
        matches!(&error, Some(error @ Error::TimedOut { phase: Phase::Progress, .. }) if error.may_be_done()),
        "{error:?}"
    );
    assert_eq!(made.previews.len(), 1, "the preview is kept");
    let ping = Step::Repeat(b": keep-alive\n\n".to_vec(), Duration::from_millis(5));
    let (_server, making) =
        clocked(clocks(LONG, LONG, SHORT), vec![Step::Send(preview(0).into_bytes()), ping]).await;
    let (_, error) = collect(making.unwrap()).await;
    assert!(
        matches!(error, Some(Error::TimedOut { phase: Phase::Progress, .. })),
        "comments are no progress: {error:?}"
    );
    let (_server, making) = clocked(clocks(SHORT, LONG, LONG), vec![Step::Hang]).await;
    let error = making.unwrap_err();
    assert!(
        matches!(error, Error::TimedOut { phase: Phase::FirstByte, .. }) && error.may_be_done(),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_service_that_does_not_hang_up_is_not_waited_for() {
    let steps = vec![Step::Send(completed().into_bytes()), Step::Hang];
    let (mut server, making) = clocked(clocks(LONG, LONG, LONG), steps).await;
    let (made, error) = collect(making.unwrap()).await;
    assert!(made.end && made.files.len() == 1, "all that was asked for is here: {error:?}");
    tokio::time::timeout(LONG, server.client_left()).await.expect("the connection is closed");
}

#[tokio::test]
async fn several_pictures_are_waited_for() {
    let ask = wish(&json!({"prompt": "boats", "n": 2, "stream": true}));
    let server = Server::body(SSE, vec![Step::Send((completed() + &completed()).into_bytes())]).await;
    let (made, error) = collect(client().make_pictures(&server.endpoint(), &ask).await.unwrap()).await;
    assert_eq!((made.files.len(), made.end), (2, true), "{error:?}");
    let server = Server::body(SSE, vec![Step::Send(completed().into_bytes())]).await;
    let (made, error) = collect(client().make_pictures(&server.endpoint(), &ask).await.unwrap()).await;
    assert_eq!(
        (made.files.len(), made.end),
        (1, true),
        "fewer than asked for are an end like any other: {error:?}"
    );
}

#[tokio::test]
async fn dropping_a_making_drops_the_connection() {
    let steps = vec![Step::Send(preview(0).into_bytes()), Step::Hang];
    let (mut server, making) = clocked(clocks(LONG, LONG, LONG), steps).await;
    let mut making = making.unwrap();
    assert!(matches!(making.next().await, Some(Ok(Piece::Partial { index: 0, .. }))), "it has begun");
    drop(making);
    tokio::time::timeout(LONG, server.client_left()).await.expect("the server must see the connection close");
}

#[tokio::test]
async fn waiting_can_be_given_up_without_losing_a_piece() {
    let steps = vec![Step::Repeat(preview(3).into_bytes(), Duration::from_millis(3))];
    let (_server, making) = clocked(clocks(LONG, LONG, LONG), steps).await;
    let mut making = making.unwrap();
    let mut heard = 0;
    while heard < 50 {
        tokio::select! {
            biased;
            piece = making.next() => {
                assert!(matches!(piece, Some(Ok(Piece::Partial { index: 3, .. }))), "a whole piece, not {piece:?}");
                heard += 1;
            }
            () = tokio::time::sleep(Duration::from_millis(1)) => {}
        }
    }
}
