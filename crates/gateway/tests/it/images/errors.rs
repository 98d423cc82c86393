//! What goes wrong: what it means, whether it may have been paid for, and that no key is told.

use std::time::Duration;

use gateway::{ApiRoot, Client, Endpoint, Error, Failure, Reading, Timeouts};
use serde_json::json;
use tokio::net::TcpListener;

use super::{DOT64, boat, collect};
use crate::server::{KEY, Server, Step, client, response};
use crate::wire::sample;

async fn failed(answer: &str) -> Error {
    let server = Server::always(answer).await;
    client().make_pictures(&server.endpoint(), &boat()).await.expect_err("it is refused")
}

async fn refused(status: u16, body: &str) -> (Failure, bool) {
    match failed(&format!("HTTP/1.1 {status} X\n\n{body}")).await {
        error @ Error::Refused(_) => {
            let may_be_done = error.may_be_done();
            let Error::Refused(failure) = error else { unreachable!("it was one") };
            (*failure, may_be_done)
        }
        error => panic!("{status} {body:?} must be a refusal, not {error:?}"),
    }
}

#[tokio::test]
async fn refusals_are_read_and_known_not_to_be_paid() {
    let table = [
        (400, "content_policy_violation", "Your request was rejected by our safety system.", Reading::Policy),
        (400, "moderation_blocked", "no", Reading::Policy),
        (400, "", "提示词包含敏感词", Reading::Policy),
        (400, "billing_hard_limit_reached", "limit", Reading::BalanceEmpty),
        (401, "invalid_api_key", "no", Reading::KeyRejected),
        (403, "insufficient_user_quota", "额度不足", Reading::BalanceEmpty),
        (404, "model_not_found", "no", Reading::ModelUnknown),
        (404, "", "Invalid URL (POST /v1/images/edits)", Reading::NotOffered),
        (405, "", "Method Not Allowed", Reading::NotOffered),
        (413, "", "", Reading::TooLarge),
        (429, "rate_limit_exceeded", "images per minute", Reading::RateLimited),
        (501, "api_not_implemented", "no", Reading::NotOffered),
        (503, "model_not_found", "当前分组 default 下对于模型 dall-e-3 无可用渠道", Reading::NoChannel),
        (500, "server_error", "The server had an error", Reading::ServerFault),
    ];
    for (status, code, message, reading) in table {
        let body =
            json!({"error": {"message": message, "type": "x", "param": null, "code": code}}).to_string();
        let (failure, may_be_done) = refused(status, &body).await;
        assert_eq!((failure.reading, may_be_done), (reading, false), "{status} {code} {message}");
    }
}

#[tokio::test]
async fn a_service_without_the_path_does_not_offer_it() {
    for (status, body) in
        [(404, "<html><title>404 Not Found</title></html>"), (404, "404 page not found"), (405, "")]
    {
        let (failure, may_be_done) = refused(status, body).await;
        assert_eq!((failure.reading, may_be_done), (Reading::NotOffered, false), "{status} {body}");
    }
}

