//! Reading texts aloud, and the player.

use engine::view::{Playback, SoundPage, Speak, Speaker, Where};
use engine::{Sound, SoundId};
use tauri::{AppHandle, State};

use crate::out;
use crate::room::Rooms;
use crate::told::Answer;

/// Every model that reads aloud.
#[tauri::command]
pub async fn speech_speakers(rooms: State<'_, Rooms>) -> Answer<Vec<Speaker>> {
    Ok(rooms.engine().await?.speech().speakers().await?)
}

/// What lay on the desk when it was last left.
#[tauri::command]
pub async fn speech_draft(rooms: State<'_, Rooms>) -> Answer<String> {
    Ok(rooms.engine().await?.speech().draft().await?)
}

/// Has a text read aloud.
#[tauri::command]
pub async fn speech_speak(rooms: State<'_, Rooms>, request: Speak) -> Answer<Sound> {
    Ok(rooms.engine().await?.speech().speak(request).await?)
}

/// Asks for no more parts.
#[tauri::command]
pub async fn speech_stop(rooms: State<'_, Rooms>, id: SoundId) -> Answer<()> {
    Ok(rooms.engine().await?.speech().stop(id).await?)
}

/// Asks for no parts that are not under way.
#[tauri::command]
pub async fn speech_enough(rooms: State<'_, Rooms>, id: SoundId) -> Answer<()> {
    Ok(rooms.engine().await?.speech().enough(id).await?)
}

/// Asks for the parts that are not here.
#[tauri::command]
pub async fn speech_go_on(rooms: State<'_, Rooms>, id: SoundId) -> Answer<()> {
    Ok(rooms.engine().await?.speech().go_on(id).await?)
}

/// Some sounds, the newest first.
#[tauri::command]
pub async fn speech_list(
    rooms: State<'_, Rooms>,
    search: String,
    from: u32,
    count: u32,
) -> Answer<Vec<Sound>> {
    Ok(rooms.engine().await?.speech().list(search, from, count).await?)
}

/// One sound with its text.
#[tauri::command]
pub async fn speech_sound(rooms: State<'_, Rooms>, id: SoundId) -> Answer<SoundPage> {
    Ok(rooms.engine().await?.speech().sound(id).await?)
}

/// Gives a sound another name.
#[tauri::command]
pub async fn speech_rename(rooms: State<'_, Rooms>, id: SoundId, title: String) -> Answer<()> {
    Ok(rooms.engine().await?.speech().rename(id, title).await?)
}

/// Takes a sound out of the list.
#[tauri::command]
pub async fn speech_remove(rooms: State<'_, Rooms>, id: SoundId) -> Answer<()> {
    Ok(rooms.engine().await?.speech().remove(id).await?)
}

/// Brings a sound back.
#[tauri::command]
pub async fn speech_restore(rooms: State<'_, Rooms>, id: SoundId) -> Answer<()> {
    Ok(rooms.engine().await?.speech().restore(id).await?)
}

/// Asks where to, and saves a sound there. True when it was saved.
#[tauri::command]
pub async fn speech_save(app: AppHandle, rooms: State<'_, Rooms>, id: SoundId) -> Answer<bool> {
    let speech = rooms.engine().await?.speech();
    let name = speech.file_name(id).await?;
    let Some(path) = out::ask(&app, Where::File { name }).await else { return Ok(false) };
    speech.save(id, path).await?;
    Ok(true)
}

/// Plays a sound.
#[tauri::command]
pub async fn player_play(rooms: State<'_, Rooms>, id: SoundId, from_ms: Option<i64>) -> Answer<()> {
    Ok(rooms.engine().await?.speech().play(id, from_ms).await?)
}

/// Stays where it is.
#[tauri::command]
pub async fn player_pause(rooms: State<'_, Rooms>) -> Answer<()> {
    rooms.engine().await?.speech().pause();
    Ok(())
}

/// Goes to another place.
#[tauri::command]
pub async fn player_seek(rooms: State<'_, Rooms>, to_ms: i64) -> Answer<()> {
    Ok(rooms.engine().await?.speech().seek(to_ms).await?)
}

/// Faster or slower.
#[tauri::command]
pub async fn player_set_speed(rooms: State<'_, Rooms>, speed: f64) -> Answer<()> {
    rooms.engine().await?.speech().set_speed(speed);
    Ok(())
}

/// Louder or softer.
#[tauri::command]
pub async fn player_set_volume(rooms: State<'_, Rooms>, volume: f64) -> Answer<()> {
    rooms.engine().await?.speech().set_volume(volume);
    Ok(())
}

/// What is in the player.
#[tauri::command]
pub async fn player_playback(rooms: State<'_, Rooms>) -> Answer<Playback> {
    Ok(rooms.engine().await?.speech().playback())
}
