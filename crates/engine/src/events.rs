//! What changed, told to whoever listens. A listener that is too slow loses the oldest, and asks anew.

use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::broadcast;

use crate::view::Event;

/// More than a burst of changes; a window that is further behind reloads its lists.
const HELD: usize = 1024;

/// The one broadcast of the engine.
#[derive(Debug)]
pub(crate) struct Events {
    sender: broadcast::Sender<Event>,
    online: AtomicBool,
}

impl Events {
    pub(crate) fn new() -> Self {
        Self { sender: broadcast::Sender::new(HELD), online: AtomicBool::new(true) }
    }

    pub(crate) fn listen(&self) -> broadcast::Receiver<Event> {
        self.sender.subscribe()
    }

    /// Tells everybody. Nobody listening is fine: the database holds the truth.
    pub(crate) fn tell(&self, event: Event) {
        let _heard = self.sender.send(event);
    }

    /// Tells whether the network answers, when that changed.
    pub(crate) fn reach(&self, online: bool) {
        if self.online.swap(online, Ordering::Relaxed) != online {
            self.tell(Event::Reach { online });
        }
    }
}
