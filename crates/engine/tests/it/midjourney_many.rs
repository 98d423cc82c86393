//! Midjourney's tasks by the hundred, and at servers that say anything at all: traffic has a bound, nothing is paid for twice, and
//! everything ends or is open in sight.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex};

use engine::view::MakePictures;
use engine::{Clock, GenerationState, Pace, PictureOptions, Vault};
use serde_json::{Value, json};
use store::Store;
use store::table::generation::{Generation, GenerationKind, Task};

use crate::cast::studio::{BMP, code};
use crate::cast::{PATIENT, Reply, Stub, connection, eventually, open, open_at};

fn path(request: &str) -> &str {
    request.split(' ').nth(1).unwrap_or_default()
}

fn body(request: &str) -> Value {
    let (_, body) = request.split_once("\r\n\r\n").unwrap();
    serde_json::from_str(body).unwrap_or_default()
}

fn file() -> Reply {
    Reply { status: 200, body: BMP.into(), gate: None }
}

fn models() -> Reply {
    Reply::json(200, &json!({"data": [{"id": "mj_imagine"}]}))
}

#[tokio::test]
async fn five_hundred_open_tasks_are_asked_about_a_hundred_at_a_time() {
    const OPEN: usize = 500;
    const ROUNDS: usize = 4;
    let asked = Arc::new(Mutex::new(Vec::<(String, usize)>::new()));
    let seen = Arc::clone(&asked);
    let stub = Stub::start(move |request| {
        let path = path(request);
        if path.starts_with("/files/") {
            return file();
        }
        if !path.contains("/mj/") {
            return models();
        }
        let ids = body(request)["ids"].as_array().cloned().unwrap_or_default();
        let mut seen = seen.lock().unwrap();
        seen.push((path.to_owned(), ids.len()));
        let lists = seen.iter().filter(|(path, _)| path.ends_with("/list-by-condition")).count();
        let (status, picture) =
            if lists > ROUNDS * OPEN / 100 { ("SUCCESS", "/files/a.bmp") } else { ("IN_PROGRESS", "") };
        let task = |id: &Value| json!({"id": id, "action": "IMAGINE", "status": status, "imageUrl": picture});
        Reply::json(200, &ids.iter().map(task).collect::<Vec<_>>().into())
    })
    .await;
    let (home, vault) = (tempfile::tempdir().unwrap(), Vault::memory());
    let engine = open(home.path(), &vault, Clock::system(), PATIENT).await;
    let service = engine.services().connect(connection(&stub.url, "")).await.unwrap();
    engine.close().await;
    let store = Store::open(home.path()).unwrap();
    let now = Clock::system().now();
    store
        .write(|write| {
            for number in 0..OPEN {
                write.insert_generation(&Generation {
                    kind: GenerationKind::Midjourney,
                    state: GenerationState::Running,
                    task: Some(Task { id: format!("{number}"), ..Task::default() }),
                    ..Generation::blank(service.id, "mj_imagine", "hills", now)
                })?;
            }
            Ok(())
        })
        .unwrap();
    let behind = rusqlite::Connection::open(home.path().join("medley.db")).unwrap();
    behind.execute("UPDATE generation SET started_at = ?1, sent_at = ?1", [now]).unwrap();
    asked.lock().unwrap().clear();
    let engine = open(home.path(), &vault, Clock::system(), PATIENT).await;
    engine.warm().await;
    let done = "SELECT count(*) FROM generation WHERE state = 'done'";
    eventually("the end of all", || {
        let count: i64 = behind.query_row(done, [], |row| row.get(0)).unwrap();
        (usize::try_from(count) == Ok(OPEN)).then_some(())
    })
    .await;
    let asked = asked.lock().unwrap().clone();
    let lists: Vec<usize> =
        asked.iter().filter(|(path, _)| path.ends_with("/list-by-condition")).map(|(_, ids)| *ids).collect();
    assert!(lists.iter().all(|ids| *ids <= 100), "{lists:?}");
    // While all are open a round is five questions; before the last has come and while they end it is fewer or smaller ones.
    let full = lists.iter().filter(|ids| **ids == 100).count();
    assert!(full >= (ROUNDS - 1) * OPEN / 100, "{lists:?}");
    let others = asked.iter().filter(|(path, _)| !path.ends_with("/list-by-condition")).count();
    assert!(others <= 4, "{others} questions about one");
    engine.close().await;
}

/// What a server with a will of its own did.
#[derive(Default)]
struct Whims {
    /// How often something was taken, by what it was sent out with.
    taken: HashMap<String, usize>,
    /// Every task, and what it was sent out with.
    tasks: Vec<String>,
    /// How often each thing was asked.
    asked: HashMap<String, u64>,
}

impl Whims {
    /// A whim below `many`, the same for the same question asked as often.
    fn whim(&mut self, seed: u64, question: &str, many: u64) -> u64 {
        let asked = self.asked.entry(question.to_owned()).or_default();
        *asked += 1;
        let mut hasher = DefaultHasher::new();
        (seed, question, *asked).hash(&mut hasher);
        hasher.finish() % many
    }

