//! What is being done now and can be stopped. How far each thing is stands in the database; here is only what a running
//! program needs.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::time::sleep;

use crate::Error;

/// Between tries to write down how something ended, and how many there are; after that the next start finds it interrupted.
const PAUSE: Duration = Duration::from_secs(1);
const TRIES: usize = 60;
/// How long closing waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// The signal to stop one thing.
pub(crate) type Stop = Arc<Notify>;

/// Things of one kind that are being done, by their ids.
pub(crate) struct Running<Id> {
    stops: Mutex<HashMap<Id, Stop>>,
    closed: AtomicBool,
    changed: watch::Sender<()>,
}

impl<Id> Default for Running<Id> {
    fn default() -> Self {
        Self { stops: Mutex::default(), closed: AtomicBool::default(), changed: watch::Sender::default() }
    }
}

impl<Id: Copy + Eq + Hash> Running<Id> {
    /// One begins: the signal to stop it. None when it is being done already, or the program is closing.
    pub(crate) fn enter(&self, id: Id) -> Option<Stop> {
        let mut stops = self.lock();
        if self.is_closed() || stops.contains_key(&id) {
            return None;
        }
        let stop = Stop::default();
        stops.insert(id, Arc::clone(&stop));
        Some(stop)
    }

    /// One ended. Before anybody is told how, for whoever is told may begin it again.
    pub(crate) fn leave(&self, id: Id) {
        self.lock().remove(&id);
        self.changed.send_replace(());
    }

    /// Asks one to stop. False when it is not being done.
    pub(crate) fn stop(&self, id: Id) -> bool {
        self.lock().get(&id).map(|stop| stop.notify_one()).is_some()
    }

    /// The program is closing: everything lets go.
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// Lets go of everything, without a word about how it ended: the next start knows what was sent.
    pub(crate) async fn close(&self) {
        let mut changed = self.changed.subscribe();
        {
            let stops = self.lock();
            self.closed.store(true, Ordering::Release);
            stops.values().for_each(|stop| stop.notify_one());
        }
        let emptied = changed.wait_for(|()| self.lock().is_empty());
        if tokio::time::timeout(PATIENCE, emptied).await.is_err() {
            tracing::warn!("something that is being done did not let go in time");
        }
    }

    /// Writes down how something ended, again and again for a while: a full disk may have room in a moment.
    pub(crate) async fn write_down<Written>(&self, write: impl Fn() -> Written)
    where
        Written: Future<Output = Result<(), Error>>,
    {
        for _ in 0..TRIES {
            match write().await {
                Ok(()) => return,
                Err(error) => tracing::warn!(%error, "how something ended was not written yet"),
            }
            if self.is_closed() {
                return;
            }
            sleep(PAUSE).await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Id, Stop>> {
        self.stops.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Running;

    #[tokio::test]
    async fn what_runs_is_not_begun_twice_and_may_begin_again_when_it_ended() {
        let running = Running::<u8>::default();
        let stop = running.enter(1).unwrap();
        assert!(running.enter(1).is_none(), "it runs");
        assert!(running.stop(1) && !running.stop(2), "only what runs is stopped");
        stop.notified().await;
        running.leave(1);
        assert!(!running.stop(1), "it ended");
        assert!(running.enter(1).is_some(), "and may begin again");
    }

    #[tokio::test]
    async fn closing_waits_until_all_let_go_and_lets_nothing_begin() {
        let running = std::sync::Arc::new(Running::<u8>::default());
        let stop = running.enter(1).unwrap();
        let works = std::sync::Arc::clone(&running);
        let work = tokio::spawn(async move {
            stop.notified().await;
            works.leave(1);
        });
        running.close().await;
        assert!(!running.stop(1) && running.enter(2).is_none());
        work.await.unwrap();
    }
}
