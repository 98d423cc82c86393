//! Wishes as they go out: JSON from words alone, a form where pictures go along.

use bytes::Bytes;
use gateway::images::{Part, Request};
use serde_json::{Map, Value, json};

use super::{DOT, DOT64, collect, wish};
use crate::server::{KEY, Server, client, json as reply};

fn fields(fields: &Value) -> Map<String, Value> {
    fields.as_object().unwrap().clone()
}

fn part(name: &str, mime: &str, bytes: &'static str) -> Part {
    Part { name: name.into(), mime: mime.into(), bytes: Bytes::from(bytes) }
}

/// The head, in lower case, and the body of what `wish` becomes.
async fn sent(wish: &Request) -> (String, String) {
    let server = Server::start(|_| reply(&json!({"data": [{"b64_json": DOT64}]}).to_string())).await;
    let (made, error) = collect(client().make_pictures(&server.endpoint(), wish).await.unwrap()).await;
    assert_eq!(made.files, [DOT], "it is answered: {error:?}");
    let request = server.requests().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    (head.to_lowercase(), body.to_owned())
}

/// Each part of a form: its head and its body.
fn parts(head: &str, body: &str) -> Vec<(String, String)> {
    let boundary = head.split("boundary=").nth(1).unwrap().lines().next().unwrap().to_owned();
    let at = body.to_lowercase();
    let mut cuts: Vec<usize> = at.match_indices(&format!("--{boundary}")).map(|(at, _)| at).collect();
    assert_eq!(&at[cuts.pop().unwrap()..], format!("--{boundary}--\r\n"), "the form is closed");
    let ends = cuts.iter().skip(1).copied().chain([at.rfind(&format!("--{boundary}--")).unwrap()]);
    cuts.iter()
        .zip(ends)
        .map(|(start, end)| {
            let part = &body[start + boundary.len() + 4..end];
            let (head, body) = part.split_once("\r\n\r\n").unwrap();
            (head.to_lowercase(), body.strip_suffix("\r\n").unwrap().to_owned())
        })
        .collect()
}

#[tokio::test]
async fn words_alone_go_out_as_json() {
    let fields = json!({"model": "dall-e-3", "prompt": "a paper boat", "n": 1, "style": null});
    let (head, body) = sent(&wish(&fields)).await;
    assert!(head.starts_with("post /v1/images/generations http/1.1"), "{head}");
    for line in [
        &format!("authorization: bearer {KEY}"),
        "content-type: application/json",
        "accept: application/json",
        &format!("user-agent: medley/{}", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(head.contains(line), "{line} is missing in {head}");
    }
    let sent: Value = serde_json::from_str(&body).unwrap();
    let expected = json!({"model": "dall-e-3", "prompt": "a paper boat", "n": 1});
    assert_eq!(sent, expected, "what is not set is not sent");
}

#[tokio::test]
async fn a_stream_is_asked_for_as_one() {
    let (head, _) = sent(&wish(&json!({"prompt": "a boat", "stream": true, "partial_images": 2}))).await;
    assert!(head.contains("accept: text/event-stream"), "{head}");
}

#[tokio::test]
async fn an_edit_goes_out_as_a_form() {
    let wish = Request::Edit {
        fields: fields(&json!({
            "model": "gpt-image-1", "prompt": "make it red\r\nand \"wet\"", "n": 2, "stream": false, "size": null,
        })),
        images: vec![part("boat.png", "image/png", "PNG bytes")],
        mask: Some(part("mask.png", "image/png", "mask bytes")),
    };
    let (head, body) = sent(&wish).await;
    assert!(head.starts_with("post /v1/images/edits http/1.1"), "{head}");
    assert!(head.contains("content-type: multipart/form-data; boundary="), "{head}");
    assert!(head.contains("content-length: "), "many services refuse a body of unknown length: {head}");
    let parts = parts(&head, &body);
    let told: Vec<(&str, &str)> = parts.iter().map(|(head, body)| (head.as_str(), body.as_str())).collect();
    let text = |name: &str| format!("content-disposition: form-data; name=\"{name}\"");
    let file = |name: &str, file: &str| {
        format!(
            "content-disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\ncontent-type: image/png"
        )
    };
    let expected = [
        (text("model"), "gpt-image-1"),
        (text("prompt"), "make it red\r\nand \"wet\""),
        (text("n"), "2"),
        (text("stream"), "false"),
        (file("image", "boat.png"), "PNG bytes"),
        (file("mask", "mask.png"), "mask bytes"),
    ];
    let expected: Vec<(&str, &str)> = expected.iter().map(|(head, body)| (head.as_str(), *body)).collect();
    assert_eq!(told, expected, "texts first, then files with their names and types");
}

#[tokio::test]
async fn several_pictures_share_a_name_with_brackets() {
    let wish = Request::Edit {
        fields: fields(&json!({"prompt": "together"})),
        images: vec![part("a.png", "image/png", "one"), part("b.webp", "image/webp", "two")],
        mask: None,
    };
    let (head, body) = sent(&wish).await;
    let parts = parts(&head, &body);
    assert_eq!(parts.len(), 3, "{parts:?}");
    for ((head, body), (name, mime, bytes)) in
        parts[1..].iter().zip([("a.png", "image/png", "one"), ("b.webp", "image/webp", "two")])
    {
        assert!(head.contains(&format!("name=\"image[]\"; filename=\"{name}\"")), "{head}");
        assert!(head.contains(&format!("content-type: {mime}")) && body == bytes, "{head}");
    }
}

#[tokio::test]
async fn a_variation_goes_out_as_a_form() {
    let fields = fields(&json!({"model": "dall-e-2", "n": 3}));
    let (head, body) = sent(&Request::Vary { fields, image: part("boat.png", "image/png", "bytes") }).await;
    assert!(head.starts_with("post /v1/images/variations http/1.1"), "{head}");
    let parts = parts(&head, &body);
    assert!(parts[2].0.contains("name=\"image\"; filename=\"boat.png\""), "{parts:?}");
}

#[tokio::test]
async fn a_name_that_headers_cannot_carry_stays_here() {
    for name in ["小船.png", "a\"b.png", "a\r\nX-Evil: 1.png", "boat"] {
        let image = part(name, "image/webp", "bytes");
        let (head, body) = sent(&Request::Vary { fields: Map::new(), image }).await;
        let parts = parts(&head, &body);
        assert!(parts[0].0.contains("filename=\"picture.webp\""), "{name:?} became {parts:?}");
        assert!(!body.contains("Evil"), "{body}");
    }
}

#[tokio::test]
async fn a_type_that_is_none_is_not_sent() {
    let server = Server::start(|_| reply("{}")).await;
    let wish = Request::Vary { fields: Map::new(), image: part("a.png", "no type\r\n", "bytes") };
    let error = client().make_pictures(&server.endpoint(), &wish).await.unwrap_err();
    assert!(matches!(error, gateway::Error::Internal { .. }) && !error.may_be_done(), "{error:?}");
    assert!(server.requests().is_empty(), "nothing went out");
}
