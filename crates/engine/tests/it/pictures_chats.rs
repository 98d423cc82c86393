//! Models that draw in their answers, from the list of a service to the gallery: what they are asked, what they refuse, and
//! what they used.

use std::sync::{Arc, Mutex};

use engine::view::{EngineFamily, MakePictures};
use engine::{Clock, Code, Engine, Generation, GenerationState, PictureOptions, Service, Vault};
use serde_json::{Map, Value, json};
use store::Store;
use store::table::picture::{Picture, PictureState};
use tempfile::TempDir;

use crate::cast::studio::{BMP, code};
use crate::cast::{PATIENT, Reply, Stub, connection, eventually, open};

/// An engine whose one service draws with `stable-diffusion`, and all that this was asked.
struct Stage {
    engine: Engine,
    service: Service,
    home: TempDir,
    asked: Arc<Mutex<Vec<Value>>>,
}

impl Stage {
    /// A service that refuses each of these fields by its name, and draws where none of them is.
    async fn refusing(fields: &'static [&'static str]) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&asked);
        let stub = Stub::start(move |request| {
            let (head, body) = request.split_once("\r\n\r\n").unwrap();
            if head.starts_with("GET /files/") {
                return Reply { status: 200, body: BMP.into(), gate: None };
            }
            if !head.starts_with("POST /v1/chat/completions") {
                let list = json!({"object": "list", "data": [{"id": "stable-diffusion", "object": "model"}]});
                return Reply::json(200, &list);
            }
            let body: Value = serde_json::from_str(body).unwrap();
            seen.lock().unwrap().push(body.clone());
            let host = head.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
            match fields.iter().find(|field| body.get(**field).is_some()) {
                Some(field) => refusal(field),
                None => answer(&format!("![a boat](http://{host}/files/boat.bmp)")),
            }
        })
        .await;
        let home = tempfile::tempdir().unwrap();
        let engine = open(home.path(), &Vault::memory(), Clock::system(), PATIENT).await;
        let service = engine.services().connect(connection(&stub.url, "")).await.unwrap();
        Self { engine, service, home, asked }
    }

    fn wish(&self, extra: Map<String, Value>) -> MakePictures {
        MakePictures {
            service_id: self.service.id,
            model: "stable-diffusion".into(),
            prompt: "A boat".into(),
            options: PictureOptions { extra, ..PictureOptions::default() },
            references: Vec::new(),
            mask: None,
            made_from: None,
        }
    }

    /// Makes one, and waits until it is here.
    async fn made(&self, extra: Map<String, Value>) -> (Generation, Vec<Picture>) {
        let id = self.engine.pictures().make(self.wish(extra)).await.unwrap().id;
        let store = Store::open(self.home.path()).unwrap();
        let made = eventually("the end", || {
            store.read(|read| read.generation(id)).unwrap().filter(|made| made.state.is_ended())
        })
        .await;
        let pictures = eventually("the picture", || {
            let pictures = store.read(|read| read.pictures_of(id)).unwrap();
            pictures.iter().all(|one| one.state != PictureState::Waiting).then_some(pictures)
        })
        .await;
        (made, pictures)
    }

    /// What its page says that a picture was made without.
    async fn without(&self, picture: &Picture) -> Vec<String> {
        self.engine.pictures().picture(picture.id).await.unwrap().left_out
    }

    fn asked(&self) -> Vec<Value> {
        self.asked.lock().unwrap().clone()
    }
}

fn refusal(field: &str) -> Reply {
    let message = format!("Unknown parameter: '{field}'.");
    Reply::json(
        400,
        &json!({"error": {"message": message, "type": "invalid_request_error", "param": field,
                          "code": "unknown_parameter"}}),
    )
}

fn answer(words: &str) -> Reply {
    let message = json!({"role": "assistant", "content": words});
    let choice = json!({"index": 0, "message": message, "finish_reason": "stop"});
    let usage = json!({"prompt_tokens": 9, "completion_tokens": 12, "total_tokens": 21, "cost": 0.02});
    Reply::json(
        200,
        &json!({"id": "chatcmpl-123", "object": "chat.completion", "created": 1_677_652_288,
                "choices": [choice], "usage": usage}),
    )
}

fn fields(value: Value) -> Map<String, Value> {
    let Value::Object(fields) = value else { panic!("fields stand in an object") };
    fields
}

