//! Speech over a real connection: what is sent, every form in which sound comes back, and what is none.

use std::time::Duration;

use gateway::speech::{LONGEST_SOUND, Piece};
use gateway::{Client, Error, Phase, Reading, Timeouts};
use serde_json::{Map, Value, json};

use crate::server::{KEY, Server, Step, client, response};

const MP3: &[u8] = b"ID3\x04\0\0\0\0\0\0\xff\xf3\x44\xc4sound";
const SSE: &str = "text/event-stream";

fn fields(value: &Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn hello() -> Map<String, Value> {
    fields(&json!({"model": "tts-1", "input": "Hello there.", "voice": "nova", "speed": null}))
}

/// The sound, what was told beside it, and how it ended.
async fn heard(server: &Server, client: Client) -> (Vec<u8>, Option<Value>, Result<(), Error>) {
    let (mut sound, mut usage) = (Vec::new(), None);
    let mut speaking = match client.speak(&server.endpoint(), &hello()).await {
        Ok(speaking) => speaking,
        Err(error) => return (sound, usage, Err(error)),
    };
    while let Some(piece) = speaking.next().await {
        match piece {
            Ok(Piece::Sound(bytes)) => sound.extend_from_slice(&bytes),
            Ok(Piece::Usage(told)) => usage = Some(told),
            Ok(Piece::End) => {
                assert!(speaking.next().await.is_none(), "nothing may follow the end");
                return (sound, usage, Ok(()));
            }
            Err(error) => {
                assert!(speaking.next().await.is_none(), "nothing may follow an error");
                return (sound, usage, Err(error));
            }
        }
    }
    panic!("it ended without an end");
}

async fn told(content_type: &str, body: &[u8]) -> (Vec<u8>, Option<Value>, Result<(), Error>) {
    let server = Server::body(content_type, vec![Step::Send(body.to_vec())]).await;
    heard(&server, client()).await
}

fn reading(told: Result<(), Error>) -> (u16, Reading) {
    match told {
        Err(Error::Refused(failure)) => (failure.status, failure.reading),
        other => panic!("it was not refused: {other:?}"),
    }
}

#[tokio::test]
async fn fields_go_out_as_given_and_nothing_else() {
    let server = Server::body("audio/mpeg", vec![Step::Send(MP3.to_vec())]).await;
    heard(&server, client()).await.2.unwrap();
    let sent = server.requests().remove(0);
    let (head, body) = sent.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v1/audio/speech HTTP/1.1"), "{head}");
    assert!(head.to_lowercase().contains(&format!("authorization: bearer {KEY}")), "with the key");
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body, json!({"model": "tts-1", "input": "Hello there.", "voice": "nova"}), "null is not sent");
}

#[tokio::test]
async fn bytes_come_as_they_are_under_whatever_name() {
    let pcm = b"\x01\x00\x02\x00\x03\x00\xff\xff";
    let braces = [b"{not json".to_vec(), vec![0xff; 300_000]].concat();
    for (content_type, body) in [
        ("audio/mpeg", MP3),
        ("application/octet-stream", MP3),
        ("text/plain; charset=utf-8", MP3),
        ("application/json", MP3),
        ("", b"RIFF\x10\0\0\0WAVEfmt "),
        ("audio/L16", pcm),
        ("audio/pcm", b"{\xff\x00\x01"),
        ("audio/pcm", &braces),
        ("audio/aac", b"\xff\xf1\x50\x80"),
        ("audio/ogg", b"OggS\0\x02"),
        ("audio/flac", b"fLaC\0\0\0\x22"),
        ("audio/pcm", b"\x01"),
    ] {
        let (sound, _, end) = told(content_type, body).await;
        assert!(end.is_ok(), "{content_type}: {end:?}");
        assert!(sound == body, "{content_type}: every byte");
    }
}

#[tokio::test]
async fn pieces_come_while_the_rest_is_being_made() {
    let steps = vec![Step::Send(MP3.to_vec()), Step::Hang];
    let mut server = Server::body("audio/mpeg", steps).await;
    let mut speaking = client().speak(&server.endpoint(), &hello()).await.unwrap();
    assert_eq!(speaking.next().await.unwrap().unwrap(), Piece::Sound(MP3.into()));
    drop(speaking);
    server.client_left().await;
}

#[tokio::test]
async fn words_in_the_place_of_a_sound_are_an_error_also_with_200() {
    let json = br#"{"error":{"message":"text too long","type":"one_api_error","code":"text_too_long"}}"#;
    for content_type in ["application/json", "audio/mpeg", "text/plain", "application/octet-stream"] {
        let (sound, _, end) = told(content_type, json).await;
        assert!(sound.is_empty(), "words are no sound");
        assert_eq!(reading(end), (200, Reading::ContextTooLong), "said as {content_type}");
    }
    let (_, _, end) = told("text/html", b"<html><title>Sign in</title></html>").await;
    assert!(matches!(end, Err(Error::NotAnApi { ref title, .. }) if title == "Sign in"), "{end:?}");
    let (_, _, end) = told("text/plain", b"no credit").await;
    assert!(matches!(end, Err(Error::BadAnswer { ref detail }) if detail.contains("no credit")), "{end:?}");
    let (_, _, end) = told("audio/mpeg", b"").await;
    assert!(matches!(end, Err(Error::BadAnswer { .. })), "nothing at all: {end:?}");
}

