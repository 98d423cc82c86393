//! All the ways in which a task of Midjourney does not go well, and what is said of each.

use demo::Midjourney;
use engine::view::PressButton;
use engine::{Clock, Code, GenerationState};
use store::Store;

use crate::cast::studio::code;
use crate::cast::{Cast, PATIENT, eventually};
use crate::midjourney::{ask, at, count, made, pressing, script, settled};

#[tokio::test]
async fn what_goes_wrong_has_a_name() {
    let cast = at(Midjourney::Plus).await;
    for (prompt, wanted, fact) in [("much gore", "word_banned", Some("gore")), ("fails", "policy", None)] {
        let (row, pictures) = settled(&cast, ask(&cast, prompt).await).await;
        assert_eq!((row.state, code(&row), pictures.len()), (GenerationState::Failed, wanted, 0), "{prompt}");
        let problem = row.problem.unwrap();
        assert_eq!(problem.facts.field.as_deref(), fact, "{prompt}");
    }
    assert_eq!(count(&cast, "/submit/imagine"), 2, "each was asked for once");
}

#[tokio::test]
async fn what_was_taken_and_forgotten_is_looked_for_before_it_is_given_up() {
    let cast = at(Midjourney::Plus).await;
    let id = ask(&cast, "forgotten").await;
    let (row, _) = settled(&cast, id).await;
    assert_eq!((row.state, code(&row)), (GenerationState::Interrupted, "task_forgotten"));
    cast.engine.pictures().try_again(id).await.unwrap();
    let (row, _) = settled(&cast, id).await;
    assert_eq!((row.state, code(&row)), (GenerationState::Failed, "task_forgotten"));
    assert_eq!(count(&cast, "/submit/imagine"), 1, "it may have been paid for: nothing is sent unasked");
}

#[tokio::test]
async fn one_task_can_be_watched_by_two() {
    let cast = at(Midjourney::Base).await;
    let (row, grid) = made(&cast, "slow hills").await;
    let mut ids = Vec::new();
    for _ in 0..2 {
        let wish = pressing(grid.id, &row, "MJ::JOB::upsample::2");
        ids.push(cast.engine.pictures().press(wish).await.unwrap().id);
    }
    let mut numbers = Vec::new();
    for id in ids {
        let (row, _) = settled(&cast, id).await;
        assert_eq!((row.state, code(&row)), (GenerationState::Done, ""));
        numbers.push(row.task.unwrap().id);
    }
    assert_eq!(numbers[0], numbers[1], "the service said that it is the same one");
}

#[tokio::test]
async fn faults_of_the_server_fail_no_task() {
    for dialect in Midjourney::all() {
        let cast = at(dialect).await;
        made(&cast, "hills stumbles").await;
        assert_eq!(count(&cast, "/submit/imagine"), 1, "{dialect:?}");
    }
}

#[tokio::test]
async fn a_full_queue_is_waited_for() {
    let cast = at(Midjourney::Net).await;
    let store = Store::open(cast.home.path()).unwrap();
    let id = ask(&cast, "hills full").await;
    eventually("that it is full", || {
        let row = store.read(|read| read.generation(id)).unwrap().unwrap();
        row.task.is_some_and(|task| task.full && task.id.is_empty()).then_some(())
    })
    .await;
    let (row, _) = settled(&cast, id).await;
    assert_eq!((row.state, row.task.unwrap().full), (GenerationState::Done, false));
    assert_eq!(count(&cast, "/submit/imagine"), 3);
}

#[tokio::test]
async fn what_was_taken_without_a_word_is_found_by_its_marker() {
    for dialect in [Midjourney::Base, Midjourney::Plus, Midjourney::Net] {
        let cast = at(dialect).await;
        made(&cast, "hills lost").await;
        assert_eq!(count(&cast, "/submit/imagine"), 1, "{dialect:?}");
    }
    let cast = at(Midjourney::Relay).await;
    let (row, _) = settled(&cast, ask(&cast, "hills lost").await).await;
    assert_eq!((row.state, code(&row)), (GenerationState::Failed, "maybe_paid"), "the person decides");
    assert_eq!(count(&cast, "/submit/imagine"), 1);
}