fn names(body: &Value) -> Vec<&str> {
    let names = body.as_object().unwrap().keys().map(String::as_str);
    let mut names: Vec<_> = names.filter(|name| !matches!(*name, "model" | "messages")).collect();
    names.sort_unstable();
    names
}

#[tokio::test]
async fn stable_diffusion_is_asked_in_a_chat_and_its_picture_is_kept_with_its_price() {
    let stage = Stage::refusing(&[]).await;
    let engines = stage.engine.pictures().engines().await.unwrap();
    let found: Vec<_> = engines.iter().map(|one| (one.model.as_str(), one.family)).collect();
    assert_eq!(found, [("stable-diffusion", EngineFamily::Chat)]);
    let (made, pictures) = stage.made(fields(json!({"temperature": 0.5, "user": "me"}))).await;
    assert_eq!((made.state, code(&made)), (GenerationState::Done, ""));
    assert_eq!(made.cost_usd, Some(0.02), "as the service says");
    let [one] = pictures.as_slice() else { panic!("one picture: {pictures:?}") };
    assert_eq!((one.state, one.width, one.height), (PictureState::Kept, 2, 2));
    assert_eq!(one.prompt, "A boat");
    let sent = json!({
        "model": "stable-diffusion", "messages": [{"role": "user", "content": "A boat"}], "stream": true,
        "temperature": 0.5, "user": "me",
    });
    assert_eq!(stage.asked(), [sent], "with the person's own fields");
}

#[tokio::test]
async fn what_it_refuses_is_left_out_once_and_remembered() {
    let stage = Stage::refusing(&["stream", "top_k"]).await;
    let extra = || fields(json!({"top_k": 4, "temperature": 0.5}));
    let (made, pictures) = stage.made(extra()).await;
    assert_eq!((made.state, code(&made), pictures.len()), (GenerationState::Done, "", 1));
    let asked = stage.asked();
    let sent: Vec<_> = asked.iter().map(names).collect();
    assert_eq!(
        sent,
        [vec!["stream", "temperature", "top_k"], vec!["temperature", "top_k"], vec!["temperature"]],
        "each is left out by itself"
    );
    assert_eq!(stage.without(&pictures[0]).await, ["top_k"], "and nothing that nobody wished for");
    let (_, pictures) = stage.made(extra()).await;
    assert_eq!(stage.without(&pictures[0]).await, ["top_k"], "also where it was known before");
    assert_eq!(names(&stage.asked()[3]), ["temperature"], "and the next wish is right at once");
    assert_eq!(stage.asked().len(), 4);
    let learnt = stage.engine.services().learnt(stage.service.id).await.unwrap().remove(0).learnt;
    assert!(
        learnt.no_stream && learnt.refused_fields == ["top_k"],
        "it can be seen and forgotten: {learnt:?}"
    );
}

#[tokio::test]
async fn a_refusal_that_nothing_can_be_done_about_is_told_and_not_repeated() {
    let stage = Stage::refusing(&["messages"]).await;
    let (failed, pictures) = stage.made(Map::new()).await;
    assert_eq!((failed.state, pictures.len()), (GenerationState::Failed, 0));
    assert_eq!(stage.asked().len(), 1, "the same again would be refused again");
}

#[tokio::test]
async fn what_asks_for_a_picture_is_never_left_out() {
    let stage = Stage::refusing(&["modalities"]).await;
    for asked in 1..=2 {
        let (failed, pictures) = stage.made(fields(json!({"modalities": ["image"]}))).await;
        assert_eq!((failed.state, code(&failed)), (GenerationState::Failed, "field_refused"));
        assert_eq!((pictures.len(), stage.asked().len()), (0, asked), "words would be paid for");
    }
    assert_eq!(names(&stage.asked()[1]), ["modalities", "stream"], "nor does the next wish go without");
}

#[tokio::test]
async fn what_is_wished_for_is_never_replaced_by_a_field_of_the_persons_own() {
    let stage = Stage::refusing(&[]).await;
    let wish = stage.wish(fields(json!({"messages": []})));
    let refused = stage.engine.pictures().make(wish).await.unwrap_err();
    assert_eq!((refused.code, refused.facts.field.as_deref()), (Code::OptionWrong, Some("extra")));
    assert_eq!(stage.asked().len(), 0, "nothing goes out");
}
