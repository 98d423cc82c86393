//! Pictures made from pictures at the demo gateway: references, masks and variations, and what a service does not have.

use engine::view::{EngineFamily, MakePictures, Painted, PaintedMark, PictureEngine};
use engine::{Code, Generation, GenerationState, MediaId, PictureOptions};
use image::GenericImageView as _;
use store::Store;
use store::table::generation::GenerationKind;

use crate::cast::studio::{Studio, code, drawn, png};
use crate::cast::{Cast, Reply, eventually};

/// The place of the desk.
const DESK: &str = "pictures";

fn wish(cast: &Cast, model: &str, references: Vec<MediaId>) -> MakePictures {
    MakePictures {
        service_id: cast.service.id,
        model: model.into(),
        prompt: "a red roof".into(),
        options: PictureOptions::default(),
        references,
        mask: None,
        made_from: None,
    }
}

async fn made(cast: &Cast, wish: MakePictures) -> Generation {
    let id = cast.engine.pictures().make(wish).await.unwrap().id;
    ended(cast, id).await
}

async fn ended(cast: &Cast, id: engine::GenerationId) -> Generation {
    let store = Store::open(cast.home.path()).unwrap();
    eventually("the end", || {
        let row = store.read(|read| read.generation(id)).unwrap().unwrap();
        row.state.is_ended().then_some(row)
    })
    .await
}

/// Lays a file on the desk, and gives its id.
async fn laid(cast: &Cast, name: &str, bytes: Vec<u8>) -> MediaId {
    let taken = cast.engine.attachments().add("pictures".into(), name.into(), bytes).await.unwrap();
    taken.media.unwrap().id
}

fn engine_of<'all>(all: &'all [PictureEngine], model: &str) -> &'all PictureEngine {
    all.iter().find(|one| one.model == model).unwrap()
}

#[tokio::test]
async fn what_lies_on_the_desk_is_there_after_a_restart() {
    let mut cast = Cast::new().await;
    let first = laid(&cast, "roof.png", png(30, 20)).await;
    let notes = cast.engine.attachments().add("pictures".into(), "notes.txt".into(), b"words".to_vec()).await;
    assert_eq!(notes.unwrap().problem.unwrap().code, "not_a_picture");
    cast.reopen_at(engine::Clock::system()).await;
    let again = cast.engine.pictures().refer_to(DESK.into(), first).await.unwrap();
    let there = cast.engine.pictures().references(DESK.into()).await.unwrap();
    let ids: Vec<_> = there.iter().map(|one| (one.id, one.media.as_ref().unwrap().id)).collect();
    assert_eq!(ids, [(again.id, first)], "once, and only what is a picture");
    cast.engine.attachments().remove(again.id).await.unwrap();
    assert!(cast.engine.pictures().references(DESK.into()).await.unwrap().is_empty());
    let unknown = cast.engine.pictures().refer_to(DESK.into(), MediaId::of(b"x")).await;
    assert_eq!(unknown.unwrap_err().code, Code::Gone);
}

#[tokio::test]
async fn a_mask_is_transparent_where_it_was_painted_pixel_by_pixel() {
    let cast = Cast::new().await;
    let picture = laid(&cast, "roof.png", png(64, 48)).await;
    let other = laid(&cast, "wall.png", png(20, 20)).await;
    let marks = vec![
        PaintedMark::Paint { size: 9, points: vec![10, 20, 40, 20] },
        PaintedMark::Erase { size: 3, points: vec![20, 20] },
    ];
    let mask = Some(Painted { width: 64, height: 48, marks });
    let wish = MakePictures { mask, ..wish(&cast, "gpt-image-1", vec![picture, other]) };
    let row = made(&cast, wish).await;
    assert_eq!((row.state, code(&row), row.kind), (GenerationState::Done, "", GenerationKind::Edit));
    assert_eq!(row.references, [picture, other]);
    let seen = cast.demo.requests().into_iter().find(|seen| seen.path.contains("/images/edits")).unwrap();
    let fields: Vec<_> = seen.files.iter().map(|file| file.field.as_str()).collect();
    assert_eq!(fields, ["image[]", "image[]", "mask"]);
    let mask = image::load_from_memory(&seen.files[2].bytes).unwrap();
    assert_eq!(mask.dimensions(), (64, 48));
    let near = |x: i32, y: i32, size: i32, from: (i32, i32), to: (i32, i32)| {
        let beside = x.clamp(from.0, to.0) - x;
        4 * (beside.pow(2) + (y - from.1).pow(2)) <= size.pow(2)
    };
    for (x, y, pixel) in mask.pixels() {
        let (at_x, at_y) = (i32::try_from(x).unwrap(), i32::try_from(y).unwrap());
        let painted = near(at_x, at_y, 9, (10, 20), (40, 20)) && !near(at_x, at_y, 3, (20, 20), (20, 20));
        assert_eq!(pixel.0[3], if painted { 0 } else { 255 }, "at {x}, {y}");
    }
    let again = cast.engine.pictures().picture(pictures_of(&cast, &row)[0]).await.unwrap();
    assert!(again.generation.unwrap().mask.is_some(), "it is kept with what was asked for");
}

fn pictures_of(cast: &Cast, row: &Generation) -> Vec<engine::PictureId> {
    let store = Store::open(cast.home.path()).unwrap();
    store.read(|read| read.pictures_of(row.id)).unwrap().into_iter().map(|one| one.id).collect()
}

