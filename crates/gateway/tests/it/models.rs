//! Lists of models in every shape, their kinds, windows and prices.

use gateway::{Error, Kind, ListedModel, ModelList, Reading};

use crate::server::{Server, client};
use crate::wire::sample;

async fn list(name: &str) -> ModelList {
    let server = Server::always(&sample(name)).await;
    client().models(&server.endpoint()).await.unwrap()
}

fn ids(list: &ModelList) -> Vec<&str> {
    list.models.iter().map(|model| model.id.as_str()).collect()
}

async fn refused(name: &str) -> gateway::Failure {
    let server = Server::always(&sample(name)).await;
    match client().models(&server.endpoint()).await {
        Err(Error::Refused(failure)) => *failure,
        other => panic!("{name} must be a refusal, not {other:?}"),
    }
}

#[tokio::test]
async fn every_shape_is_read_sorted_and_each_model_once() {
    let table: &[(&str, &[&str])] = &[
        ("list-openrouter", &["openrouter/auto", "vendor/chat", "vendor/draw", "vendor/free:free"]),
        ("list-new-api", &["gpt-4o-mini", "mj_imagine", "text-embedding-3-small"]),
        ("list-one-api", &["gpt-3.5-turbo", "whisper-1"]),
        ("list-ollama", &["qwen3:4b"]),
        ("list-ollama-native", &["llama3:latest"]),
        ("list-together", &["bfl/FLUX.1", "meta/Llama"]),
        ("list-names", &["dall-e-3", "tts-1"]),
        ("list-vllm", &["qwen"]),
        ("list-llama-cpp", &["m.gguf"]),
    ];
    for (name, expected) in table {
        assert_eq!(ids(&list(name).await), *expected, "the models of {name}");
    }
}

#[tokio::test]
async fn prices_and_windows_are_read_where_they_stand() {
    let list = list("list-openrouter").await;
    let [auto, chat, draw, free] = list.models.as_slice() else { panic!("four models") };
    assert_eq!((chat.price_in, chat.price_out), (Some(2.5), Some(10.0)), "dollars per million tokens");
    assert_eq!((free.price_in, free.price_out), (Some(0.0), Some(0.0)), "free is a price");
    assert_eq!((auto.price_in, auto.price_out), (None, None), "varying is none");
    assert_eq!((draw.price_in, draw.price_out), (Some(0.5), Some(1.0)), "less the discount");
    assert_eq!((chat.context, free.context), (Some(128_000), Some(32_768)), "windows, also as text");
    assert_eq!((chat.label.as_str(), draw.kind), ("Vendor: Chat", Kind::Image), "name and kind");
}

#[tokio::test]
async fn windows_have_many_names() {
    for (name, window) in [("list-vllm", 4096), ("list-llama-cpp", 131_072)] {
        assert_eq!(list(name).await.models[0].context, Some(window), "the window in {name}");
    }
}

#[tokio::test]
async fn kinds_are_guessed_from_names() {
    let table = [
        ("gpt-4o", Kind::Chat),
        ("text-embedding-ada-002", Kind::Embedding),
        ("whisper-1", Kind::Transcription),
        ("gpt-4o-mini-transcribe", Kind::Transcription),
        ("gpt-4o-mini-tts", Kind::Speech),
        ("dall-e-3", Kind::Image),
        ("gpt-image-1", Kind::Image),
        ("flux.1-dev", Kind::Image),
        ("stable-diffusion", Kind::Image),
        ("sd-xl", Kind::Image),
        ("mj_imagine", Kind::Midjourney),
        ("midjourney-fast", Kind::Chat),
        ("mj-chat", Kind::Chat),
        ("niji-6", Kind::Midjourney),
        ("omni-moderation-latest", Kind::Other),
        ("bge-reranker-v2", Kind::Other),
        ("claude-sonnet", Kind::Chat),
        ("deepseek-sdk-chat", Kind::Chat),
        ("gpt-4-gizmo-abc", Kind::Chat),
    ];
    let names: Vec<_> = table.iter().map(|(name, _)| *name).collect();
    let body = serde_json::json!({"data": names}).to_string();
    let server = Server::always(&format!("HTTP/1.1 200 OK\n\n{body}")).await;
    let list = client().models(&server.endpoint()).await.unwrap();
    for (name, kind) in table {
        let found = list.models.iter().find(|model| model.id == name).map(|model| model.kind);
        assert_eq!(found, Some(kind), "the kind of {name}");
    }
}

#[tokio::test]
async fn odd_entries_are_passed_over_and_odd_fields_kept_out() {
    let body = r#"{"data":[null,7,{"id":5},{},{"id":"a","name":"A","context_length":null,"pricing":"free","owned_by":1},{"model":"b"}]}"#;
    let server = Server::always(&format!("HTTP/1.1 200 OK\n\n\u{feff}{body}")).await;
    let list = client().models(&server.endpoint()).await.unwrap();
    let plain =
        |id: &str, label: &str| ListedModel { id: id.into(), label: label.into(), ..ListedModel::default() };
    assert_eq!(list.models, [plain("a", "A"), plain("b", "b")], "what has a name is a model");
}

#[tokio::test]
async fn what_is_no_list_is_said_so() {
    let group = refused("list-group-trouble").await;
    assert_eq!(
        (group.status, group.message.as_str()),
        (200, "无权访问 vip 分组"),
        "one-api's 200 is a refusal"
    );
    assert_eq!(refused("list-arcee-no-key").await.reading, Reading::KeyRejected, "Arcee needs the key");
    assert_eq!(refused("google-error-list").await.reading, Reading::KeyRejected, "an error inside a list");
    for (body, wanted) in
        [("<html>", "page"), ("{}", "unreadable"), ("", "unreadable"), ("nonsense", "unreadable")]
    {
        let server = Server::always(&format!("HTTP/1.1 200 OK\n\n{body}")).await;
        let found = match client().models(&server.endpoint()).await {
            Err(Error::NotAnApi { .. }) => "page",
            Err(Error::BadAnswer { .. }) => "unreadable",
            other => panic!("{body:?} is no list, but {other:?}"),
        };
        assert_eq!(found, wanted, "what {body:?} is");
    }
}

#[tokio::test]
async fn without_a_key_a_401_means_that_one_is_missing() {
    let server = Server::always(&sample("list-arcee-no-key")).await;
    let at = gateway::Endpoint { key: None, ..server.endpoint() };
    match client().models(&at).await {
        Err(Error::Refused(failure)) => assert_eq!(failure.reading, Reading::KeyMissing, "none was sent"),
        other => panic!("a 401 is a refusal, not {other:?}"),
    }
}
