//! The HTTP clients, made when they are needed first: each reads the certificates of the whole system, which takes as long
//! as opening a window.

use std::fmt::{Debug, Formatter};
use std::sync::{Arc, OnceLock};

use reqwest::ClientBuilder;

use crate::Error;
use crate::client::root_cause;

/// One client for services elsewhere and one for this computer. Cheap to clone; clones share their connections.
#[derive(Clone)]
pub(crate) struct Http(Arc<Both>);

struct Both {
    builder: Box<dyn Fn() -> ClientBuilder + Send + Sync>,
    far: OnceLock<reqwest::Client>,
    near: OnceLock<reqwest::Client>,
}

impl Http {
    /// Clients with what `builder` sets.
    pub(crate) fn new(builder: impl Fn() -> ClientBuilder + Send + Sync + 'static) -> Self {
        Self(Arc::new(Both { builder: Box::new(builder), far: OnceLock::new(), near: OnceLock::new() }))
    }

    /// The one that fits. Fails when the system's TLS or proxy settings cannot be read now; the next call tries again.
    pub(crate) fn client(&self, near: bool) -> Result<&reqwest::Client, Error> {
        let Both { builder, far, near: at_home } = &*self.0;
        let made = if near { at_home } else { far };
        if let Some(client) = made.get() {
            return Ok(client);
        }
        // For this computer: a system proxy must not stand between.
        let builder = if near { builder().no_proxy() } else { builder() };
        let client = builder.build().map_err(|error| Error::Internal { detail: root_cause(&error) })?;
        Ok(made.get_or_init(|| client))
    }

    /// Makes both now. What fails is tried again, and told, when it is needed.
    pub(crate) fn warm(&self) {
        for near in [false, true] {
            drop(self.client(near));
        }
    }
}

impl Debug for Http {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str("Http")
    }
}
