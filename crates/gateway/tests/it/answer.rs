//! Answers over a real connection: broken framing, the two clocks, ends and cuts, dropping.

use std::time::Duration;

use gateway::chat::{Answer, Event};
use gateway::{Client, Error, Phase, Timeouts};

use crate::heard::{Heard, hear, question};
use crate::server::{Server, Step, client};

const SSE: &str = "text/event-stream";
const SHORT: Duration = Duration::from_millis(200);
const LONG: Duration = Duration::from_secs(600);

fn chunk(text: &str) -> String {
    format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{text}\"}}}}]}}\n\n")
}

fn stop() -> &'static str {
    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
}

async fn told(content_type: &str, body: &[u8]) -> (Heard, Option<Error>) {
    let server = Server::body(content_type, vec![Step::Send(body.to_vec())]).await;
    match client().chat(&server.endpoint(), &question()).await {
        Ok(answer) => hear(answer).await,
        Err(error) => (Heard::default(), Some(error)),
    }
}

/// An answer whose server sends `steps`, under these clocks.
async fn clocked(timeouts: Timeouts, steps: Vec<Step>) -> (Server, Result<Answer, Error>) {
    let server = Server::body(SSE, steps).await;
    let answer = Client::new(timeouts).chat(&server.endpoint(), &question()).await;
    (server, answer)
}

fn clocks(first_byte: Duration, bytes: Duration, progress: Duration) -> Timeouts {
    Timeouts { connect: LONG, first_byte, bytes, progress }
}

#[tokio::test]
async fn framing_does_not_matter() {
    let text = format!("\u{feff}{}{}{}data: [DONE]\n\n", chunk("早上"), chunk("好"), stop());
    for ending in ["\n", "\r\n", "\r"] {
        let body = text.replace('\n', ending);
        let (heard, error) = told(SSE, body.as_bytes()).await;
        assert_eq!((heard.text.as_str(), heard.end), ("早上好", Some(false)), "with {ending:?}: {error:?}");
    }
}

#[tokio::test]
async fn the_content_type_may_be_wrong() {
    let stream = format!("{}{}data: [DONE]\n\n", chunk("hi"), stop());
    let whole = r#"{"choices":[{"message":{"content":"hi"},"finish_reason":"stop"}]}"#;
    let pretty = "{\n \"choices\": [{\"message\": {\"content\": \"hi\"}, \"finish_reason\": \"stop\"}]\n}";
    let lines = "{\"choices\":[{\"delta\":{\"content\":\"h\"}}]}\n{\"choices\":[{\"delta\":{\"content\":\"i\"},\"finish_reason\":\"stop\"}]}\n";
    for body in
        [stream.as_str(), whole, pretty, lines, &format!("\u{feff}{whole}"), &format!(": hello\n\n{stream}")]
    {
        for content_type in [SSE, "application/json", "text/plain; charset=utf-8", "application/x-ndjson"] {
            let (heard, error) = told(content_type, body.as_bytes()).await;
            assert_eq!(
                (heard.text.as_str(), heard.end),
                ("hi", Some(false)),
                "{body:?} as {content_type}: {error:?}"
            );
        }
    }
}

#[tokio::test]
async fn an_end_without_a_reason_is_a_cut() {
    let cases = [
        (chunk("a"), true),
        (chunk("a") + "data: [DONE]\n\n", true),
        (chunk("a") + stop(), false),
        (chunk("a") + stop() + "data: [none]\n\n", false),
        (chunk("a") + stop() + "data: [DONE] and more\n\n" + &chunk("never"), false),
        (chunk("a") + "data: {\"choices\":[{\"delta\":{\"cont\n\n" + stop(), true),
        (chunk("a") + "data: ping\n\n" + stop(), false),
    ];
    for (body, cut) in cases {
        let (heard, error) = told(SSE, body.as_bytes()).await;
        assert_eq!((heard.text.as_str(), heard.end), ("a", Some(cut)), "the end of {body:?}: {error:?}");
    }
    assert_eq!(told(SSE, b"").await.0.end, Some(true), "an empty stream is a cut");
}

#[tokio::test]
async fn a_broken_connection_keeps_the_text() {
    let start = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    let body = chunk("kept <thi");
    let bytes = format!("{start}{:x}\r\n{body}\r\n", body.len()).into_bytes();
    let server = Server::start(move |_| vec![Step::Send(bytes.clone())]).await;
    let (heard, error) = hear(client().chat(&server.endpoint(), &question()).await.unwrap()).await;
    assert!(matches!(error, Some(Error::Cut { .. })), "a connection that breaks is a cut, not {error:?}");
    assert_eq!(heard.text, "kept <thi", "also what was held back");
}

