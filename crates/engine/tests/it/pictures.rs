//! Pictures of answers: found wherever they hide, fetched once without a key, kept, and shown when their links are dead.

use engine::view::{Decision, MessageView};
use serde_json::{Value, json};
use store::Store;
use store::table::attachment::{Attachment, AttachmentState};
use store::table::message::MessageState;
use store::table::model::Model;

use crate::cast::{Cast, Heard, PATIENT, Reply, Stub, connection, eventually};

/// A picture of one pixel.
const DOT: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=";

/// The attachments of an answer once none of them is on its way.
async fn settled(cast: &Cast, heard: &Heard) -> MessageView {
    let id = heard.message.id;
    loop {
        let view = cast.engine.chat().messages(vec![id]).await.unwrap().remove(0);
        if view.attachments.iter().all(|one| one.state != AttachmentState::Waiting) {
            return view;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}

fn code(one: &Attachment) -> &str {
    one.problem.as_ref().map_or("", |problem| problem.code.as_str())
}

#[tokio::test]
async fn a_picture_is_found_wherever_it_hides_and_kept() {
    let cast = Cast::play(demo::Script::tests().with_key("sk-secret-0123"), "sk-secret-0123", PATIENT).await;
    let hiding = [
        "picture-markdown",
        "picture-bare",
        "picture-html",
        "picture-film-fence",
        "picture-field",
        "picture-redirect",
        "picture-liar",
        "picture-json",
        "mj-chat",
        "mj-chat-lines",
    ];
    for model in hiding {
        let heard = cast.ask(model, "Draw hills.").await;
        let view = settled(&cast, &heard).await;
        assert_eq!(view.attachments.len(), 1, "{model}: one picture, also where it is named twice");
        let one = &view.attachments[0];
        assert_eq!((one.state, code(one)), (AttachmentState::Kept, ""), "{model}");
        let media = one.media.as_ref().unwrap();
        assert_eq!((media.mime.as_str(), media.width, media.height), ("image/png", Some(480), Some(320)));
        let in_place = view.blocks.concat().contains(&format!("data-media=\"{}\"", media.id));
        assert!(
            in_place || matches!(model, "picture-field" | "picture-json"),
            "{model}: it stands in its place: {:?}",
            view.blocks
        );
        let small =
            cast.engine.media().piece(&media.id.to_string(), Some(256), engine::media::Wanted::All).await;
        assert!(small.is_ok(), "{model}: and can be shown small");
    }
    let fetched = cast.demo.requests().into_iter().filter(|seen| seen.path.starts_with("/files/"));
    for seen in fetched {
        assert_eq!(seen.key, None, "{}: no key goes along", seen.path);
        assert!(!seen.headers.contains_key("cookie"), "{}: nor a cookie", seen.path);
    }
}

#[tokio::test]
async fn a_picture_that_does_not_come_says_why() {
    let cast = Cast::new().await;
    for (model, why) in [
        ("picture-gone", "picture_gone"),
        ("picture-page", "not_a_picture"),
        ("picture-cut", "picture_damaged"),
        ("picture-inside", "picture_not_allowed"),
    ] {
        let heard = cast.ask(model, "Draw hills.").await;
        let view = settled(&cast, &heard).await;
        let one = &view.attachments[0];
        assert_eq!((one.state, code(one)), (AttachmentState::Failed, why), "{model}");
        assert!(view.blocks.concat().contains("data-state=\"failed\""), "{model}: its place says so");
        let came = one.media.as_ref().map(|media| media.id.to_string());
        assert_eq!(came.is_some(), model == "picture-cut", "{model}: bytes that came are kept");
        if let Some(id) = came {
            let bytes = cast.engine.media().piece(&id, None, engine::media::Wanted::All).await;
            assert!(bytes.is_ok(), "and can be saved, though nobody can show them");
        }
        cast.engine.media().try_again(one.id).await.unwrap();
        let again = settled(&cast, &heard).await;
        assert_eq!(code(&again.attachments[0]), why, "{model}: trying again ends alike");
    }
}

#[tokio::test]
async fn a_picture_is_there_after_a_restart_when_its_link_is_dead() {
    let mut cast = Cast::new().await;
    let heard = cast.ask("picture-markdown", "Draw hills.").await;
    let view = settled(&cast, &heard).await;
    let media = view.attachments[0].media.clone().unwrap();
    cast.reopen_at(engine::Clock::system()).await;
    cast.demo = demo::start(demo::Script::tests()).await.unwrap();
    let shown = settled(&cast, &heard).await;
    assert!(shown.blocks.concat().contains(&media.id.to_string()), "the picture stands in its place");
    let found = cast.engine.media().piece(&media.id.to_string(), None, engine::media::Wanted::All).await;
    assert!(found.is_ok(), "and its bytes are here");
    let asked = eventually("the log", || Some(cast.demo.requests().len())).await;
    assert_eq!(asked, 0, "nobody was asked");
}

/// A service that draws a dot beside every answer, and says what `said` makes of the request.
async fn draws(said: impl Fn(&str) -> Value + Send + Sync + 'static) -> Cast {
    let stub = Stub::start(move |request| {
        let mut message = said(request);
        message["images"] = json!([{"type": "image_url", "image_url": {"url": DOT}}]);
        let finish = if message["tool_calls"].is_array() { "tool_calls" } else { "stop" };
        let choice = json!({"index": 0, "message": message, "finish_reason": finish});
        let usage = json!({"prompt_tokens": 1_000_000, "completion_tokens": 0});
        Reply::json(200, &json!({"choices": [choice], "usage": usage, "data": [{"id": "m"}]}))
    })
    .await;
    let mut cast = Cast::new().await;
    cast.service = cast.engine.services().connect(connection(&stub.url, "")).await.unwrap();
    cast
}

#[tokio::test]
async fn an_answer_of_pictures_alone_is_an_answer() {
    let cast = draws(|_| json!({"role": "assistant", "content": ""})).await;
    let first = cast.ask("m", "Draw a dot.").await.message;
    assert_eq!((first.text.as_str(), first.state), ("", MessageState::Done));
    let again = cast.engine.chat().retry(first.id, cast.to("m")).await.unwrap().answer;
    assert_ne!(again.message.id, first.id, "it is not written over");
    let heard = cast.hear(again.message.id).end().await;
    let views = cast.engine.chat().messages(vec![first.id, heard.message.id]).await.unwrap();
    let counts: Vec<_> = views.iter().map(|view| view.attachments.len()).collect();
    assert_eq!(counts, [1, 1], "each version has the picture that it brought");
    assert_eq!((views[1].version, views[1].versions), (2, 2));
}

#[tokio::test]
async fn a_picture_that_came_before_a_call_is_kept_while_the_person_thinks() {
    let call = json!([{"id": "1", "type": "function", "function": {"name": "calculator", "arguments": "{\"expression\":\"3*4\"}"}}]);
    let cast = draws(move |request| {
        if request.contains("\"tool\"") {
            return json!({"role": "assistant", "content": "Twelve."});
        }
        json!({"role": "assistant", "content": "Look:", "tool_calls": call})
    })
    .await;
    let store = Store::open(cast.home.path()).unwrap();
    let listed = store.read(|read| read.models_of(cast.service.id)).unwrap();
    let priced: Vec<_> = listed
        .into_iter()
        .map(|model| Model { price_in: Some(2.0), price_out: Some(0.0), ..model })
        .collect();
    store.write(|write| write.replace_models(cast.service.id, &priced)).unwrap();
    let talk = cast.talk_with(&["calculator"]);
    let id = cast.send_in(Some(talk), "m", "Draw and count.").await.unwrap().answer.message.id;
    let mut ear = cast.hear(id);
    let asked = ear.until_asked().await;
    // A kill from here on would not lose it: it is in the database while the call waits.
    eventually("the picture", || {
        let store = Store::open(cast.home.path()).unwrap();
        store
            .read(|read| read.attachments(id))
            .unwrap()
            .pop()
            .filter(|one| one.state == AttachmentState::Kept)
    })
    .await;
    for call in asked {
        cast.engine.chat().answer_call(id, call.id, Decision::Once).unwrap();
    }
    let heard = ear.end().await;
    assert_eq!(heard.message.usage.unwrap().cost, Some(4.0), "both requests were paid for");
    let ended = cast.engine.chat().messages(vec![id]).await.unwrap().remove(0);
    assert_eq!(ended.attachments.len(), 1, "the same picture is there once");
}

#[tokio::test]
async fn sources_are_kept_apart_from_the_words_and_a_blocked_answer_says_so() {
    let cast = Cast::new().await;
    let heard = cast.ask("citations", "Name a river.").await;
    assert_eq!(heard.message.text, crate::cast::SENTENCE, "the words are those that came");
    let urls: Vec<_> = heard.message.citations.iter().map(|source| source.url.as_str()).collect();
    assert_eq!(urls, ["https://example.org/sea", "https://example.org/rivers"]);
    assert_eq!(cast.ask("blocked", "Do harm.").await.code(), "blocked_answer");
}
