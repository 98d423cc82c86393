//! Recordings and what is said in them. Where files lie on the disk stays on this side of the door.

use engine::view::{
    ImportFrom, Microphone, RecordingPage, SaveTranscript, Scribe, TookIn, TranscribeWith, Where,
};
use engine::{Line, Recording, RecordingId, ServiceId, TranscriptId, TranscriptTask};
use tauri::ipc::{InvokeBody, Request};
use tauri::{AppHandle, State};

use super::attachments::header;
use crate::dropped::Dropped;
use crate::out;
use crate::room::Rooms;
use crate::told::Answer;

/// Every model that writes down what is said.
#[tauri::command]
pub async fn recordings_scribes(rooms: State<'_, Rooms>) -> Answer<Vec<Scribe>> {
    Ok(rooms.engine().await?.recordings().scribes().await?)
}

/// How the place was last left.
#[tauri::command]
pub async fn recordings_draft(rooms: State<'_, Rooms>) -> Answer<String> {
    Ok(rooms.engine().await?.recordings().draft().await?)
}

/// Some recordings, the newest first.
#[tauri::command]
pub async fn recordings_list(
    rooms: State<'_, Rooms>,
    search: String,
    from: u32,
    count: u32,
) -> Answer<Vec<Recording>> {
    Ok(rooms.engine().await?.recordings().list(search, from, count).await?)
}

/// One recording with what is said in it.
#[tauri::command]
pub async fn recordings_page(
    rooms: State<'_, Rooms>,
    id: RecordingId,
    task: TranscriptTask,
) -> Answer<RecordingPage> {
    Ok(rooms.engine().await?.recordings().page(id, task).await?)
}

/// Opens the system's dialog, takes in what is chosen, and has it written down.
#[tauri::command]
pub async fn recordings_pick(
    app: AppHandle,
    rooms: State<'_, Rooms>,
    with: Option<TranscribeWith>,
) -> Answer<TookIn> {
    let chosen = out::pick(&app, ImportFrom::Files).await;
    Ok(rooms.engine().await?.recordings().take_in(chosen, with).await?)
}

/// Takes in what was last dropped on the window, and has it written down.
#[tauri::command]
pub async fn recordings_take_dropped(
    rooms: State<'_, Rooms>,
    dropped: State<'_, Dropped>,
    with: Option<TranscribeWith>,
) -> Answer<TookIn> {
    Ok(rooms.engine().await?.recordings().take_in(dropped.take(), with).await?)
}

/// Takes in bytes. Their name, and with what they are written down, come as headers.
#[tauri::command]
pub async fn recordings_add(rooms: State<'_, Rooms>, request: Request<'_>) -> Answer<TookIn> {
    let (name, with) = (header(&request, "name"), header(&request, "with"));
    let bytes = match request.body() {
        InvokeBody::Raw(bytes) => bytes.as_slice(),
        InvokeBody::Json(_) => &[],
    };
    Ok(rooms.engine().await?.recordings().take_in_bytes(name, bytes, &with).await?)
}

/// Has written down what is said.
#[tauri::command]
pub async fn recordings_transcribe(
    rooms: State<'_, Rooms>,
    id: RecordingId,
    task: TranscriptTask,
    with: TranscribeWith,
) -> Answer<()> {
    Ok(rooms.engine().await?.recordings().transcribe(id, task, with).await?)
}

/// Lets a transcript wait.
#[tauri::command]
pub async fn recordings_pause(rooms: State<'_, Rooms>, id: TranscriptId) -> Answer<()> {
    Ok(rooms.engine().await?.recordings().pause(id).await?)
}

/// Asks for the parts that are not here.
#[tauri::command]
pub async fn recordings_go_on(
    rooms: State<'_, Rooms>,
    id: TranscriptId,
    with: Option<(ServiceId, String)>,
) -> Answer<()> {
    Ok(rooms.engine().await?.recordings().go_on(id, with).await?)
}