#[tokio::test]
async fn what_is_no_answer_is_said_so() {
    for body in ["", "plain words", "{\"choices\":[]}", "{\"id\":1}", "{\"choices\":", "[]", "42"] {
        let (_, error) = told("application/json", body.as_bytes()).await;
        assert!(matches!(error, Some(Error::BadAnswer { .. })), "{body:?} is unreadable, not {error:?}");
    }
}

#[tokio::test]
async fn silence_before_the_first_byte_ends_by_its_clock() {
    let (_server, answer) = clocked(clocks(SHORT, LONG, LONG), vec![Step::Hang]).await;
    let error = answer.unwrap_err();
    assert!(matches!(error, Error::TimedOut { phase: Phase::FirstByte, .. }), "{error:?}");
}

#[tokio::test]
async fn silence_inside_an_answer_ends_by_the_byte_clock() {
    let steps = vec![Step::Send(chunk("kept").into_bytes()), Step::Hang];
    let (_server, answer) = clocked(clocks(LONG, SHORT, LONG), steps).await;
    let (heard, error) = hear(answer.unwrap()).await;
    assert!(matches!(error, Some(Error::TimedOut { phase: Phase::Bytes, .. })), "{error:?}");
    assert_eq!(heard.text, "kept", "what came before stays");
}

#[tokio::test]
async fn the_byte_clock_runs_on_while_waiting_is_given_up() {
    let steps = vec![Step::Send(chunk("kept").into_bytes()), Step::Hang];
    let (_server, answer) = clocked(clocks(LONG, SHORT, LONG), steps).await;
    let mut answer = answer.unwrap();
    let error = loop {
        if let Ok(Some(Err(error))) = tokio::time::timeout(Duration::from_millis(5), answer.next()).await {
            break error;
        }
    };
    assert!(matches!(error, Error::TimedOut { phase: Phase::Bytes, .. }), "{error:?}");
}

#[tokio::test]
async fn comments_alone_end_by_the_progress_clock() {
    let ping = Step::Repeat(b": keep-alive\n\n".to_vec(), Duration::from_millis(5));
    let steps = vec![Step::Send(chunk("kept").into_bytes()), ping];
    let (_server, answer) = clocked(clocks(LONG, LONG, SHORT), steps).await;
    let (heard, error) = hear(answer.unwrap()).await;
    assert!(matches!(error, Some(Error::TimedOut { phase: Phase::Progress, .. })), "{error:?}");
    assert!(heard.alive > 0, "comments are seen");
}

#[tokio::test]
async fn dropping_an_answer_drops_the_connection() {
    let steps = vec![Step::Send(chunk("a").into_bytes()), Step::Hang];
    let (mut server, answer) = clocked(clocks(LONG, LONG, LONG), steps).await;
    let mut answer = answer.unwrap();
    let first = answer.next().await.unwrap().unwrap();
    assert_eq!(first, Event::Text { choice: 0, text: "a".into() }, "the answer has begun");
    drop(answer);
    tokio::time::timeout(LONG, server.client_left()).await.expect("the server must see the connection close");
}

#[tokio::test]
async fn the_end_closes_the_connection_although_the_server_stays() {
    let steps = vec![Step::Send((chunk("a") + stop() + "data: [DONE]\n\n").into_bytes()), Step::Hang];
    let (mut server, answer) = clocked(clocks(LONG, LONG, LONG), steps).await;
    let (heard, _) = hear(answer.unwrap()).await;
    assert_eq!(heard.end, Some(false), "the mark ends the answer");
    tokio::time::timeout(LONG, server.client_left()).await.expect("nothing more is expected from the server");
}

#[tokio::test]
async fn waiting_can_be_given_up_without_losing_an_event() {
    let steps = vec![Step::Repeat(chunk("a").into_bytes(), Duration::from_millis(3))];
    let (_server, answer) = clocked(clocks(LONG, LONG, LONG), steps).await;
    let mut answer = answer.unwrap();
    let mut heard = 0;
    while heard < 50 {
        tokio::select! {
            biased;
            event = answer.next() => {
                assert_eq!(event.unwrap().unwrap(), Event::Text { choice: 0, text: "a".into() }, "a whole piece");
                heard += 1;
            }
            () = tokio::time::sleep(Duration::from_millis(1)) => {}
        }
    }
}

#[tokio::test]
async fn a_line_of_many_megabytes_passes() {
    let picture = "A".repeat(20_000_000);
    let body = format!(
        "data: {{\"choices\":[{{\"delta\":{{\"images\":[{{\"image_url\":{{\"url\":\"data:image/png;base64,{picture}\"}}}}]}}}}]}}\n\n{}",
        stop()
    );
    let (heard, error) = told(SSE, body.as_bytes()).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(heard.pictures[0].len(), picture.len() + 22, "the whole picture");
}
