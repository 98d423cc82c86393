//! The gallery: laid out, searched, starred, deleted and brought back; files saved and copied; pictures that go along.

use std::sync::{Arc, Mutex};

use engine::view::{Event, MakePictures, PicturePage, SavePicture};
use engine::{Code, GenerationState, MediaId, PictureForm, PictureId, PictureOptions, PictureQuery};
use serde_json::{Value, json};
use store::table::picture::PictureState;

use crate::cast::studio::{Studio, code, drawn, png};
use crate::cast::{Reply, Stub, connection, eventually, until_told};

async fn one(studio: &Studio, prompt: &str) -> engine::PictureId {
    let wish = MakePictures { prompt: prompt.into(), ..studio.wish("dall-e-3") };
    let id = studio.engine.pictures().make(wish).await.unwrap().id;
    studio.ended(id).await;
    studio.pictures(id)[0].id
}

#[tokio::test]
async fn the_gallery_is_laid_out_and_searched() {
    let studio = Studio::new(|_| drawn(&[png(30, 20)])).await;
    let first = one(&studio, "a lighthouse at night").await;
    let second = one(&studio, "海边的灯塔").await;
    let pictures = studio.engine.pictures();
    let outline = pictures.outline(PictureQuery::default()).await.unwrap();
    assert_eq!(outline.ratios, [150, 150]);
    assert_eq!(outline.days.iter().map(|day| day.count).sum::<usize>(), 2);
    let rows = pictures.rows(PictureQuery::default(), 0, 9).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [second, first], "the newest first");
    let search = PictureQuery { search: "灯塔".into(), ..PictureQuery::default() };
    assert_eq!(pictures.outline(search).await.unwrap().ratios.len(), 1);
    assert_eq!(pictures.picture(first).await.unwrap().index, Some(1));
}

#[tokio::test]
async fn stars_and_deleting_are_told_and_can_be_undone() {
    let studio = Studio::new(|_| drawn(&[png(30, 20)])).await;
    let id = one(&studio, "a lighthouse").await;
    let pictures = studio.engine.pictures();
    let mut events = studio.engine.listen();
    pictures.star(vec![id], true).await.unwrap();
    until_told(&mut events, &Event::Pictures).await;
    assert!(pictures.picture(id).await.unwrap().picture.starred);
    pictures.remove(vec![id]).await.unwrap();
    until_told(&mut events, &Event::Pictures).await;
    assert_eq!(pictures.rows(PictureQuery::default(), 0, 9).await.unwrap(), []);
    assert_eq!(pictures.picture(id).await.unwrap().index, None, "it can still be looked at");
    pictures.restore(vec![id]).await.unwrap();
    assert_eq!(pictures.rows(PictureQuery::default(), 0, 9).await.unwrap().len(), 1);
    let missing = pictures.star(vec![engine::PictureId::new()], true).await.unwrap_err();
    assert_eq!(missing.code, Code::Gone);
}

#[tokio::test]
async fn a_file_is_saved_as_it_came_and_copied_point_by_point() {
    let studio = Studio::new(|_| drawn(&[png(30, 20)])).await;
    let id = one(&studio, "a lighthouse").await;
    let pictures = studio.engine.pictures();
    let name = pictures.file_name(id).await.unwrap();
    assert_eq!(std::path::Path::new(&name).extension().unwrap(), "png");
    let to = studio.home.path().join("saved.png");
    pictures.save(id, to.clone()).await.unwrap();
    assert_eq!(std::fs::read(to).unwrap(), png(30, 20));
    let pixels = pictures.pixels(id).await.unwrap();
    assert_eq!((pixels.width, pixels.height, pixels.rgba.len()), (30, 20, 30 * 20 * 4));
    assert_eq!(&pixels.rgba[..8], [0, 0, 90, 255, 1, 0, 90, 255]);
}

#[tokio::test]
async fn a_picture_is_saved_in_every_form_with_what_it_was_made_from_and_without() {
    let studio = Studio::new(|_| drawn(&[png(30, 20)])).await;
    let id = one(&studio, "a lighthouse in fog").await;
    let pictures = studio.engine.pictures();
    for (form, kind, ending) in [
        (PictureForm::Png, media::Kind::Png, "png"),
        (PictureForm::Jpeg, media::Kind::Jpeg, "jpg"),
        (PictureForm::WebP, media::Kind::WebP, "webp"),
    ] {
        let name = pictures.form_name(id, form).await.unwrap();
        assert_eq!(std::path::Path::new(&name).extension().unwrap(), ending);
        let to = studio.home.path().join(name);
        for told in [true, false] {
            let saved = pictures.save_as(id, SavePicture { form, told }, to.clone()).await.unwrap();
            assert!(!saved.still, "nothing was left out");
            let bytes = std::fs::read(&to).unwrap();
            let seen = media::look(&bytes).unwrap();
            assert_eq!((seen.kind, seen.width, seen.height), (kind, 30, 20));
            let holds = |words: &[u8]| bytes.windows(words.len()).any(|piece| piece == words);
            assert_eq!(holds(b"a lighthouse in fog"), told, "{form:?}");
        }
    }
}

#[tokio::test]
async fn where_nothing_can_be_written_nothing_is_and_it_is_said() {
    let studio = Studio::new(|_| drawn(&[png(30, 20)])).await;
    let id = one(&studio, "a lighthouse").await;
    let pictures = studio.engine.pictures();
    let nowhere = studio.home.path().join("no such folder").join("saved.png");
    let wish = SavePicture { form: PictureForm::Png, told: true };
    let refused = pictures.save_as(id, wish, nowhere.clone()).await.unwrap_err();
    assert_eq!(refused.code, Code::CannotWrite);
    assert_eq!(pictures.save(id, nowhere).await.unwrap_err().code, Code::CannotWrite, "as it came neither");
}

