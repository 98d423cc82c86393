//! What the person says to the tool calls of one answer that wait for them.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

use super::lock;
use crate::view::Decision;

/// Decisions on their way, and whether any is waited for.
#[derive(Default)]
pub(super) struct Asked {
    given: Mutex<VecDeque<(String, Decision)>>,
    rung: Notify,
    waits: AtomicBool,
}

impl Asked {
    /// The person has decided about a call.
    pub(super) fn give(&self, call: String, decision: Decision) {
        lock(&self.given).push_back((call, decision));
        self.rung.notify_one();
    }

    /// The next decision and the call it is about, as soon as there is one. Safe to cancel.
    pub(super) async fn take(&self) -> (String, Decision) {
        loop {
            if let Some(given) = lock(&self.given).pop_front() {
                return given;
            }
            self.rung.notified().await;
        }
    }

    /// Whether the person is waited for.
    pub(super) fn waits(&self) -> bool {
        self.waits.load(Ordering::Relaxed)
    }

    /// True when that is news.
    pub(super) fn set_waits(&self, waits: bool) -> bool {
        self.waits.swap(waits, Ordering::Relaxed) != waits
    }
}
