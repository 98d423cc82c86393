//! A database that cannot be written when an answer ends: the person is told at once, and the answer is written as
//! soon as it can be.

use engine::view::TurnUpdate;
use rusqlite::Connection;
use store::table::message::MessageState::{Done, Streaming};

use crate::cast::{Cast, SENTENCE, soon};

#[tokio::test]
async fn an_end_that_cannot_be_written_is_told_and_written_later() {
    let cast = Cast::new().await;
    let accepted = cast.send("slow", "Name a river.").await;
    let id = accepted.answer.message.id;
    cast.hear(id).until_shown("river").await;

    let beside = Connection::open(cast.home.path().join("medley.db")).unwrap();
    let full = "CREATE TRIGGER no_room BEFORE UPDATE ON message BEGIN SELECT RAISE(ABORT, 'no room'); END";
    beside.execute_batch(full).unwrap();
    let (sender, mut updates) = tokio::sync::mpsc::unbounded_channel();
    cast.engine.chat().watch(id, move |update| sender.send(update).is_ok()).await.unwrap();
    let told = soon("the end", async {
        loop {
            if let TurnUpdate::Ended { answer } = updates.recv().await.expect("followers are told the end") {
                return *answer;
            }
        }
    })
    .await;
    assert_eq!(told.message.text, [SENTENCE; 4].join(" "), "the whole answer is on the screen");
    let problem = told.message.problem.expect("the person learns that it is not kept yet");
    assert_eq!(problem.code, "store_broken");
    assert!(!told.blocks.is_empty(), "it is rendered all the same");
    assert_eq!(cast.kept(id).await.state, Streaming, "it is not written indeed");

    let mut events = cast.engine.listen();
    beside.execute_batch("DROP TRIGGER no_room").unwrap();
    soon("the news that it is written", async {
        while cast.kept(id).await.state == Streaming {
            events.recv().await.unwrap();
        }
    })
    .await;
    let kept = cast.kept(id).await;
    assert_eq!((kept.state, kept.problem), (Done, None), "it ended well, and nothing is wrong any more");
    assert_eq!(kept.text, [SENTENCE; 4].join(" "), "not a word is lost");
    let opened = cast.engine.chat().open(accepted.conversation.id).await.unwrap();
    assert_eq!(opened.outline.len(), 2, "and it is written once");
}
