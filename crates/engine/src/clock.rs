//! The time, handed in so that tests can hold it still. The store never reads it.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use store::UnixMs;

/// Tells the time in unix milliseconds.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> UnixMs + Send + Sync>);

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self::new(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            UnixMs::try_from(since.as_millis()).unwrap_or(UnixMs::MAX)
        })
    }

    /// A clock of one's own.
    pub fn new(tell: impl Fn() -> UnixMs + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// Unix milliseconds now.
    pub fn now(&self) -> UnixMs {
        (self.0)()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Clock")
    }
}
