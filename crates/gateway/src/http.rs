//! The HTTP clients, made when they are needed first: each reads the certificates of the whole system, which takes as long
//! as opening a window.

use std::fmt::{Debug, Formatter};
use std::sync::{Arc, LazyLock};

use reqwest::ClientBuilder;

use crate::Error;
use crate::client::root_cause;

type Made = Result<reqwest::Client, Error>;
type Make = Box<dyn FnOnce() -> Made + Send>;

/// One client for services elsewhere and one for this computer. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub(crate) struct Http(Arc<[LazyLock<Made, Make>; 2]>);

impl Http {
    /// Clients with what `builder` sets.
    pub(crate) fn new(builder: impl Fn() -> ClientBuilder + Clone + Send + 'static) -> Self {
        let far = builder.clone();
        // For this computer: a system proxy must not stand between.
        Self(Arc::new([lazy(far), lazy(move || builder().no_proxy())]))
    }

    /// The one that fits. Fails only when the system's TLS or proxy settings cannot be read.
    pub(crate) fn client(&self, near: bool) -> Result<&reqwest::Client, Error> {
        let [far, at_home] = &*self.0;
        let made = if near { at_home } else { far };
        made.as_ref().map_err(Clone::clone)
    }

    /// Makes both now.
    pub(crate) fn warm(&self) {
        for client in self.0.iter() {
            LazyLock::force(client);
        }
    }
}

impl Debug for Http {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str("Http")
    }
}

fn lazy(builder: impl FnOnce() -> ClientBuilder + Send + 'static) -> LazyLock<Made, Make> {
    LazyLock::new(Box::new(move || {
        builder().build().map_err(|error| Error::Internal { detail: root_cause(&error) })
    }))
}
