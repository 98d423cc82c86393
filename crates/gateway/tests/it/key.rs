//! Keys are never printed and are cut out of everything that servers send back.

use gateway::{Endpoint, Error, Key, Reading};

use crate::heard::question;
use crate::server::{KEY, Server, client};

#[test]
fn a_key_does_not_print() {
    let server = gateway::ApiRoot::parse("h.example").unwrap();
    let at = Endpoint { root: server, key: Some(Key::new(KEY.into())) };
    assert!(!format!("{at:?}").contains("0123"), "debugging an endpoint must not show its key");
}

#[tokio::test]
async fn a_key_in_an_error_is_cut_out() {
    let words =
        format!("Incorrect API key provided: {KEY}. Also sk-abcd****************wxyz, rcai-9999888877776666");
    let body = serde_json::json!({"error": {"message": words, "code": KEY, "param": KEY}});
    let server = Server::always(&format!("HTTP/1.1 401 Unauthorized\nx-request-id: r-{KEY}\n\n{body}")).await;
    let error = client().chat(&server.endpoint(), &question()).await.unwrap_err();
    let shown = format!("{error} {error:?}");
    for secret in ["0123456789", "wxyz", "9999888877776666"] {
        assert!(!shown.contains(secret), "{secret} must not appear in {shown}");
    }
    assert!(shown.contains("Incorrect API key provided: [key]"), "the rest stays: {shown}");
}

#[tokio::test]
async fn a_key_in_a_page_or_a_broken_body_is_cut_out() {
    for answer in [
        format!("HTTP/1.1 200 OK\n\n<html><title>{KEY}</title>"),
        format!("HTTP/1.1 200 OK\n\nplain {KEY}"),
        format!("HTTP/1.1 200 OK\n\ndata: {{\"error\":{{\"message\":\"{KEY}\"}}}}\n\n"),
    ] {
        let server = Server::always(&answer).await;
        let error = match client().chat(&server.endpoint(), &question()).await {
            Ok(mut answer) => answer.next().await.unwrap().unwrap_err(),
            Err(error) => error,
        };
        assert!(!format!("{error:?}").contains("0123456789"), "the key must not appear in {error:?}");
    }
}

#[tokio::test]
async fn a_key_that_no_header_can_carry_is_not_sent() {
    let server = Server::always("HTTP/1.1 200 OK\n\n{}").await;
    for bad in ["sk-a\nb: c", "sk-ключ", "sk-\u{0}x", "密钥"] {
        let at = Endpoint { key: Some(Key::new(bad.into())), ..server.endpoint() };
        match client().models(&at).await {
            Err(Error::Refused(failure)) => assert_eq!(failure.reading, Reading::KeyRejected, "for {bad:?}"),
            other => panic!("{bad:?} must be refused, not {other:?}"),
        }
    }
    assert!(server.requests().is_empty(), "nothing may be sent with such a key");
}

#[tokio::test]
async fn a_pasted_key_is_tidied_and_an_empty_one_left_out() {
    let server = Server::always("HTTP/1.1 200 OK\n\n[]").await;
    for pasted in [" sk-tidy \n", "Bearer sk-tidy"] {
        let at = Endpoint { key: Some(Key::new(pasted.into())), ..server.endpoint() };
        client().models(&at).await.unwrap();
        let request = server.requests().pop().unwrap().to_lowercase();
        assert!(request.contains("authorization: bearer sk-tidy\r\n"), "the tidy key, not {request}");
    }
    for key in [None, Some(Key::new("  ".into()))] {
        client().models(&Endpoint { key, ..server.endpoint() }).await.unwrap();
        let request = server.requests().pop().unwrap().to_lowercase();
        assert!(!request.contains("authorization"), "no key, no header: {request}");
    }
}