#[tokio::test]
async fn refusals_by_status_are_read() {
    for (answer, expected) in [
        (
            "HTTP/1.1 401 Unauthorized\n\n{\"error\":{\"message\":\"Incorrect API key provided\"}}",
            Reading::KeyRejected,
        ),
        ("HTTP/1.1 404 Not Found\n\nnot found", Reading::NotOffered),
        ("HTTP/1.1 501 Not Implemented\n\n{}", Reading::NotOffered),
        (
            "HTTP/1.1 400 Bad Request\n\n{\"error\":{\"message\":\"Unknown parameter: 'instructions'.\",\"param\":\"instructions\"}}",
            Reading::FieldRefused,
        ),
    ] {
        let server = Server::start(move |_| vec![Step::Send(response(answer))]).await;
        let (_, _, end) = heard(&server, client()).await;
        assert_eq!(reading(end).1, expected, "{answer}");
    }
}

#[tokio::test]
async fn events_carry_the_sound_in_pieces() {
    let body = "event: speech.audio.delta\ndata: {\"type\":\"speech.audio.delta\",\"audio\":\"SUQz\"}\n\n\
                : keep-alive\n\n\
                data: {\"type\":\"speech.audio.delta\",\"audio\":\"BAA=\"}\n\n\
                data: {\"type\":\"speech.audio.done\",\"usage\":{\"total_tokens\":12}}\n\n";
    for content_type in [SSE, "text/plain"] {
        let (sound, usage, end) = told(content_type, body.as_bytes()).await;
        assert!(end.is_ok(), "{content_type}: {end:?}");
        assert_eq!(sound, b"ID3\x04\0", "{content_type}");
        assert_eq!(usage, Some(json!({"total_tokens": 12})));
    }
    let cut = body.split("data: {\"type\":\"speech.audio.done\"").next().unwrap();
    let (sound, _, end) = told(SSE, cut.as_bytes()).await;
    assert_eq!(sound, b"ID3\x04\0", "what came is here");
    assert!(matches!(end, Err(ref error @ Error::Cut { .. }) if error.may_be_done()), "{end:?}");
    let failed =
        format!("{cut}data: {{\"error\":{{\"message\":\"overloaded\",\"code\":\"server_error\"}}}}\n\n");
    let (sound, _, end) = told(SSE, failed.as_bytes()).await;
    assert!(
        !sound.is_empty() && matches!(end, Err(Error::Refused(ref failure)) if failure.in_stream),
        "{end:?}"
    );
    let (_, _, end) = told(SSE, b"data: {\"type\":\"speech.audio.delta\",\"audio\":\"***\"}\n\n").await;
    assert!(matches!(end, Err(Error::BadAnswer { .. })), "no sound in it: {end:?}");
}

#[tokio::test]
async fn the_end_is_believed_before_the_connection_closes() {
    let sound = "data: {\"type\":\"speech.audio.delta\",\"audio\":\"SUQz\"}\n\n";
    for done in ["{\"type\":\"speech.audio.done\"}", "[DONE]"] {
        let body = format!("{sound}data: {done}\n\n");
        let server = Server::body(SSE, vec![Step::Send(body.into()), Step::Hang]).await;
        let told = tokio::time::timeout(Duration::from_secs(5), heard(&server, client())).await;
        let (sound, _, end) = told.unwrap_or_else(|_| panic!("{done} was not the end"));
        assert!(sound == b"ID3" && end.is_ok(), "{done}: {end:?}");
    }
}

#[tokio::test]
async fn what_came_before_a_cut_is_handed_out_first() {
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n";
    let server = Server::start(move |_| vec![Step::Send(head.into()), Step::Send(MP3.to_vec())]).await;
    let (sound, _, end) = heard(&server, client()).await;
    assert_eq!(sound, MP3, "it was paid for");
    assert!(matches!(end, Err(ref error @ Error::Cut { .. }) if error.may_be_done()), "{end:?}");
}

#[tokio::test]
async fn a_silent_service_is_given_up_and_an_endless_one_too() {
    let short = Timeouts { bytes: Duration::from_millis(100), ..Timeouts::default() };
    let server = Server::body("audio/mpeg", vec![Step::Send(MP3.to_vec()), Step::Hang]).await;
    let (_, _, end) = heard(&server, Client::new(short)).await;
    assert!(matches!(end, Err(Error::TimedOut { phase: Phase::Bytes, .. })), "{end:?}");
    let endless = vec![Step::Repeat(vec![0; 1 << 20], Duration::ZERO)];
    let server = Server::body("audio/pcm", endless).await;
    let mut speaking = client().speak(&server.endpoint(), &hello()).await.unwrap();
    let mut length = 0;
    let end = loop {
        match speaking.next().await.unwrap() {
            Ok(Piece::Sound(bytes)) => length += bytes.len(),
            other => break other,
        }
    };
    assert!(length <= LONGEST_SOUND && matches!(end, Err(Error::BadAnswer { .. })), "{length}: {end:?}");
}