#[tokio::test]
async fn a_kill_between_question_and_answer_is_put_right_at_the_next_start() {
    for (dialect, state) in
        [(Midjourney::Plus, GenerationState::Done), (Midjourney::Relay, GenerationState::Interrupted)]
    {
        let mut cast = at(dialect).await;
        let id = ask(&cast, "slow hills").await;
        let store = Store::open(cast.home.path()).unwrap();
        eventually("that it goes", || {
            let row = store.read(|read| read.generation(id)).unwrap().unwrap();
            row.task.filter(|task| !task.id.is_empty()).map(drop)
        })
        .await;
        cast.engine.close().await;
        // As a kill leaves it that came before the answer.
        let forget = rusqlite::Connection::open(cast.home.path().join("medley.db")).unwrap();
        forget.execute("UPDATE generation SET answered = '{}'", []).unwrap();
        drop(forget);
        cast.reopen_at(Clock::system()).await;
        cast.engine.warm().await;
        let (row, _) = settled(&cast, id).await;
        assert_eq!(row.state, state, "{dialect:?}: {:?}", row.problem);
        assert_eq!(count(&cast, "/submit/imagine"), 1, "{dialect:?}: it is never asked for again by itself");
    }
}

#[tokio::test]
async fn cancelling_says_what_it_really_did() {
    for (dialect, problem) in
        [(Midjourney::Plus, ""), (Midjourney::Net, ""), (Midjourney::Relay, "cancelled_late")]
    {
        let cast = at(dialect).await;
        let store = Store::open(cast.home.path()).unwrap();
        let id = ask(&cast, "slow hills").await;
        eventually("its number", || {
            let row = store.read(|read| read.generation(id)).unwrap().unwrap();
            row.task.filter(|task| !task.id.is_empty()).map(drop)
        })
        .await;
        cast.engine.pictures().cancel(id).await.unwrap();
        let (row, _) = settled(&cast, id).await;
        assert_eq!((row.state, code(&row)), (GenerationState::Cancelled, problem), "{dialect:?}");
    }
}

#[tokio::test]
async fn many_are_asked_about_with_one_question() {
    let cast = at(Midjourney::Plus).await;
    let mut ids = Vec::new();
    for number in 0..10 {
        ids.push(ask(&cast, &format!("slow hills {number}")).await);
    }
    for id in ids {
        assert_eq!(settled(&cast, id).await.0.state, GenerationState::Done);
    }
    let (lists, singly) = (count(&cast, "/task/list-by-ids"), count(&cast, "/fetch"));
    assert!(lists > 0 && singly < 4 * lists, "{lists} questions about all, {singly} about one");
}

#[tokio::test]
async fn a_server_that_stands_alone_is_shown_the_key_as_its_secret() {
    for dialect in [Midjourney::Plus, Midjourney::Net] {
        let script = script(dialect).with_key("sk-secret-0123");
        let cast = Cast::play(script, "sk-secret-0123", PATIENT).await;
        let (row, _) = made(&cast, "hills").await;
        assert!(row.task.unwrap().secret, "{dialect:?}");
        let requests = cast.demo.requests();
        let pictures = requests.iter().filter(|seen| seen.path.contains("/mj/image/"));
        assert!(
            pictures
                .into_iter()
                .all(|seen| seen.key.is_none() && !seen.headers.contains_key("mj-api-secret"))
        );
    }
}

#[tokio::test]
async fn a_button_that_is_not_there_is_not_pressed() {
    let cast = at(Midjourney::Plus).await;
    let (_, grid) = made(&cast, "hills").await;
    let wish = PressButton {
        picture_id: grid.id,
        custom_id: "MJ::JOB::upsample::9::x".into(),
        prompt: String::new(),
        mask: None,
    };
    let told = cast.engine.pictures().press(wish).await.unwrap_err();
    assert_eq!(told.code, Code::Gone);
    assert_eq!(count(&cast, "/submit/action"), 0);
}
