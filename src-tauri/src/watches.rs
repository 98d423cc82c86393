//! Which answers the window follows, so that it can stop following one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The channels that are followed, by their id.
#[derive(Default)]
pub struct Watches(Mutex<HashMap<u32, Arc<AtomicBool>>>);

impl Watches {
    /// Notes a channel; the flag turns false when it is no longer followed.
    pub fn begin(&self, channel: u32) -> Arc<AtomicBool> {
        let wanted = Arc::new(AtomicBool::new(true));
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, wanted| Arc::strong_count(wanted) > 1);
        all.insert(channel, Arc::clone(&wanted));
        wanted
    }

    /// Stops following.
    pub fn end(&self, channel: u32) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wanted) = all.remove(&channel) {
            wanted.store(false, Ordering::Relaxed);
        }
    }

    /// Stops following all: the page that asked is gone.
    pub fn end_all(&self) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (_, wanted) in all.drain() {
            wanted.store(false, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_is_gone_follows_nothing() {
        let watches = Watches::default();
        let (one, two) = (watches.begin(1), watches.begin(2));
        watches.end(1);
        assert!(!one.load(Ordering::Relaxed) && two.load(Ordering::Relaxed), "one of two was ended");
        watches.end_all();
        assert!(!two.load(Ordering::Relaxed), "nobody is left to be told");
    }
}
