//! The system's keychain through the `keyring` crate: each question on a blocking thread, one at a time, with a limit.
//! One at a time, because a locked keychain may hold its caller for ever: at most one thread is ever lost to it.

use std::sync::Arc;

use keyring::{Entry, Error as Told};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use crate::{Error, PATIENCE, Secret};

/// The keychain under one name.
#[derive(Clone, Debug)]
pub(crate) struct Keychain {
    name: &'static str,
    turn: Arc<Semaphore>,
}

impl Keychain {
    pub(crate) fn new(name: &'static str) -> Self {
        Self { name, turn: Arc::new(Semaphore::new(1)) }
    }

    pub(crate) async fn answers(&self) -> bool {
        let asked = self.ask("", |_| Ok(())).await;
        asked.is_ok()
    }

    pub(crate) async fn put(&self, name: &str, secret: Secret) -> Result<(), Error> {
        self.ask(name, move |entry| entry.set_password(secret.expose())).await
    }

    pub(crate) async fn get(&self, name: &str) -> Result<Option<Secret>, Error> {
        self.ask(name, |entry| match entry.get_password() {
            Ok(secret) => Ok(Some(Secret::new(secret))),
            Err(Told::NoEntry) => Ok(None),
            Err(other) => Err(other),
        })
        .await
    }

    pub(crate) async fn remove(&self, name: &str) -> Result<(), Error> {
        self.ask(name, |entry| match entry.delete_credential() {
            Err(Told::NoEntry) => Ok(()),
            other => other,
        })
        .await
    }

    async fn ask<T, F>(&self, name: &str, question: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Entry) -> keyring::Result<T> + Send + 'static,
    {
        let (service, user) = (self.name, if name.is_empty() { "probe".to_owned() } else { name.to_owned() });
        let turn = Arc::clone(&self.turn);
        let answer = async move {
            let permit = turn.acquire_owned().await.map_err(|_| Error::Refused)?;
            tokio::task::spawn_blocking(move || {
                let answer = Entry::new(service, &user).and_then(|entry| question(&entry));
                drop(permit);
                answer.map_err(|told| read(&told))
            })
            .await
            .map_err(|_| Error::Refused)?
        };
        timeout(PATIENCE, answer).await.map_err(|_| Error::Slow)?
    }
}

/// What the keychain's refusal means. Its own words are dropped: some repeat the secret.
fn read(told: &Told) -> Error {
    match told {
        Told::NoDefaultStore | Told::PlatformFailure(_) => Error::Missing,
        Told::NoStorageAccess(_) => Error::Locked,
        _ => Error::Refused,
    }
}