#[tokio::test]
async fn the_oldest_engine_gets_one_square_and_a_mask_of_its_size() {
    let cast = Cast::new().await;
    let picture = laid(&cast, "wide.png", png(64, 48)).await;
    let marks = vec![PaintedMark::Paint { size: 1, points: vec![8, 0, 8, 47] }];
    let mask = Some(Painted { width: 64, height: 48, marks });
    let row = made(&cast, MakePictures { mask, ..wish(&cast, "dall-e-2", vec![picture]) }).await;
    assert_eq!((row.state, code(&row)), (GenerationState::Done, ""));
    let seen = cast.demo.requests().into_iter().find(|seen| seen.path.contains("/images/edits")).unwrap();
    let files: Vec<_> = seen.files.iter().map(|file| image::load_from_memory(&file.bytes).unwrap()).collect();
    assert_eq!((files[0].dimensions(), files[1].dimensions()), ((48, 48), (48, 48)));
    assert!(files[0].color().has_alpha(), "it refuses what has no room for transparency");
    let clear = files[1].pixels().filter(|(_, _, pixel)| pixel.0[3] == 0).map(|(x, _, _)| x);
    assert_eq!(clear.collect::<Vec<_>>(), [0; 48], "eight columns on the left are cut away");
    let two = vec![picture, laid(&cast, "b.png", png(9, 9)).await];
    let refused = cast.engine.pictures().make(wish(&cast, "dall-e-2", two)).await;
    assert_eq!(refused.unwrap_err().code, Code::PicturesRefused);
}

#[tokio::test]
async fn four_more_like_it_come_from_the_picture_alone() {
    let cast = Cast::new().await;
    let first = made(&cast, wish(&cast, "dall-e-2", Vec::new())).await;
    let picture = pictures_of(&cast, &first)[0];
    let pictures = cast.engine.pictures();
    let id = pictures.vary(picture, cast.service.id, "dall-e-2".into()).await.unwrap().id;
    let row = ended(&cast, id).await;
    assert_eq!(
        (row.state, row.kind, row.made_from),
        (GenerationState::Done, GenerationKind::Variation, Some(picture))
    );
    assert_eq!(pictures_of(&cast, &row).len(), 4);
    let seen = cast.demo.requests().into_iter().find(|seen| seen.path.contains("/variations")).unwrap();
    assert_eq!((&seen.body["n"], seen.body.get("prompt")), (&"4".into(), None));
    let other = pictures.vary(picture, cast.service.id, "gpt-image-1".into()).await;
    assert_eq!(other.unwrap_err().code, Code::NotOffered);
}

#[tokio::test]
async fn what_a_service_does_not_have_is_remembered_until_it_is_tried_again() {
    let studio = Studio::new(|body| {
        if body.is_string() {
            let said = r#"{"error":{"message":"API not implemented","type":"one_api_error","code":"api_not_implemented"}}"#;
            return Reply { status: 501, body: said.into(), gate: None };
        }
        drawn(&[png(30, 20)])
    })
    .await;
    let pictures = studio.engine.pictures();
    let first = studio.made("gpt-image-1").await;
    let media = studio.pictures(first.id)[0].media_id.unwrap();
    let wish = MakePictures { references: vec![media], ..studio.wish("gpt-image-1") };
    let id = pictures.make(wish).await.unwrap().id;
    assert_eq!(code(&studio.ended(id).await), "not_offered");
    let known = pictures.engines().await.unwrap();
    assert_eq!(engine_of(&known, "gpt-image-1").refused, [GenerationKind::Edit]);
    assert_eq!(engine_of(&known, "dall-e-2").refused, [], "the others were not asked");
    assert_eq!(engine_of(&known, "dall-e-2").family, EngineFamily::DallE2);
    pictures.try_anyway(studio.service.id, "gpt-image-1".into()).await.unwrap();
    let known = pictures.engines().await.unwrap();
    assert_eq!(engine_of(&known, "gpt-image-1").refused, []);
}

#[tokio::test]
async fn an_engine_that_the_service_does_not_have_is_asked_in_a_chat_from_then_on() {
    let chats = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let asked = std::sync::Arc::clone(&chats);
    let stub = crate::cast::Stub::start(move |request| {
        if request.starts_with("POST /v1/chat/") {
            let image = "data:image/gif;base64,R0lGODlhAQABAIAAAAUEBAAAACwAAAAAAQABAAACAkQBADs=";
            let content = format!("![dot]({image})");
            let message = serde_json::json!({"role": "assistant", "content": content});
            let choice = serde_json::json!({"message": message, "finish_reason": "stop"});
            return Reply::json(200, &serde_json::json!({"choices": [choice]}));
        }
        if request.starts_with("POST /v1/images/") {
            asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let error =
                serde_json::json!({"error": {"message": "Invalid URL", "type": "invalid_request_error"}});
            return Reply::json(404, &error);
        }
        Reply::json(200, &serde_json::json!({"data": [{"id": "flux"}]}))
    })
    .await;
    let studio = Studio::new(|_| drawn(&[])).await;
    let service = studio.engine.services().connect(crate::cast::connection(&stub.url, "")).await.unwrap();
    for turn in 1..=2 {
        let wish = MakePictures { service_id: service.id, ..studio.wish("flux") };
        let id = studio.engine.pictures().make(wish).await.unwrap().id;
        assert_eq!(code(&studio.ended(id).await), "", "turn {turn}");
    }
    assert_eq!(
        chats.load(std::sync::atomic::Ordering::Relaxed),
        1,
        "the second time nobody asks where nothing is"
    );
    let known = studio.engine.pictures().engines().await.unwrap();
    let here = known.iter().find(|one| one.service_id == service.id && one.model == "flux").unwrap();
    assert_eq!(here.refused, [], "it draws");
}
