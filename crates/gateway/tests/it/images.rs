//! Pictures over a real connection: what is sent, and every shape in which they come back.

mod errors;
mod request;
mod shapes;
mod stream;

use gateway::Error;
use gateway::images::{Making, Piece, Request, Source};
use serde_json::{Value, json};

use crate::server::{Server, Step, client};

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
