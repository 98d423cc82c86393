//! The recycle bin.

use engine::{BinRow, Binned};
use tauri::State;

use crate::room::Rooms;
use crate::told::Answer;

/// A page of what lies in it.
#[tauri::command]
pub async fn bin_list(rooms: State<'_, Rooms>, from: u32) -> Answer<Vec<BinRow>> {
    Ok(rooms.engine().await?.bin().list(from).await?)
}

/// Brings one thing back.
#[tauri::command]
pub async fn bin_restore(rooms: State<'_, Rooms>, what: Binned) -> Answer<()> {
    Ok(rooms.engine().await?.bin().restore(what).await?)
}

/// Empties it.
#[tauri::command]
pub async fn bin_empty(rooms: State<'_, Rooms>) -> Answer<()> {
    Ok(rooms.engine().await?.bin().empty().await?)
}
