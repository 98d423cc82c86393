//! Very much at once: nothing is lost, and followers are told no more often than a screen can show.

use std::time::Instant;

use engine::view::TurnUpdate;
use store::table::message::MessageState;

use crate::cast::{Cast, SENTENCE};

/// What the demo sends, over and over.
const TOUR: &str = include_str!("../../../demo/answers/tour.md");

/// The engine's frame in milliseconds.
const FRAME: u128 = 16;

#[tokio::test]
async fn twenty_thousand_deltas_arrive_whole_in_as_many_updates_as_there_were_frames() {
    let cast = Cast::new().await;
    let began = Instant::now();
    let heard = cast.ask("firehose", "Everything, please.").await;
    let frames = began.elapsed().as_millis() / FRAME;
    assert_eq!(heard.message.state, MessageState::Done);
    let words = heard.message.text.strip_suffix("\n\nThat was delta 20000.").expect("the last one came");
    let pieces = words.split_inclusive([' ', '\n']).count();
    assert!(pieces > 19_000, "a piece holds a word, or two letters of Chinese: {pieces}");
    assert!(TOUR.chars().cycle().zip(words.chars()).all(|(sent, kept)| sent == kept), "none is missing");
    let words = heard.updates.iter().filter(|update| matches!(update, TurnUpdate::Words { .. })).count();
    // One more for what was there before the first frame, and one for the end.
    assert!(words as u128 <= frames + 2, "{words} updates in {frames} frames");
}

#[tokio::test]
async fn one_line_of_twenty_megabytes_is_read() {
    let cast = Cast::new().await;
    let heard = cast.ask("huge-line", "A picture, please.").await;
    assert_eq!((heard.message.state, heard.code()), (MessageState::Done, ""), "no limit was met");
    assert!(heard.message.text.starts_with(SENTENCE), "the words beside the picture are there");
    let views = cast.engine.chat().messages(vec![heard.message.id]).await.unwrap();
    let beside = &views[0].attachments[0];
    assert!(beside.source.len() > 20 << 20, "and what came as a picture is not lost, though it is none");
}
