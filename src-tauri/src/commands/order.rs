//! Order among conversations: folders, many at once, finding what was said, taking out.

use engine::view::{
    Arrange, Export, ExportWords, Exported, FolderRow, FoundPage, ListConversations, OpenConversation,
    RemovedFolder,
};
use engine::{ConversationId, Folder, FolderId, MessageId, Place, RichOf};
use tauri::{AppHandle, State};

use crate::out;
use crate::room::Rooms;
use crate::told::Answer;

/// All folders.
#[tauri::command]
pub async fn order_folders(rooms: State<'_, Rooms>) -> Answer<Vec<FolderRow>> {
    Ok(rooms.engine().await?.order().folders().await?)
}

/// A new folder.
#[tauri::command]
pub async fn order_make_folder(rooms: State<'_, Rooms>, name: String) -> Answer<Folder> {
    Ok(rooms.engine().await?.order().make_folder(&name).await?)
}

/// Gives a folder another name.
#[tauri::command]
pub async fn order_rename_folder(rooms: State<'_, Rooms>, id: FolderId, name: String) -> Answer<()> {
    Ok(rooms.engine().await?.order().rename_folder(id, &name).await?)
}

/// Remembers whether a folder is folded.
#[tauri::command]
pub async fn order_fold_folder(rooms: State<'_, Rooms>, id: FolderId, folded: bool) -> Answer<()> {
    Ok(rooms.engine().await?.order().fold_folder(id, folded).await?)
}

/// Removes a folder; what lay in it stays.
#[tauri::command]
pub async fn order_remove_folder(rooms: State<'_, Rooms>, id: FolderId) -> Answer<RemovedFolder> {
    Ok(rooms.engine().await?.order().remove_folder(id).await?)
}

/// Brings a removed folder back.
#[tauri::command]
pub async fn order_restore_folder(rooms: State<'_, Rooms>, removed: RemovedFolder) -> Answer<()> {
    Ok(rooms.engine().await?.order().restore_folder(removed).await?)
}

/// The ids of everything on a list.
#[tauri::command]
pub async fn order_ids(rooms: State<'_, Rooms>, query: ListConversations) -> Answer<Vec<ConversationId>> {
    Ok(rooms.engine().await?.order().ids(query).await?)
}

/// Does one thing to many conversations.
#[tauri::command]
pub async fn order_arrange(
    rooms: State<'_, Rooms>,
    ids: Vec<ConversationId>,
    change: Arrange,
) -> Answer<Vec<Place>> {
    Ok(rooms.engine().await?.order().arrange(ids, change).await?)
}

/// Takes that back.
#[tauri::command]
pub async fn order_put_back(rooms: State<'_, Rooms>, places: Vec<Place>) -> Answer<()> {
    Ok(rooms.engine().await?.order().put_back(places).await?)
}

/// Messages that say this.
#[tauri::command]
pub async fn find_said(
    rooms: State<'_, Rooms>,
    search: String,
    after: Option<MessageId>,
) -> Answer<FoundPage> {
    Ok(rooms.engine().await?.finder().said(search, after).await?)
}

/// Messages of the branch shown that say this.
#[tauri::command]
pub async fn find_said_in(
    rooms: State<'_, Rooms>,
    id: ConversationId,
    search: String,
) -> Answer<Vec<MessageId>> {
    Ok(rooms.engine().await?.finder().said_in(id, search).await?)
}

/// The conversation of a message, opened on a branch that holds it.
#[tauri::command]
pub async fn chat_open_at(rooms: State<'_, Rooms>, message_id: MessageId) -> Answer<OpenConversation> {
    Ok(rooms.engine().await?.chat().open_at(message_id).await?)
}

/// Asks where to, and writes conversations there; nothing when the person thought better of it.
#[tauri::command]
pub async fn export_write(
    app: AppHandle,
    rooms: State<'_, Rooms>,
    export: Export,
) -> Answer<Option<Exported>> {
    let exports = rooms.engine().await?.exports();
    let place = exports.place(export.clone()).await?;
    match out::ask(&app, place).await {
        Some(path) => Ok(Some(exports.write(export, path).await?)),
        None => Ok(None),
    }
}

/// Stops the export that is running.
#[tauri::command]
pub async fn export_stop(rooms: State<'_, Rooms>) -> Answer<()> {
    rooms.engine().await?.exports().stop();
    Ok(())
}

/// Shows the last export in the system's own window.
#[tauri::command]
pub async fn export_show(app: AppHandle, rooms: State<'_, Rooms>) -> Answer<()> {
    Ok(out::show(&app, rooms.engine().await?.exports().last())?)
}

/// Puts a message on the clipboard as rich text.
#[tauri::command]
pub async fn copy_message(
    app: AppHandle,
    rooms: State<'_, Rooms>,
    id: MessageId,
    words: ExportWords,
) -> Answer<()> {
    let rich = rooms.engine().await?.exports().rich(RichOf::Message(id), words).await?;
    Ok(out::copy(&app, rich)?)
}

/// Puts a conversation on the clipboard as rich text.
#[tauri::command]
pub async fn copy_conversation(
    app: AppHandle,
    rooms: State<'_, Rooms>,
    id: ConversationId,
    words: ExportWords,
) -> Answer<()> {
    let rich = rooms.engine().await?.exports().rich(RichOf::Conversation(id), words).await?;
    Ok(out::copy(&app, rich)?)
}
