//! Requests as they go out, redirects, and connections that do not come about.

use std::time::Duration;

use gateway::chat::{Message, Request, Role};
use gateway::{ApiRoot, Endpoint, Error, Reading};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::heard::{hear, question};
use crate::server::{KEY, Server, Step, client, json as reply, response};

const ANSWER: &str = r#"{"choices":[{"message":{"content":"hi"},"finish_reason":"stop"}]}"#;

/// The head and body of the request that `ask` becomes.
async fn sent(ask: &Request) -> (String, Value) {
    let server = Server::start(|_| reply(ANSWER)).await;
    hear(client().chat(&server.endpoint(), ask).await.unwrap()).await;
    let request = server.requests().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), serde_json::from_str(body).unwrap())
}

#[tokio::test]
async fn a_request_says_only_what_was_asked() {
    let ask = Request {
        model: "m".into(),
        messages: vec![
            Message::text(Role::System, "Answer briefly."),
            Message::text(Role::User, "Hi"),
            Message::text(Role::Assistant, ""),
        ],
        ..Request::default()
    };
    let (head, body) = sent(&ask).await;
    let expected = json!({"model": "m", "messages": [
        {"role": "system", "content": "Answer briefly."},
        {"role": "user", "content": "Hi"},
        {"role": "assistant", "content": ""},
    ]});
    assert_eq!(body, expected, "no default may be sent");
    let head = head.to_lowercase();
    assert!(head.starts_with("post /v1/chat/completions http/1.1"), "{head}");
    for line in [
        &format!("authorization: bearer {KEY}"),
        "content-type: application/json",
        "accept: application/json",
        &format!("user-agent: medley/{}", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(head.contains(line), "{line} is missing in {head}");
    }
}

#[tokio::test]
async fn options_are_merged_last() {
    let options = json!({"temperature": 0.5, "stream_options": null, "messages": "no"});
    let ask = Request { include_usage: true, options: options.as_object().unwrap().clone(), ..question() };
    let (head, body) = sent(&ask).await;
    assert!(head.to_lowercase().contains("accept: text/event-stream"), "{head}");
    assert_eq!(body["temperature"], 0.5, "an option");
    assert_eq!(body["stream_options"], Value::Null, "an option replaces what was set");
    assert!(body["messages"].is_array(), "the conversation cannot be replaced");
    let usage = Request { include_usage: true, ..question() };
    assert_eq!(sent(&usage).await.1["stream_options"], json!({"include_usage": true}), "usage is asked for");
    let silent = Request { include_usage: true, stream: false, ..question() };
    assert!(sent(&silent).await.1.get("stream_options").is_none(), "only streams have stream options");
}

#[tokio::test]
async fn a_redirect_to_another_origin_is_told_and_not_followed() {
    let other = Server::start(|_| reply(ANSWER)).await;
    for status in ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"] {
        let target = format!("{}/v1/chat/completions", other.address);
        let server = Server::always(&format!("HTTP/1.1 {status}\nLocation: {target}\n\n")).await;
        let at = server.endpoint();
        let errors =
            [client().chat(&at, &question()).await.unwrap_err(), client().models(&at).await.unwrap_err()];
        for error in errors {
            let Error::Refused(failure) = error else { panic!("{status} must be a refusal, not {error:?}") };
            assert_eq!(failure.reading, Reading::AddressWrong, "{status}");
            assert_eq!(failure.message, target, "the target is told");
        }
    }
    assert!(other.requests().is_empty(), "neither key nor conversation may reach the other host");
}

#[tokio::test]
async fn a_redirect_within_the_origin_keeps_key_and_body() {
    let server = Server::start(|path| match path {
        "/v1/chat/completions" => {
            vec![Step::Send(response("HTTP/1.1 308 Permanent Redirect\nLocation: /new/chat\n\n"))]
        }
        _ => reply(ANSWER),
    })
    .await;
    let (heard, error) = hear(client().chat(&server.endpoint(), &question()).await.unwrap()).await;
    assert_eq!(heard.text, "hi", "the answer of the new place: {error:?}");
    let second = server.requests().remove(1);
    assert!(second.starts_with("POST /new/chat ") && second.contains(KEY), "the same question: {second}");
    assert!(second.contains("Name a river."), "with its body: {second}");
}

#[tokio::test]
async fn redirects_in_a_circle_end() {
    let server = Server::always("HTTP/1.1 302 Found\nLocation: /v1/models\n\n").await;
    let error = client().models(&server.endpoint()).await.unwrap_err();
    assert!(
        matches!(error, Error::Refused(failure) if failure.reading == Reading::AddressWrong),
        "a wrong address"
    );
    assert!(server.requests().len() < 10, "not for ever");
}

#[tokio::test]
async fn nobody_there_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let at = Endpoint { root: ApiRoot::parse(&address).unwrap(), key: None };
    let error = client().models(&at).await.unwrap_err();
    assert!(matches!(&error, Error::Unreachable { host, .. } if host == "127.0.0.1"), "{error:?}");
    assert!(client().probe_local(&at.root).await.is_none(), "the local probe is silent");
}

#[tokio::test]
async fn a_server_without_tls_is_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let root = ApiRoot::parse(&format!("https://{}", listener.local_addr().unwrap())).unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        // Reads the greeting first: closing over unread bytes would reset the connection.
        stream.read_buf(&mut Vec::new()).await.unwrap();
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await.unwrap();
        stream.read_buf(&mut Vec::new()).await.unwrap();
    });
    let error = client().models(&Endpoint { root, key: None }).await.unwrap_err();
    assert!(matches!(error, Error::Tls { .. }), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_closes_unanswered_is_cut() {
    let server = Server::start(|_| Vec::new()).await;
    let error = client().chat(&server.endpoint(), &question()).await.unwrap_err();
    assert!(matches!(error, Error::Cut { .. }), "{error:?}");
    assert!(gateway::retry::delay(0, &error, 0.0).is_some(), "nothing was shown, so it may be repeated");
}

#[tokio::test]
async fn pauses_are_read_from_headers() {
    let table = [
        ("Retry-After: 2.5", Some(Duration::from_millis(2500))),
        ("retry-after-ms: 1500\nRetry-After: 9", Some(Duration::from_millis(1500))),
        ("Retry-After: Thu, 01 Jan 1970 00:00:00 GMT", Some(Duration::ZERO)),
        ("Retry-After: -3", None),
        ("Retry-After: soon", None),
        ("X-Other: 1", None),
    ];
    for (header, pause) in table {
        let server =
            Server::always(&format!("HTTP/1.1 429 Too Many Requests\nx-should-retry: false\n{header}\n\n"))
                .await;
        let error = client().chat(&server.endpoint(), &question()).await.unwrap_err();
        let Error::Refused(failure) = error else { panic!("a 429 is a refusal, not {error:?}") };
        assert_eq!(failure.retry_after, pause, "the pause in {header:?}");
        assert_eq!(failure.should_retry, Some(false), "the advice");
    }
}

#[tokio::test]
async fn a_local_server_is_found_without_a_key() {
    let server = Server::start(|_| reply(r#"{"data":[{"id":"qwen"}]}"#)).await;
    let found = client().probe_local(&server.endpoint().root).await.expect("it is there");
    assert_eq!(found.models[0].id, "qwen", "with its models");
    assert!(!server.requests()[0].to_lowercase().contains("authorization"), "no key is sent to a stranger");
}
