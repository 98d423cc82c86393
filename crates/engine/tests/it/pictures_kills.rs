//! Killing Medley while pictures are made and fetched, at any instant. The one that is killed is this very test binary, run
//! again as a child; the gateway it talks to lives here.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use engine::view::MakePictures;
use engine::{Clock, GenerationId, GenerationState, PictureOptions, PictureQuery, Vault};
use serde_json::json;
use store::table::picture::{Picture, PictureState};
use store::{MediaId, Store};

use crate::cast::studio::{Studio, drawn, png};
use crate::cast::{PATIENT, Reply, eventually, open};

/// Names the folder to the child, and how its prompts begin.
const HOME: &str = "ENGINE_TEST_HOME";
const ROUND: &str = "ENGINE_TEST_ROUND";

/// Kills in either test.
const ROUNDS: u32 = 20;

/// The kills lie between the first request and this much later.
const SPREAD: Duration = Duration::from_millis(700);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the child of the tests below: makes pictures, tells which it has, and waits to be killed"]
async fn make_until_killed() {
    let home = std::env::var_os(HOME).unwrap();
    let round = std::env::var(ROUND).unwrap();
    let engine = open(Path::new(&home), &Vault::memory(), Clock::system(), PATIENT).await;
    let service_id = engine.start().await.unwrap().services[0].id;
    for number in 0.. {
        let wish = MakePictures {
            service_id,
            model: "dall-e-3".into(),
            prompt: format!("{round} {number}"),
            options: PictureOptions::default(),
            references: Vec::new(),
            mask: None,
            made_from: None,
        };
        let made = engine.pictures().make(wish).await.unwrap();
        println!("\nasked {}", made.id);
        for one in engine.pictures().rows(PictureQuery::default(), 0, 99).await.unwrap() {
            if one.state == PictureState::Kept {
                println!("\nkept {}", one.id);
            }
        }
        tokio::time::sleep(Duration::from_millis(15)).await;
    }
}

#[tokio::test]
async fn killed_while_making_and_nothing_is_lost_or_paid_twice() {
    let studio = Studio::new(|_| drawn(&[png(60, 40)])).await;
    kill_again_and_again(studio, (60, 40)).await;
}

#[tokio::test]
async fn killed_while_fetching_and_every_picture_comes() {
    let address = Arc::new(Mutex::new(String::new()));
    let named = Arc::clone(&address);
    let studio =
        Studio::new(move |_| Reply::json(200, &json!({"data": [{"url": *named.lock().unwrap()}]}))).await;
    *address.lock().unwrap() = studio.file();
    kill_again_and_again(studio, (2, 2)).await;
}

async fn kill_again_and_again(mut studio: Studio, size: (i64, i64)) {
    let (mut interrupted, mut kept_before) = (0, 0);
    for round in 0..ROUNDS {
        studio.engine.close().await;
        let (asked, kept) = make_and_kill(&studio, round).await;
        let store = Store::open(studio.home.path()).unwrap();
        assert_eq!(store.integrity().unwrap(), Vec::<String>::new(), "round {round}: the database is sound");
        for row in store.read(|read| read.pictures(&PictureQuery::default(), 0, 9_999)).unwrap() {
            assert_whole(&store, &row);
        }
        kept_before += kept.len();
        studio.restart().await;
        for id in asked {
            // What was on its way out when the kill came may be in no list: then it was never accepted.
            let made = studio.ended(id).await;
            interrupted += u32::from(made.state == GenerationState::Interrupted);
            let pictures = all_here(&studio, id).await;
            let came = matches!(made.state, GenerationState::Done);
            assert!(
                pictures.len() == usize::from(came),
                "round {round}: {:?} with {} pictures",
                made.state,
                pictures.len()
            );
            for one in pictures {
                assert_eq!((one.state, one.width, one.height), (PictureState::Kept, size.0, size.1));
                assert_whole(&store, &one);
            }
        }
        for id in kept {
            let page = studio.engine.pictures().picture(id).await.unwrap();
            assert_eq!(page.picture.state, PictureState::Kept, "round {round}: what was shown is there");
        }
    }
    let prompts: Vec<String> =
        studio.asked().iter().map(|body| body["prompt"].as_str().unwrap().to_owned()).collect();
    let once: HashSet<&String> = prompts.iter().collect();
    assert_eq!(once.len(), prompts.len(), "no prompt was sent twice: {prompts:?}");
    assert!(kept_before > 20, "only {kept_before} pictures were shown before the kills");
    assert!(interrupted > 0, "some kill came between sending and the answer");
}

/// A picture that is said to be here lies in the folder with all its bytes.
fn assert_whole(store: &Store, row: &Picture) {
    if row.state != PictureState::Kept {
        return;
    }
    let media = store.read(|read| read.media(row.media_id.unwrap())).unwrap().unwrap();
    let bytes = std::fs::read(store.media_path(&media)).unwrap();
    assert_eq!(MediaId::of(&bytes), media.id, "its bytes are all there");
}

/// What came of a generation, once nothing of it is on its way.
async fn all_here(studio: &Studio, id: GenerationId) -> Vec<Picture> {
    eventually("the pictures", || {
        let pictures = studio.pictures(id);
        pictures.iter().all(|one| one.state != PictureState::Waiting).then_some(pictures)
    })
    .await
}

/// What a child asked for, and what it had shown, when it was killed.
async fn make_and_kill(studio: &Studio, round: u32) -> (Vec<GenerationId>, Vec<engine::PictureId>) {
    let before = studio.asked().len();
    let mut child = start(studio.home.path(), round);
    let (lines, reader) = read(&mut child);
    eventually("the first request", || {
        assert!(child.try_wait().unwrap().is_none(), "the child must not end by itself");
        (studio.asked().len() > before).then_some(())
    })
    .await;
    // Steps of the golden ratio spread the instants evenly, whatever their number.
    tokio::time::sleep(SPREAD.mul_f64((f64::from(round) * 0.618_034).fract())).await;
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap();
    let lines = lines.lock().unwrap();
    let told = |word: &str| -> Vec<String> {
        lines.iter().filter_map(|line| Some(format!("\"{}\"", line.strip_prefix(word)?))).collect()
    };
    // The last line may be cut.
    let ids = told("asked ").iter().filter_map(|id| serde_json::from_str(id).ok()).collect();
    (ids, told("kept ").iter().filter_map(|id| serde_json::from_str(id).ok()).collect())
}

fn start(home: &Path, round: u32) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "pictures_kills::make_until_killed", "--ignored", "--nocapture"]);
    child.env(HOME, home).env(ROUND, round.to_string()).stdout(Stdio::piped()).stderr(Stdio::null());
    child.spawn().unwrap()
}

fn read(child: &mut Child) -> (Arc<Mutex<Vec<String>>>, JoinHandle<()>) {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let (heard, stdout) = (Arc::clone(&lines), BufReader::new(child.stdout.take().unwrap()));
    let reader = std::thread::spawn(move || {
        for line in stdout.lines().map_while(Result::ok) {
            heard.lock().unwrap().push(line);
        }
    });
    (lines, reader)
}
