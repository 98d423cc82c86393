//! Making pictures: what is sent, what is kept, the queue, cancelling, and that nothing is paid for twice unasked.

use std::sync::Arc;

use engine::view::{EngineFamily, Event, MakePictures};
use engine::{Code, GenerationState, PictureOptions, PictureQuery};
use serde_json::{Value, json};
use store::table::picture::{PictureOrigin, PictureState};
use tokio::sync::Notify;

use crate::cast::studio::{Studio, code, drawn, png, states};
use crate::cast::{Cast, Reply, eventually};

/// An answer that comes when the gate is opened.
fn gated(gate: &Arc<Notify>) -> Reply {
    Reply { gate: Some(Arc::clone(gate)), ..drawn(&[png(30, 20)]) }
}

fn refusal(status: u16, code: &str) -> Reply {
    Reply::json(status, &json!({"error": {"message": "No.", "type": code, "code": code}}))
}

#[tokio::test]
async fn every_engine_of_a_service_is_offered_with_what_it_takes() {
    let studio = Studio::new(|_| drawn(&[])).await;
    let engines = studio.engine.pictures().engines().await.unwrap();
    let found: Vec<_> = engines.iter().map(|one| (one.model.as_str(), one.family)).collect();
    let expected = [
        ("dall-e-2", EngineFamily::DallE2),
        ("dall-e-3", EngineFamily::DallE3),
        ("flux", EngineFamily::Other),
        ("gpt-image-1", EngineFamily::GptImage),
        ("stable-diffusion", EngineFamily::Chat),
    ];
    assert_eq!(found, expected, "and nothing that only talks");
}

#[tokio::test]
async fn a_picture_is_made_kept_and_told() {
    let studio = Studio::new(|_| {
        let bytes = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, png(30, 20));
        Reply::json(200, &json!({"data": [{"b64_json": bytes, "revised_prompt": "a tall lighthouse"}]}))
    })
    .await;
    let mut events = studio.engine.listen();
    let options = PictureOptions { size: Some("1792x1024".into()), ..PictureOptions::default() };
    let wish = MakePictures { options, ..studio.wish("dall-e-3") };
    let queued = studio.engine.pictures().make(wish).await.unwrap();
    let done = studio.ended(queued.id).await;
    assert_eq!((done.state, code(&done)), (GenerationState::Done, ""));
    let pictures = studio.pictures(done.id);
    assert_eq!(pictures.len(), 1);
    let one = &pictures[0];
    assert_eq!(
        (one.width, one.height, one.mime.as_str(), one.state),
        (30, 20, "image/png", PictureState::Kept)
    );
    assert_eq!((one.prompt.as_str(), one.revised_prompt.as_str()), ("a lighthouse", "a tall lighthouse"));
    let media = one.media_id.unwrap().to_string();
    let found = studio.engine.media().piece(&media, None, engine::media::Wanted::All).await.unwrap();
    let engine::media::Found::Piece(piece) = found else { panic!("the file is whole") };
    assert_eq!(piece.bytes, png(30, 20), "as it came");
    let sent = json!({
        "model": "dall-e-3", "prompt": "a lighthouse", "size": "1792x1024", "response_format": "b64_json"
    });
    assert_eq!(studio.asked(), [sent]);
    let told = eventually("the end", || Some(states(&mut events)).filter(|told| !told.is_empty())).await;
    assert_eq!(told.first(), Some(&(GenerationState::Queued, 1)), "{told:?}");
    let page = studio.engine.pictures().picture(one.id).await.unwrap();
    assert_eq!((page.index, page.generation.map(|made| made.id)), (Some(0), Some(done.id)));
    assert_eq!(page.picture.origin, PictureOrigin::Made);
}

#[tokio::test]
async fn what_the_service_used_is_told_beside_what_was_asked_for() {
    let studio = Studio::new(|_| {
        let bytes = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, png(30, 20));
        let used = json!({
            "created": 1_760_000_000, "size": "1536x1024", "quality": "medium", "background": "opaque",
            "output_format": "png", "data": [{"b64_json": bytes}], "usage": {"input_tokens": 9}
        });
        Reply::json(200, &used)
    })
    .await;
    let options = PictureOptions { quality: Some("high".into()), count: 2, ..PictureOptions::default() };
    let wish = MakePictures { options, ..studio.wish("gpt-image-1") };
    let id = studio.engine.pictures().make(wish).await.unwrap().id;
    studio.ended(id).await;
    let page = studio.engine.pictures().picture(studio.pictures(id)[0].id).await.unwrap();
    assert_eq!(page.generation.unwrap().options.quality.as_deref(), Some("high"));
    let used =
        [("size", "1536x1024"), ("quality", "medium"), ("background", "opaque"), ("output_format", "png")];
    let expected = used.iter().map(|(name, word)| ((*name).to_owned(), (*word).to_owned())).collect();
    assert_eq!(page.used, expected, "and nothing else of what it said");
}

