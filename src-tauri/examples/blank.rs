//! An empty window with nothing of Medley in it: the floor beside which `scripts/bench` measures the app.
//!
//! Writes `first-frame <unix ms>` to stderr once its page has painted, and then stays open until it is killed.
//! It opens no store, no engine and no network, and must never learn to.

use std::time::{SystemTime, UNIX_EPOCH};

use tauri::http::Response;
use tauri::{WebviewUrl, WebviewWindowBuilder};

/// Two animation frames after load, the first frame has been handed to the screen.
const PAGE: &str = r#"<!doctype html><title>Blank</title><body>
<script>requestAnimationFrame(() => requestAnimationFrame(() => { new Image().src = "blank://localhost/painted" }))</script>"#;

fn main() -> tauri::Result<()> {
    tauri::Builder::default()
        .register_uri_scheme_protocol("blank", |_, request| {
            if request.uri().path() == "/painted" {
                report_first_frame();
            }
            Response::builder()
                .header("Content-Type", "text/html")
                .body(PAGE.as_bytes().to_vec())
                .unwrap_or_default()
        })
        .setup(|app| {
            let page = "blank://localhost/".parse()?;
            WebviewWindowBuilder::new(app, "blank", WebviewUrl::CustomProtocol(page))
                .title("Blank")
                .inner_size(1280.0, 800.0)
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}

fn report_first_frame() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    eprintln!("first-frame {}", now.as_millis());
}
