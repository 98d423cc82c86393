//! What runs now: who can be stopped, who waits for all to end. How far each is stands in the database; here is only what a
//! running program needs.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};

/// How long closing waits.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs by what they work at, at most one for each.
pub(crate) struct Running<Key> {
    runs: Mutex<HashMap<Key, Arc<Notify>>>,
    closed: AtomicBool,
    changed: watch::Sender<()>,
}

impl<Key> Default for Running<Key> {
    fn default() -> Self {
        Self { runs: Mutex::default(), closed: AtomicBool::default(), changed: watch::Sender::default() }
    }
}

impl<Key: Copy + Eq + Hash> Running<Key> {
    /// The signal to stop of a new run; none when there is one already, or when everything is being closed.
    pub(crate) fn enter(&self, key: Key) -> Option<Arc<Notify>> {
        if self.is_closed() {
            return None;
        }
        let mut runs = self.lock();
        let stop = Arc::<Notify>::default();
        (!runs.contains_key(&key)).then(|| Arc::clone(runs.entry(key).or_insert(stop)))
    }

    /// Ends a run. Another one that was begun under the same key meanwhile stays.
    pub(crate) fn leave(&self, key: Key, run: &Arc<Notify>) {
        let mut runs = self.lock();
        if runs.get(&key).is_some_and(|known| Arc::ptr_eq(known, run)) {
            runs.remove(&key);
        }
        drop(runs);
        self.changed.send_replace(());
    }

    /// Asks a run to stop. False when there is none.
    pub(crate) fn stop(&self, key: Key) -> bool {
        self.lock().get(&key).map(|stop| stop.notify_one()).is_some()
    }

    /// Lets go of everything, without a word about how it ended: the next start knows what was sent. `what` is for the log.
    pub(crate) async fn close(&self, what: &str) {
        let mut changed = self.changed.subscribe();
        self.closed.store(true, Ordering::Release);
        self.lock().values().for_each(|stop| stop.notify_one());
        let emptied = changed.wait_for(|()| self.lock().is_empty());
        if tokio::time::timeout(PATIENCE, emptied).await.is_err() {
            tracing::warn!("{what} did not let go in time");
        }
    }

    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<Key, Arc<Notify>>> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_run_that_leaves_late_takes_no_new_one_with_it() {
        let running = Running::default();
        let old = running.enter(1).unwrap();
        assert!(running.enter(1).is_none(), "one at a time");
        running.leave(1, &old);
        let new = running.enter(1).unwrap();
        running.leave(1, &old);
        assert!(running.stop(1), "the new one is still there");
        running.leave(1, &new);
        assert!(!running.stop(1));
    }
}
