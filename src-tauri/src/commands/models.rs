//! Models: the list, stars, names typed in.

use engine::{Gpt, Model, ServiceId};
use tauri::State;

use crate::room::Rooms;
use crate::told::Answer;

/// All models of all services.
#[tauri::command]
pub async fn models_list(rooms: State<'_, Rooms>) -> Answer<Vec<Model>> {
    Ok(rooms.engine().await?.models().list().await?)
}

/// Asks a service for its list again.
#[tauri::command]
pub async fn models_refresh(rooms: State<'_, Rooms>, service_id: ServiceId) -> Answer<Vec<Model>> {
    Ok(rooms.engine().await?.models().refresh(service_id).await?)
}

/// Sets or takes away a star.
#[tauri::command]
pub async fn models_set_favourite(
    rooms: State<'_, Rooms>,
    service_id: ServiceId,
    name: String,
    favourite: bool,
) -> Answer<()> {
    Ok(rooms.engine().await?.models().set_favourite(service_id, name, favourite).await?)
}

/// Adds a name that the service does not list.
#[tauri::command]
pub async fn models_add_typed_in(
    rooms: State<'_, Rooms>,
    service_id: ServiceId,
    name: String,
) -> Answer<Model> {
    Ok(rooms.engine().await?.models().add_typed_in(service_id, name).await?)
}

/// Reads the web address or the id of a GPT.
#[tauri::command]
pub async fn models_read_gpt(rooms: State<'_, Rooms>, service_id: ServiceId, pasted: String) -> Answer<Gpt> {
    Ok(rooms.engine().await?.models().read_gpt(service_id, pasted).await?)
}

/// Adds a GPT under a name of its own.
#[tauri::command]
pub async fn models_add_gpt(
    rooms: State<'_, Rooms>,
    service_id: ServiceId,
    name: String,
    label: String,
) -> Answer<Model> {
    Ok(rooms.engine().await?.models().add_gpt(service_id, name, label).await?)
}
