//! Servers of Midjourney's tasks that answer late, wrongly, or about some tasks alone: nothing is asked for twice.

use std::sync::{Arc, Mutex};

use engine::view::{MakePictures, PressButton};
use engine::{
    Clock, Engine, Generation, GenerationId, GenerationState, Pace, PictureOptions, Service, Vault,
};
use serde_json::json;
use store::Store;
use store::table::generation::{GenerationKind, PictureTool, Task};
use tempfile::TempDir;
use tokio::sync::Notify;

use crate::cast::studio::{BMP, code};
use crate::cast::{PATIENT, Reply, Stub, connection, eventually, open_at};

struct Odd {
    engine: Engine,
    service: Service,
    home: TempDir,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Odd {
    /// A server that answers requests to Midjourney's paths as `play` says.
    async fn new(play: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Self {
        Self::at(Pace::shorter(50), play).await
    }

    /// As [`Self::new`], for an engine that waits for less.
    async fn at(pace: Pace, play: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Self {
        let seen = Arc::new(Mutex::new(Vec::<String>::new()));
        let asked = Arc::clone(&seen);
        let stub = Stub::start(move |request| {
            let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
            if path.starts_with("/files/") {
                return Reply { status: 200, body: BMP.into(), gate: None };
            }
            if !path.contains("/mj/") {
                return Reply::json(200, &json!({"data": [{"id": "mj_imagine"}]}));
            }
            let mut asked = asked.lock().unwrap();
            let before = asked.iter().filter(|one| **one == path).count();
            asked.push(path.clone());
            drop(asked);
            play(&path, before)
        })
        .await;
        let (home, vault) = (tempfile::tempdir().unwrap(), Vault::memory());
        let engine = open_at(home.path(), &vault, Clock::system(), PATIENT, pace).await;
        let service = engine.services().connect(connection(&stub.url, "")).await.unwrap();
        Self { engine, service, home, seen }
    }

    fn count(&self, ending: &str) -> usize {
        self.seen.lock().unwrap().iter().filter(|path| path.ends_with(ending)).count()
    }

    async fn ask(&self, prompt: &str) -> GenerationId {
        self.ask_of(None, prompt).await
    }

    async fn ask_of(&self, tool: Option<PictureTool>, prompt: &str) -> GenerationId {
        let wish = MakePictures {
            service_id: self.service.id,
            model: "mj_imagine".into(),
            prompt: prompt.into(),
            options: PictureOptions { tool, ..PictureOptions::default() },
            references: Vec::new(),
            mask: None,
            made_from: None,
        };
        self.engine.pictures().make(wish).await.unwrap().id
    }

    fn row(&self, id: GenerationId) -> Generation {
        Store::open(self.home.path()).unwrap().read(|read| read.generation(id)).unwrap().unwrap()
    }

    async fn ended(&self, id: GenerationId) -> Generation {
        eventually("its end", || Some(self.row(id)).filter(|row| row.state.is_ended())).await
    }
}

fn taken(id: usize) -> Reply {
    Reply::json(200, &json!({"code": 1, "description": "ok", "result": id.to_string()}))
}

fn done(id: &str) -> Reply {
    let button = json!({"customId": "MJ::JOB::variation::1::x", "label": "V1"});
    Reply::json(
        200,
        &json!({"id": id, "action": "IMAGINE", "status": "SUCCESS", "progress": "100%", "imageUrl": "/files/a.bmp", "buttons": [button]}),
    )
}

#[tokio::test]
async fn what_is_cancelled_on_its_way_to_a_full_queue_is_not_sent_again() {
    let gate = Arc::new(Notify::new());
    let held = Arc::clone(&gate);
    let odd = Odd::new(move |path, _| {
        if !path.ends_with("/submit/imagine") {
            return Reply::json(404, &json!({}));
        }
        Reply {
            gate: Some(Arc::clone(&held)),
            ..Reply::json(200, &json!({"code": 23, "description": "queue is full"}))
        }
    })
    .await;
    let id = odd.ask("hills --turbo").await;
    eventually("that it goes out", || (odd.count("/submit/imagine") > 0).then_some(())).await;
    let task = odd.row(id).task.unwrap();
    assert!(
        task.marker.starts_with("medley-"),
        "what finds it again is written before it goes out: {task:?}"
    );
    assert_eq!(task.speed, "turbo");
    odd.engine.pictures().cancel(id).await.unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    gate.notify_one();
    let row = odd.ended(id).await;
    assert_eq!((row.state, code(&row)), (GenerationState::Cancelled, ""));
    assert_eq!(odd.count("/submit/imagine"), 1);
}

#[tokio::test]
async fn a_task_that_cannot_be_asked_about_keeps_no_other_waiting() {
    let odd = Odd::new(|path, before| match path {
        _ if path.ends_with("/submit/imagine") => taken(before + 1),
        _ if path.ends_with("/1/fetch") => Reply::json(500, &json!({"error": {"message": "row is broken"}})),
        _ if path.ends_with("/2/fetch") => done("2"),
        _ if path.ends_with("/3/fetch") => done("3"),
        _ => Reply::json(500, &json!({"error": {"message": "no lists"}})),
    })
    .await;
    let broken = odd.ask("one").await;
    eventually("its number", || odd.row(broken).task.filter(|task| task.id == "1")).await;
    let (second, third) = (odd.ask("two").await, odd.ask("three").await);
    for id in [second, third] {
        assert_eq!(odd.ended(id).await.state, GenerationState::Done);
    }
    assert_eq!(odd.row(broken).state, GenerationState::Running);
}

#[tokio::test]
async fn a_fault_on_the_way_to_a_pop_up_fails_no_task() {
    let filled = Arc::new(Mutex::new(false));
    let odd = Odd::new(move |path, before| match path {
        _ if path.ends_with("/submit/imagine") => taken(1),
        _ if path.ends_with("/submit/action") => {
            Reply::json(200, &json!({"code": 21, "description": "wait", "result": "2"}))
        }
        _ if path.ends_with("/submit/modal") && before == 0 => {
            Reply::json(503, &json!({"error": {"message": "overloaded"}}))
        }
        _ if path.ends_with("/submit/modal") => {
            *filled.lock().unwrap() = true;
            taken(2)
        }
        _ if path.ends_with("/1/fetch") => done("1"),
        _ if *filled.lock().unwrap() => done("2"),
        _ => Reply::json(200, &json!({"id": "2", "action": "VARIATION", "status": "MODAL"})),
    })
    .await;
    let id = odd.ask("hills").await;
    odd.ended(id).await;
    let store = Store::open(odd.home.path()).unwrap();
    let grid = store.read(|read| read.pictures_of(id)).unwrap().remove(0);
    let custom_id = "MJ::JOB::variation::1::x".to_owned();
    let wish = PressButton { picture_id: grid.id, custom_id, prompt: String::new(), mask: None };
    let varied = odd.engine.pictures().press(wish).await.unwrap().id;
    eventually("the first try", || (odd.count("/submit/modal") > 0).then_some(())).await;
    let row = odd.ended(varied).await;
    assert_eq!((row.state, code(&row)), (GenerationState::Done, ""));
    assert_eq!((odd.count("/submit/action"), odd.count("/submit/modal")), (1, 2));
}

#[tokio::test]
async fn nobody_there_to_draw_and_a_parent_that_is_gone_are_two_things() {
    let odd = Odd::new(|path, before| {
        let gone = json!({"code": 3, "description": "no account, or no such task", "result": null});
        match path {
            _ if path.ends_with("/submit/imagine") && before == 0 => Reply::json(200, &gone),
            _ if path.ends_with("/submit/imagine") => taken(1),
            // One server says it with a plain answer, another one with the status of an error.
            _ if path.ends_with("/submit/action") => Reply::json(if before == 0 { 200 } else { 404 }, &gone),
            _ if path.ends_with("/1/fetch") => done("1"),
            _ => Reply::json(400, &json!({"description": "task_no_found ", "code": 4})),
        }
    })
    .await;
    let row = odd.ended(odd.ask("hills").await).await;
    assert_eq!((row.state, code(&row)), (GenerationState::Failed, "no_channel"));
    let id = odd.ask("hills again").await;
    odd.ended(id).await;
    let grid = Store::open(odd.home.path()).unwrap().read(|read| read.pictures_of(id)).unwrap().remove(0);
    for tries in 1..=2 {
        let custom_id = "MJ::JOB::variation::1::x".to_owned();
        let wish = PressButton { picture_id: grid.id, custom_id, prompt: String::new(), mask: None };
        let pressed = odd.engine.pictures().press(wish).await.unwrap().id;
        let row = odd.ended(pressed).await;
        assert_eq!((row.state, code(&row)), (GenerationState::Failed, "task_gone"));
        assert_eq!(odd.count("/submit/action"), tries, "each press goes out once");
    }
}

#[tokio::test]
async fn a_task_that_does_not_end_is_open_in_sight_and_found_by_a_later_look() {
    let is_done = Arc::new(Mutex::new(false));
    let ends = Arc::clone(&is_done);
    // Two hours are a second here.
    let odd = Odd::at(Pace::shorter(7_200), move |path, _| match path {
        _ if path.ends_with("/submit/imagine") => taken(1),
        _ if path.ends_with("/1/fetch") && *ends.lock().unwrap() => done("1"),
        _ if path.ends_with("/1/fetch") => Reply::json(
            200,
            &json!({"id": "1", "action": "IMAGINE", "status": "IN_PROGRESS", "progress": "40%"}),
        ),
        _ => Reply::json(404, &json!({})),
    })
    .await;
    let id = odd.ask("hills").await;
    let row = odd.ended(id).await;
    assert_eq!((row.state, code(&row)), (GenerationState::Interrupted, "task_open"));
    *is_done.lock().unwrap() = true;
    odd.engine.pictures().try_again(id).await.unwrap();
    let row = odd.ended(id).await;
    assert_eq!((row.state, code(&row)), (GenerationState::Done, ""));
    assert_eq!(odd.count("/submit/imagine"), 1, "a look costs nothing");
}

#[tokio::test]
async fn words_that_do_not_come_are_looked_for_again_and_not_paid_for_again() {
    let odd = Odd::new(|path, before| match path {
        _ if path.ends_with("/submit/shorten") => taken(before + 1),
        _ if path.ends_with("/1/fetch") => Reply::json(
            200,
            &json!({"id": "1", "action": "SHORTEN", "status": "SUCCESS", "progress": "100%", "prompt": "a very old boat"}),
        ),
        _ => Reply::json(404, &json!({})),
    })
    .await;
    let id = odd.ask_of(Some(PictureTool::Shorten), "a very old boat").await;
    for _ in 0..2 {
        let row = odd.ended(id).await;
        assert_eq!((row.state, code(&row)), (GenerationState::Interrupted, "empty_answer"));
        assert_eq!(row.task.unwrap().id, "1");
        odd.engine.pictures().try_again(id).await.unwrap();
    }
    odd.ended(id).await;
    assert_eq!(odd.count("/submit/shorten"), 1, "a look costs nothing");
}

#[tokio::test]
async fn words_that_were_kept_are_not_lost_with_their_task() {
    let odd = Odd::new(|_, _| Reply::json(400, &json!({"description": "task_no_found ", "code": 4}))).await;
    odd.engine.close().await;
    let row = Generation {
        kind: GenerationKind::Midjourney,
        state: GenerationState::Running,
        options: PictureOptions { tool: Some(PictureTool::Shorten), ..PictureOptions::default() },
        task: Some(Task { id: "1".into(), words: "a boat".into(), ..Task::default() }),
        ..Generation::blank(odd.service.id, "mj_imagine", "a very old boat", Clock::system().now())
    };
    let store = Store::open(odd.home.path()).unwrap();
    store.write(|write| write.insert_generation(&row)).unwrap();
    let pace = Pace::shorter(50);
    let engine = open_at(odd.home.path(), &Vault::memory(), Clock::system(), PATIENT, pace).await;
    engine.warm().await;
    let ended = odd.ended(row.id).await;
    assert_eq!((ended.state, code(&ended)), (GenerationState::Done, ""));
    assert_eq!(engine.pictures().told().await.unwrap()[0].task.as_ref().unwrap().words, "a boat");
}

#[tokio::test]
async fn a_page_of_a_moment_hides_no_tool() {
    let odd =
        Odd::new(|_, _| Reply { status: 200, body: "<html><title>Back soon</title>".into(), gate: None })
            .await;
    let row = odd.ended(odd.ask_of(Some(PictureTool::Shorten), "a very old boat").await).await;
    assert_eq!(row.state, GenerationState::Failed);
    let engines = odd.engine.pictures().engines().await.unwrap();
    let midjourney = engines.into_iter().find(|one| one.model == "mj_imagine").unwrap();
    assert_eq!((midjourney.tools.len(), midjourney.no_tools.len()), (4, 0));
}
