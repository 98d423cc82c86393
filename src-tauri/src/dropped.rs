//! Files that were dropped on the window: their paths wait here until the page says whose desk they belong to. The page
//! learns how many they are, nothing else.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tauri::{DragDropEvent, Emitter, Manager, PhysicalPosition, Runtime, Window, WindowEvent};

/// The name of the event that the page listens to.
const NAME: &str = "medley-drag";

/// What was dropped last, and whether files are held over the window now.
#[derive(Default)]
pub struct Dropped(Mutex<Vec<PathBuf>>, AtomicBool);

/// What the page is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
enum Drag {
    /// Files are held over this place of the page.
    Over {
        x: f64,
        y: f64,
    },
    Left,
    Dropped {
        count: usize,
        x: f64,
        y: f64,
    },
}

impl Dropped {
    /// What was dropped last, once.
    pub fn take(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn hold(&self, held: bool) {
        self.1.store(held, Ordering::Relaxed);
    }

    fn is_held(&self) -> bool {
        self.1.load(Ordering::Relaxed)
    }

    fn keep(&self, paths: &[PathBuf]) -> usize {
        self.hold(false);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = paths.to_vec();
        paths.len()
    }
}

/// Passes on what happens to files over a window.
pub fn hear<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let WindowEvent::DragDrop(drag) = event else { return };
    let place = |at: &PhysicalPosition<f64>| {
        let at = at.to_logical::<f64>(window.scale_factor().unwrap_or(1.0));
        (at.x, at.y)
    };
    let told = match drag {
        DragDropEvent::Enter { paths, position } if !paths.is_empty() => {
            window.state::<Dropped>().hold(true);
            let (x, y) = place(position);
            Drag::Over { x, y }
        }
        // What is held may be no files at all, and says so when it comes only.
        DragDropEvent::Over { position } if window.state::<Dropped>().is_held() => {
            let (x, y) = place(position);
            Drag::Over { x, y }
        }
        DragDropEvent::Leave => {
            window.state::<Dropped>().hold(false);
            Drag::Left
        }
        DragDropEvent::Drop { paths, position } if !paths.is_empty() => {
            let (x, y) = place(position);
            Drag::Dropped { count: window.state::<Dropped>().keep(paths), x, y }
        }
        _ => return,
    };
    if let Err(error) = window.emit(NAME, told) {
        tracing::warn!(%error, "the page did not hear of files over it");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_dropped_is_taken_once() {
        let dropped = Dropped::default();
        assert_eq!(dropped.keep(&["/a b.pdf".into(), "/c".into()]), 2);
        assert_eq!(dropped.take(), [PathBuf::from("/a b.pdf"), PathBuf::from("/c")]);
        assert!(dropped.take().is_empty(), "nobody takes it a second time");
    }
}
