//! Taking pictures in. Where they lie on the disk stays on this side of the door.

use engine::view::ImportFrom;
use tauri::ipc::{InvokeBody, Request};
use tauri::{AppHandle, State};

use crate::dropped::Dropped;
use crate::out;
use crate::room::Rooms;
use crate::told::Answer;

/// Opens the system's dialog and takes in what is chosen.
#[tauri::command]
pub async fn pictures_import(app: AppHandle, rooms: State<'_, Rooms>, from: ImportFrom) -> Answer<()> {
    let chosen = out::pick(&app, from).await;
    rooms.engine().await?.pictures().import(chosen);
    Ok(())
}

/// Takes in what was last dropped on the window.
#[tauri::command]
pub async fn pictures_import_dropped(rooms: State<'_, Rooms>, dropped: State<'_, Dropped>) -> Answer<()> {
    rooms.engine().await?.pictures().import(dropped.take());
    Ok(())
}

/// Takes in the bytes of a picture.
#[tauri::command]
pub async fn pictures_import_bytes(rooms: State<'_, Rooms>, request: Request<'_>) -> Answer<()> {
    let bytes = match request.body() {
        InvokeBody::Raw(bytes) => bytes.clone(),
        InvokeBody::Json(_) => Vec::new(),
    };
    Ok(rooms.engine().await?.pictures().import_bytes(bytes).await?)
}

/// Stops taking in.
#[tauri::command]
pub async fn pictures_stop_importing(rooms: State<'_, Rooms>) -> Answer<()> {
    rooms.engine().await?.pictures().stop_importing();
    Ok(())
}
