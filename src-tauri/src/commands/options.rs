//! What a person sets for a conversation: options, instructions, and what goes along with a question.

use engine::view::{Accepted, Ask, Outlook};
use engine::{Beginning, Conversation, ConversationId, MessageId, Options};
use tauri::State;

use crate::room::Rooms;
use crate::told::Answer;

/// Sets what differs from the person's usual options.
#[tauri::command]
pub async fn chat_set_options(
    rooms: State<'_, Rooms>,
    id: ConversationId,
    options: Options,
) -> Answer<Conversation> {
    Ok(rooms.engine().await?.chat().set_options(id, options).await?)
}

/// Sets what every answer is told first.
#[tauri::command]
pub async fn chat_set_instructions(
    rooms: State<'_, Rooms>,
    id: ConversationId,
    instructions: String,
) -> Answer<Conversation> {
    Ok(rooms.engine().await?.chat().set_instructions(id, instructions).await?)
}

/// Keeps what is set for a conversation that has no message yet.
#[tauri::command]
pub async fn chat_save_beginning(rooms: State<'_, Rooms>, beginning: Beginning) -> Answer<()> {
    Ok(rooms.engine().await?.chat().save_beginning(beginning).await?)
}

/// What would go along with a question asked now.
#[tauri::command]
pub async fn chat_outlook(
    rooms: State<'_, Rooms>,
    id: ConversationId,
    ask: Ask,
    typed: String,
) -> Answer<Outlook> {
    Ok(rooms.engine().await?.chat().outlook(id, ask, typed).await?)
}

/// Begins to sum up the part of a conversation that does not fit.
#[tauri::command]
pub async fn chat_sum_up(rooms: State<'_, Rooms>, id: ConversationId, ask: Ask) -> Answer<()> {
    Ok(rooms.engine().await?.chat().sum_up(id, ask).await?)
}

/// Stops summing up.
#[tauri::command]
pub async fn chat_stop_summing_up(rooms: State<'_, Rooms>, id: ConversationId) -> Answer<()> {
    rooms.engine().await?.chat().stop_summing_up(id);
    Ok(())
}

/// Takes a summary away.
#[tauri::command]
pub async fn chat_forget_summary(rooms: State<'_, Rooms>, id: ConversationId) -> Answer<Conversation> {
    Ok(rooms.engine().await?.chat().forget_summary(id).await?)
}

/// Asks again for an answer that was too long for the model, with the oldest messages left out.
#[tauri::command]
pub async fn chat_leave_out(rooms: State<'_, Rooms>, answer_id: MessageId, ask: Ask) -> Answer<Accepted> {
    Ok(rooms.engine().await?.chat().leave_out(answer_id, ask).await?)
}
