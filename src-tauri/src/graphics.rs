//! Drawing on a computer without a graphics card.

use tauri::{Runtime, WebviewWindow};

/// Where Linux shows the graphics cards that programs may draw with.
#[cfg(target_os = "linux")]
const CARDS: &str = "/dev/dri";

/// Where Linux has no graphics card the web view would have one imitated by the processor, which takes ten times as long as
/// drawing without: 200 ms for every frame of a window.
#[cfg(target_os = "linux")]
pub fn fit<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

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

/// Elsewhere the system sees to it.
#[cfg(not(target_os = "linux"))]
pub fn fit<R: Runtime>(_: &WebviewWindow<R>) -> tauri::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
fn has_card() -> bool {
    std::fs::read_dir(CARDS).is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
    })
}
