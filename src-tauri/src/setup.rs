//! Builds the program: plugins, state, commands, the window.

use tauri::{App, Manager, RunEvent};
use tauri_plugin_window_state::StateFlags;

use crate::commands;
use crate::dragged::Copies;
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
        .invoke_handler(commands::all())
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
            // First what is under way is written down: whoever waits may lose patience.
            tauri::async_runtime::block_on(app.state::<Rooms>().close());
            app.state::<Copies>().forget();
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
    app.manage(Copies::below(&home.path));
    app.manage(Rooms::begin(home.path.clone(), demo, app.handle().clone()));
    window::open(app.handle(), &home.path).map_err(|error| error.to_string())
}