#[tokio::test]
async fn several_come_together() {
    let studio = Studio::new(|_| drawn(&[png(4, 4), png(5, 5), png(6, 6)])).await;
    let options = PictureOptions { count: 3, ..PictureOptions::default() };
    let wish = MakePictures { options, ..studio.wish("dall-e-2") };
    let id = studio.engine.pictures().make(wish).await.unwrap().id;
    studio.ended(id).await;
    let widths: Vec<_> = studio.pictures(id).iter().map(|one| one.width).collect();
    assert_eq!(widths, [4, 5, 6]);
    assert_eq!(studio.asked()[0]["n"], 3);
}

#[tokio::test]
async fn what_goes_wrong_is_said_and_the_prompt_is_kept() {
    let studio = Studio::new(|body| match body["prompt"].as_str().unwrap() {
        "policy" => refusal(400, "content_policy_violation"),
        "empty" => Reply::json(200, &json!({"created": 1, "data": []})),
        "page" => Reply { status: 200, body: "<html><title>Hello</title>".into(), gate: None },
        "nowhere" => refusal(501, "api_not_implemented"),
        "slow" => Reply { status: 524, body: "<html><title>A timeout occurred</title>".into(), gate: None },
        "text" => drawn(&[b"plain words, and many of them".to_vec()]),
        "broken" => drawn(&[png(300, 300)[..2000].to_vec()]),
        other => panic!("{other} is not expected"),
    })
    .await;
    for (prompt, wanted) in [
        ("policy", "policy"),
        ("empty", "no_picture_came"),
        ("page", "not_an_api"),
        ("nowhere", "not_offered"),
        ("slow", "maybe_paid"),
        ("text", "not_a_picture"),
    ] {
        let wish = MakePictures { prompt: prompt.into(), ..studio.wish("dall-e-3") };
        let id = studio.engine.pictures().make(wish).await.unwrap().id;
        let failed = studio.ended(id).await;
        assert_eq!((failed.state, code(&failed)), (GenerationState::Failed, wanted), "{prompt}");
        assert_eq!((failed.prompt.as_str(), studio.pictures(id).len()), (prompt, 0));
        let facts = &failed.problem.unwrap().facts;
        assert!(
            facts.service.is_some() || matches!(wanted, "not_a_picture"),
            "{prompt}: the sentence names the service"
        );
    }
    assert_eq!(studio.asked().len(), 6, "each was asked for once");
    let wish = MakePictures { prompt: "broken".into(), ..studio.wish("dall-e-3") };
    let id = studio.engine.pictures().make(wish).await.unwrap().id;
    assert_eq!(studio.ended(id).await.state, GenerationState::Done);
    let one = studio.pictures(id).remove(0);
    assert_eq!((one.state, one.problem.unwrap().code.as_str()), (PictureState::Gone, "picture_damaged"));
    assert!(one.media_id.is_some(), "what was paid for is not thrown away");
}

#[tokio::test]
async fn what_is_refused_by_name_is_left_out_and_asked_for_once_more() {
    let studio = Studio::new(|body| match body.get("stream") {
        Some(_) => Reply::json(
            400,
            &json!({"error": {"message": "Unknown parameter: 'stream'.", "type": "invalid_request_error",
                              "param": "stream", "code": "unknown_parameter"}}),
        ),
        None => drawn(&[png(8, 8)]),
    })
    .await;
    let done = studio.made("gpt-image-1").await;
    assert_eq!((done.state, code(&done)), (GenerationState::Done, ""));
    assert_eq!(studio.asked()[1], json!({"model": "gpt-image-1", "prompt": "a lighthouse"}));
}