#[tokio::test]
async fn a_refused_field_is_named() {
    let table = [
        (
            r#"{"error":{"message":"Unknown parameter: 'response_format'.","code":"unknown_parameter","param":"response_format"}}"#,
            "response_format",
        ),
        (r#"{"error":{"message":"Unknown parameter: 'style'."}}"#, "style"),
        (r#"{"error":{"message":"partial_images is only for streams"}}"#, "partial_images"),
        (r#"{"detail":[{"loc":["body","size"],"msg":"Input should be '1024x1024'","type":"enum"}]}"#, "size"),
    ];
    for (body, field) in table {
        let (failure, may_be_done) = refused(400, body).await;
        assert_eq!(
            (failure.reading, failure.field.as_deref()),
            (Reading::FieldRefused, Some(field)),
            "{body}"
        );
        assert!(!may_be_done, "{body}");
    }
}

#[tokio::test]
async fn who_gave_up_waiting_may_have_paid() {
    for status in [408, 502, 504, 520, 522, 524] {
        let (failure, may_be_done) = refused(status, "<html><title>A timeout occurred</title>").await;
        assert_eq!((failure.reading, may_be_done), (Reading::UpstreamSlow, true), "{status}");
    }
    let error = failed(&sample("cloudflare-524")).await;
    assert!(error.may_be_done(), "{error:?}");
    for message in ["do request failed: context deadline exceeded", "Post \"x\": EOF", "upstream timed out"] {
        let body = json!({"error": {"message": message, "type": "one_api_error"}}).to_string();
        assert!(refused(500, &body).await.1, "{message}: the relay lost whoever draws");
    }
}

#[tokio::test]
async fn connections_that_do_not_stand_paid_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    drop(listener);
    let at = Endpoint { root: ApiRoot::parse(&address).unwrap(), key: None };
    let error = client().make_pictures(&at, &boat()).await.unwrap_err();
    assert!(matches!(error, Error::Unreachable { .. }) && !error.may_be_done(), "{error:?}");
}

#[tokio::test]
async fn connections_that_break_after_sending_may_have_paid() {
    let server = Server::start(|_| Vec::new()).await;
    let error = client().make_pictures(&server.endpoint(), &boat()).await.unwrap_err();
    assert!(matches!(error, Error::Cut { .. }) && error.may_be_done(), "{error:?}");
    assert_eq!(server.requests().len(), 1, "and it is not sent again");
    let half = response(
        "HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: 5000\n\n{\"data\":[{\"b64_json\":\"iVBOR",
    );
    let server = Server::start(move |_| vec![Step::Send(half.clone())]).await;
    let (_, error) = collect(client().make_pictures(&server.endpoint(), &boat()).await.unwrap()).await;
    assert!(matches!(&error, Some(error @ Error::Cut { .. }) if error.may_be_done()), "{error:?}");
    assert_eq!(server.requests().len(), 1, "and it is not sent again");
}

#[tokio::test]
async fn a_body_that_stops_half_way_ends_by_its_clock() {
    let short = Duration::from_millis(200);
    let timeouts = Timeouts { bytes: short, ..Timeouts::default() };
    let steps = vec![Step::Send(b"{\"data\":[{\"b64_json\":\"iVBOR".to_vec()), Step::Hang];
    let server = Server::body("application/json", steps).await;
    let making = Client::new(timeouts).make_pictures(&server.endpoint(), &boat()).await.unwrap();
    let (_, error) = collect(making).await;
    assert!(matches!(&error, Some(error @ Error::TimedOut { .. }) if error.may_be_done()), "{error:?}");
}

#[tokio::test]
async fn a_redirect_elsewhere_is_told_and_not_followed() {
    let other =
        Server::always(&format!("HTTP/1.1 200 OK\n\n{{\"data\":[{{\"b64_json\":\"{DOT64}\"}}]}}")).await;
    for status in ["301 Moved", "307 Temporary Redirect"] {
        let error =
            failed(&format!("HTTP/1.1 {status}\nLocation: {}/v1/images/generations\n\n", other.address))
                .await;
        assert!(
            matches!(&error, Error::Refused(failure) if failure.reading == Reading::AddressWrong),
            "{error:?}"
        );
        assert!(!error.may_be_done(), "nobody drew");
    }
    assert!(other.requests().is_empty(), "neither key nor words may reach the other host");
}

#[tokio::test]
async fn no_error_tells_the_key() {
    let long = format!("{{\"a\": {KEY} {}", "x".repeat(400));
    for answer in [
        format!("HTTP/1.1 401 X\n\n{{\"error\":{{\"message\":\"Incorrect key {KEY}\",\"code\":\"{KEY}\"}}}}"),
        format!("HTTP/1.1 200 OK\n\n{{\"error\":{{\"message\":\"Incorrect key {KEY}\"}}}}"),
        format!("HTTP/1.1 200 OK\n\n{{\"id\":\"{KEY}\"}}"),
        format!("HTTP/1.1 200 OK\n\n{KEY}"),
        format!("HTTP/1.1 200 OK\n\n{long}"),
        format!("HTTP/1.1 200 OK\n\n<title>{KEY}</title>"),
        format!("HTTP/1.1 302 X\nLocation: https://a.example/?key={KEY}\n\n"),
        format!("HTTP/1.1 200 OK\nContent-Type: text/event-stream\n\ndata: {{\"error\":\"{KEY}\"}}\n\n"),
    ] {
        let server = Server::always(&answer).await;
        let error = match client().make_pictures(&server.endpoint(), &boat()).await {
            Ok(making) => collect(making).await.1.expect("it is an error"),
            Err(error) => error,
        };
        assert!(!format!("{error} {error:?}").contains(KEY), "{answer} told the key: {error:?}");
    }
}