/// Takes lines out and puts others in.
#[tauri::command]
pub async fn recordings_change_lines(
    rooms: State<'_, Rooms>,
    id: TranscriptId,
    out: Vec<i64>,
    put: Vec<Line>,
) -> Answer<Vec<i64>> {
    Ok(rooms.engine().await?.recordings().change_lines(id, out, put).await?)
}

/// Gives a recording another name.
#[tauri::command]
pub async fn recordings_rename(rooms: State<'_, Rooms>, id: RecordingId, name: String) -> Answer<()> {
    Ok(rooms.engine().await?.recordings().rename(id, name).await?)
}

/// Takes a recording out of the list.
#[tauri::command]
pub async fn recordings_remove(rooms: State<'_, Rooms>, id: RecordingId) -> Answer<()> {
    Ok(rooms.engine().await?.recordings().remove(id).await?)
}

/// Brings a recording back.
#[tauri::command]
pub async fn recordings_restore(rooms: State<'_, Rooms>, id: RecordingId) -> Answer<()> {
    Ok(rooms.engine().await?.recordings().restore(id).await?)
}

/// Asks where to, and saves a transcript there. True when it was saved.
#[tauri::command]
pub async fn recordings_save(app: AppHandle, rooms: State<'_, Rooms>, wish: SaveTranscript) -> Answer<bool> {
    let recordings = rooms.engine().await?.recordings();
    let name = recordings.file_name(&wish).await?;
    let Some(path) = out::ask(&app, Where::File { name }).await else { return Ok(false) };
    recordings.save(wish, path).await?;
    Ok(true)
}

/// Asks where to, and saves the sound itself there. True when it was saved.
#[tauri::command]
pub async fn recordings_save_sound(app: AppHandle, rooms: State<'_, Rooms>, id: RecordingId) -> Answer<bool> {
    let recordings = rooms.engine().await?.recordings();
    let name = recordings.sound_name(id).await?;
    let Some(path) = out::ask(&app, Where::File { name }).await else { return Ok(false) };
    recordings.save_sound(id, path).await?;
    Ok(true)
}

/// Plays a recording.
#[tauri::command]
pub async fn recordings_play(rooms: State<'_, Rooms>, id: RecordingId, from_ms: Option<i64>) -> Answer<()> {
    Ok(rooms.engine().await?.recordings().play(id, from_ms).await?)
}

/// The microphones that can be chosen.
#[tauri::command]
pub async fn recorder_microphones(rooms: State<'_, Rooms>) -> Answer<Vec<Microphone>> {
    Ok(rooms.engine().await?.recordings().microphones().await?)
}

/// Listens to a microphone.
#[tauri::command]
pub async fn recorder_arm(rooms: State<'_, Rooms>, microphone: Option<String>) -> Answer<()> {
    Ok(rooms.engine().await?.recordings().arm(microphone).await?)
}

/// Stops listening, unless something is being recorded.
#[tauri::command]
pub async fn recorder_disarm(rooms: State<'_, Rooms>) -> Answer<()> {
    Ok(rooms.engine().await?.recordings().disarm().await?)
}

/// Begins a recording.
#[tauri::command]
pub async fn recorder_begin(
    rooms: State<'_, Rooms>,
    name: String,
    microphone: Option<String>,
) -> Answer<Recording> {
    Ok(rooms.engine().await?.recordings().record(name, microphone).await?)
}

/// Waits in the middle of a recording, or goes on.
#[tauri::command]
pub async fn recorder_pause(rooms: State<'_, Rooms>, waits: bool) -> Answer<()> {
    rooms.engine().await?.recordings().pause_recording(waits);
    Ok(())
}

/// Ends the recording.
#[tauri::command]
pub async fn recorder_end(rooms: State<'_, Rooms>) -> Answer<Recording> {
    Ok(rooms.engine().await?.recordings().stop_recording().await?)
}

/// What is being recorded now.
#[tauri::command]
pub async fn recorder_now(rooms: State<'_, Rooms>) -> Answer<Option<RecordingId>> {
    Ok(rooms.engine().await?.recordings().recording_now())
}
