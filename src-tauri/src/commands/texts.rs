//! Texts that a model continues.

use std::sync::atomic::Ordering;

use engine::view::{Accepted, Ask, ContinueText, OpenConversation, TurnUpdate};
use engine::{Continuation, Conversation, ConversationId, MessageId};
use tauri::State;
use tauri::ipc::Channel;

use crate::room::Rooms;
use crate::told::Answer;
use crate::watches::Watches;

/// Begins a text.
#[tauri::command]
pub async fn texts_begin(rooms: State<'_, Rooms>, text: String) -> Answer<Conversation> {
    Ok(rooms.engine().await?.chat().begin_text(text).await?)
}

/// Asks for a continuation.
#[tauri::command]
pub async fn texts_go_on(rooms: State<'_, Rooms>, text: ContinueText) -> Answer<Accepted> {
    Ok(rooms.engine().await?.chat().continue_text(text).await?)
}

/// Asks for a continuation in a chat.
#[tauri::command]
pub async fn texts_go_on_in_chat(
    rooms: State<'_, Rooms>,
    answer_id: MessageId,
    ask: Ask,
) -> Answer<Accepted> {
    Ok(rooms.engine().await?.chat().continue_in_chat(answer_id, ask).await?)
}

/// Follows a continuation through a channel, letter by letter. `chat_unwatch` ends that.
#[tauri::command]
pub async fn texts_watch(
    rooms: State<'_, Rooms>,
    watches: State<'_, Watches>,
    answer_id: MessageId,
    channel: Channel<TurnUpdate>,
) -> Answer<()> {
    let wanted = watches.begin(channel.id());
    let sink = move |update| wanted.load(Ordering::Relaxed) && channel.send(update).is_ok();
    Ok(rooms.engine().await?.chat().watch_letters(answer_id, sink).await?)
}

/// Takes the suggestion into the text, or throws it away.
#[tauri::command]
pub async fn texts_settle(rooms: State<'_, Rooms>, id: ConversationId, text: String) -> Answer<()> {
    Ok(rooms.engine().await?.chat().settle_text(id, text).await?)
}

/// What was continued so far.
#[tauri::command]
pub async fn texts_continuations(
    rooms: State<'_, Rooms>,
    id: ConversationId,
    before: Option<MessageId>,
) -> Answer<Vec<Continuation>> {
    Ok(rooms.engine().await?.chat().continuations(id, before).await?)
}

/// Goes back to an earlier text.
#[tauri::command]
pub async fn texts_go_back(
    rooms: State<'_, Rooms>,
    question_id: MessageId,
    present: String,
) -> Answer<OpenConversation> {
    Ok(rooms.engine().await?.chat().go_back_to_text(question_id, present).await?)
}
