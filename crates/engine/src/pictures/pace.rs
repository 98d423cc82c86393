//! How patiently services are asked again about what they make. The waits are those that Midjourney's servers bear; whoever
//! runs a server of their own, as tests do, may wait for less.

use std::time::Duration;

/// How long is waited where a service is asked again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    shorter: u32,
}

impl Pace {
    /// Every wait so many times shorter than usual.
    pub fn shorter(times: u32) -> Self {
        Self { shorter: times.max(1) }
    }

    pub(crate) fn wait(self, usual: Duration) -> Duration {
        (usual / self.shorter).max(Duration::from_millis(1))
    }

    /// As [`Self::wait`], in milliseconds.
    pub(crate) fn millis(self, usual: i64) -> i64 {
        (usual / i64::from(self.shorter)).max(1)
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::shorter(1)
    }
}
