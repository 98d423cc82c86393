//! Pictures on their way out of the window: copies with names of their own, for the program that takes them.

use std::path::PathBuf;

use engine::{Code, Error};
use tauri::{Runtime, WebviewWindow};
use tokio::sync::mpsc;

/// What hangs at the pointer meanwhile.
const ICON: &[u8] = include_bytes!("../../icons/32x32.png");

/// Where the copies of this run lie.
pub fn folder() -> PathBuf {
    std::env::temp_dir().join(format!("medley-{}-dragged", std::process::id()))
}

/// Drags files until they are dropped or let go of. The button must be held down.
pub async fn out<R: Runtime>(window: WebviewWindow<R>, paths: Vec<PathBuf>) -> Result<(), Error> {
    let (tell, mut ended) = mpsc::channel(1);
    let dragged = window.clone();
    window
        .run_on_main_thread(move || {
            if let Err(error) = begin(&dragged, paths, tell) {
                tracing::warn!(%error, "nothing could be dragged out of the window");
            }
        })
        .map_err(|error| refused(&error))?;
    ended.recv().await.ok_or_else(|| Code::Internal.into())
}

/// Throws the copies away: whoever wanted them has read them.
pub fn forget() {
    if let Err(error) = std::fs::remove_dir_all(folder())
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "copies of dragged pictures stay");
    }
}

fn begin<R: Runtime>(
    window: &WebviewWindow<R>,
    paths: Vec<PathBuf>,
    tell: mpsc::Sender<()>,
) -> Result<(), Box<dyn std::error::Error>> {
    #[cfg(target_os = "linux")]
    let window = &window.gtk_window()?;
    let ended = move |_, _| {
        // Only the first word counts; whoever waited may be gone with the page.
        let _told = tell.try_send(());
    };
    let icon = drag::Image::Raw(ICON.to_vec());
    Ok(drag::start_drag(window, drag::DragItem::Files(paths), icon, ended, drag::Options::default())?)
}

fn refused(error: &dyn std::error::Error) -> Error {
    tracing::error!(%error, "the window went away");
    Code::Internal.into()
}
