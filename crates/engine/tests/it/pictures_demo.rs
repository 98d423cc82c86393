//! Making pictures at the demo gateway, over every way in which drawing can go.

use engine::view::{Event, MakePictures};
use engine::{Generation, GenerationId, GenerationState, PictureOptions};
use store::Store;
use store::table::picture::{Picture, PictureState};

use crate::cast::studio::code;
use crate::cast::{Cast, PATIENT, eventually};

fn wish(cast: &Cast, model: &str) -> MakePictures {
    MakePictures {
        service_id: cast.service.id,
        model: model.into(),
        prompt: "green hills".into(),
        options: PictureOptions::default(),
        references: Vec::new(),
        mask: None,
        made_from: None,
    }
}

/// A generation once it has ended and nothing of it is on its way.
async fn settled(cast: &Cast, id: GenerationId) -> (Generation, Vec<Picture>) {
    let store = Store::open(cast.home.path()).unwrap();
    eventually("the end", || {
        let made = store.read(|read| read.generation(id)).unwrap().unwrap();
        let pictures = store.read(|read| read.pictures_of(id)).unwrap();
        let waits = pictures.iter().any(|one| one.state == PictureState::Waiting);
        (made.state.is_ended() && !waits).then_some((made, pictures))
    })
    .await
}

async fn made(cast: &Cast, wish: MakePictures) -> (Generation, Vec<Picture>) {
    let id = cast.engine.pictures().make(wish).await.unwrap().id;
    settled(cast, id).await
}

#[tokio::test]
async fn a_picture_is_kept_in_whatever_shape_it_comes() {
    let cast = Cast::play(demo::Script::tests().with_key("sk-secret-0123"), "sk-secret-0123", PATIENT).await;
    for model in [
        "dall-e-2",
        "dall-e-3",
        "gpt-image-1",
        "picture-url",
        "picture-data-url",
        "picture-data-in-b64",
        "picture-url-in-b64",
        "picture-both",
        "picture-images",
        "picture-file",
        "picture-chat",
    ] {
        let options = PictureOptions { size: Some("1024x1024".into()), ..PictureOptions::default() };
        let (row, pictures) = made(&cast, MakePictures { options, ..wish(&cast, model) }).await;
        assert_eq!((row.state, code(&row)), (GenerationState::Done, ""), "{model}");
        let sizes: Vec<_> = pictures.iter().map(|one| (one.state, one.width, one.height)).collect();
        assert_eq!(sizes, [(PictureState::Kept, 1024, 1024)], "{model}");
    }
    for seen in cast.demo.requests().into_iter().filter(|seen| seen.path.starts_with("/files/")) {
        assert_eq!(seen.key, None, "{}: no key goes along", seen.path);
    }
}

#[tokio::test]
async fn what_goes_wrong_has_a_name_and_is_asked_for_once() {
    let cast = Cast::new().await;
    for (model, wanted) in [
        ("picture-task", "no_picture_came"),
        ("picture-empty", "no_picture_came"),
        ("picture-refused", "policy"),
        ("picture-refused-200", "policy"),
        ("picture-blocked-late", "policy"),
        ("picture-web-page", "not_an_api"),
        ("picture-501", "not_offered"),
        ("picture-524", "maybe_paid"),
        ("picture-cut-off", "maybe_paid"),
    ] {
        let (row, pictures) = made(&cast, wish(&cast, model)).await;
        assert_eq!((row.state, code(&row), pictures.len()), (GenerationState::Failed, wanted, 0), "{model}");
        let asked = cast.demo.requests().into_iter().filter(|seen| seen.path.contains("/images/"));
        let asked = asked.filter(|seen| seen.body["model"] == model).count();
        assert_eq!(asked, 1, "{model}");
    }
    let (row, pictures) = made(&cast, wish(&cast, "picture-url-expired")).await;
    assert_eq!(row.state, GenerationState::Done, "it was made");
    assert_eq!(pictures[0].state, PictureState::Gone);
    assert_eq!(pictures[0].problem.as_ref().unwrap().code, "picture_gone");
}

#[tokio::test]
async fn an_answer_without_an_end_is_let_go() {
    let cast = Cast::new().await;
    let (row, pictures) = made(&cast, wish(&cast, "picture-huge")).await;
    assert_eq!((row.state, code(&row), pictures.len()), (GenerationState::Failed, "maybe_paid", 0));
}

#[tokio::test]
async fn previews_are_shown_while_a_picture_is_made() {
    let cast = Cast::new().await;
    let mut events = cast.engine.listen();
    let id = cast.engine.pictures().make(wish(&cast, "gpt-image-1")).await.unwrap().id;
    let (row, pictures) = settled(&cast, id).await;
    assert_eq!((row.state, row.preview_id), (GenerationState::Done, None), "the picture is in the gallery");
    let mut previews = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let Event::Generation { generation } = event {
            previews.extend(generation.preview_id);
        }
    }
    previews.dedup();
    assert_eq!(previews.len(), 2, "as many as were asked for");
    assert_ne!(previews[1], pictures[0].media_id.unwrap());
    let shown =
        cast.engine.media().piece(&previews[0].to_string(), Some(256), engine::media::Wanted::All).await;
    assert!(shown.is_ok(), "and each can be looked at");
}

#[tokio::test]
async fn cancelling_lets_the_connection_go() {
    let cast = Cast::new().await;
    let id = cast.engine.pictures().make(wish(&cast, "picture-slow")).await.unwrap().id;
    eventually("the request", || {
        cast.demo.requests().iter().any(|seen| seen.path.contains("/images/")).then_some(())
    })
    .await;
    cast.engine.pictures().cancel(id).await.unwrap();
    let (row, _) = settled(&cast, id).await;
    assert_eq!((row.state, code(&row)), (GenerationState::Cancelled, "cancelled_late"));
    eventually("the loss", || {
        cast.demo.dropped().iter().any(|lost| lost.model == "picture-slow").then_some(())
    })
    .await;
}

#[tokio::test]
async fn pictures_go_along_to_be_changed() {
    let cast = Cast::new().await;
    let (_, pictures) = made(&cast, wish(&cast, "dall-e-2")).await;
    let media = pictures[0].media_id.unwrap();
    let along = MakePictures { references: vec![media], ..wish(&cast, "gpt-image-1") };
    let (row, changed) = made(&cast, along).await;
    assert_eq!((row.state, code(&row), changed.len()), (GenerationState::Done, "", 1));
    let seen = cast.demo.requests().into_iter().find(|seen| seen.path.contains("/images/edits")).unwrap();
    let files: Vec<_> = seen.files.iter().map(|file| (file.field.as_str(), file.bytes.len())).collect();
    let length = usize::try_from(pictures[0].bytes).unwrap();
    assert_eq!(files, [("image", length)], "as it lies in the folder");
}

#[tokio::test]
async fn the_first_run_can_draw() {
    let cast = Cast::play(demo::Script::welcome(), "", PATIENT).await;
    let engines = cast.engine.pictures().engines().await.unwrap();
    let names: Vec<_> = engines.iter().map(|one| one.model.as_str()).collect();
    assert_eq!(names, ["dall-e-3", "gpt-image-1", "mj_imagine"]);
    let (row, pictures) = made(&cast, wish(&cast, "dall-e-3")).await;
    assert_eq!((row.state, pictures.len()), (GenerationState::Done, 1));
}