#[tokio::test]
async fn what_a_picture_was_made_without_is_told() {
    let studio =
        Studio::new(|body| match ["seed", "quality"].iter().find(|name| body.get(**name).is_some()) {
            Some(name) => {
                let message = format!("Unknown parameter: '{name}'.");
                Reply::json(
                    400,
                    &json!({"error": {"message": message, "type": "invalid_request_error", "param": name,
                                  "code": "unknown_parameter"}}),
                )
            }
            None => drawn(&[png(8, 8)]),
        })
        .await;
    let extra = [("seed".to_owned(), json!(7))].into_iter().collect();
    let options = PictureOptions { quality: Some("high".into()), extra, ..PictureOptions::default() };
    let wish = MakePictures { options, ..studio.wish("gpt-image-1") };
    let id = studio.engine.pictures().make(wish).await.unwrap().id;
    assert_eq!(studio.ended(id).await.state, GenerationState::Done);
    let page = studio.engine.pictures().picture(studio.pictures(id)[0].id).await.unwrap();
    assert_eq!(page.left_out, ["quality", "seed"]);
    assert_eq!(studio.asked().len(), 3, "each was asked for once");
}

#[tokio::test]
async fn two_are_made_at_once_and_the_others_wait_in_order() {
    let gate = Arc::new(Notify::new());
    let held = Arc::clone(&gate);
    let studio = Studio::new(move |_| gated(&held)).await;
    let mut ids = Vec::new();
    for _ in 0..4 {
        ids.push(studio.make("dall-e-3").await.id);
    }
    let place = |at: usize| (studio.row(ids[at]).state, studio.row(ids[at]).place);
    eventually("both requests", || (studio.asked().len() == 2).then_some(())).await;
    assert_eq!([0, 1].map(place), [(GenerationState::Running, 0); 2]);
    assert_eq!([2, 3].map(place), [(GenerationState::Queued, 1), (GenerationState::Queued, 2)]);

    studio.engine.pictures().cancel(ids[2]).await.unwrap();
    let cancelled = studio.row(ids[2]);
    assert_eq!((cancelled.state, code(&cancelled)), (GenerationState::Cancelled, ""), "it costs nothing");
    assert_eq!(place(3), (GenerationState::Queued, 1));

    studio.engine.pictures().cancel(ids[0]).await.unwrap();
    let late = studio.ended(ids[0]).await;
    assert_eq!((late.state, code(&late)), (GenerationState::Cancelled, "cancelled_late"));
    eventually("the next request", || (studio.asked().len() == 3).then_some(())).await;
    gate.notify_waiters();
    for id in [ids[1], ids[3]] {
        assert_eq!(studio.ended(id).await.state, GenerationState::Done);
    }
    assert_eq!(studio.asked().len(), 3, "what was cancelled in time was never sent");
}

#[tokio::test]
async fn another_try_is_made_only_when_it_is_asked_for() {
    let studio = Studio::new(|_| refusal(524, "")).await;
    let failed = studio.made("dall-e-3").await;
    assert_eq!(code(&failed), "maybe_paid");
    assert_eq!(studio.asked().len(), 1, "it may have been made and paid for");
    studio.engine.pictures().dismiss(failed.id).await.unwrap();
    assert_eq!(studio.engine.pictures().generations().await.unwrap(), []);
    studio.engine.pictures().restore_generation(failed.id).await.unwrap();
    let again = studio.engine.pictures().try_again(failed.id).await.unwrap();
    assert_eq!((again.id, again.state), (failed.id, GenerationState::Queued), "the same tile goes on");
    studio.ended(failed.id).await;
    assert_eq!(studio.asked().len(), 2);
}

#[tokio::test]
async fn a_busy_service_is_asked_again_because_it_made_nothing() {
    let tries = std::sync::atomic::AtomicUsize::new(0);
    let studio = Studio::new(move |_| match tries.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
        0 => refusal(429, "rate_limit_exceeded"),
        _ => drawn(&[png(8, 8)]),
    })
    .await;
    assert_eq!(studio.made("dall-e-3").await.state, GenerationState::Done);
    assert_eq!(studio.asked().len(), 2);
}

#[tokio::test]
async fn after_a_restart_what_waited_goes_on_and_what_was_sent_asks_first() {
    let gate = Arc::new(Notify::new());
    let held = Arc::clone(&gate);
    let mut studio = Studio::new(move |_| gated(&held)).await;
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(studio.make("dall-e-3").await.id);
    }
    eventually("both requests", || (studio.asked().len() == 2).then_some(())).await;
    studio.restart().await;
    for id in &ids[..2] {
        let cut = studio.row(*id);
        assert_eq!((cut.state, code(&cut)), (GenerationState::Interrupted, "generation_interrupted"));
    }
    eventually("the one that waited", || (studio.asked().len() == 3).then_some(())).await;
    gate.notify_waiters();
    assert_eq!(studio.ended(ids[2]).await.state, GenerationState::Done);
    assert_eq!(studio.asked().len(), 3, "nothing is sent twice by itself");
    studio.engine.pictures().try_again(ids[0]).await.unwrap();
    eventually("the request", || (studio.asked().len() == 4).then_some(())).await;
    gate.notify_waiters();
    assert_eq!(studio.ended(ids[0]).await.state, GenerationState::Done);
}

