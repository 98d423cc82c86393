//! A closer look at answers: how sure the model was, and the data in them.

use engine::MessageId;
use engine::view::{Confidence, Data, DataForm, DataParts, DataText, Fault, Node, Piece};
use tauri::State;

use crate::room::Rooms;
use crate::told::Answer;

/// How sure the model was of each word.
#[tauri::command]
pub async fn answers_confidence(rooms: State<'_, Rooms>, id: MessageId) -> Answer<Confidence> {
    Ok(rooms.engine().await?.answers().confidence(id).await?)
}

/// What else it thought of in the place of a word.
#[tauri::command]
pub async fn answers_pieces(rooms: State<'_, Rooms>, id: MessageId, word: usize) -> Answer<Vec<Piece>> {
    Ok(rooms.engine().await?.answers().pieces(id, word).await?)
}

/// The data in an answer.
#[tauri::command]
pub async fn answers_data(rooms: State<'_, Rooms>, id: MessageId) -> Answer<Data> {
    Ok(rooms.engine().await?.answers().data(id).await?)
}

/// A page of the rows of its table.
#[tauri::command]
pub async fn answers_rows(
    rooms: State<'_, Rooms>,
    id: MessageId,
    from: usize,
) -> Answer<Vec<Vec<Option<String>>>> {
    Ok(rooms.engine().await?.answers().rows(id, from).await?)
}

/// A page of the parts of a value in it.
#[tauri::command]
pub async fn answers_parts(rooms: State<'_, Rooms>, id: MessageId, parts: DataParts) -> Answer<Vec<Node>> {
    Ok(rooms.engine().await?.answers().parts(id, parts).await?)
}

/// The data as text.
#[tauri::command]
pub async fn answers_data_text(rooms: State<'_, Rooms>, id: MessageId, form: DataForm) -> Answer<DataText> {
    Ok(rooms.engine().await?.answers().data_text(id, form).await?)
}

/// Why a schema cannot be used.
#[tauri::command]
pub async fn answers_check_schema(rooms: State<'_, Rooms>, schema: String) -> Answer<Option<Fault>> {
    Ok(rooms.engine().await?.answers().check_schema(schema).await?)
}
