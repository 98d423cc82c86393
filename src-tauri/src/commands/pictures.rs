//! Making pictures, and the gallery.

use engine::view::{
    MakePictures, PictureOutline, PicturePage, PictureShelf, PressButton, SavePicture, SavePictures,
    SavedPicture, SavedPictures, Where,
};
use engine::{AlbumId, Generation, GenerationId, Picture, PictureChange, PictureId, PictureQuery};
use tauri::{AppHandle, State, WebviewWindow};

use crate::room::Rooms;
use crate::told::Answer;
use crate::{dragged, out};

/// Takes an order for pictures.
#[tauri::command]
pub async fn pictures_make(rooms: State<'_, Rooms>, request: MakePictures) -> Answer<Generation> {
    Ok(rooms.engine().await?.pictures().make(request).await?)
}

/// Presses a button below a picture.
#[tauri::command]
pub async fn pictures_press(rooms: State<'_, Rooms>, request: PressButton) -> Answer<Generation> {
    Ok(rooms.engine().await?.pictures().press(request).await?)
}

/// Cancels what waits or is being made.
#[tauri::command]
pub async fn pictures_cancel(rooms: State<'_, Rooms>, generation_id: GenerationId) -> Answer<()> {
    Ok(rooms.engine().await?.pictures().cancel(generation_id).await?)
}

/// Makes once more what ended without success.
#[tauri::command]
pub async fn pictures_try_again(rooms: State<'_, Rooms>, generation_id: GenerationId) -> Answer<Generation> {
    Ok(rooms.engine().await?.pictures().try_again(generation_id).await?)
}

/// Takes what failed out of sight.
#[tauri::command]
pub async fn pictures_dismiss(rooms: State<'_, Rooms>, generation_id: GenerationId) -> Answer<()> {
    Ok(rooms.engine().await?.pictures().dismiss(generation_id).await?)
}

/// Brings what was taken out of sight back.
#[tauri::command]
pub async fn pictures_restore_generation(rooms: State<'_, Rooms>, generation_id: GenerationId) -> Answer<()> {
    Ok(rooms.engine().await?.pictures().restore_generation(generation_id).await?)
}

/// What waits, is being made or failed.
#[tauri::command]
pub async fn pictures_generations(rooms: State<'_, Rooms>) -> Answer<Vec<Generation>> {
    Ok(rooms.engine().await?.pictures().generations().await?)
}

/// The gallery laid out.
#[tauri::command]
pub async fn pictures_outline(rooms: State<'_, Rooms>, query: PictureQuery) -> Answer<PictureOutline> {
    Ok(rooms.engine().await?.pictures().outline(query).await?)
}

/// How many pictures there are, and all albums.
#[tauri::command]
pub async fn pictures_shelf(rooms: State<'_, Rooms>) -> Answer<PictureShelf> {
    Ok(rooms.engine().await?.pictures().shelf().await?)
}

/// Does one thing to many pictures; answers which of them changed.
#[tauri::command]
pub async fn pictures_change(
    rooms: State<'_, Rooms>,
    keys: Vec<i64>,
    change: PictureChange,
) -> Answer<Vec<i64>> {
    Ok(rooms.engine().await?.pictures().change(keys, change).await?)
}

/// Asks where to, and saves pictures there as they came; nothing when the person thought better of it.
#[tauri::command]
pub async fn pictures_save(
    app: AppHandle,
    rooms: State<'_, Rooms>,
    wish: SavePictures,
) -> Answer<Option<SavedPictures>> {
    let exports = rooms.engine().await?.exports();
    match out::ask(&app, exports.place_for_pictures(&wish)).await {
        Some(path) => Ok(Some(exports.save_pictures(wish, path).await?)),
        None => Ok(None),
    }
}

/// A new, empty album.
#[tauri::command]
pub async fn pictures_make_album(rooms: State<'_, Rooms>, name: String) -> Answer<AlbumId> {
    Ok(rooms.engine().await?.pictures().make_album(&name).await?)
}