#[tokio::test]
async fn a_family_is_known_from_both_of_its_ends() {
    let studio = Studio::new(|_| drawn(&[png(30, 20)])).await;
    let pictures = studio.engine.pictures();
    let parent = one(&studio, "a lighthouse").await;
    let wish = MakePictures { made_from: Some(parent), ..studio.wish("dall-e-3") };
    let made = pictures.make(wish).await.unwrap().id;
    studio.ended(made).await;
    let child = studio.pictures(made)[0].id;
    let family = async |id| members(pictures.picture(id).await.unwrap());
    assert_eq!(family(parent).await, (vec![], vec![], vec![child]));
    assert_eq!(family(child).await, (vec![parent], vec![], vec![]));
    pictures.remove(vec![child]).await.unwrap();
    assert_eq!(family(parent).await, (vec![], vec![], vec![]), "what is deleted is no part of it");
}

/// From, with, into.
fn members(page: PicturePage) -> (Vec<PictureId>, Vec<PictureId>, Vec<PictureId>) {
    let ids = |rows: Vec<engine::Picture>| rows.into_iter().map(|row| row.id).collect();
    (ids(page.family.made_from), ids(page.family.made_with), ids(page.family.made_into))
}

#[tokio::test]
async fn a_link_that_leads_to_nothing_is_told_and_tried_again_when_asked_for() {
    let address = Arc::new(Mutex::new(String::new()));
    let named = Arc::clone(&address);
    let studio =
        Studio::new(move |_| Reply::json(200, &json!({"data": [{"url": named.lock().unwrap().clone()}]})))
            .await;
    studio.set_files(false);
    *address.lock().unwrap() = studio.file();
    let done = studio.made("dall-e-3").await;
    assert_eq!(done.state, GenerationState::Done, "it was made, and is being fetched");
    let until = |state| {
        let (studio, id) = (&studio, done.id);
        eventually("that state", move || studio.pictures(id).pop().filter(|one| one.state == state))
    };
    let gone = until(PictureState::Gone).await;
    assert_eq!(gone.problem.unwrap().code, "picture_gone");
    studio.set_files(true);
    studio.engine.pictures().fetch_again(gone.id).await.unwrap();
    let kept = until(PictureState::Kept).await;
    assert_eq!((kept.width, kept.height, kept.problem), (2, 2, None));
    studio.engine.pictures().fetch_again(gone.id).await.unwrap();
    assert_eq!(until(PictureState::Kept).await.media_id, kept.media_id, "what is here is not fetched again");
}

#[tokio::test]
async fn pictures_go_along_as_files() {
    let studio = Studio::new(|_| drawn(&[png(30, 20)])).await;
    let reference = one(&studio, "a lighthouse").await;
    let media = studio.engine.pictures().picture(reference).await.unwrap().picture.media_id.unwrap();
    let wish = MakePictures {
        references: vec![media],
        made_from: Some(reference),
        options: PictureOptions { count: 2, ..PictureOptions::default() },
        ..studio.wish("gpt-image-1")
    };
    let made = studio.engine.pictures().make(wish).await.unwrap();
    let done = studio.ended(made.id).await;
    assert_eq!((done.state, code(&done), done.made_from), (GenerationState::Done, "", Some(reference)));
    let form = studio.asked()[1].as_str().unwrap().to_owned();
    for part in ["name=\"image\"; filename=\"picture.png\"", "image/png", "name=\"prompt\"", "gpt-image-1"] {
        assert!(form.contains(part), "{part} is in {form:?}");
    }
    let missing = MakePictures { references: vec![MediaId::of(b"x")], ..studio.wish("gpt-image-1") };
    assert_eq!(studio.engine.pictures().make(missing).await.unwrap_err().code, Code::Gone);
}

#[tokio::test]
async fn a_model_that_only_talks_is_not_offered_as_an_engine_and_says_so() {
    let chats = Arc::new(Mutex::new(Vec::<Value>::new()));
    let seen = Arc::clone(&chats);
    let stub = Stub::start(move |request| {
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        if head.starts_with("POST /v1/images/") {
            return Reply::json(
                404,
                &json!({"error": {"message": "Invalid URL", "type": "invalid_request_error"}}),
            );
        }
        if head.starts_with("POST /v1/chat/") {
            seen.lock().unwrap().push(serde_json::from_str(body).unwrap());
            let message = json!({"role": "assistant", "content": "I cannot draw."});
            return Reply::json(200, &json!({"choices": [{"message": message, "finish_reason": "stop"}]}));
        }
        Reply::json(200, &json!({"data": [{"id": "talker"}]}))
    })
    .await;
    let studio = Studio::new(|_| drawn(&[])).await;
    let service = studio.engine.services().connect(connection(&stub.url, "")).await.unwrap();
    let wish = MakePictures { service_id: service.id, ..studio.wish("talker") };
    let id = studio.engine.pictures().make(wish).await.unwrap().id;
    let failed = studio.ended(id).await;
    assert_eq!((failed.state, code(&failed)), (GenerationState::Failed, "not_offered"));
    assert_eq!(chats.lock().unwrap()[0]["messages"][0]["content"], "a lighthouse", "it was asked in a chat");
    let known = studio.engine.services().learnt(service.id).await.unwrap();
    assert!(
        known.iter().all(|row| row.learnt.no_pictures.is_empty()),
        "one answer in words is no proof: {known:?}"
    );
}
