//! Files that strangers' addresses name: how far redirects are followed, what is too long or too slow, what goes along, and
//! where nobody connects to.

use std::time::Duration;

use gateway::Timeouts;
use gateway::fetch::{FetchError, Fetcher, Limits};
use url::Url;

use crate::server::{Server, Step, response};

const LIMITS: Limits = Limits { bytes: 1000, time: Duration::from_secs(20) };

async fn fetch(server: &Server, path: &str, limits: Limits) -> Result<Vec<u8>, FetchError> {
    let timeouts = Timeouts { bytes: Duration::from_secs(2), ..Timeouts::default() };
    let home = Url::parse(&format!("{}/v1", server.address)).unwrap();
    let address = format!("{}{path}", server.address);
    let mut incoming = Fetcher::new(timeouts).fetch(&address, &home, limits).await?;
    let mut bytes = Vec::new();
    while let Some(piece) = incoming.next().await? {
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

fn answer(sample: &str) -> Vec<Step> {
    vec![Step::Send(response(sample))]
}

fn to(place: &str) -> Vec<Step> {
    answer(&format!("HTTP/1.1 302 Found\nLocation: {place}\nSet-Cookie: who=me\n\n"))
}

#[tokio::test]
async fn redirects_are_followed_with_nothing_along() {
    let server = Server::start(|path| match path {
        "/one" => to("/two"),
        "/two" => to("three?x=1"),
        _ => answer("HTTP/1.1 200 OK\nContent-Length: 5\n\nbytes"),
    })
    .await;
    assert_eq!(fetch(&server, "/one", LIMITS).await.unwrap(), b"bytes");
    assert_eq!(server.paths().len(), 3);
    for request in server.requests() {
        let request = request.to_lowercase();
        for never in ["authorization", "cookie", "referer"] {
            assert!(!request.contains(never), "{never} goes to nobody: {request}");
        }
    }
}

#[tokio::test]
async fn a_redirect_is_looked_at_like_an_address() {
    let other = Server::always("HTTP/1.1 200 OK\nContent-Length: 6\n\nsecret").await;
    let elsewhere = other.address.clone();
    let server = Server::start(move |path| match path {
        "/in" => to(&format!("{elsewhere}/admin")),
        "/file" => to("file:///etc/passwd"),
        "/private" => to("http://192.168.1.1/"),
        _ => to("/round"),
    })
    .await;
    for path in ["/in", "/file", "/private", "/round"] {
        let told = fetch(&server, path, LIMITS).await;
        assert!(matches!(told, Err(FetchError::NotAllowed { .. })), "{path}: {told:?}");
    }
    assert!(other.requests().is_empty(), "whoever lives at another port of this computer is left alone");
}

#[tokio::test]
async fn what_is_too_long_is_refused_before_and_while_it_comes() {
    let server = Server::start(|path| match path {
        "/says-so" => answer("HTTP/1.1 200 OK\nContent-Length: 104857600\n\nbegin"),
        _ => vec![
            Step::Send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec()),
            Step::Repeat(vec![b'x'; 400], Duration::from_millis(1)),
        ],
    })
    .await;
    for path in ["/says-so", "/says-nothing"] {
        let told = fetch(&server, path, LIMITS).await;
        assert!(matches!(told, Err(FetchError::TooLong { most: 1000 })), "{path}: {told:?}");
    }
}

#[tokio::test]
async fn what_stops_coming_may_come_later_and_what_is_gone_will_not() {
    let server = Server::start(|path| match path {
        "/hangs" => vec![Step::Hang],
        "/stalls" => {
            vec![Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf".to_vec()), Step::Hang]
        }
        "/cut" => vec![Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf".to_vec())],
        "/drips" => vec![
            Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n".to_vec()),
            Step::Repeat(b"x".to_vec(), Duration::from_millis(200)),
        ],
        "/busy" => answer("HTTP/1.1 503 Busy\nContent-Length: 0\n\n"),
        _ => answer("HTTP/1.1 410 Gone\nContent-Length: 0\n\n"),
    })
    .await;
    for path in ["/hangs", "/stalls", "/cut"] {
        let told = fetch(&server, path, LIMITS).await;
        assert!(matches!(told, Err(FetchError::Wire(_))), "{path}: {told:?}");
    }
    let soon = Limits { time: Duration::from_secs(1), ..LIMITS };
    let told = fetch(&server, "/drips", soon).await;
    assert!(
        matches!(told, Err(FetchError::Wire(_))),
        "a byte now and then does not go on for ever: {told:?}"
    );
    let told = fetch(&server, "/busy", LIMITS).await;
    assert!(matches!(told, Err(FetchError::NotNow { status: 503 })), "{told:?}");
    let told = fetch(&server, "/gone", LIMITS).await;
    assert!(matches!(told, Err(FetchError::Gone { status: 410 })), "{told:?}");
}
