//! Killing Medley while an answer comes, at fifty instants. The one that is killed is this very test binary, run
//! again as a child; the gateway it talks to lives here.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use engine::view::{Ask, Question, TurnUpdate};
use engine::{Clock, MessageId, Vault};
use store::Store;
use store::table::message::{Message, MessageState};

use crate::cast::{Cast, Ear, PATIENT, SENTENCE, eventually, open};

/// Names the folder and the model to the child.
const HOME: &str = "ENGINE_TEST_HOME";
const MODEL: &str = "ENGINE_TEST_MODEL";

/// What was received this long before a kill is there after it.
const PROMISE: Duration = Duration::from_millis(250);

/// Kills per model; two models.
const ROUNDS: u32 = 25;

/// The kills lie between the first word and this much later.
const SPREAD: Duration = Duration::from_millis(900);

/// How often the child looks whether it gets its share of the machine.
const BEAT: Duration = Duration::from_millis(10);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "the child of the tests below: asks, tells what it received, and waits to be killed"]
async fn receive_until_killed() {
    let home = std::env::var_os(HOME).unwrap();
    let model = std::env::var(MODEL).unwrap();
    let engine = open(Path::new(&home), &Vault::memory(), Clock::system(), PATIENT).await;
    let service_id = engine.start().await.unwrap().services[0].id;
    let ask = Ask { service_id, model };
    let question = Question::of_words(None, "Go on.", ask);
    let accepted = engine.chat().send(question).await.unwrap();
    println!("\nanswer {}", accepted.answer.message.id);
    let stall = watch_for_stalls();
    let mut ear = Ear::at(&engine, accepted.answer.message.id);
    loop {
        let update = ear.next().await;
        assert!(!matches!(update, TurnUpdate::Ended { .. }), "the kill comes before the end");
        println!("received {} {}", size(ear.blocks()), stall.lock().unwrap().as_millis());
    }
}

/// The longest time by which this process was late so far: a machine that does not run it cannot write for it.
fn watch_for_stalls() -> Arc<Mutex<Duration>> {
    let worst = Arc::new(Mutex::new(Duration::ZERO));
    let seen = Arc::clone(&worst);
    tokio::spawn(async move {
        loop {
            let began = Instant::now();
            tokio::time::sleep(BEAT).await;
            let late = began.elapsed().saturating_sub(BEAT);
            let mut worst = seen.lock().unwrap();
            *worst = late.max(*worst);
        }
    });
    worst
}

/// How much a text is, measured on what is shown of it: settled blocks first, then letters of the last one. Only
/// the last block may still come to be something else.
fn size(blocks: &[String]) -> String {
    let settled = blocks.len().saturating_sub(1);
    let letters = blocks.last().map_or(0, |last| {
        last.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.len()).sum()
    });
    format!("{settled} {letters}")
}

#[tokio::test]
async fn a_sentence_survives_twenty_five_kills() {
    let full = [SENTENCE; 4].join(" ");
    let killed = kill_again_and_again("slow", &full, |told, kept| {
        assert!(told.letters <= visible(kept), "{} letters told, kept: {kept:?}", told.letters);
    })
    .await;
    let (cast, last) = killed;
    let heard = cast.engine.chat().go_on(last.id).await.unwrap();
    assert_eq!(heard.answer.message.state, MessageState::Streaming, "an interrupted answer goes on");
    let mut ear = cast.hear(last.id);
    ear.until_shown("crosses").await;
    cast.engine.chat().stop(last.id);
    let grown = ear.end().await.message;
    assert!(grown.text.starts_with(&last.text), "what survived is its beginning: {}", grown.text);
    assert!(grown.text.len() > last.text.len(), "and it grew: {}", grown.text);
}

#[tokio::test]
async fn two_thousand_words_a_second_survive_twenty_five_kills() {
    let whole = Cast::new().await.ask("firehose", "Go on.").await.message.text;
    kill_again_and_again("firehose-paced", &whole, |told, kept| {
        let blocks = text::render(kept).len();
        assert!(told.settled <= blocks, "{} blocks told, {blocks} kept", told.settled);
    })
    .await;
}

