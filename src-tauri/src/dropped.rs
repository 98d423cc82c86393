//! Files that were dropped on the window: their paths wait here until the page says whose desk they belong to. The page
//! learns how many they are, nothing else.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use tauri::{DragDropEvent, Emitter, Manager, Runtime, Window, WindowEvent};

/// The name of the event that the page listens to.
const NAME: &str = "medley-drag";

/// What was dropped last.
#[derive(Default)]
pub struct Dropped(Mutex<Vec<PathBuf>>);

/// What the page is told.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
enum Drag {
    Over,
    Left,
    Dropped { count: usize },
}

impl Dropped {
    /// What was dropped last, once.
    pub fn take(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn keep(&self, paths: &[PathBuf]) -> usize {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = paths.to_vec();
        paths.len()
    }
}

/// Passes on what happens to files over a window.
pub fn hear<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    let WindowEvent::DragDrop(drag) = event else { return };
    let told = match drag {
        DragDropEvent::Enter { paths, .. } if !paths.is_empty() => Drag::Over,
        DragDropEvent::Leave => Drag::Left,
        DragDropEvent::Drop { paths, .. } if !paths.is_empty() => {
            Drag::Dropped { count: window.state::<Dropped>().keep(paths) }
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
