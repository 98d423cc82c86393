//! The app as a whole: start, settings, links, the demonstration.

use std::time::{SystemTime, UNIX_EPOCH};

use engine::view::{About, Start};
use engine::{Code, Error, Settings};
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_plugin_opener::OpenerExt;

use crate::room::Rooms;
use crate::told::Answer;

/// All that the first screen needs.
#[tauri::command]
pub async fn start(rooms: State<'_, Rooms>) -> Answer<Start> {
    Ok(rooms.engine().await?.start().await?)
}

/// The first usable frame is on the screen. Told on stderr when `MEDLEY_TRACE_START` is set, for measuring.
#[tauri::command]
pub async fn ready(rooms: State<'_, Rooms>) -> Answer<()> {
    if std::env::var_os("MEDLEY_TRACE_START").is_some() {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        eprintln!("first-frame {}", since.as_millis());
    }
    rooms.engine().await?.warm().await;
    Ok(())
}

/// Facts about this Medley.
#[tauri::command]
pub async fn about(rooms: State<'_, Rooms>) -> Answer<About> {
    Ok(rooms.engine().await?.about().await?)
}

/// Keeps the person's settings.
#[tauri::command]
pub async fn save_settings(rooms: State<'_, Rooms>, settings: Settings) -> Answer<()> {
    Ok(rooms.engine().await?.preferences().save(settings).await?)
}

/// Opens a link in the system's browser, if it is one that a browser opens.
#[tauri::command]
pub fn open_link(app: AppHandle, url: &str) -> Answer<()> {
    let url = engine::link(url)?;
    app.opener().open_url(url, None::<&str>).map_err(|error| failed(&error).into())
}

/// Puts text on the clipboard.
#[tauri::command]
pub fn copy_text(app: AppHandle, text: String) -> Answer<()> {
    app.clipboard().write_text(text).map_err(|error| failed(&error).into())
}

/// Goes over to the demonstration.
#[tauri::command]
pub async fn enter_demo(app: AppHandle, window: WebviewWindow, rooms: State<'_, Rooms>) -> Answer<()> {
    rooms.change(true, &app).await?;
    Ok(window.reload().map_err(|error| failed(&error))?)
}

/// Goes back to the person's own things.
#[tauri::command]
pub async fn leave_demo(app: AppHandle, window: WebviewWindow, rooms: State<'_, Rooms>) -> Answer<()> {
    rooms.change(false, &app).await?;
    Ok(window.reload().map_err(|error| failed(&error))?)
}

fn failed(error: &dyn std::error::Error) -> Error {
    tracing::error!(%error, "the system refused");
    Code::Internal.into()
}
