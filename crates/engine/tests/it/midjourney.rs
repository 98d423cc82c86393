//! Midjourney's tasks made at the demo gateway, in all four dialects: asked for once, followed, and gone on with by their buttons.

use demo::{Midjourney, Script};
use engine::view::{EngineFamily, Event, MakePictures, Painted, PaintedMark, PressButton};
use engine::{Clock, Generation, GenerationId, GenerationState, PictureOptions};
use store::table::generation::GenerationKind;
use store::table::picture::{Picture, PictureState};
use store::{PictureId, Store};

use crate::cast::studio::code;
use crate::cast::{Cast, PATIENT, eventually};

/// A server of that dialect whose tasks take less than half a second, and slow ones four.
pub fn script(dialect: Midjourney) -> Script {
    Script::tests().with_midjourney(dialect).with_pace(200)
}

/// An engine connected to a server of that dialect.
pub async fn at(dialect: Midjourney) -> Cast {
    Cast::play(script(dialect), "", PATIENT).await
}

pub fn wish(cast: &Cast, prompt: &str) -> MakePictures {
    MakePictures {
        service_id: cast.service.id,
        model: "mj_imagine".into(),
        prompt: prompt.into(),
        options: PictureOptions::default(),
        references: Vec::new(),
        mask: None,
        made_from: None,
    }
}

pub async fn ask(cast: &Cast, prompt: &str) -> GenerationId {
    cast.engine.pictures().make(wish(cast, prompt)).await.unwrap().id
}

/// A generation once it has ended and nothing of it is on its way.
pub async fn settled(cast: &Cast, id: GenerationId) -> (Generation, Vec<Picture>) {
    let store = Store::open(cast.home.path()).unwrap();
    eventually("the end of a task", || {
        let made = store.read(|read| read.generation(id)).unwrap().unwrap();
        let pictures = store.read(|read| read.pictures_of(id)).unwrap();
        let waits = pictures.iter().any(|one| one.state == PictureState::Waiting);
        (made.state.is_ended() && !waits).then_some((made, pictures))
    })
    .await
}

pub async fn made(cast: &Cast, prompt: &str) -> (Generation, Picture) {
    only(settled(cast, ask(cast, prompt).await).await)
}

pub fn only((row, mut pictures): (Generation, Vec<Picture>)) -> (Generation, Picture) {
    assert_eq!((row.state, code(&row), pictures.len()), (GenerationState::Done, "", 1), "{row:?}");
    (row, pictures.remove(0))
}

/// How many requests went to paths that end so.
pub fn count(cast: &Cast, ending: &str) -> usize {
    cast.demo.requests().iter().filter(|seen| seen.path.ends_with(ending)).count()
}

fn button(row: &Generation, begins: &str) -> String {
    let buttons = &row.task.as_ref().unwrap().buttons;
    let found = buttons.iter().find(|one| one.custom_id.starts_with(begins));
    found.unwrap_or_else(|| panic!("no {begins} among {buttons:?}")).custom_id.clone()
}

pub fn pressing(picture: PictureId, row: &Generation, begins: &str) -> PressButton {
    PressButton { picture_id: picture, custom_id: button(row, begins), prompt: String::new(), mask: None }
}

pub async fn pressed(cast: &Cast, wish: PressButton) -> (Generation, Picture) {
    let id = cast.engine.pictures().press(wish).await.unwrap().id;
    only(settled(cast, id).await)
}

#[tokio::test]
async fn midjourney_is_an_engine_where_it_works() {
    let engines = |cast: Cast| async move { cast.engine.pictures().engines().await.unwrap() };
    let with = engines(at(Midjourney::Relay).await).await;
    let found: Vec<_> = with.iter().filter(|one| one.family == EngineFamily::Midjourney).collect();
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].label.as_str(), found[0].model.as_str(), found[0].references),
        ("Midjourney", "mj_imagine", 5)
    );
    let without = engines(Cast::new().await).await;
    assert!(without.iter().all(|one| one.family != EngineFamily::Midjourney));
}

#[tokio::test]
async fn a_grid_is_made_and_one_of_it_taken_in_every_dialect() {
    for dialect in Midjourney::all() {
        let cast = at(dialect).await;
        let (row, grid) = made(&cast, "hills --ar 3:2").await;
        assert_eq!((grid.width, grid.height), (1024, 682), "{dialect:?}");
        assert_eq!(row.kind, GenerationKind::Midjourney);
        let task = row.task.as_ref().unwrap();
        assert_eq!((task.action.as_str(), task.progress), ("IMAGINE", Some(100)), "{dialect:?}");
        let (single, picture) = pressed(&cast, pressing(grid.id, &row, "MJ::JOB::upsample::2")).await;
        assert_eq!(
            (single.task.unwrap().action.as_str(), single.made_from),
            ("UPSCALE", Some(grid.id)),
            "{dialect:?}"
        );
        assert_eq!(picture.prompt, "hills --ar 3:2");
        assert_ne!(picture.media_id, grid.media_id);
        assert_eq!(count(&cast, "/submit/imagine"), 1, "{dialect:?}: it was paid for once");
        let family = cast.engine.pictures().picture(grid.id).await.unwrap().family;
        assert_eq!(family.made_into[0].id, picture.id, "{dialect:?}");
    }
}

