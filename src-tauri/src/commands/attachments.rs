//! Files that go along with questions. Where they lie on the disk stays on this side of the door.

use engine::{Attachment, AttachmentId};
use percent_encoding::percent_decode;
use tauri::ipc::{InvokeBody, Request};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tokio::sync::oneshot;

use crate::dropped::Dropped;
use crate::room::Rooms;
use crate::told::Answer;

/// Opens the system's dialog and attaches what is chosen.
#[tauri::command]
pub async fn attachments_pick(
    app: AppHandle,
    rooms: State<'_, Rooms>,
    place: String,
) -> Answer<Vec<Attachment>> {
    let (sender, chosen) = oneshot::channel();
    app.dialog().file().pick_files(move |files| drop(sender.send(files.unwrap_or_default())));
    // A dialog that goes away without a word chose nothing.
    let files = chosen.await.unwrap_or_default();
    let paths = files.into_iter().filter_map(|file| FilePath::into_path(file).ok()).collect();
    Ok(rooms.engine().await?.attachments().add_files(place, paths).await?)
}

/// Attaches what was last dropped on the window.
#[tauri::command]
pub async fn attachments_take_dropped(
    rooms: State<'_, Rooms>,
    dropped: State<'_, Dropped>,
    place: String,
) -> Answer<Vec<Attachment>> {
    Ok(rooms.engine().await?.attachments().add_files(place, dropped.take()).await?)
}

/// Attaches bytes. Their place and name come as headers.
#[tauri::command]
pub async fn attachments_add(rooms: State<'_, Rooms>, request: Request<'_>) -> Answer<Attachment> {
    let (place, name) = (header(&request, "place"), header(&request, "name"));
    let bytes = match request.body() {
        InvokeBody::Raw(bytes) => bytes.clone(),
        InvokeBody::Json(_) => Vec::new(),
    };
    Ok(rooms.engine().await?.attachments().add(place, name, bytes).await?)
}

/// Attaches a web address.
#[tauri::command]
pub async fn attachments_link(rooms: State<'_, Rooms>, place: String, address: String) -> Answer<Attachment> {
    Ok(rooms.engine().await?.attachments().link(place, &address).await?)
}

/// Takes a file from its desk.
#[tauri::command]
pub async fn attachments_remove(rooms: State<'_, Rooms>, id: AttachmentId) -> Answer<()> {
    Ok(rooms.engine().await?.attachments().remove(id).await?)
}

/// Brings a removed file back.
#[tauri::command]
pub async fn attachments_restore(rooms: State<'_, Rooms>, id: AttachmentId) -> Answer<Attachment> {
    Ok(rooms.engine().await?.attachments().restore(id).await?)
}

/// Reads a file once more.
#[tauri::command]
pub async fn attachments_retry(rooms: State<'_, Rooms>, id: AttachmentId) -> Answer<Attachment> {
    Ok(rooms.engine().await?.attachments().retry(id).await?)
}

/// How closely a model shall look at a picture.
#[tauri::command]
pub async fn attachments_set_detail(
    rooms: State<'_, Rooms>,
    id: AttachmentId,
    detail: String,
) -> Answer<Attachment> {
    Ok(rooms.engine().await?.attachments().set_detail(id, detail).await?)
}

/// The text that goes along for a document.
#[tauri::command]
pub async fn attachments_text(rooms: State<'_, Rooms>, id: AttachmentId) -> Answer<String> {
    Ok(rooms.engine().await?.attachments().text(id).await?)
}

/// A header that the page wrote with `encodeURIComponent`.
pub(super) fn header(request: &Request<'_>, name: &str) -> String {
    let written = request.headers().get(name).map(tauri::http::HeaderValue::as_bytes).unwrap_or_default();
    percent_decode(written).decode_utf8_lossy().into_owned()
}
