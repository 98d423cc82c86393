//! Pictures of answers: fetching one again, saving one where the person says.

use engine::{AttachmentId, Code, Error};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

use crate::room::Rooms;
use crate::told::Answer;

/// Fetches a picture of an answer once more.
#[tauri::command]
pub async fn media_try_again(rooms: State<'_, Rooms>, attachment_id: AttachmentId) -> Answer<()> {
    Ok(rooms.engine().await?.media().try_again(attachment_id).await?)
}

/// Saves a file as it came, where the system's dialog leads. True when it was saved.
#[tauri::command]
pub async fn media_save(app: AppHandle, rooms: State<'_, Rooms>, id: &str) -> Answer<bool> {
    let media = rooms.engine().await?.media();
    let name = media.file_name(id).await?;
    let (sender, chosen) = oneshot::channel();
    app.dialog().file().set_file_name(name).save_file(move |file| drop(sender.send(file)));
    // A dialog that goes away without a word chose nothing.
    let Some(file) = chosen.await.unwrap_or_default() else { return Ok(false) };
    let path = FilePath::into_path(file).map_err(|error| {
        tracing::warn!(%error, "a place to save in was not understood");
        Error::from(Code::Internal)
    })?;
    media.save(id, path).await?;
    Ok(true)
}
