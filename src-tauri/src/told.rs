//! A failure as it crosses to the window: a code and facts.

use engine::Error;
use serde::{Serialize, Serializer};

/// What a command rejects with.
#[derive(Debug)]
pub struct Told(Error);

/// What every command returns.
pub type Answer<T> = Result<T, Told>;

impl From<Error> for Told {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl Serialize for Told {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.problem().serialize(serializer)
    }
}
