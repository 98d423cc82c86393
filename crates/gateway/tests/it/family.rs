//! Who is recognised by what, with how many questions.

use gateway::{ApiRoot, Endpoint, Family, Key, ModelList};

use crate::server::{Server, Step, client, json, not_found, response};
use crate::wire::sample;

const ONE_API: &str =
    r#"{"success":true,"data":{"system_name":"Shop","version":"v0.6","quota_per_unit":500000}}"#;

/// The family of a server that lists `list` and answers `answers`, and the paths asked beside the list.
async fn meet(list: &str, answers: &[(&'static str, &'static str)]) -> (String, Vec<String>) {
    let (list, answers) = (response(&sample(list)), answers.to_vec());
    let server = Server::start(move |path| match answers.iter().find(|(at, _)| *at == path) {
        Some((_, body)) => json(body),
        None if path == "/v1/models" => vec![Step::Send(list.clone())],
        None => not_found(),
    })
    .await;
    let at = server.endpoint();
    let seen = client().models(&at).await.unwrap();
    let family = client().family(&at, &seen).await;
    let questions = server.requests().split_off(1);
    assert!(questions.len() <= 3, "few questions, not {questions:?}");
    assert!(questions.iter().all(|q| !q.to_lowercase().contains("authorization")), "asked without the key");
    (family.as_str().to_owned(), server.paths().split_off(1))
}

#[tokio::test]
async fn known_hosts_need_no_question() {
    let table = [
        ("openrouter.ai", "openrouter"),
        ("api.openai.com", "openai"),
        ("api.arcee.ai", "arcee"),
        ("api.deepseek.com", "deepseek"),
        ("api.model.box", "modelbox"),
    ];
    for (host, name) in table {
        let at = Endpoint { root: ApiRoot::parse(host).unwrap(), key: None };
        assert_eq!(client().family(&at, &ModelList::default()).await.as_str(), name, "the family of {host}");
    }
}

#[tokio::test]
async fn an_arcee_key_tells() {
    let server = Server::start(|_| not_found()).await;
    let at = Endpoint { key: Some(Key::new("rcai-12345678".into())), ..server.endpoint() };
    assert_eq!(client().family(&at, &ModelList::default()).await.as_str(), "arcee", "by its key");
    assert!(server.requests().is_empty(), "without a question");
}

#[tokio::test]
async fn lists_tell() {
    for (list, name) in [("list-vllm", "vllm"), ("list-llama-cpp", "llama.cpp"), ("list-new-api", "new-api")]
    {
        let (family, questions) = meet(list, &[]).await;
        assert_eq!((family.as_str(), questions.len()), (name, 0), "{list} alone tells");
    }
    assert_eq!(meet("list-one-api", &[]).await.0, "one-api", "without a status page");
}

#[tokio::test]
async fn questions_tell_the_rest() {
    let ollama = meet("list-ollama", &[("/api/version", r#"{"version":"0.9"}"#)]).await;
    assert_eq!(ollama.0, "ollama", "by its version page");
    assert_eq!(meet("list-names", &[("/api/status", ONE_API)]).await.0, "one-api", "by its status page");
    let prices = ("/api/pricing", r#"{"data":[],"group_ratio":{"default":1}}"#);
    let family = meet("list-one-api", &[("/api/status", ONE_API), prices]).await.0;
    assert_eq!(family, "new-api", "by its price page");
    let (family, questions) = meet("list-names", &[]).await;
    assert_eq!(family, Family::default().as_str(), "unknown stays unknown");
    assert_eq!(questions, ["GET /api/status HTTP/1.1"], "after one question");
}

#[tokio::test]
async fn litellm_shows_in_its_headers() {
    let server = Server::always("HTTP/1.1 200 OK\nx-litellm-version: 1.2\n\n[\"m\"]").await;
    let at = server.endpoint();
    let seen = client().models(&at).await.unwrap();
    assert_eq!(client().family(&at, &seen).await.as_str(), "litellm", "by a header");
}
