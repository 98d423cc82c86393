//! The engine's events, passed on to the window as one window event.

use engine::Engine;
use tauri::async_runtime::JoinHandle;
use tauri::{AppHandle, Emitter, Runtime};
use tokio::sync::broadcast::error::RecvError;

/// The name of the one window event.
const NAME: &str = "medley";

/// Passes events on until the engine is gone.
pub fn forward<R: Runtime>(engine: &Engine, app: AppHandle<R>) -> JoinHandle<()> {
    let mut events = engine.listen();
    tauri::async_runtime::spawn(async move {
        loop {
            match events.recv().await {
                Ok(event) => {
                    if let Err(error) = app.emit(NAME, event) {
                        tracing::warn!(%error, "an event did not reach the window");
                    }
                }
                Err(RecvError::Lagged(missed)) => {
                    tracing::warn!(missed, "the window was told too much at once");
                }
                Err(RecvError::Closed) => return,
            }
        }
    })
}
