//! Services: connect, check, keys.

use engine::view::{Connect, LocalServer};
use engine::{LearntRow, Service, ServiceId};
use tauri::State;

use crate::room::Rooms;
use crate::told::Answer;

/// What an address will be read as.
#[tauri::command]
pub async fn services_read_address(rooms: State<'_, Rooms>, address: String) -> Answer<String> {
    Ok(rooms.engine().await?.services().read_address(&address)?)
}

/// Connects a service.
#[tauri::command]
pub async fn services_connect(rooms: State<'_, Rooms>, request: Connect) -> Answer<Service> {
    Ok(rooms.engine().await?.services().connect(request).await?)
}

/// Servers that answer on this computer.
#[tauri::command]
pub async fn services_find_local(rooms: State<'_, Rooms>) -> Answer<Vec<LocalServer>> {
    Ok(rooms.engine().await?.services().find_local().await?)
}

/// Probes a service again.
#[tauri::command]
pub async fn services_test(rooms: State<'_, Rooms>, id: ServiceId) -> Answer<Service> {
    Ok(rooms.engine().await?.services().test(id).await?)
}

/// Gives a service another name.
#[tauri::command]
pub async fn services_rename(rooms: State<'_, Rooms>, id: ServiceId, name: String) -> Answer<Service> {
    Ok(rooms.engine().await?.services().rename(id, name).await?)
}

/// Gives a service another address.
#[tauri::command]
pub async fn services_set_address(
    rooms: State<'_, Rooms>,
    id: ServiceId,
    address: String,
) -> Answer<Service> {
    Ok(rooms.engine().await?.services().set_address(id, &address).await?)
}

/// Where a service takes files.
#[tauri::command]
pub async fn services_set_upload_address(
    rooms: State<'_, Rooms>,
    id: ServiceId,
    address: String,
) -> Answer<Service> {
    Ok(rooms.engine().await?.services().set_upload_address(id, &address).await?)
}

/// Gives Midjourney's tasks an address of their own.
#[tauri::command]
pub async fn services_set_midjourney_address(
    rooms: State<'_, Rooms>,
    id: ServiceId,
    address: String,
) -> Answer<Service> {
    Ok(rooms.engine().await?.services().set_midjourney_address(id, &address).await?)
}

/// Puts another key in the place of the old one.
#[tauri::command]
pub async fn services_replace_key(
    rooms: State<'_, Rooms>,
    id: ServiceId,
    key: String,
    in_memory: bool,
) -> Answer<Service> {
    Ok(rooms.engine().await?.services().replace_key(id, key, in_memory).await?)
}

/// Forgets a service's key.
#[tauri::command]
pub async fn services_remove_key(rooms: State<'_, Rooms>, id: ServiceId) -> Answer<Service> {
    Ok(rooms.engine().await?.services().remove_key(id).await?)
}

/// Removes a service.
#[tauri::command]
pub async fn services_remove(rooms: State<'_, Rooms>, id: ServiceId) -> Answer<()> {
    Ok(rooms.engine().await?.services().remove(id).await?)
}

/// What was learnt about a service.
#[tauri::command]
pub async fn services_learnt(rooms: State<'_, Rooms>, id: ServiceId) -> Answer<Vec<LearntRow>> {
    Ok(rooms.engine().await?.services().learnt(id).await?)
}

/// Forgets what was learnt about a service.
#[tauri::command]
pub async fn services_forget_learnt(rooms: State<'_, Rooms>, id: ServiceId) -> Answer<()> {
    Ok(rooms.engine().await?.services().forget_learnt(id).await?)
}

/// Forgets what was learnt about one of a service's models.
#[tauri::command]
pub async fn services_forget_learnt_of(rooms: State<'_, Rooms>, id: ServiceId, model: String) -> Answer<()> {
    Ok(rooms.engine().await?.services().forget_learnt_of(id, model).await?)
}
