//! Bringing in what a service still has of the past: once each, with words, date and buttons, and whatever became of it here.

use demo::Midjourney;
use engine::view::{Event, Imported};
use engine::{Clock, Engine, GenerationState, PictureQuery, Service, Vault};
use store::Store;
use store::table::picture::PictureOrigin;
use tempfile::TempDir;

use crate::cast::{Cast, PATIENT, connection, eventually, open, soon};
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
    let mut events = engine.listen();
    engine.pictures().import_past(service.id);
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
