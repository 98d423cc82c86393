//! Ways out of the window: the system's dialogs that ask for a place, its file window, the clipboard. Paths never enter
//! the page.

use std::path::PathBuf;

use engine::view::{ImportFrom, Pixels, Rich, Where};
use engine::{Code, Error};
use tauri::image::Image;
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_plugin_dialog::{DialogExt, FilePath};
use tauri_plugin_opener::OpenerExt;
use tokio::sync::oneshot;

/// Asks where to write; nothing when the person closes the dialog.
pub async fn ask<R: Runtime>(app: &AppHandle<R>, place: Where) -> Option<PathBuf> {
    let (tell, told) = oneshot::channel::<Option<FilePath>>();
    let chosen = move |path| {
        // Whoever asked may be gone with the window; then nobody wants to know.
        let _heard = tell.send(path);
    };
    let mut dialog = app.dialog().file();
    if let Some(window) = app.get_webview_window("main") {
        dialog = dialog.set_parent(&window);
    }
    match place {
        Where::File { name } => dialog.set_file_name(name).save_file(chosen),
        Where::Folder => dialog.pick_folder(chosen),
    }
    told.await.ok().flatten()?.into_path().ok()
}

/// Asks for files or folders; none when the person closes the dialog.
pub async fn pick<R: Runtime>(app: &AppHandle<R>, from: ImportFrom) -> Vec<PathBuf> {
    let (tell, told) = oneshot::channel::<Option<Vec<FilePath>>>();
    let chosen = move |paths| drop(tell.send(paths));
    let mut dialog = app.dialog().file();
    if let Some(window) = app.get_webview_window("main") {
        dialog = dialog.set_parent(&window);
    }
    match from {
        ImportFrom::Files => dialog.pick_files(chosen),
        ImportFrom::Folders => dialog.pick_folders(chosen),
    }
    // A dialog that goes away without a word chose nothing.
    let paths = told.await.ok().flatten().unwrap_or_default();
    paths.into_iter().filter_map(|path| path.into_path().ok()).collect()
}

/// Shows a file or a folder in the system's own window.
pub fn show<R: Runtime>(app: &AppHandle<R>, path: Option<PathBuf>) -> Result<(), Error> {
    let path = path.ok_or(Code::Gone)?;
    app.opener().reveal_item_in_dir(path).map_err(|error| refused(&error))
}

/// Puts formatted text on the clipboard, and the same as plain text for programs that take no other.
pub fn copy<R: Runtime>(app: &AppHandle<R>, rich: Rich) -> Result<(), Error> {
    app.clipboard().write_html(rich.html, Some(rich.text)).map_err(|error| refused(&error))
}

/// Puts a picture on the clipboard.
pub fn copy_picture<R: Runtime>(app: &AppHandle<R>, pixels: Pixels) -> Result<(), Error> {
    let picture = Image::new_owned(pixels.rgba, pixels.width, pixels.height);
    app.clipboard().write_image(&picture).map_err(|error| refused(&error))
}

fn refused(error: &dyn std::error::Error) -> Error {
    tracing::error!(%error, "the system refused");
    Code::Internal.into()
}
