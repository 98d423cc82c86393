//! Pictures on their way out of the window: copies with names of their own, for the program that takes them. They lie below
//! the home folder, which is the person's alone, until Medley starts or ends.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use engine::{Code, Error};
use tauri::{Runtime, WebviewWindow};
use tokio::sync::mpsc;

/// Where the copies lie.
pub struct Copies(PathBuf);

impl Copies {
    /// Below `home`; what an earlier run left there goes.
    pub fn below(home: &Path) -> Self {
        let copies = Self(home.join("dragged"));
        copies.forget();
        copies
    }

    pub fn folder(&self) -> PathBuf {
        self.0.clone()
    }

    /// Throws them away: whoever wanted them has read them.
    pub fn forget(&self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0)
            && error.kind() != ErrorKind::NotFound
        {
            tracing::warn!(%error, "copies of dragged pictures stay");
        }
    }
}

/// Drags files until they are dropped or let go of; at once, when the button is not held down any more.
pub async fn out<R: Runtime>(window: WebviewWindow<R>, paths: Vec<PathBuf>) -> Result<(), Error> {
    let (tell, mut ended) = mpsc::channel(1);
    let dragged = window.clone();
    let begun = window.run_on_main_thread(move || {
        if let Err(error) = system::begin(&dragged, &paths, tell) {
            tracing::warn!(%error, "nothing could be dragged out of the window");
        }
    });
    begun.map_err(|error| {
        tracing::error!(%error, "the window went away");
        Error::from(Code::Internal)
    })?;
    ended.recv().await.ok_or_else(|| Code::Internal.into())
}

/// GTK itself: the library for the other systems lets go of the files before other programs have asked for them.
#[cfg(target_os = "linux")]
mod system {
    use std::cell::RefCell;
    use std::error::Error;
    use std::path::PathBuf;
    use std::rc::Rc;

    use gtk::prelude::{ObjectExt, SeatExt, WidgetExt};
    use gtk::{ApplicationWindow, TargetList, gdk, glib};
    use tauri::{Runtime, WebviewWindow};
    use tokio::sync::mpsc;

    pub fn begin<R: Runtime>(
        window: &WebviewWindow<R>,
        paths: &[PathBuf],
        tell: mpsc::Sender<()>,
    ) -> Result<(), Box<dyn Error>> {
        let window = window.gtk_window()?;
        let told = move || {
            // Only the first word counts; whoever waited may be gone with the page.
            let _told = tell.try_send(());
        };
        // A drag that nobody holds would hang at the pointer until the next press.
        if !is_held(&window) {
            told();
            return Ok(());
        }
        let addresses: Vec<glib::GString> =
            paths.iter().map(|path| glib::filename_to_uri(path, None)).collect::<Result<_, _>>()?;
        let handlers = Rc::new(RefCell::new(Vec::new()));
        let gives = window.connect_drag_data_get(move |_, _, data, _, _| {
            let addresses: Vec<&str> = addresses.iter().map(glib::GString::as_str).collect();
            data.set_uris(&addresses);
        });
        // Comes when the other program has what it wanted, or when nobody took it.
        let over = Rc::clone(&handlers);
        let ends = window.connect_drag_end(move |window, _| {
            for handler in over.take() {
                window.disconnect(handler);
            }
            told();
        });
        handlers.borrow_mut().extend([gives, ends]);
        let targets = TargetList::new(&[]);
        targets.add_uri_targets(0);
        if window.drag_begin_with_coordinates(&targets, gdk::DragAction::COPY, 1, None, -1, -1).is_none() {
            for handler in handlers.take() {
                window.disconnect(handler);
            }
            return Err("the toolkit begins no drag".into());
        }
        Ok(())
    }

    fn is_held(window: &ApplicationWindow) -> bool {
        let pointer = window.display().default_seat().and_then(|seat| seat.pointer());
        let (Some(pointer), Some(surface)) = (pointer, window.window()) else { return false };
        let (.., held) = surface.device_position(&pointer);
        held.contains(gdk::ModifierType::BUTTON1_MASK)
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use std::error::Error;
    use std::path::PathBuf;

    use tauri::{Runtime, WebviewWindow};
    use tokio::sync::mpsc;

    /// What hangs at the pointer meanwhile.
    const ICON: &[u8] = include_bytes!("../../icons/32x32.png");

    pub fn begin<R: Runtime>(
        window: &WebviewWindow<R>,
        paths: &[PathBuf],
        tell: mpsc::Sender<()>,
    ) -> Result<(), Box<dyn Error>> {
        let ended = move |_, _| {
            let _told = tell.try_send(());
        };
        let icon = drag::Image::Raw(ICON.to_vec());
        Ok(drag::start_drag(
            window,
            drag::DragItem::Files(paths.to_vec()),
            icon,
            ended,
            drag::Options::default(),
        )?)
    }
}