    fn reply(&mut self, seed: u64, request: &str) -> Reply {
        let (path, body) = (path(request), body(request));
        let fault = |status| Reply::json(status, &json!({"error": {"message": "upstream timed out"}}));
        let html = || Reply { status: 502, body: "<html>Bad Gateway</html>".into(), gate: None };
        if path.ends_with("/submit/imagine") {
            let state = body["state"].as_str().unwrap().to_owned();
            // Each try is another question, whatever its marker.
            let whim = self.whim(seed, body["prompt"].as_str().unwrap(), 14);
            let no =
                |code: u16| Reply::json(200, &json!({"code": code, "description": "no", "result": null}));
            let id = self.tasks.len().to_string();
            return match whim {
                0 => no(23),
                1 => no(24),
                2 => no(3),
                3 => no(4),
                4 => no(9),
                5 => fault(503),
                6 => html(),
                taken => {
                    *self.taken.entry(state.clone()).or_default() += 1;
                    self.tasks.push(state);
                    match taken {
                        7 => fault(504),
                        8 => Reply { status: 200, body: "{\"code\":1,".into(), gate: None },
                        9 => Reply::json(
                            200,
                            &json!({"code": 22, "result": id, "properties": {"numberOfQueues": 2}}),
                        ),
                        10 => Reply::json(200, &json!({"code": 21, "description": "wait", "result": id})),
                        _ => Reply::json(200, &json!({"code": 1, "description": "ok", "result": id})),
                    }
                }
            };
        }
        if path.ends_with("/submit/modal") {
            return match self.whim(seed, path, 3) {
                0 => fault(503),
                1 => Reply::json(200, &json!({"code": 9, "description": "no"})),
                _ => Reply::json(200, &json!({"code": 1, "description": "ok", "result": body["taskId"]})),
            };
        }
        if path.ends_with("/task/list") {
            let all = self.tasks.iter().enumerate();
            let all: Vec<Value> = all
                .map(|(id, state)| json!({"id": id.to_string(), "status": "IN_PROGRESS", "state": state}))
                .collect();
            return match self.whim(seed, path, 4) {
                0 => html(),
                1 => Reply::json(404, &json!({"error": "Not Found"})),
                _ => Reply::json(200, &all.into()),
            };
        }
        if path.ends_with("/cancel") {
            return Reply::json(404, &json!({"error": "Not Found"}));
        }
        let ids: Vec<String> = match body["ids"].as_array() {
            Some(ids) => ids.iter().map(|id| id.as_str().unwrap_or_default().to_owned()).collect(),
            None => vec![path.split('/').nth_back(1).unwrap_or_default().to_owned()],
        };
        let told: Vec<Value> = ids.iter().filter_map(|id| self.task(seed, id)).collect();
        match (self.whim(seed, "how it is told", 7), path.ends_with("/fetch")) {
            (0, _) => html(),
            (1, _) => fault(500),
            (_, true) => told.first().map_or_else(
                || Reply { status: 200, body: String::new(), gate: None },
                |task| Reply::json(200, task),
            ),
            (_, false) => Reply::json(200, &told.into()),
        }
    }

    fn task(&mut self, seed: u64, id: &str) -> Option<Value> {
        let (status, progress, picture) = match self.whim(seed, &format!("task {id}"), 24) {
            0 | 1 => return None,
            2 => ("MODAL", "", ""),
            3 => ("FAILURE", "", ""),
            4 => ("CANCEL", "", ""),
            5 => ("SUCCESS", "100%", ""),
            6..=8 => ("SUCCESS", "100%", "/files/a.bmp"),
            9 => ("", "100%", "/files/a.bmp"),
            10..=12 => ("", "", ""),
            13 => ("PAUSED", "paused", ""),
            _ => ("IN_PROGRESS", "40%", ""),
        };
        Some(
            json!({"id": id, "action": "IMAGINE", "status": status, "progress": progress, "imageUrl": picture}),
        )
    }
}

#[tokio::test]
async fn whatever_a_server_says_nothing_is_paid_for_twice_and_everything_ends() {
    for seed in 0..6_u64 {
        let whims = Arc::new(Mutex::new(Whims::default()));
        let played = Arc::clone(&whims);
        let stub = Stub::start(move |request| match path(request) {
            path if path.starts_with("/files/") => file(),
            path if path.contains("/mj/") && !path.contains("/task/0/") => {
                played.lock().unwrap().reply(seed, request)
            }
            path if path.contains("/mj/") => {
                Reply::json(400, &json!({"description": "task_no_found", "code": 4}))
            }
            _ => models(),
        })
        .await;
        let home = tempfile::tempdir().unwrap();
        // Two hours are a second here.
        let pace = Pace::shorter(7_200);
        let engine = open_at(home.path(), &Vault::memory(), Clock::system(), PATIENT, pace).await;
        let service = engine.services().connect(connection(&stub.url, "")).await.unwrap();
        let mut ids = Vec::new();
        for number in 0..24 {
            let wish = MakePictures {
                service_id: service.id,
                model: "mj_imagine".into(),
                prompt: format!("hills {number}"),
                options: PictureOptions::default(),
                references: Vec::new(),
                mask: None,
                made_from: None,
            };
            ids.push(engine.pictures().make(wish).await.unwrap().id);
        }
        let store = Store::open(home.path()).unwrap();
        for id in ids {
            let row = eventually("its end", || {
                Some(store.read(|read| read.generation(id)).unwrap().unwrap())
                    .filter(|row| row.state.is_ended())
            })
            .await;
            let pictures = store.read(|read| read.pictures_of(id)).unwrap().len();
            let whims = whims.lock().unwrap();
            let of_this = |state: &&String| state.contains(&id.to_string());
            let taken: usize = whims.taken.keys().filter(of_this).map(|state| whims.taken[state]).sum();
            let said = format!("seed {seed}, {}: {:?} {}", row.prompt, row.state, code(&row));
            assert!(taken <= 1, "{said}: taken {taken} times");
            match row.state {
                GenerationState::Done => assert_eq!((pictures, taken), (1, 1), "{said}"),
                GenerationState::Cancelled => assert_eq!(pictures, 0, "{said}"),
                _ => assert!(pictures == 0 && !code(&row).is_empty(), "{said}"),
            }
        }
        engine.close().await;
    }
}
