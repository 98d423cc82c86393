//! Pictures over a real connection: what is sent, and every shape in which they come back.

use gateway::Error;
use gateway::images::{Making, Piece, Request, Source};
use serde_json::{Value, json};

use crate::server::{KEY, Server, Step, client, json as reply};

/// The first bytes of a PNG, and the same in base64.
const DOT: &[u8] = b"\x89PNG\r\n\x1a\n";
const DOT64: &str = "iVBORw0KGgo=";

/// All that a making gave.
#[derive(Debug, Default, PartialEq)]
struct Made {
    previews: Vec<(u32, Vec<u8>)>,
    files: Vec<Vec<u8>>,
    addresses: Vec<String>,
    revised: Vec<String>,
    words: String,
    task: Option<String>,
    usage: Option<Value>,
    created: Option<i64>,
    facts: Value,
    /// Absent when an error ended it.
    end: bool,
}

async fn collect(mut making: Making) -> (Made, Option<Error>) {
    let mut made = Made::default();
    while let Some(piece) = making.next().await {
        assert!(!made.end, "nothing may follow the end, but {piece:?} did");
        match piece {
            Ok(Piece::Partial { index, bytes }) => made.previews.push((index, bytes.to_vec())),
            Ok(Piece::Picture { source, revised_prompt }) => {
                made.revised.push(revised_prompt);
                match source {
                    Source::Bytes(bytes) => made.files.push(bytes.to_vec()),
                    Source::Url(address) => made.addresses.push(address),
                }
            }
            Ok(Piece::Words(words)) => made.words = words,
            Ok(Piece::Task { id }) => made.task = Some(id),
            Ok(Piece::Usage { usage }) => made.usage = Some(usage),
            Ok(Piece::End { created, facts }) => {
                (made.created, made.facts, made.end) = (created, facts.into(), true);
            }
            Err(error) => {
                assert!(making.next().await.is_none(), "nothing may follow an error");
                return (made, Some(error));
            }
        }
    }
    (made, None)
}

fn wish(fields: &Value) -> Request {
    Request::Generate(fields.as_object().unwrap().clone())
}

fn boat() -> Request {
    wish(&json!({"model": "dall-e-3", "prompt": "a paper boat"}))
}

/// What is made of an answer with this body.
async fn told(content_type: &str, body: &[u8]) -> (Made, Option<Error>) {
    let server = Server::body(content_type, vec![Step::Send(body.to_vec())]).await;
    match client().make_pictures(&server.endpoint(), &boat()).await {
        Ok(making) => collect(making).await,
        Err(error) => (Made::default(), Some(error)),
    }
}

async fn whole(body: &Value) -> (Made, Option<Error>) {
    told("application/json", body.to_string().as_bytes()).await
}

#[tokio::test]
async fn a_plain_generation_goes_out_as_json_and_comes_back_as_a_file() {
    let answer = json!({
        "created": 1_760_000_000, "size": "1024x1024", "quality": "high", "other": 1,
        "data": [{"b64_json": DOT64, "revised_prompt": "A small paper boat"}],
        "usage": {"total_tokens": 9},
    });
    let server = Server::start(move |_| reply(&answer.to_string())).await;
    let fields = json!({"model": "dall-e-3", "prompt": "a paper boat", "n": 1, "style": null});
    let making = client().make_pictures(&server.endpoint(), &wish(&fields)).await.unwrap();
    let (made, error) = collect(making).await;
    assert!(error.is_none() && made.end, "it goes well: {error:?}");
    assert_eq!(made.files, [DOT], "the file, decoded");
    assert_eq!(made.revised, ["A small paper boat"]);
    assert_eq!((made.usage, made.created), (Some(json!({"total_tokens": 9})), Some(1_760_000_000)));
    assert_eq!(made.facts, json!({"size": "1024x1024", "quality": "high"}), "only what is known of pictures");
    let request = server.requests().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let head = head.to_lowercase();
    assert!(head.starts_with("post /v1/images/generations http/1.1"), "{head}");
    for line in [
        &format!("authorization: bearer {KEY}"),
        "content-type: application/json",
        "accept: application/json",
    ] {
        assert!(head.contains(line), "{line} is missing in {head}");
    }
    let sent: Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        sent,
        json!({"model": "dall-e-3", "prompt": "a paper boat", "n": 1}),
        "and nothing that is not set"
    );
}

#[tokio::test]
async fn an_empty_list_is_an_end_without_a_picture() {
    for body in [json!({"created": 1, "data": []}), json!({"data": null}), json!({"images": []}), json!([])] {
        let (made, error) = whole(&body).await;
        assert!(error.is_none() && made.end && made.files.is_empty(), "{body}: {error:?}");
    }
}
