//! Builds the program: plugins, state, commands, the window.

use tauri::{App, Manager, RunEvent};
use tauri_plugin_window_state::StateFlags;

use crate::commands::{app, attachments, chat, models, services, tools};
use crate::dropped::{self, Dropped};
use crate::home::{self, Home};
use crate::media_protocol;
use crate::room::Rooms;
use crate::watches::Watches;
use crate::window;

/// Runs until the window is closed.
pub fn run(home: Home, demo: bool) -> Result<(), String> {
    let remembered = home.path.join("window.json").display().to_string();
    let built = tauri::Builder::default()
        .plugin(
            tauri_plugin_single_instance::Builder::new()
                .dbus_id(home.instance())
                .callback(|app, _, _| window::raise(app))
                .build(),
        )
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_filename(remembered)
                .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
                .build(),
        )
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .register_asynchronous_uri_scheme_protocol(media_protocol::SCHEME, media_protocol::answer)
        .manage(Watches::default())
        .manage(Dropped::default())
        .on_window_event(dropped::hear)
        .invoke_handler(tauri::generate_handler![
            app::start,
            app::ready,
            app::about,
            app::save_settings,
            app::open_link,
            app::copy_text,
            app::enter_demo,
            app::leave_demo,
            services::services_read_address,
            services::services_connect,
            services::services_find_local,
            services::services_test,
            services::services_rename,
            services::services_set_address,
            services::services_replace_key,
            services::services_remove_key,
            services::services_set_upload_address,
            services::services_remove,
            services::services_learnt,
            services::services_forget_learnt,
            tools::tools_list,
            tools::tools_read,
            tools::tools_save,
            tools::tools_set_policy,
            tools::tools_remove,
            models::models_list,
            models::models_refresh,
            models::models_set_favourite,
            models::models_add_typed_in,
            attachments::attachments_pick,
            attachments::attachments_take_dropped,
            attachments::attachments_add,
            attachments::attachments_link,
            attachments::attachments_remove,
            attachments::attachments_restore,
            attachments::attachments_retry,
            attachments::attachments_set_detail,
            attachments::attachments_text,
            chat::chat_list,
            chat::chat_open,
            chat::chat_messages,
            chat::chat_send,
            chat::chat_retry,
            chat::chat_edit,
            chat::chat_go_on,
            chat::chat_stop,
            chat::chat_answer_call,
            chat::chat_set_tools,
            chat::chat_watch,
            chat::chat_unwatch,
            chat::chat_choose,
            chat::chat_rename,
            chat::chat_pin,
            chat::chat_remove,
            chat::chat_restore,
            chat::chat_empty_bin,
            chat::chat_remove_message,
            chat::chat_restore_message,
            chat::chat_save_draft,
        ])
        .setup(move |app| {
            if let Err(error) = open(app, &home, demo) {
                refuse(&error);
            }
            Ok(())
        })
        .build(tauri::generate_context!())
        .map_err(|error| error.to_string())?;
    built.run(|app, event| {
        if let RunEvent::Exit = event {
            tauri::async_runtime::block_on(app.state::<Rooms>().close());
        }
    });
    Ok(())
}

/// Ends the program with words. An error from Tauri's setup would end it with a panic; nothing is under way yet.
fn refuse(error: &str) -> ! {
    eprintln!("medley: {error}");
    std::process::exit(1)
}

fn open(app: &App, home: &Home, demo: bool) -> Result<(), String> {
    app.manage(home::lock(&home.path)?);
    app.manage(Rooms::begin(home.path.clone(), demo, app.handle().clone()));
    window::open(app.handle(), &home.path).map_err(|error| error.to_string())
}
