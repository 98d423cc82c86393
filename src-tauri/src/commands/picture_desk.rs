//! The desk of the place "Pictures": its draft, what goes along, and whom pictures may be made with.

use engine::view::{Ask, PictureEngine};
use engine::{Attachment, Generation, MediaId, PictureId, ServiceId};
use tauri::State;

use crate::room::Rooms;
use crate::told::Answer;

/// Every picture engine of every connected service.
#[tauri::command]
pub async fn pictures_engines(rooms: State<'_, Rooms>) -> Answer<Vec<PictureEngine>> {
    Ok(rooms.engine().await?.pictures().engines().await?)
}

/// Has tried again what a service is known not to have.
#[tauri::command]
pub async fn pictures_try_anyway(
    rooms: State<'_, Rooms>,
    service_id: ServiceId,
    model: String,
) -> Answer<()> {
    Ok(rooms.engine().await?.pictures().try_anyway(service_id, model).await?)
}

/// A better prompt, by a chat model.
#[tauri::command]
pub async fn pictures_improve(rooms: State<'_, Rooms>, ask: Ask, prompt: String) -> Answer<String> {
    Ok(rooms.engine().await?.pictures().improve(ask, prompt).await?)
}

/// A prompt that would make a picture, by a chat model.
#[tauri::command]
pub async fn pictures_describe(
    rooms: State<'_, Rooms>,
    ask: Ask,
    id: PictureId,
    language: String,
) -> Answer<String> {
    Ok(rooms.engine().await?.pictures().describe(ask, id, language).await?)
}

/// Lets go of the words that are being asked for.
#[tauri::command]
pub async fn pictures_stop_words(rooms: State<'_, Rooms>) -> Answer<()> {
    rooms.engine().await?.pictures().stop_words();
    Ok(())
}

/// What lay on the desk when it was last left.
#[tauri::command]
pub async fn pictures_draft(rooms: State<'_, Rooms>) -> Answer<String> {
    Ok(rooms.engine().await?.pictures().draft().await?)
}

/// The pictures that go along with the next wish at a desk.
#[tauri::command]
pub async fn pictures_references(rooms: State<'_, Rooms>, place: String) -> Answer<Vec<Attachment>> {
    Ok(rooms.engine().await?.pictures().references(place).await?)
}

/// Lays a picture that Medley has on a desk.
#[tauri::command]
pub async fn pictures_refer_to(
    rooms: State<'_, Rooms>,
    place: String,
    media_id: MediaId,
) -> Answer<Attachment> {
    Ok(rooms.engine().await?.pictures().refer_to(place, media_id).await?)
}

/// Takes an order for others like a picture.
#[tauri::command]
pub async fn pictures_vary(
    rooms: State<'_, Rooms>,
    id: PictureId,
    service_id: ServiceId,
    model: String,
) -> Answer<Generation> {
    Ok(rooms.engine().await?.pictures().vary(id, service_id, model).await?)
}