#[tokio::test]
async fn a_wish_goes_out_as_it_was_meant() {
    let cast = at(Midjourney::Plus).await;
    made(&cast, "hills --turbo --v 7").await;
    let requests = cast.demo.requests();
    let sent = requests.iter().find(|seen| seen.path.ends_with("/submit/imagine")).unwrap();
    assert_eq!(sent.path, "/mj-turbo/mj/submit/imagine");
    assert_eq!(sent.body["prompt"], "hills --v 7");
    assert!(sent.body["state"].as_str().is_some_and(|state| state.starts_with("medley-")));
    let asked = requests.iter().filter(|seen| seen.path.ends_with("/fetch") && !seen.path.contains("/0/"));
    assert!(asked.count() > 0, "and it is asked about at the same path");
    let asked = requests.iter().filter(|seen| seen.path.starts_with("/mj-turbo/mj/task/"));
    assert!(asked.count() > 0);
    // The oldest has no speeds: it reads them in the prompt.
    let cast = at(Midjourney::Base).await;
    made(&cast, "hills --relax").await;
    let requests = cast.demo.requests();
    let sent: Vec<_> = requests.iter().filter(|seen| seen.path.ends_with("/submit/imagine")).collect();
    let told: Vec<_> = sent.iter().map(|seen| (seen.path.as_str(), seen.body["prompt"].clone())).collect();
    assert_eq!(
        told,
        [("/mj-relax/mj/submit/imagine", "hills".into()), ("/mj/submit/imagine", "hills --relax".into())]
    );
}

#[tokio::test]
async fn pictures_go_along_as_data() {
    let cast = at(Midjourney::Net).await;
    let (_, picture) = made(&cast, "hills").await;
    let references = vec![picture.media_id.unwrap()];
    let id = cast
        .engine
        .pictures()
        .make(MakePictures { references, ..wish(&cast, "like this") })
        .await
        .unwrap()
        .id;
    only(settled(&cast, id).await);
    let requests = cast.demo.requests();
    let sent = requests.iter().rfind(|seen| seen.path.ends_with("/submit/imagine")).unwrap();
    assert!(sent.body["base64Array"][0].as_str().is_some_and(|file| file.starts_with("data:image/")));
}

#[tokio::test]
async fn pop_ups_are_told_what_the_person_said_before() {
    for dialect in [Midjourney::Plus, Midjourney::Relay] {
        let cast = at(dialect).await;
        let (row, grid) = made(&cast, "remix hills").await;
        // The account has remix on: a relay hides that until it is asked about.
        let vary = pressing(grid.id, &row, "MJ::JOB::variation::1");
        let (varied, _) = pressed(&cast, PressButton { prompt: "remix hills at dawn".into(), ..vary }).await;
        assert_eq!(varied.prompt, "remix hills at dawn", "{dialect:?}");
        pressed(&cast, pressing(grid.id, &row, "MJ::JOB::variation::2")).await;
        let (row, single) = pressed(&cast, pressing(grid.id, &row, "MJ::JOB::upsample::1")).await;
        let zoom = pressing(single.id, &row, "MJ::CustomZoom");
        pressed(&cast, PressButton { prompt: "remix hills --zoom 1.3".into(), ..zoom }).await;
        let marks = vec![PaintedMark::Paint { size: 300, points: vec![200, 200, 800, 800] }];
        let mask = Some(Painted { width: 1024, height: 1024, marks });
        let region = pressing(single.id, &row, "MJ::Inpaint");
        pressed(&cast, PressButton { prompt: "a sailing boat".into(), mask, ..region }).await;
        let modals = cast.demo.requests().into_iter().filter(|seen| seen.path.ends_with("/submit/modal"));
        let told: Vec<_> = modals.map(|seen| seen.body["prompt"].as_str().unwrap().to_owned()).collect();
        let meant = ["remix hills at dawn", "", "remix hills --zoom 1.3", "a sailing boat"];
        assert_eq!(told, meant, "{dialect:?}: each once");
    }
}

#[tokio::test]
async fn progress_and_previews_are_shown_on_the_way() {
    let cast = at(Midjourney::Plus).await;
    let mut events = cast.engine.listen();
    let id = ask(&cast, "slow hills").await;
    let (row, _) = settled(&cast, id).await;
    let (mut parts, mut previews) = (Vec::new(), Vec::new());
    while let Ok(event) = events.try_recv() {
        if let Event::Generation { generation } = event {
            parts.extend(generation.task.and_then(|task| task.progress));
            previews.extend(generation.preview_id);
        }
    }
    assert!(parts.is_sorted() && parts.iter().any(|part| (1..100).contains(part)), "{parts:?}");
    assert!(!previews.is_empty() && row.preview_id.is_none());
}

#[tokio::test]
async fn a_restart_in_the_middle_loses_nothing_and_asks_for_nothing_again() {
    let mut cast = at(Midjourney::Relay).await;
    let id = ask(&cast, "slow hills").await;
    let store = Store::open(cast.home.path()).unwrap();
    let number = eventually("its number", || {
        let row = store.read(|read| read.generation(id)).unwrap().unwrap();
        row.task.filter(|task| !task.id.is_empty()).map(|task| task.id)
    })
    .await;
    cast.reopen_at(Clock::system()).await;
    let open = cast.engine.pictures().generations().await.unwrap();
    assert_eq!(open[0].state, GenerationState::Running, "it goes on at the service");
    cast.engine.warm().await;
    let (row, _) = only(settled(&cast, id).await);
    assert_eq!(row.task.unwrap().id, number);
    assert_eq!(count(&cast, "/submit/imagine"), 1);
}
