//! Drawing on a computer without a graphics card.

use tauri::{Runtime, WebviewWindow};
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// Where Linux shows the graphics cards that programs may draw with.
const CARDS: &str = "/dev/dri";

/// Where there is no graphics card the web view would have one imitated by the processor, which takes ten times as long as
/// drawing without: 200 ms for every frame of a window.
pub fn fit<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    if has_card() {
        return Ok(());
    }
    tracing::info!("no graphics card: the window is drawn by the processor");
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

fn has_card() -> bool {
    std::fs::read_dir(CARDS).is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
    })
}
