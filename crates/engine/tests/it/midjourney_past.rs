//! Bringing in what a service still has of the past: once each, with words, date and buttons, and whatever became of it here.

use demo::Midjourney;
use engine::view::{Event, Imported};
use engine::{Clock, Engine, GenerationState, PictureQuery, Service, Vault};
use serde_json::json;
use store::Store;
use store::table::picture::{PictureOrigin, PictureState};
use tempfile::TempDir;

use crate::cast::studio::BMP;
use crate::cast::{Cast, PATIENT, Reply, Stub, connection, eventually, open, soon};
use crate::midjourney::{ask, at, count, made, pressing, settled};

/// Another Medley at the same service.
struct Other {
    engine: Engine,
    service: Service,
    home: TempDir,
}

impl Other {
    async fn at(cast: &Cast) -> Self {
        let home = tempfile::tempdir().unwrap();
        let engine = open(home.path(), &Vault::memory(), Clock::system(), PATIENT).await;
        let service = engine.services().connect(connection(&cast.demo.url(), "")).await.unwrap();
        Self { engine, service, home }
    }

    async fn brings_in(&self) -> Imported {
        brought(&self.engine, &self.service).await
    }
}

async fn brought(engine: &Engine, service: &Service) -> Imported {
    let events = engine.listen();
    engine.pictures().import_past(service.id);
    told(events).await
}

async fn told(mut events: tokio::sync::broadcast::Receiver<Event>) -> Imported {
    soon("the end", async {
        loop {
            if let Ok(Event::Imported { imported }) = events.recv().await {
                return *imported;
            }
        }
    })
    .await
}

#[tokio::test]
async fn what_a_service_has_comes_once_with_words_date_and_buttons() {
    for dialect in [Midjourney::Base, Midjourney::Plus, Midjourney::Net] {
        let cast = at(dialect).await;
        let (row, grid) = made(&cast, "hills").await;
        made(&cast, "a harbour").await;
        settled(&cast, ask(&cast, "fails").await).await;
        let other = Other::at(&cast).await;
        let first = other.brings_in().await;
        assert_eq!((first.keys.len(), first.before, first.problem), (2, 0, None), "{dialect:?}");
        let again = other.brings_in().await;
        assert_eq!((again.keys.len(), again.before), (0, 2), "{dialect:?}: nothing twice");
        let all = other.engine.pictures().rows(PictureQuery::default(), 0, 10).await.unwrap();
        let words: Vec<_> = all.iter().map(|one| one.prompt.as_str()).collect();
        assert_eq!(words, ["a harbour", "hills"], "{dialect:?}: in the order in which they were asked for");
        assert_eq!((all[1].origin, all[1].model.as_str()), (PictureOrigin::Imported, "mj_imagine"));
        assert_eq!(all[1].media_id, grid.media_id, "the same file");
        assert!((all[1].created_at - row.created_at).abs() < 60_000, "and the day on which it was asked for");
        let page = other.engine.pictures().picture(all[1].id).await.unwrap();
        let made = page.generation.unwrap();
        assert_eq!(made.task.as_ref().unwrap().id, row.task.unwrap().id);
        let wish = pressing(all[1].id, &made, "MJ::JOB::upsample::1");
        let id = other.engine.pictures().press(wish).await.unwrap().id;
        let store = Store::open(other.home.path()).unwrap();
        let state = eventually("the end of a press", || {
            let row = store.read(|read| read.generation(id)).unwrap().unwrap();
            row.state.is_ended().then_some(row.state)
        })
        .await;
        assert_eq!(state, GenerationState::Done, "{dialect:?}: its buttons work");
    }
}

#[tokio::test]
async fn what_ended_here_without_its_picture_gets_it() {
    let cast = at(Midjourney::Plus).await;
    let id = ask(&cast, "hills").await;
    settled(&cast, id).await;
    // As it is after a late cancelling: it went on at the service.
    let forget = rusqlite::Connection::open(cast.home.path().join("medley.db")).unwrap();
    forget.execute("DELETE FROM picture", []).unwrap();
    forget.execute("UPDATE generation SET state = 'cancelled'", []).unwrap();
    drop(forget);
    let told = brought(&cast.engine, &cast.service).await;
    assert_eq!((told.keys.len(), told.before), (1, 0));
    let (row, pictures) = settled(&cast, id).await;
    assert_eq!((row.state, pictures.len()), (GenerationState::Done, 1), "it is the same making");
    assert_eq!(brought(&cast.engine, &cast.service).await.before, 1);
    assert_eq!(count(&cast, "/submit/imagine"), 1, "and nothing was asked for");
}

/// Changes what Medley remembers, as a kill or a fault would have left it.
fn alter(cast: &Cast, sql: &str) {
    let medley = rusqlite::Connection::open(cast.home.path().join("medley.db")).unwrap();
    medley.execute_batch(sql).unwrap();
}

#[tokio::test]
async fn what_was_sent_out_and_never_answered_is_known_by_what_it_was_sent_with() {
    let cast = at(Midjourney::Plus).await;
    let id = ask(&cast, "hills").await;
    let number = settled(&cast, id).await.0.task.unwrap().id;
    alter(
        &cast,
        "DELETE FROM picture;
         UPDATE generation SET state = 'failed', answered = json_set(answered, '$.task.id', '')",
    );
    let mut events = cast.engine.listen();
    assert_eq!(brought(&cast.engine, &cast.service).await.keys.len(), 1);
    let (row, pictures) = settled(&cast, id).await;
    assert_eq!((row.state, pictures.len()), (GenerationState::Done, 1), "it is the same making");
    assert_eq!(row.task.unwrap().id, number);
    let mut shown = false;
    while let Ok(event) = events.try_recv() {
        shown |= matches!(event, Event::Generation { generation } if generation.id == id);
    }
    assert!(shown, "and windows are told");
}

