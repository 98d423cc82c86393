//! Words for pictures by a chat model: a better prompt, and a prompt for a picture; asked once, whatever comes of it.

use engine::view::Ask;
use engine::{Code, PictureQuery};
use serde_json::{Value, json};

use crate::cast::studio::png;
use crate::cast::{PATIENT, Reply, Stub, connection, eventually, open};

use std::sync::{Arc, Mutex};

use engine::{Clock, Engine, Service, Vault};
use tempfile::TempDir;

/// An engine with a service that says this to everything, and all that it was asked.
async fn stage(
    reply: impl Fn() -> Reply + Send + Sync + 'static,
) -> (Engine, Service, Arc<Mutex<Vec<Value>>>, TempDir) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&asked);
    let stub = Stub::start(move |request| {
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        if !head.starts_with("POST /v1/chat/completions") {
            return Reply::json(
                200,
                &json!({"object": "list", "data": [{"id": "gpt-4o", "object": "model"}]}),
            );
        }
        seen.lock().unwrap().push(serde_json::from_str(body).unwrap());
        reply()
    })
    .await;
    let home = tempfile::tempdir().unwrap();
    let engine = open(home.path(), &Vault::memory(), Clock::system(), PATIENT).await;
    let service = engine.services().connect(connection(&stub.url, "")).await.unwrap();
    (engine, service, asked, home)
}

fn says(words: &str) -> Reply {
    let message = json!({"role": "assistant", "content": words});
    Reply::json(
        200,
        &json!({"object": "chat.completion", "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}),
    )
}

fn ask(service: &Service) -> Ask {
    Ask { service_id: service.id, model: "gpt-4o".into() }
}

#[tokio::test]
async fn a_prompt_is_improved_by_one_question() {
    let (engine, service, asked, _home) = stage(|| says("\"A boat at dawn, soft light.\"")).await;
    let better = engine.pictures().improve(ask(&service), " a boat ".into()).await.unwrap();
    assert_eq!(better, "A boat at dawn, soft light.");
    let asked = asked.lock().unwrap().clone();
    let [body] = asked.as_slice() else { panic!("one question: {asked:?}") };
    assert!(body["messages"][0]["content"].as_str().unwrap().ends_with("\n\na boat"));
    let told = engine.pictures().improve(ask(&service), "  ".into()).await;
    assert_eq!(told.unwrap_err().code, Code::NothingToSend);
}

#[tokio::test]
async fn a_picture_is_described_from_a_copy_of_it() {
    let (engine, service, asked, _home) = stage(|| says("A pier in fog")).await;
    engine.pictures().import_bytes(png(9, 6)).await.unwrap();
    let id = engine.pictures().rows(PictureQuery::default(), 0, 1).await.unwrap()[0].id;
    assert_eq!(engine.pictures().describe(ask(&service), id, "de".into()).await.unwrap(), "A pier in fog");
    let parts = asked.lock().unwrap()[0]["messages"][0]["content"].clone();
    let url = parts[1]["image_url"]["url"].as_str().unwrap().to_owned();
    assert!(url.starts_with("data:image/") && url.contains(";base64,"), "{url}");
    assert!(parts[0]["text"].as_str().unwrap().contains("\"de\""));
}

#[tokio::test]
async fn what_fails_or_says_nothing_is_told_and_never_asked_again() {
    let (engine, service, asked, _home) = stage(|| says("  ")).await;
    let told = engine.pictures().improve(ask(&service), "a boat".into()).await.unwrap_err();
    assert_eq!(told.code, Code::EmptyAnswer);
    assert_eq!(asked.lock().unwrap().len(), 1);
    let broken = || Reply::json(500, &json!({"error": {"message": "oops", "type": "server_error"}}));
    let (engine, service, asked, _home) = stage(broken).await;
    let told = engine.pictures().improve(ask(&service), "a boat".into()).await.unwrap_err();
    assert_eq!(told.code, Code::ServerFault);
    assert_eq!(asked.lock().unwrap().len(), 1, "it may have been paid for");
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_is_let_go() {
    let gate = Arc::new(tokio::sync::Notify::new());
    let held = Arc::clone(&gate);
    let (engine, service, asked, _home) =
        stage(move || Reply { gate: Some(Arc::clone(&held)), ..says("too late") }).await;
    let waiting = engine.clone();
    let whom = ask(&service);
    let asking = tokio::spawn(async move { waiting.pictures().improve(whom, "a boat".into()).await });
    eventually("the question", || (asked.lock().unwrap().len() == 1).then_some(())).await;
    engine.pictures().stop_words();
    assert_eq!(asking.await.unwrap().unwrap_err().code, Code::Stopped, "though the service says nothing");
    gate.notify_one();
    assert_eq!(asked.lock().unwrap().len(), 1, "and it is not asked again");
}
