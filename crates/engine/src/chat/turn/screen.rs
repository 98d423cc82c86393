//! Shows answers while they come: at most once per frame, on a thread that may take its time, so that neither
//! receiving nor stopping nor writing down waits for a formula or for code to be coloured.

use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::{Instant, sleep_until};

use super::super::live::Answer;

/// Updates go out at most once per frame.
const FRAME: Duration = Duration::from_millis(16);

/// Paints one frame after another.
pub(super) struct Screen {
    unseen: Vec<Arc<Answer>>,
    next: Instant,
    painting: Option<(Instant, JoinHandle<()>)>,
}

impl Screen {
    pub(super) fn new() -> Self {
        Self { unseen: Vec::new(), next: Instant::now(), painting: None }
    }

    /// There is something new to see of this answer.
    pub(super) fn note(&mut self, live: &Arc<Answer>) {
        if !self.unseen.iter().any(|noted| Arc::ptr_eq(noted, live)) {
            self.unseen.push(Arc::clone(live));
        }
    }

    /// Begins or ends a frame as soon as that is due; for ever while there is nothing to show. Safe to cancel.
    pub(super) async fn tick(&mut self) {
        if let Some((began, frame)) = &mut self.painting {
            let painted = frame.await;
            // A document that takes long to render is shown less often, so that the rest gets its share.
            self.next = Instant::now() + FRAME.max(began.elapsed() * 2);
            self.painting = None;
            if let Err(panic) = painted
                && let Ok(panic) = panic.try_into_panic()
            {
                resume_unwind(panic);
            }
        } else if !self.unseen.is_empty() {
            sleep_until(self.next).await;
            let unseen = std::mem::take(&mut self.unseen);
            let frame = spawn_blocking(move || unseen.iter().for_each(|live| live.flush()));
            self.painting = Some((Instant::now(), frame));
        } else {
            std::future::pending::<()>().await;
        }
    }
}

/// Shows the last changes, behind a frame that may still be painted.
pub(super) async fn paint_last(live: &Arc<Answer>) {
    let live = Arc::clone(live);
    if let Err(panic) = spawn_blocking(move || live.flush_last()).await
        && let Ok(panic) = panic.try_into_panic()
    {
        resume_unwind(panic);
    }
}
