//! Tools: the list, what the person allows, functions of their own.

use engine::view::ToolDraft;
use engine::{Policy, Tool, ToolId};
use tauri::State;

use crate::room::Rooms;
use crate::told::Answer;

/// All tools.
#[tauri::command]
pub async fn tools_list(rooms: State<'_, Rooms>) -> Answer<Vec<Tool>> {
    Ok(rooms.engine().await?.tools().list().await?)
}

/// The functions in pasted JSON.
#[tauri::command]
pub async fn tools_read(rooms: State<'_, Rooms>, pasted: String) -> Answer<Vec<ToolDraft>> {
    Ok(rooms.engine().await?.tools().read(&pasted)?)
}

/// Keeps a function, new or changed.
#[tauri::command]
pub async fn tools_save(rooms: State<'_, Rooms>, draft: ToolDraft) -> Answer<Tool> {
    Ok(rooms.engine().await?.tools().save(draft).await?)
}

/// Asks, allows or forbids from now on.
#[tauri::command]
pub async fn tools_set_policy(rooms: State<'_, Rooms>, id: ToolId, policy: Policy) -> Answer<()> {
    Ok(rooms.engine().await?.tools().set_policy(id, policy).await?)
}

/// Removes a function.
#[tauri::command]
pub async fn tools_remove(rooms: State<'_, Rooms>, id: ToolId) -> Answer<()> {
    Ok(rooms.engine().await?.tools().remove(id).await?)
}
