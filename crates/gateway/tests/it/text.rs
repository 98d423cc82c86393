//! Texts that are continued: the request, and every form of its answer.

use gateway::chat::{Event, Message, Request, Role};
use gateway::{Error, Failure, Reading};
use serde_json::{Value, json};

use crate::heard::{Heard, hear};
use crate::server::{Server, client, json as reply};
use crate::wire::sample;

const TEXT: &str = "Roses are";

fn question() -> Request {
    Request { model: "m".into(), prompt: Some(TEXT.into()), stream: true, ..Request::default() }
}

fn with(options: &Value) -> Request {
    Request { options: options.as_object().unwrap().clone(), ..question() }
}

async fn ask(name: &str, ask: &Request) -> (Heard, Option<Error>) {
    let server = Server::always(&sample(name)).await;
    match client().chat(&server.endpoint(), ask).await {
        Ok(answer) => hear(answer).await,
        Err(error) => (Heard::default(), Some(error)),
    }
}

#[tokio::test]
async fn a_text_goes_to_the_path_for_texts() {
    let server = Server::start(|_| reply(r#"{"choices":[{"text":" red","finish_reason":"stop"}]}"#)).await;
    let options = json!({"max_tokens": 7, "suffix": " and blue", "prompt": "no", "messages": []});
    let ask = Request { messages: vec![Message::text(Role::User, "never sent")], ..with(&options) };
    hear(client().chat(&server.endpoint(), &ask).await.unwrap()).await;
    let request = server.requests().remove(0);
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v1/completions HTTP/1.1"), "{head}");
    let expected =
        json!({"model": "m", "prompt": TEXT, "stream": true, "max_tokens": 7, "suffix": " and blue"});
    assert_eq!(
        serde_json::from_str::<Value>(body).unwrap(),
        expected,
        "only what was asked, and no conversation"
    );
}

/// Sample, continuation, reason of the end, cut.
pub const ANSWERS: &[(&str, &str, &str, bool)] = &[
    ("text-gptnb-whole", "\n\nThis is a test", "length", false),
    ("text-openai-stream", " red, violets are blue", "stop", false),
    ("text-openai-echo", " red,", "length", false),
    ("text-relay-chat-chunks", " red <think>", "stop", false),
    ("text-relay-chat-whole", " red,\n", "stop", false),
    ("text-vllm-no-done", " red,", "length", false),
    ("text-ollama-stream", " red", "stop", false),
    ("text-gptnb-cut", " half a sen", "", true),
];

#[tokio::test]
async fn every_form_is_understood_letter_by_letter() {
    for (name, text, finish, cut) in ANSWERS {
        let echoes = *name == "text-openai-echo";
        let (heard, error) = ask(name, &with(&json!({"echo": echoes}))).await;
        assert!(error.is_none(), "{name} is a good answer, not {error:?}");
        assert_eq!(
            (heard.text.as_str(), heard.thought.as_str()),
            (*text, ""),
            "what {name} adds to the text"
        );
        assert_eq!(heard.finish.concat(), *finish, "why {name} ends");
        assert_eq!(heard.end, Some(*cut), "whether {name} counts as cut");
    }
}

#[tokio::test]
async fn versions_that_come_mixed_are_told_apart() {
    let server = Server::always(&sample("text-openai-choices")).await;
    let mut answer = client().chat(&server.endpoint(), &with(&json!({"n": 3}))).await.unwrap();
    let mut versions = vec![String::new(); 3];
    while let Some(event) = answer.next().await {
        if let Event::Text { choice, text } = event.unwrap() {
            versions[choice as usize] += &text;
        }
    }
    assert_eq!(versions, [" red, thorns", " blue.", " white!"]);
}

#[tokio::test]
async fn what_it_used_and_who_answered_is_told() {
    let whole = ask("text-gptnb-whole", &question()).await.0;
    assert_eq!(whole.model, "text-davinci-003", "another name than the one asked, as the seed shows");
    assert_eq!(whole.usage.unwrap().tokens_out, Some(7));
    assert_eq!(
        ask("text-openai-stream", &question()).await.0.usage.unwrap().tokens_in,
        Some(2),
        "at the end"
    );
}

/// Sample, reading, refused field.
pub const REFUSALS: &[(&str, Reading, Option<&str>)] = &[
    ("text-error-chat-model", Reading::WantsChat, Some("model")),
    ("text-error-chat-words", Reading::WantsChat, None),
    ("text-error-chat-chinese", Reading::WantsChat, None),
    ("text-error-messages-missing", Reading::WantsChat, Some("messages")),
    ("text-error-no-path", Reading::WantsChat, None),
    ("text-error-no-path-page", Reading::WantsChat, None),
    ("text-error-in-200", Reading::WantsChat, None),
    ("text-error-suffix", Reading::FieldRefused, Some("suffix")),
    ("text-error-best-of", Reading::FieldRefused, Some("best_of")),
    ("text-error-model", Reading::ModelUnknown, None),
    ("text-error-key", Reading::KeyRejected, None),
];

#[tokio::test]
async fn every_refusal_is_read() {
    for (name, reading, field) in REFUSALS {
        let failure = refusal(ask(name, &question()).await.1, name);
        assert_eq!(failure.reading, *reading, "{name}: {failure:?}");
        assert_eq!(failure.field.as_deref(), *field, "the field that {name} is about");
    }
}

#[tokio::test]
async fn an_error_in_the_middle_keeps_what_came() {
    let (heard, error) = ask("text-relay-error-in-stream", &question()).await;
    assert_eq!(heard.text, " some");
    assert_eq!(refusal(error, "the error").reading, Reading::ServerFault);
}

#[tokio::test]
async fn a_chat_is_never_told_to_chat() {
    let asked = crate::heard::question();
    for name in ["text-error-chat-model", "text-error-no-path"] {
        let failure = refusal(ask(name, &asked).await.1, name);
        assert_eq!(failure.reading, Reading::AddressWrong, "{name} has another meaning for a conversation");
    }
}

fn refusal(error: Option<Error>, name: &str) -> Failure {
    match error {
        Some(Error::Refused(failure)) => *failure,
        other => panic!("{name} must be a refusal, not {other:?}"),
    }
}
