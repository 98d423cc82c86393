//! What is asked of a service about Midjourney's tasks beside making.

use engine::{Generation, MediaId, Picture, PictureId, ServiceId};
use tauri::State;

use crate::room::Rooms;
use crate::told::Answer;

/// The makings of which words came and no picture.
#[tauri::command]
pub async fn pictures_told(rooms: State<'_, Rooms>) -> Answer<Vec<Generation>> {
    Ok(rooms.engine().await?.pictures().told().await?)
}

/// The number that a picture grew from; its service may take a minute to tell it.
#[tauri::command]
pub async fn pictures_seed(rooms: State<'_, Rooms>, id: PictureId) -> Answer<String> {
    Ok(rooms.engine().await?.pictures().seed(id).await?)
}

/// Cuts a picture of four into the four.
#[tauri::command]
pub async fn pictures_cut(rooms: State<'_, Rooms>, id: PictureId) -> Answer<Vec<Picture>> {
    Ok(rooms.engine().await?.pictures().cut(id).await?)
}

/// What waits or is being made at a service; none where it does not tell.
#[tauri::command]
pub async fn pictures_at_service(rooms: State<'_, Rooms>, service_id: ServiceId) -> Answer<Option<usize>> {
    Ok(rooms.engine().await?.pictures().at_service(service_id).await?)
}

/// Lays a picture down where Midjourney can see it.
#[tauri::command]
pub async fn pictures_lay_down(
    rooms: State<'_, Rooms>,
    service_id: ServiceId,
    media_id: MediaId,
) -> Answer<String> {
    Ok(rooms.engine().await?.pictures().lay_down(service_id, media_id).await?)
}

/// Begins to bring in what a service still has of the past.
#[tauri::command]
pub async fn pictures_import_past(rooms: State<'_, Rooms>, service_id: ServiceId) -> Answer<()> {
    rooms.engine().await?.pictures().import_past(service_id);
    Ok(())
}
