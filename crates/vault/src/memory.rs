//! Secrets in memory, until the program ends.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::Secret;

/// Secrets by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Memory(Arc<Mutex<HashMap<String, Secret>>>);

impl Memory {
    pub(crate) fn put(&self, name: &str, secret: Secret) {
        self.lock().insert(name.to_owned(), secret);
    }

    pub(crate) fn get(&self, name: &str) -> Option<Secret> {
        self.lock().get(name).cloned()
    }

    pub(crate) fn remove(&self, name: &str) {
        self.lock().remove(name);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, Secret>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