/// Lets children receive `full` from `model` and kills them; then looks at what is left. Returns the last of it.
async fn kill_again_and_again(model: &str, full: &str, holds: impl Fn(Told, &str)) -> (Cast, Message) {
    let mut cast = Cast::new().await;
    let (mut last, mut promises) = (None, 0);
    for round in 0..ROUNDS {
        cast.engine.close().await;
        let (answer, told) = receive_and_kill(cast.home.path(), model, round).await;
        let damage = Store::open(cast.home.path()).unwrap().integrity().unwrap();
        assert_eq!(damage, Vec::<String>::new(), "{model}, round {round}: the database is sound");
        cast.reopen_at(Clock::system()).await;
        let start = cast.engine.start().await.unwrap();
        assert_eq!(start.interrupted, [answer], "{model}, round {round}: the window learns which it was");
        let kept = cast.kept(answer).await;
        assert_eq!(kept.state, MessageState::Interrupted, "{model}, round {round}");
        assert!(full.starts_with(&kept.text), "{model}, round {round}: a prefix of what was sent");
        holds(told, &kept.text);
        promises += usize::from(told.settled + told.letters > 0);
        last = Some(kept);
    }
    assert!(promises > 5, "{model}: only {promises} kills came late enough to break a promise");
    (cast, last.unwrap())
}

/// What a child had told long enough before its end.
#[derive(Clone, Copy, Default)]
struct Told {
    settled: usize,
    letters: usize,
}

/// One line of a child, and when it was read.
type Line = (Instant, String);

async fn receive_and_kill(home: &Path, model: &str, round: u32) -> (MessageId, Told) {
    let mut child = start(home, model);
    let (lines, reader) = read(&mut child);
    eventually("the first word", || {
        assert!(child.try_wait().unwrap().is_none(), "the child must not end by itself");
        lines
            .lock()
            .unwrap()
            .iter()
            .any(|(_, line)| received(line).is_some_and(|(told, _)| told.letters > 0))
            .then_some(())
    })
    .await;
    // Steps of the golden ratio spread the instants evenly, whatever their number.
    tokio::time::sleep(SPREAD.mul_f64((f64::from(round) * 0.618_034).fract())).await;
    let killed = Instant::now();
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap();
    let lines = lines.lock().unwrap();
    let answer = lines.iter().find_map(|(_, line)| line.strip_prefix("answer ")).unwrap();
    (serde_json::from_str(&format!("\"{answer}\"")).unwrap(), told_before(&lines, killed))
}

/// The last report that is older than the promise, and than the longest time that the child was not run.
fn told_before(lines: &[Line], killed: Instant) -> Told {
    let reports: Vec<_> = lines.iter().filter_map(|(at, line)| Some((*at, received(line)?))).collect();
    let stall = reports.iter().map(|(_, (_, stall))| *stall).max().unwrap_or_default();
    let due = reports.iter().take_while(|(at, _)| killed.saturating_duration_since(*at) >= PROMISE + stall);
    due.last().map(|(_, (told, _))| *told).unwrap_or_default()
}

fn received(line: &str) -> Option<(Told, Duration)> {
    let mut numbers = line.strip_prefix("received ")?.split(' ').map(|number| number.parse::<u32>().ok());
    let mut next = || numbers.next().flatten();
    let (settled, letters, stall) = (next()?, next()?, next()?);
    let told = Told { settled: settled as usize, letters: letters as usize };
    Some((told, Duration::from_millis(stall.into())))
}

fn start(home: &Path, model: &str) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "recovery::receive_until_killed", "--ignored", "--nocapture"]);
    child.env(HOME, home).env(MODEL, model).stdout(Stdio::piped()).stderr(Stdio::null());
    child.spawn().unwrap()
}

fn read(child: &mut Child) -> (Arc<Mutex<Vec<Line>>>, JoinHandle<()>) {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let (heard, stdout) = (Arc::clone(&lines), BufReader::new(child.stdout.take().unwrap()));
    let reader = std::thread::spawn(move || {
        // The last line may end in the middle of a letter: the kill is the end of the story.
        for line in stdout.lines().map_while(Result::ok) {
            heard.lock().unwrap().push((Instant::now(), line));
        }
    });
    (lines, reader)
}

/// Letters of a text without marks, as they are shown.
fn visible(text: &str) -> usize {
    text.trim_end().len()
}
