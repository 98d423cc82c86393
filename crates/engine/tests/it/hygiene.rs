//! A key is nowhere but in the vault and on the wire: not in files, logs, panics, events, errors or rows. A child
//! lives through a session in which everything goes wrong and prints all that it is ever told; its key is then
//! looked for in all that it left behind.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use demo::Script;
use engine::view::TurnUpdate;
use engine::{Clock, Engine, Error, Vault};
use serde_json::json;

use crate::cast::{Cast, Ear, PATIENT, Reply, Stub, connection, open};

/// Names the folder and the two servers to the child.
const HOME: &str = "ENGINE_TEST_HOME";
const DEMO: &str = "ENGINE_TEST_DEMO";
const PARROT: &str = "ENGINE_TEST_PARROT";

/// Without any beginning that keys are known by, so that only knowing it can find it.
const KEY: &str = "Zq8vN3xKpT6wYh2RmB4dLc7f";
const WRONG: &str = "Ja5uG9sWeX1oVi6QnC3tMk0z";

#[tokio::test]
async fn after_everything_went_wrong_the_key_is_nowhere() {
    let demo = demo::start(Script::tests().with_key(KEY)).await.unwrap();
    let parrot = Stub::start(repeat_the_key).await;
    let home = tempfile::tempdir().unwrap();
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "hygiene::live_through_it", "--ignored", "--nocapture"]).stdin(Stdio::null());
    child.env(HOME, home.path()).env(DEMO, demo.url()).env(PARROT, &parrot.url).env("RUST_BACKTRACE", "full");
    let ended = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
    let (told, logged) = (String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    assert!(ended.status.success(), "the session went through: {told}\n{logged}");
    assert!(logged.contains("panicked"), "something did panic: {logged}");
    assert!(logged.contains("TRACE"), "every word of the log is there");
    let mut places = vec![("what was told".into(), told.as_bytes()), ("the log".into(), logged.as_bytes())];
    let files = files(home.path());
    assert!(files.iter().any(|(name, _)| name.ends_with("medley.db")), "the database is looked at");
    places.extend(files.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice())));
    for (name, bytes) in places {
        for (which, key) in [("right", KEY), ("wrong", WRONG)] {
            assert!(!holds(bytes, key), "the {which} key lies in {name}");
        }
    }
    let sent = demo.requests().into_iter().filter_map(|seen| seen.key);
    assert!(sent.into_iter().any(|key| key.sha256 == demo::fingerprint(KEY)), "it did go over the wire");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the child of the test above"]
async fn live_through_it() {
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(std::io::stderr).init();
    let variable = |name| std::env::var(name).unwrap();
    let home = variable(HOME);
    let vault = Vault::memory();
    let engine = open(Path::new(&home), &vault, Clock::system(), PATIENT).await;
    let mut events = engine.listen();
    println!("{vault:?} {:?}", engine.start().await.unwrap());

    let services = engine.services();
    print_error(services.connect(connection(&variable(DEMO), WRONG)).await);
    print_error(services.connect(connection(&variable(PARROT), WRONG)).await);
    print_error(services.connect(connection(&format!("https://{KEY}@127.0.0.1:1/v1?key={KEY}"), KEY)).await);
    let right = services.connect(connection(&variable(DEMO), KEY)).await.unwrap();
    print_error(services.replace_key(right.id, WRONG.into(), true).await);
    print_error(services.set_address(right.id, &variable(PARROT)).await);
    for model in ["plain", "bad-key", "error-in-stream", "html-403", "redirect-307", "cut", "no-such-model"] {
        print_answer(&engine, right.id, model).await;
    }
    panic_while_an_answer_comes(&engine, right.id).await;

    while let Ok(event) = events.try_recv() {
        println!("{event:?} {}", serde_json::to_string(&event).unwrap());
    }
    println!("{vault:?} {:?}", engine.start().await.unwrap());
    engine.close().await;
}

/// An answer that fails, in all forms in which it can be told.
async fn print_answer(engine: &Engine, service_id: engine::ServiceId, model: &str) {
    let ask = engine::view::Ask { service_id, model: model.into() };
    let question = engine::view::Question::of_words(None, "Name a river.", ask);
    let accepted = engine.chat().send(question).await.unwrap();
    let heard = Ear::at(engine, accepted.answer.message.id).end().await;
    let shown = serde_json::to_string(&heard.shown).unwrap();
    tell(format_args!("{accepted:?} {:?} {shown}", heard.updates));
}

/// A follower that panics takes the engine's task with it, key in hand.
async fn panic_while_an_answer_comes(engine: &Engine, service_id: engine::ServiceId) {
    let ask = engine::view::Ask { service_id, model: "slow".into() };
    let question = engine::view::Question::of_words(None, "Name a river.", ask);
    let accepted = engine.chat().send(question).await.unwrap();
    let ear = Ear::at(engine, accepted.answer.message.id);
    let told = AtomicUsize::new(0);
    let fall_over = move |update: TurnUpdate| {
        assert_ne!(told.fetch_add(1, Ordering::Relaxed), 1, "a follower fell over {update:?}");
        true
    };
    engine.chat().watch(accepted.answer.message.id, fall_over).await.unwrap();
    let heard = ear.end().await;
    assert_eq!(heard.code(), "internal", "the panic ended the answer");
    tell(format_args!("{:?}", heard.shown));
}

/// Leaves a word for the parent to look through.
#[allow(clippy::print_stdout, reason = "the parent reads what this child prints")]
fn tell(words: std::fmt::Arguments) {
    println!("{words}");
}

fn print_error<T>(result: Result<T, Error>) {
    let Err(error) = result else { panic!("this was to go wrong") };
    tell(format_args!("{error} {error:?} {:?}", error.problem()));
}

/// Refuses everything and says the key back in every place where a server can say something.
fn repeat_the_key(request: &str) -> Reply {
    let key = request
        .lines()
        .find_map(|line| line.to_lowercase().starts_with("authorization:").then(|| &line[22..]));
    let key = key.unwrap_or_default();
    let error = json!({"message": format!("No: {key}!"), "code": key, "type": key, "param": key});
    Reply::json(401, &json!({"error": error, "request_id": key}))
}

/// All files below a folder with their bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    found
}

fn holds(bytes: &[u8], key: &str) -> bool {
    bytes.windows(key.len()).any(|window| window == key.as_bytes())
}

#[tokio::test]
async fn a_service_that_repeats_the_key_is_quoted_without_it() {
    let parrot = Stub::start(repeat_the_key).await;
    let cast = Cast::new().await;
    let refused = cast.engine.services().connect(connection(&parrot.url, KEY)).await.unwrap_err();
    assert_eq!(refused.code, engine::Code::KeyRejected);
    assert_eq!(refused.message, "No: [key]!", "its words are kept, the key is not");
}
