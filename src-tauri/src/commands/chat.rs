//! Chat: conversations, questions, answers.

use std::sync::atomic::Ordering;

use engine::view::{
    Accepted, Ask, ConversationRow, Decision, Edit, ListConversations, MessageView, OpenConversation,
    Question, TurnUpdate,
};
use engine::{Conversation, ConversationId, MessageId};
use tauri::State;
use tauri::ipc::Channel;

use crate::room::Rooms;
use crate::told::Answer;
use crate::watches::Watches;

/// One page of conversations.
#[tauri::command]
pub async fn chat_list(rooms: State<'_, Rooms>, query: ListConversations) -> Answer<Vec<ConversationRow>> {
    Ok(rooms.engine().await?.chat().list(query).await?)
}

/// A conversation, opened.
#[tauri::command]
pub async fn chat_open(rooms: State<'_, Rooms>, id: ConversationId) -> Answer<OpenConversation> {
    Ok(rooms.engine().await?.chat().open(id).await?)
}

/// Messages by id.
#[tauri::command]
pub async fn chat_messages(rooms: State<'_, Rooms>, ids: Vec<MessageId>) -> Answer<Vec<MessageView>> {
    Ok(rooms.engine().await?.chat().messages(ids).await?)
}

/// Sends a question.
#[tauri::command]
pub async fn chat_send(rooms: State<'_, Rooms>, question: Question) -> Answer<Accepted> {
    Ok(rooms.engine().await?.chat().send(question).await?)
}

/// Asks for another version of an answer.
#[tauri::command]
pub async fn chat_retry(rooms: State<'_, Rooms>, answer_id: MessageId, ask: Ask) -> Answer<Accepted> {
    Ok(rooms.engine().await?.chat().retry(answer_id, ask).await?)
}

/// Sends another version of a question.
#[tauri::command]
pub async fn chat_edit(rooms: State<'_, Rooms>, question_id: MessageId, edit: Edit) -> Answer<Accepted> {
    Ok(rooms.engine().await?.chat().edit(question_id, edit).await?)
}

/// Goes on with an answer that ended early.
#[tauri::command]
pub async fn chat_go_on(rooms: State<'_, Rooms>, answer_id: MessageId) -> Answer<Accepted> {
    Ok(rooms.engine().await?.chat().go_on(answer_id).await?)
}

/// Stops an answer.
#[tauri::command]
pub async fn chat_stop(rooms: State<'_, Rooms>, answer_id: MessageId) -> Answer<()> {
    rooms.engine().await?.chat().stop(answer_id);
    Ok(())
}

/// Decides about a tool call that waits.
#[tauri::command]
pub async fn chat_answer_call(
    rooms: State<'_, Rooms>,
    answer_id: MessageId,
    call_id: String,
    decision: Decision,
) -> Answer<()> {
    Ok(rooms.engine().await?.chat().answer_call(answer_id, call_id, decision)?)
}

/// Follows an answer through a channel.
#[tauri::command]
pub async fn chat_watch(
    rooms: State<'_, Rooms>,
    watches: State<'_, Watches>,
    answer_id: MessageId,
    channel: Channel<TurnUpdate>,
) -> Answer<()> {
    let wanted = watches.begin(channel.id());
    let sink = move |update| wanted.load(Ordering::Relaxed) && channel.send(update).is_ok();
    Ok(rooms.engine().await?.chat().watch(answer_id, sink).await?)
}

/// Follows it no longer; the answer goes on.
#[tauri::command]
pub fn chat_unwatch(watches: State<'_, Watches>, channel_id: u32) {
    watches.end(channel_id);
}

/// Shows another version of a message.
#[tauri::command]
pub async fn chat_choose(
    rooms: State<'_, Rooms>,
    message_id: MessageId,
    version: u32,
) -> Answer<OpenConversation> {
    Ok(rooms.engine().await?.chat().choose(message_id, version).await?)
}

/// Shows the versions of an answer side by side.
#[tauri::command]
pub async fn chat_show_beside(rooms: State<'_, Rooms>, answer_id: MessageId) -> Answer<OpenConversation> {
    Ok(rooms.engine().await?.chat().show_beside(answer_id).await?)
}

/// Goes on with one of several answers.
#[tauri::command]
pub async fn chat_go_on_with(rooms: State<'_, Rooms>, answer_id: MessageId) -> Answer<OpenConversation> {
    Ok(rooms.engine().await?.chat().go_on_with(answer_id).await?)
}

/// Asks several models at once from the next question on.
#[tauri::command]
pub async fn chat_set_several(
    rooms: State<'_, Rooms>,
    id: ConversationId,
    asks: Vec<Ask>,
) -> Answer<Conversation> {
    Ok(rooms.engine().await?.chat().set_several(id, asks).await?)
}

/// Begins a conversation with a copy of everything up to a message.
#[tauri::command]
pub async fn chat_branch(
    rooms: State<'_, Rooms>,
    message_id: MessageId,
    title: String,
) -> Answer<OpenConversation> {
    Ok(rooms.engine().await?.chat().branch(message_id, title).await?)
}

/// Gives a conversation another title.
#[tauri::command]
pub async fn chat_rename(rooms: State<'_, Rooms>, id: ConversationId, title: String) -> Answer<Conversation> {
    Ok(rooms.engine().await?.chat().rename(id, title).await?)
}

/// Keeps a conversation on top, or no longer.
#[tauri::command]
pub async fn chat_pin(rooms: State<'_, Rooms>, id: ConversationId, pinned: bool) -> Answer<Conversation> {
    Ok(rooms.engine().await?.chat().pin(id, pinned).await?)
}

/// Puts a conversation into the recycle bin.
#[tauri::command]
pub async fn chat_remove(rooms: State<'_, Rooms>, id: ConversationId) -> Answer<()> {
    Ok(rooms.engine().await?.chat().remove(id).await?)
}

/// Takes a conversation out of the recycle bin.
#[tauri::command]
pub async fn chat_restore(rooms: State<'_, Rooms>, id: ConversationId) -> Answer<Conversation> {
    Ok(rooms.engine().await?.chat().restore(id).await?)
}

/// Takes a message out of sight.
#[tauri::command]
pub async fn chat_remove_message(rooms: State<'_, Rooms>, id: MessageId) -> Answer<OpenConversation> {
    Ok(rooms.engine().await?.chat().remove_message(id).await?)
}

/// Brings a message back.
#[tauri::command]
pub async fn chat_restore_message(rooms: State<'_, Rooms>, id: MessageId) -> Answer<OpenConversation> {
    Ok(rooms.engine().await?.chat().restore_message(id).await?)
}

/// Keeps what is being typed.
#[tauri::command]
pub async fn chat_save_draft(rooms: State<'_, Rooms>, place: String, text: String) -> Answer<()> {
    Ok(rooms.engine().await?.chat().save_draft(place, text).await?)
}
