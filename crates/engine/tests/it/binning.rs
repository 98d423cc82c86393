//! Deleting conversations: the bin, undo, and thirty days by a clock that the test moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use engine::view::{Event, ListConversations};
use engine::{Binned, Clock, Code};
use store::ConversationId;
use store::table::message::MessageState;

use crate::cast::{Cast, until_told};

const DAY: i64 = 24 * 60 * 60 * 1000;

#[tokio::test]
async fn a_deleted_conversation_lies_in_the_bin_and_comes_back_whole() {
    let cast = Cast::new().await;
    let kept = cast.ask("plain", "Name a river.").await.message;
    let place = kept.conversation_id;
    let chat = cast.engine.chat();
    let mut events = cast.engine.listen();
    chat.remove(place).await.unwrap();
    until_told(&mut events, &Event::ConversationGone { id: place }).await;
    assert_eq!((listed(&cast).await, binned(&cast).await), (vec![], vec![place]));
    let restored = chat.restore(place).await.unwrap();
    assert_eq!(restored.deleted_at, None);
    // Folders are told in between: how many lie in them changes too.
    while !matches!(events.recv().await.unwrap(), Event::Conversation { .. }) {}
    assert_eq!((listed(&cast).await, binned(&cast).await), (vec![place], vec![]));
    assert_eq!(cast.kept(kept.id).await, kept, "nothing is lost on the way");
}

#[tokio::test]
async fn an_answer_under_way_is_stopped_and_kept_when_its_conversation_goes() {
    let cast = Cast::new().await;
    let accepted = cast.send("stalls", "Name a river.").await;
    let mut ear = cast.hear(accepted.answer.message.id);
    ear.until_shown("hills").await;
    cast.engine.chat().remove(accepted.conversation.id).await.unwrap();
    let heard = ear.end().await;
    assert_eq!(heard.message.state, MessageState::Stopped);
    assert!(heard.message.text.contains("hills"), "its text waits in the bin: {}", heard.message.text);
    let binned = cast.engine.chat().open(accepted.conversation.id).await.unwrap().conversation;
    assert!(binned.deleted_at.is_some(), "the end of the answer does not bring it back");
}

#[tokio::test]
async fn the_bin_is_emptied_after_thirty_days_and_not_before() {
    let mut cast = Cast::new().await;
    let today = Clock::system().now();
    let time = Arc::new(AtomicI64::new(today));
    let clock = Clock::new({
        let time = Arc::clone(&time);
        move || time.load(Ordering::Relaxed)
    });
    cast.reopen_at(clock.clone()).await;
    let early = cast.ask("plain", "early").await.message.conversation_id;
    let late = cast.ask("plain", "late").await.message.conversation_id;
    let living = cast.ask("plain", "living").await.message.conversation_id;
    cast.engine.chat().remove(early).await.unwrap();
    time.fetch_add(2 * DAY, Ordering::Relaxed);
    cast.engine.chat().remove(late).await.unwrap();

    time.store(today + 30 * DAY, Ordering::Relaxed);
    cast.reopen_at(clock.clone()).await;
    assert_eq!(binned(&cast).await, [late, early], "thirty days are not over");

    time.store(today + 30 * DAY + 1, Ordering::Relaxed);
    cast.reopen_at(clock.clone()).await;
    assert_eq!(binned(&cast).await, [late], "the first is gone, the second has two days left");
    let gone = cast.engine.chat().restore(early).await.unwrap_err();
    assert_eq!(gone.code, Code::Gone, "and cannot be brought back");
    assert_eq!(listed(&cast).await, [living], "what was not deleted never goes");
}

#[tokio::test]
async fn emptying_the_bin_takes_only_what_lies_in_it() {
    let cast = Cast::new().await;
    let (gone, living) = (cast.ask("plain", "one").await.message, cast.ask("plain", "two").await.message);
    cast.engine.chat().remove(gone.conversation_id).await.unwrap();
    cast.engine.bin().empty().await.unwrap();
    assert!(binned(&cast).await.is_empty(), "the bin is empty");
    assert_eq!(cast.engine.chat().messages(vec![gone.id, living.id]).await.unwrap().len(), 1);
    assert_eq!(cast.engine.about().await.unwrap().conversations, 1);
}

#[tokio::test]
async fn whatever_was_deleted_is_found_in_one_bin() {
    let cast = Cast::new().await;
    let (talk, kept) = (cast.ask("plain", "one").await.message, cast.ask("plain", "two").await.message);
    let (chat, bin) = (cast.engine.chat(), cast.engine.bin());
    let album = cast.engine.pictures().make_album("Boats").await.unwrap();
    cast.engine.pictures().remove_album(album).await.unwrap();
    chat.remove(talk.conversation_id).await.unwrap();
    chat.remove_message(kept.id).await.unwrap();
    let rows = bin.list(0).await.unwrap();
    let found: Vec<_> = rows.iter().map(|row| row.what).collect();
    let all = [Binned::Album(album), Binned::Conversation(talk.conversation_id), Binned::Message(kept.id)];
    assert!(all.iter().all(|one| found.contains(one)) && found.len() == all.len(), "{found:?}");
    let message = rows.iter().find(|row| row.what == Binned::Message(kept.id)).unwrap();
    assert_eq!(message.conversation_id, Some(kept.conversation_id), "it says where it was");
    assert!(kept.text.starts_with(&message.name) && !message.name.is_empty(), "and how it begins");

    let mut events = cast.engine.listen();
    bin.restore(Binned::Message(kept.id)).await.unwrap();
    until_told(&mut events, &Event::MessageBack { id: kept.conversation_id }).await;
    assert_eq!(cast.kept(kept.id).await, kept, "nothing is lost on the way");
    bin.restore(Binned::Album(album)).await.unwrap();
    assert_eq!(bin.list(0).await.unwrap().len(), 1, "the conversation is left");
}

#[tokio::test]
async fn a_purged_message_says_nothing_and_what_follows_it_stays() {
    let cast = Cast::new().await;
    let first = cast.ask("plain", "Name a river.").await.message;
    let conversation = first.conversation_id;
    cast.engine.chat().remove_message(first.id).await.unwrap();
    cast.engine.bin().empty().await.unwrap();
    assert_eq!(cast.engine.bin().list(0).await.unwrap(), [], "nothing lies in it");
    let gone = cast.engine.chat().restore_message(first.id).await.unwrap_err();
    assert_eq!(gone.code, Code::Gone, "it cannot be brought back");
    let shown = cast.engine.chat().open(conversation).await.unwrap();
    assert_eq!(shown.outline.len(), 1, "the question stands");
    assert_eq!(cast.kept(first.id).await.text, "", "what it said is forgotten");
}

async fn listed(cast: &Cast) -> Vec<ConversationId> {
    let rows = cast.engine.chat().list(ListConversations::default()).await.unwrap();
    rows.into_iter().map(|row| row.conversation.id).collect()
}

async fn binned(cast: &Cast) -> Vec<ConversationId> {
    let rows = cast.engine.bin().list(0).await.unwrap().into_iter();
    rows.filter_map(|row| if let Binned::Conversation(id) = row.what { Some(id) } else { None }).collect()
}
