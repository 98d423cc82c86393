//! Sends requests: clocks, redirects, the key, bounded bodies. It repeats nothing by itself (see `retry`) and
//! logs nothing.
//!
//! Redirects are followed within one origin only. A redirect elsewhere is reported as a wrong address with its
//! target: following it would either carry the conversation to a host nobody chose or, without the key, end
//! in a misleading "key missing".

use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Method, RequestBuilder, Response};
use tokio::time::{Instant, timeout, timeout_at};

use crate::chat::{Answer, Request};
use crate::error::refused::{self, Source};
use crate::http::Http;
use crate::{ApiRoot, Balance, Endpoint, Error, Family, ModelList, Phase};
use crate::{balance, family, midjourney, models, prices};

/// No answer that is read at one go may be longer.
pub(crate) const LONGEST_BODY: usize = crate::sse::LONGEST_EVENT;
/// Enough of an error to read its meaning.
const LONGEST_ERROR: usize = 256 * 1024;
const MOST_REDIRECTS: usize = 5;
/// Questions that only make the app nicer must not make it wait.
const LONGEST_PROBE: Duration = Duration::from_secs(5);
/// A server on this computer answers at once or is not there.
const LONGEST_LOCAL_PROBE: Duration = Duration::from_millis(300);

/// How Medley names itself.
pub(crate) const AGENT: &str = concat!("Medley/", env!("CARGO_PKG_VERSION"));

/// The clocks of every call.
#[derive(Debug, Clone, Copy)]
pub struct Timeouts {
    /// Until the connection stands.
    pub connect: Duration,
    /// Until a chat's first byte: reasoning and picture models stay silent for minutes.
    pub first_byte: Duration,
    /// Between two bytes, comments included. Also the first-byte clock of calls that answer at once.
    pub bytes: Duration,
    /// Between two events that carry something: comments alone must not hang a call for ever.
    pub progress: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(600),
            bytes: Duration::from_secs(90),
            progress: Duration::from_secs(600),
        }
    }
}

/// Speaks to any number of services. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    http: Http,
    timeouts: Timeouts,
}

/// A whole body and where it came from.
pub(crate) struct Reply {
    pub source: Source,
    pub body: String,
}

impl Client {
    /// A client with these clocks.
    pub fn new(timeouts: Timeouts) -> Self {
        Self { http: Http::new(move || builder(timeouts)), timeouts }
    }

    /// Gets ready for the first call, which takes a while; that call would do it otherwise.
    pub fn warm(&self) {
        self.http.warm();
    }

    /// The models that the service lists, sorted by name (`GET {root}/models`). Costs nothing.
    pub async fn models(&self, at: &Endpoint) -> Result<ModelList, Error> {
        models::fetch(self, at).await
    }

    /// Which software or service this is, judged by its address, what `seen` shows and at most three small
    /// requests. Silent on failure: then the family is unknown.
    pub async fn family(&self, at: &Endpoint, seen: &ModelList) -> Family {
        family::recognise(self, at, seen).await
    }

    /// Fills in what the listed models cost, where the service publishes that beside its list. Silent on failure: then
    /// the price is not known. Costs nothing.
    pub async fn prices(&self, at: &Endpoint, family: &Family, list: &mut ModelList) {
        prices::fill(self, at, family, list).await;
    }

    /// What is left on the account, if the service tells. A service that does not offer this is `Ok(None)`.
    /// A rejected key is an error at OpenRouter only, whose list of models is public and so proves nothing.
    pub async fn balance(&self, at: &Endpoint, family: &Family) -> Result<Option<Balance>, Error> {
        balance::fetch(self, at, family).await
    }

    /// Whether Midjourney's task paths are offered under the host root: asks for a task that does not exist.
    /// `None` when that cannot be told.
    pub async fn midjourney(&self, at: &Endpoint) -> Option<bool> {
        midjourney::probe::probe(self, at).await
    }