/// Gives an album another name.
#[tauri::command]
pub async fn pictures_rename_album(rooms: State<'_, Rooms>, id: AlbumId, name: String) -> Answer<()> {
    Ok(rooms.engine().await?.pictures().rename_album(id, &name).await?)
}

/// Deletes an album; its pictures stay.
#[tauri::command]
pub async fn pictures_remove_album(rooms: State<'_, Rooms>, id: AlbumId) -> Answer<()> {
    Ok(rooms.engine().await?.pictures().remove_album(id).await?)
}

/// Brings an album back.
#[tauri::command]
pub async fn pictures_restore_album(rooms: State<'_, Rooms>, id: AlbumId) -> Answer<()> {
    Ok(rooms.engine().await?.pictures().restore_album(id).await?)
}

/// Some pictures of the gallery.
#[tauri::command]
pub async fn pictures_rows(
    rooms: State<'_, Rooms>,
    query: PictureQuery,
    from: u32,
    count: u32,
) -> Answer<Vec<Picture>> {
    Ok(rooms.engine().await?.pictures().rows(query, from, count).await?)
}

/// One picture with what it was made of.
#[tauri::command]
pub async fn pictures_picture(rooms: State<'_, Rooms>, id: PictureId) -> Answer<PicturePage> {
    Ok(rooms.engine().await?.pictures().picture(id).await?)
}

/// Sets or takes away the person's star.
#[tauri::command]
pub async fn pictures_star(rooms: State<'_, Rooms>, ids: Vec<PictureId>, starred: bool) -> Answer<()> {
    Ok(rooms.engine().await?.pictures().star(ids, starred).await?)
}

/// Takes pictures out of the gallery.
#[tauri::command]
pub async fn pictures_remove(rooms: State<'_, Rooms>, ids: Vec<PictureId>) -> Answer<()> {
    Ok(rooms.engine().await?.pictures().remove(ids).await?)
}

/// Brings pictures back into the gallery.
#[tauri::command]
pub async fn pictures_restore(rooms: State<'_, Rooms>, ids: Vec<PictureId>) -> Answer<()> {
    Ok(rooms.engine().await?.pictures().restore(ids).await?)
}

/// Fetches a picture once more that did not come.
#[tauri::command]
pub async fn pictures_fetch_again(rooms: State<'_, Rooms>, id: PictureId) -> Answer<()> {
    Ok(rooms.engine().await?.pictures().fetch_again(id).await?)
}

/// Asks where to, and saves a picture there as it came. True when it was saved.
#[tauri::command]
pub async fn pictures_save_original(app: AppHandle, rooms: State<'_, Rooms>, id: PictureId) -> Answer<bool> {
    let pictures = rooms.engine().await?.pictures();
    let name = pictures.file_name(id).await?;
    let Some(path) = out::ask(&app, Where::File { name }).await else { return Ok(false) };
    pictures.save(id, path).await?;
    Ok(true)
}

/// Asks where to, and saves a picture there in another form. None when nothing was chosen.
#[tauri::command]
pub async fn pictures_save_as(
    app: AppHandle,
    rooms: State<'_, Rooms>,
    id: PictureId,
    wish: SavePicture,
) -> Answer<Option<SavedPicture>> {
    let pictures = rooms.engine().await?.pictures();
    let name = pictures.form_name(id, wish.form).await?;
    let Some(path) = out::ask(&app, Where::File { name }).await else { return Ok(None) };
    Ok(Some(pictures.save_as(id, wish, path).await?))
}

/// Puts a picture on the clipboard.
#[tauri::command]
pub async fn pictures_copy(app: AppHandle, rooms: State<'_, Rooms>, id: PictureId) -> Answer<()> {
    Ok(out::copy_picture(&app, rooms.engine().await?.pictures().pixels(id).await?)?)
}

/// Drags copies of pictures to another program, until they are dropped there or let go of.
#[tauri::command]
pub async fn pictures_drag_out(window: WebviewWindow, rooms: State<'_, Rooms>, keys: Vec<i64>) -> Answer<()> {
    let copies = rooms.engine().await?.pictures().copies(keys, dragged::folder()).await?;
    Ok(dragged::out(window, copies).await?)
}
