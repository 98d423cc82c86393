//! Killing Medley while a continuation comes. The one that is killed is this very test binary, run again as a child.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use engine::view::{Ask, ContinueText, TurnUpdate};
use engine::{Clock, Vault};
use store::Store;
use store::table::message::MessageState;
use tokio::sync::mpsc::unbounded_channel;

use super::{ADDED, Text};
use crate::cast::{Cast, PATIENT, eventually, open};

const HOME: &str = "ENGINE_TEST_TEXT_HOME";

/// Milliseconds after the first letters at which it is killed.
const INSTANTS: [u64; 4] = [0, 90, 310, 640];

/// What was received this long before a kill is there after it.
const PROMISE: Duration = Duration::from_millis(250);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the child of the test below: asks, tells that letters come, and waits to be killed"]
async fn continue_until_killed() {
    let home = std::env::var_os(HOME).unwrap();
    let engine = open(Path::new(&home), &Vault::memory(), Clock::system(), PATIENT).await;
    let service_id = engine.start().await.unwrap().services[0].id;
    let begun = engine.chat().begin_text("Roses".into()).await.unwrap();
    let ask = Ask { service_id, model: "text-slow".into() };
    let (before, behind) = ("Roses are".into(), " and violets.".into());
    let text = ContinueText { conversation_id: begun.id, before, behind, ask };
    let accepted = engine.chat().continue_text(text).await.unwrap();
    println!("\ntext {}", begun.id);
    let (sender, mut updates) = unbounded_channel();
    let answer = accepted.answer.message.id;
    engine.chat().watch_letters(answer, move |update| sender.send(update).is_ok()).await.unwrap();
    let mut came = 0;
    while let Some(update) = updates.recv().await {
        if let TurnUpdate::Letters { text, .. } = update {
            came += text.len();
            println!("came {came}");
        }
    }
}

#[tokio::test]
async fn a_text_and_what_came_of_its_continuation_survive_kills() {
    let mut cast = Cast::new().await;
    for instant in INSTANTS {
        cast.engine.close().await;
        let (id, came) = continue_and_kill(cast.home.path(), instant).await;
        let damage = Store::open(cast.home.path()).unwrap().integrity().unwrap();
        assert_eq!(damage, Vec::<String>::new(), "after {instant} ms the database is sound");
        cast.reopen_at(Clock::system()).await;
        let text = Text { cast: &cast, id: id.parse().unwrap() };
        let open = text.open().await;
        assert_eq!(open.draft, "Roses are and violets.", "the text is whole");
        let waiting = open.tail[1].message.clone();
        assert_eq!(waiting.state, MessageState::Interrupted, "{instant} ms");
        assert!(waiting.text.len() >= came, "{came} bytes were promised: {:?}", waiting.text);
        assert!([ADDED, ADDED, ADDED, ADDED].concat().starts_with(&waiting.text), "{:?}", waiting.text);
        let taken = format!("Roses are{} and violets.", waiting.text);
        cast.engine.chat().settle_text(text.id, taken.clone()).await.unwrap();
        assert_eq!(text.now().await, (taken, None), "what came can be taken");
    }
}

/// The text's id, and the bytes that had come long enough before the kill.
async fn continue_and_kill(home: &Path, instant: u64) -> (String, usize) {
    let mut child = start(home);
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let id = lines.find_map(|line| line.strip_prefix("text ").map(str::to_owned)).unwrap();
    let first =
        lines.find_map(|line| line.strip_prefix("came ")?.parse::<usize>().ok().filter(|came| *came > 0));
    let came = first.unwrap();
    tokio::time::sleep(PROMISE + Duration::from_millis(instant)).await;
    child.kill().unwrap();
    child.wait().unwrap();
    eventually("the end of the child", || child.try_wait().unwrap()).await;
    (id, came)
}

fn start(home: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "texts::killed::continue_until_killed", "--ignored", "--nocapture"]);
    child.env(HOME, home).stdout(Stdio::piped()).stderr(Stdio::null());
    child.spawn().unwrap()
}