    /// Asks a model, or has it continue a text. Returns once the first bytes show in what form the answer comes.
    pub async fn chat(&self, at: &Endpoint, ask: &Request) -> Result<Answer, Error> {
        let body = ask.body();
        let wants_stream = body.get("stream").is_some_and(crate::json::truthy);
        let accept = if wants_stream { "text/event-stream" } else { "application/json" };
        let text =
            serde_json::to_vec(&body).map_err(|error| Error::Internal { detail: error.to_string() })?;
        let request = self
            .request(Method::POST, at, &ask.address(&at.root))?
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, accept)
            .body(text);
        let until = Instant::now() + self.timeouts.first_byte;
        let (source, response) = match self.send(at, request, until).await {
            Err(error) if ask.prompt.is_some() => return Err(error.of_text()),
            sent => sent?,
        };
        Answer::begin(ask, source, response, self.timeouts, until).await
    }

    /// The models of a server on this computer, if one is there: a short probe without a key.
    pub async fn probe_local(&self, root: &ApiRoot) -> Option<ModelList> {
        let at = Endpoint { root: root.clone(), key: None };
        timeout(LONGEST_LOCAL_PROBE, self.models(&at)).await.ok()?.ok()
    }

    /// Gets a whole text body. Anything but a 2xx is an error.
    pub(crate) async fn get(&self, at: &Endpoint, url: &str) -> Result<Reply, Error> {
        let request = self.request(Method::GET, at, url)?.header(ACCEPT, "application/json");
        let until = Instant::now() + self.timeouts.bytes;
        let (source, response) = self.send(at, request, until).await?;
        let body = self.read(response, &source).await?;
        Ok(Reply { source, body })
    }

    /// Gets a JSON body within a few seconds.
    pub(crate) async fn probe(&self, at: &Endpoint, url: &str) -> Result<serde_json::Value, Error> {
        let host = at.root.host().to_owned();
        let late = Error::TimedOut { host, phase: Phase::FirstByte };
        let reply = timeout(LONGEST_PROBE, self.get(at, url)).await.map_err(|_| late)??;
        match serde_json::from_str(&reply.body) {
            Ok(value) => Ok(value),
            Err(_) if refused::looks_like_html(&reply.body) => Err(reply.source.page(&reply.body)),
            Err(error) => Err(reply.source.unreadable(&error.to_string(), &reply.body)),
        }
    }

    /// The clocks of its calls.
    pub(crate) fn timeouts(&self) -> Timeouts {
        self.timeouts
    }

    pub(crate) fn request(&self, method: Method, at: &Endpoint, url: &str) -> Result<RequestBuilder, Error> {
        let client = self.http.client(at.root.is_local())?;
        let request = client.request(method, url);
        match at.key.as_ref().filter(|key| !key.is_empty()) {
            Some(key) => Ok(request.header(AUTHORIZATION, key.bearer().ok_or_else(refused::unsendable_key)?)),
            None => Ok(request),
        }
    }

    /// The whole text of a good answer.
    pub(crate) async fn read(&self, response: Response, source: &Source) -> Result<String, Error> {
        read_text(response, LONGEST_BODY, self.timeouts.bytes, &source.host).await
    }

    /// Sends, and turns every status but 2xx into an error.
    pub(crate) async fn send(
        &self,
        at: &Endpoint,
        request: RequestBuilder,
        until: Instant,
    ) -> Result<(Source, Response), Error> {
        let host = at.root.host().to_owned();
        let late = Error::TimedOut { host: host.clone(), phase: Phase::FirstByte };
        let sent = timeout_at(until, request.send()).await.map_err(|_| late)?;
        let response = sent.map_err(|error| lost(&error, &host))?;
        let key = at.key.clone().filter(|key| !key.is_empty());
        let status = response.status();
        let source = Source { host, key, status: status.as_u16(), headers: response.headers().clone() };
        if status.is_success() {
            return Ok((source, response));
        }
        // What cannot be read of an error's body changes nothing about the error.
        let body = read_text(response, LONGEST_ERROR, self.timeouts.bytes.min(LONGEST_PROBE), &source.host);
        Err(source.refusal(&body.await.unwrap_or_default()))
    }
}

/// What a broken connection means.
pub(crate) fn lost(error: &reqwest::Error, host: &str) -> Error {
    let (host, detail) = (host.to_owned(), root_cause(error));
    if error.is_builder() {
        Error::Internal { detail }
    } else if !error.is_connect() {
        Error::Cut { detail }
    } else if error.is_timeout() {
        Error::TimedOut { host, phase: Phase::Connect }
    } else if is_tls(&detail) {
        Error::Tls { host, detail }
    } else {
        Error::Unreachable { host, detail }
    }
}

fn builder(timeouts: Timeouts) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .user_agent(AGENT)
        .connect_timeout(timeouts.connect)
        .redirect(Policy::custom(within_origin))
}

fn within_origin(attempt: Attempt) -> reqwest::redirect::Action {
    let previous = attempt.previous();
    let stays = previous.last().is_some_and(|before| before.origin() == attempt.url().origin());
    if stays && previous.len() <= MOST_REDIRECTS { attempt.follow() } else { attempt.stop() }
}

async fn read_text(
    mut response: Response,
    longest: usize,
    bytes: Duration,
    host: &str,
) -> Result<String, Error> {
    let mut body = Vec::new();
    loop {
        let late = || Error::TimedOut { host: host.to_owned(), phase: Phase::Bytes };
        let chunk = timeout(bytes, response.chunk()).await.map_err(|_| late())?;
        let Some(chunk) = chunk.map_err(|error| lost(&error, host))? else { break };
        if body.len() + chunk.len() > longest {
            return Err(Error::BadAnswer { detail: format!("the body is longer than {longest} bytes") });
        }
        body.extend_from_slice(&chunk);
    }
    let text = String::from_utf8_lossy(&body);
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

/// The lowest cause: what wraps it only repeats the address.
pub(crate) fn root_cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

/// rustls is not named in our dependencies, so its errors are known by their words.
fn is_tls(detail: &str) -> bool {
    ["certificate", "received corrupt message", "received fatal alert", "handshake", "tls", "peer misbehaved"]
        .iter()
        .any(|words| detail.to_lowercase().contains(words))
}