#[tokio::test]
async fn what_cannot_be_made_is_refused_before_it_waits() {
    let studio = Studio::new(|_| drawn(&[])).await;
    let refused = |wish: MakePictures| {
        let pictures = studio.engine.pictures();
        async move { pictures.make(wish).await.unwrap_err().code }
    };
    let wish = || studio.wish("dall-e-3");
    assert_eq!(refused(MakePictures { prompt: " ".into(), ..wish() }).await, Code::NothingToSend);
    assert_eq!(refused(MakePictures { prompt: "x".repeat(4001), ..wish() }).await, Code::OptionWrong);
    assert_eq!(refused(MakePictures { model: String::new(), ..wish() }).await, Code::ModelMissing);
    let references = vec![engine::MediaId::of(b"x")];
    assert_eq!(refused(MakePictures { references, ..wish() }).await, Code::PicturesRefused);
    let service_id = engine::ServiceId::new();
    assert_eq!(refused(MakePictures { service_id, ..wish() }).await, Code::ServiceGone);
    assert_eq!(studio.engine.pictures().generations().await.unwrap(), []);
}

#[tokio::test]
async fn a_picture_outlives_its_service() {
    let studio = Studio::new(|_| drawn(&[png(8, 8)])).await;
    let done = studio.made("dall-e-3").await;
    studio.engine.services().remove(studio.service.id).await.unwrap();
    let rows = studio.engine.pictures().rows(PictureQuery::default(), 0, 9).await.unwrap();
    assert_eq!((rows[0].service_id, rows[0].model.as_str()), (None, "dall-e-3"));
    let page = studio.engine.pictures().picture(rows[0].id).await.unwrap();
    assert_eq!(page.generation.map(|made| made.prompt), Some(done.prompt));
}

#[tokio::test]
async fn engines_that_draw_in_chats_are_asked_there() {
    let cast = Cast::new().await;
    for (model, count) in [("picture-markdown", 1), ("picture-field", 1), ("mj-chat", 1), ("picture-json", 1)]
    {
        let wish = MakePictures {
            service_id: cast.service.id,
            model: model.into(),
            prompt: "Draw hills.".into(),
            options: PictureOptions::default(),
            references: Vec::new(),
            mask: None,
            made_from: None,
        };
        let id = cast.engine.pictures().make(wish).await.unwrap().id;
        let store = store::Store::open(cast.home.path()).unwrap();
        let row = |read: &store::Read| read.generation(id);
        let done =
            eventually("the end", || store.read(row).unwrap().filter(|made| made.state.is_ended())).await;
        assert_eq!((done.state, code(&done)), (GenerationState::Done, ""), "{model}");
        let here = eventually("the picture", || {
            let pictures = store.read(|read| read.pictures_of(id)).unwrap();
            pictures.iter().all(|one| one.state != PictureState::Waiting).then_some(pictures)
        })
        .await;
        let sizes: Vec<_> = here.iter().map(|one| (one.state, one.width, one.height)).collect();
        assert_eq!(sizes, vec![(PictureState::Kept, 480, 320); count], "{model}");
    }
    let fetched = cast.demo.requests().into_iter().filter(|seen| seen.path.starts_with("/files/"));
    assert!(fetched.into_iter().all(|seen| seen.key.is_none()), "no key goes along");
    let asked: Vec<Value> = cast.bodies();
    assert_eq!(asked[0]["messages"], json!([{"role": "user", "content": "Draw hills."}]));
}

#[tokio::test]
async fn pictures_of_chats_are_in_the_gallery() {
    let cast = Cast::new().await;
    let mut events = cast.engine.listen();
    cast.ask("picture-markdown", "Draw hills.").await;
    let rows = loop {
        let rows = cast.engine.pictures().rows(PictureQuery::default(), 0, 9).await.unwrap();
        if !rows.is_empty() {
            break rows;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    };
    assert_eq!((rows[0].origin, rows[0].model.as_str()), (PictureOrigin::Received, "picture-markdown"));
    crate::cast::until_told(&mut events, &Event::Pictures).await;
}