#[tokio::test]
async fn a_picture_whose_address_worked_no_more_comes_by_the_new_one() {
    let cast = at(Midjourney::Plus).await;
    let (_, picture) = made(&cast, "hills").await;
    alter(&cast, "UPDATE picture SET state = 'gone', media_key = NULL, source = 'https://old.invalid/'");
    let told = brought(&cast.engine, &cast.service).await;
    assert_eq!((told.keys.len(), told.before, told.gone), (0, 1, 0));
    let kept = cast.engine.pictures().picture(picture.id).await.unwrap().picture;
    assert_eq!((kept.state, kept.media_id), (PictureState::Kept, picture.media_id));
}

#[tokio::test]
async fn a_file_that_is_here_is_told_what_it_came_of_and_stays_deleted() {
    let cast = at(Midjourney::Plus).await;
    let (_, grid) = made(&cast, "hills").await;
    let store = Store::open(cast.home.path()).unwrap();
    let media = store.read(|read| read.media(grid.media_id.unwrap())).unwrap().unwrap();
    let bytes = std::fs::read(store.media_path(&media)).unwrap();
    let other = Other::at(&cast).await;
    let pictures = other.engine.pictures();
    pictures.import_bytes(bytes).await.unwrap();
    let here = pictures.rows(PictureQuery::default(), 0, 10).await.unwrap().remove(0);
    pictures.remove(vec![here.id]).await.unwrap();
    let told = other.brings_in().await;
    assert_eq!((told.keys.len(), told.before), (0, 1));
    assert!(pictures.rows(PictureQuery::default(), 0, 10).await.unwrap().is_empty(), "it stays deleted");
    pictures.restore(vec![here.id]).await.unwrap();
    let page = pictures.picture(here.id).await.unwrap();
    assert_eq!(page.picture.prompt, "hills");
    assert!(!page.generation.unwrap().task.unwrap().buttons.is_empty());
    assert_eq!(other.brings_in().await.before, 1);
}

#[tokio::test]
async fn a_service_that_fails_keeps_no_files_from_coming() {
    let cast = at(Midjourney::Relay).await;
    let file = cast.home.path().join("a.bmp");
    std::fs::write(&file, BMP).unwrap();
    let events = cast.engine.listen();
    cast.engine.pictures().import_past(cast.service.id);
    cast.engine.pictures().import(vec![file]);
    let told = told(events).await;
    assert_eq!((told.keys.len(), told.stopped), (1, false));
    assert_eq!(told.problem.unwrap().code, "not_offered");
}

#[tokio::test]
async fn what_does_not_come_is_told_apart_and_short_pages_end_nothing() {
    let stub = Stub::start(|request| {
        let path = request.split(' ').nth(1).unwrap_or_default();
        let task = |id: &str| json!({"id": id, "action": "IMAGINE", "status": "SUCCESS", "imageUrl": format!("/files/{id}")});
        match path {
            "/files/1" => Reply { status: 200, body: BMP.into(), gate: None },
            "/files/2" => Reply::json(500, &json!({})),
            "/files/3" => Reply::json(404, &json!({})),
            // It gives one at a time, however many are asked for, and does not say how many there are.
            "/mj/task/query" => {
                let at = (0..3).find(|at| request.contains(&format!("\"pageNumber\":{at}")));
                let page: Vec<_> = at.map(|at| task(&(at + 1).to_string())).into_iter().collect();
                Reply::json(200, &json!({"content": page}))
            }
            path if path.contains("/mj/") => Reply::json(200, &json!({"code": 4, "description": "no such task"})),
            _ => Reply::json(200, &json!({"data": [{"id": "mj_imagine"}]})),
        }
    })
    .await;
    let home = tempfile::tempdir().unwrap();
    let engine = open(home.path(), &Vault::memory(), Clock::system(), PATIENT).await;
    let service = engine.services().connect(connection(&stub.url, "")).await.unwrap();
    let told = brought(&engine, &service).await;
    assert_eq!((told.keys.len(), told.unopened, told.gone, told.problem), (1, 1, 1, None));
}

#[tokio::test]
async fn many_come_page_by_page() {
    let cast = at(Midjourney::Plus).await;
    let mut ids = Vec::new();
    for number in 0..53 {
        ids.push(ask(&cast, &format!("hills {number}")).await);
    }
    for id in ids {
        settled(&cast, id).await;
    }
    let other = Other::at(&cast).await;
    assert_eq!(other.brings_in().await.keys.len(), 53);
    assert_eq!(count(&cast, "/task/query"), 2);
}

#[tokio::test]
async fn a_service_that_tells_of_no_past_is_said_to() {
    let cast = at(Midjourney::Relay).await;
    made(&cast, "hills").await;
    let other = Other::at(&cast).await;
    let told = other.brings_in().await;
    assert_eq!(told.problem.unwrap().code, "not_offered");
    assert!(told.keys.is_empty());
}
