//! Gets a file from an address that a service's answer named: strangers chose it. It sends no key and no cookie, follows
//! redirects only after looking at each, and connects to private addresses only where the service itself lives.

mod guard;

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{ACCEPT, CONTENT_LENGTH, LOCATION};
use reqwest::redirect::Policy;
use reqwest::{Response, StatusCode};
use tokio::time::{Instant, timeout, timeout_at};
use url::Url;

use crate::client::{Timeouts, lost};
use crate::http::Http;
use crate::{Error, Phase};

use guard::Guard;
pub use guard::is_public;

const MOST_REDIRECTS: usize = 5;

/// What a file may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The longest file, in bytes.
    pub bytes: u64,
    /// Until its last byte.
    pub time: Duration,
}

/// Why a file did not come.
#[derive(Debug, Clone, thiserror::Error)]
pub enum FetchError {
    /// No web address, or one that leads to a place where files of strangers have no business.
    #[error("the address is not followed: {detail}")]
    NotAllowed {
        /// What is wrong with it, for the log.
        detail: String,
    },
    /// The server has no such file, or no longer.
    #[error("the server answered {status}")]
    Gone {
        /// The HTTP status.
        status: u16,
    },
    /// The server could not give it now.
    #[error("the server answered {status}")]
    NotNow {
        /// The HTTP status.
        status: u16,
    },
    /// Longer than allowed.
    #[error("the file is longer than {most} bytes")]
    TooLong {
        /// What was allowed.
        most: u64,
    },
    /// The connection did not stand or broke.
    #[error(transparent)]
    Wire(#[from] Error),
}

/// A file that is coming.
#[derive(Debug)]
pub struct Incoming {
    response: Response,
    host: String,
    limits: Limits,
    until: Instant,
    pause: Duration,
    received: u64,
}

/// Gets files. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Fetcher {
    http: Http,
    guard: Guard,
    timeouts: Timeouts,
}

impl Fetcher {
    /// A fetcher with these clocks.
    pub fn new(timeouts: Timeouts) -> Self {
        let guard = Guard::default();
        let resolver = guard.clone();
        let builder = move || {
            reqwest::Client::builder()
                .user_agent(crate::client::AGENT)
                .connect_timeout(timeouts.connect)
                .redirect(Policy::none())
                .referer(false)
                // A connection that is kept open would be used again without a look at where it leads.
                .pool_max_idle_per_host(0)
                .dns_resolver(resolver.clone())
        };
        Self { http: Http::new(builder), guard, timeouts }
    }

    /// Gets ready for the first file, which takes a while; that would do it otherwise.
    pub fn warm(&self) {
        self.http.warm();
    }

    /// Asks for the file at `address`, which an answer of the service at `home` named.
    pub async fn fetch(&self, address: &str, home: &Url, limits: Limits) -> Result<Incoming, FetchError> {
        let until = Instant::now() + limits.time;
        let mut url = Url::parse(address).map_err(|error| not_allowed(&error))?;
        for _ in 0..=MOST_REDIRECTS {
            let response = self.ask(&url, home, until).await?;
            if let Some(next) = redirect(&response, &url)? {
                url = next;
                continue;
            }
            return self.begin(response, &url, limits, until);
        }
        Err(not_allowed(&"it leads in circles"))
    }

    async fn ask(&self, url: &Url, home: &Url, until: Instant) -> Result<Response, FetchError> {
        let allowed = self.guard.allow(url, home).await;
        let _lease = allowed.map_err(|detail| FetchError::NotAllowed { detail })?;
        let host = host_of(url);
        let late = |_| Error::TimedOut { host: host.clone(), phase: Phase::FirstByte };
        let client = self.http.client(guard::is_near(url))?;
        let asked = client.get(url.clone()).header(ACCEPT, "image/*,video/*;q=0.9,*/*;q=0.5").send();
        let first = until.min(Instant::now() + self.timeouts.bytes);
        let response = timeout_at(first, asked).await.map_err(late)?;
        response.map_err(|error| match guard::refusal_in(&error) {
            Some(detail) => FetchError::NotAllowed { detail },
            None => lost(&error, &host).into(),
        })
    }

    fn begin(
        &self,
        response: Response,
        url: &Url,
        limits: Limits,
        until: Instant,
    ) -> Result<Incoming, FetchError> {
        let status = response.status();
        if !status.is_success() {
            return Err(refused(&response));
        }
        // Said in the header: nothing needs to come before it is refused.
        let told = response
            .headers()
            .get(CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        if told.is_some_and(|told| told > limits.bytes) {
            return Err(FetchError::TooLong { most: limits.bytes });
        }
        let pause = self.timeouts.bytes;
        Ok(Incoming { response, host: host_of(url), limits, until, pause, received: 0 })
    }
}

impl Incoming {
    /// The next bytes; nothing at the end.
    pub async fn next(&mut self) -> Result<Option<Bytes>, FetchError> {
        let host = &self.host;
        let late = || Error::TimedOut { host: host.clone(), phase: Phase::Bytes };
        let pause = self.pause.min(self.until.saturating_duration_since(Instant::now()));
        let read = timeout(pause, self.response.chunk()).await.map_err(|_| late())?;
        let bytes = read.map_err(|error| lost(&error, host))?;
        self.received += bytes.as_ref().map_or(0, |bytes| bytes.len() as u64);
        if self.received > self.limits.bytes {
            return Err(FetchError::TooLong { most: self.limits.bytes });
        }
        Ok(bytes)
    }
}

/// Where a redirect leads, if this is one.
fn redirect(response: &Response, from: &Url) -> Result<Option<Url>, FetchError> {
    if !response.status().is_redirection() {
        return Ok(None);
    }
    let Some(target) = response.headers().get(LOCATION) else { return Ok(None) };
    let target = target.to_str().map_err(|error| not_allowed(&error))?;
    Ok(Some(from.join(target).map_err(|error| not_allowed(&error))?))
}

fn refused(response: &Response) -> FetchError {
    let status = response.status();
    let passing = [StatusCode::REQUEST_TIMEOUT, StatusCode::TOO_EARLY, StatusCode::TOO_MANY_REQUESTS];
    if status.is_server_error() || passing.contains(&status) {
        return FetchError::NotNow { status: status.as_u16() };
    }
    FetchError::Gone { status: status.as_u16() }
}

fn not_allowed(detail: &dyn std::fmt::Display) -> FetchError {
    FetchError::NotAllowed { detail: detail.to_string() }
}

fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}
