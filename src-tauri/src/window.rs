//! The one window: locked to its own pages.

use std::path::Path;

use tauri::utils::config::Color;
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{AppHandle, Manager, Runtime, Url, WebviewUrl, WebviewWindowBuilder};

use crate::graphics;
use crate::watches::Watches;

const LABEL: &str = "main";
/// The desk by night; the page paints over it at once.
const GROUND: Color = Color(24, 28, 31, 255);

/// Opens the window. What the web view keeps for itself goes into the same folder as everything else.
pub fn open<R: Runtime>(app: &AppHandle<R>, home: &Path) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("Medley")
        .inner_size(1280.0, 800.0)
        .min_inner_size(720.0, 560.0)
        .background_color(GROUND)
        .data_directory(home.join("webview"))
        .on_navigation(is_ours)
        // The page opens no second window, and the menu of the web view downloads nothing past our policy.
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_page_load(|window, page| {
            if page.event() == PageLoadEvent::Started {
                window.state::<Watches>().end_all();
            }
        })
        .build()?;
    graphics::fit(&window)
}

/// Brings the window to the front: somebody started Medley a second time.
pub fn raise<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    let raised = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    if let Err(error) = raised {
        tracing::warn!(%error, "the window did not come to the front");
    }
}

/// The page never goes anywhere else, whatever an answer links to.
fn is_ours(url: &Url) -> bool {
    matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    )
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn only_our_own_pages_are_ours() {
        for ours in ["tauri://localhost/index.html", "http://tauri.localhost/"] {
            assert!(is_ours(&ours.parse().unwrap()), "{ours} is where the page lives");
        }
        for foreign in [
            "https://example.com/",
            "http://localhost/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
        ] {
            assert!(!is_ours(&foreign.parse().unwrap()), "{foreign} must not replace the page");
        }
    }
}
