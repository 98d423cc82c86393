//! The keychain of the operating system, asked politely and never for long. It keeps keys; it never writes a
//! file, never logs and never decides what a missing keychain means.

mod keychain;
mod memory;
mod secret;

use std::time::Duration;

pub use secret::Secret;

/// How long one question to the keychain may take: a locked one with a display blocks on its prompt.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// Where secrets are kept. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Vault {
    keychain: Option<keychain::Keychain>,
    memory: memory::Memory,
}

/// Where one secret is to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the system's keychain.
    Keychain,
    /// In memory, until the program ends.
    Memory,
}

/// Why the keychain could not help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// No keychain answers on this system (no bus, no service).
    #[error("no keychain answers")]
    Missing,
    /// It is there, and locked.
    #[error("the keychain is locked")]
    Locked,
    /// It did not answer within [`PATIENCE`].
    #[error("the keychain did not answer in time")]
    Slow,
    /// It refused for a reason of its own.
    #[error("the keychain refused")]
    Refused,
}

impl Vault {
    /// The system's keychain, under the name that people see there, with memory beside it for those who have none.
    pub fn system(name: &'static str) -> Self {
        Self { keychain: Some(keychain::Keychain::new(name)), memory: memory::Memory::default() }
    }

    /// Memory alone: for the demonstration and for tests.
    pub fn memory() -> Self {
        Self { keychain: None, memory: memory::Memory::default() }
    }

    /// Whether a keychain answers. Asks it once, at most for [`PATIENCE`].
    pub async fn has_keychain(&self) -> bool {
        match &self.keychain {
            Some(keychain) => keychain.answers().await,
            None => false,
        }
    }

    /// Keeps a secret under a name in one place. What memory held under that name gives way to the keychain; a copy in
    /// the keychain stays there until it is removed, and is not asked for while the place is memory.
    pub async fn put(&self, name: &str, secret: Secret, place: Place) -> Result<(), Error> {
        match place {
            Place::Keychain => {
                self.keychain()?.put(name, secret).await?;
                self.memory.remove(name);
            }
            Place::Memory => self.memory.put(name, secret),
        }
        Ok(())
    }

    /// The secret kept under a name in that place, if there is one. The other place is never asked: an old key must
    /// not answer for a new one, and a system without a keychain must not make memory wait.
    pub async fn get(&self, name: &str, place: Place) -> Result<Option<Secret>, Error> {
        match place {
            Place::Keychain => self.keychain()?.get(name).await,
            Place::Memory => Ok(self.memory.get(name)),
        }
    }

    /// Forgets the secret under a name in that place. Forgetting what is not there is fine.
    pub async fn remove(&self, name: &str, place: Place) -> Result<(), Error> {
        match place {
            Place::Keychain => self.keychain()?.remove(name).await,
            Place::Memory => {
                self.memory.remove(name);
                Ok(())
            }
        }
    }

    fn keychain(&self) -> Result<&keychain::Keychain, Error> {
        self.keychain.as_ref().ok_or(Error::Missing)
    }
}
