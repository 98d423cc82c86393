//! Where Midjourney's paths are at a service, how one signs in there, and how fast it is to be.

use reqwest::{Method, RequestBuilder};
use serde_json::Value;
use tokio::time::Instant;

use crate::client::Reply;
use crate::error::refused::{self, looks_like_html};
use crate::{Client, Endpoint, Error};

/// The header of servers that stand alone.
const SECRET: &str = "mj-api-secret";

/// A place where Midjourney's tasks are.
#[derive(Debug, Clone)]
pub struct Site {
    /// The service; its host root is where the paths begin, a prefix of its own included.
    pub endpoint: Endpoint,
    /// How the key is shown.
    pub sign_in: SignIn,
    /// How fast; none leaves it to the service.
    pub speed: Option<Speed>,
}

/// How a server wants to be shown the key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum SignIn {
    /// As gateways do: `Authorization: Bearer`.
    #[default]
    Key,
    /// As servers do that stand alone: `mj-api-secret`, and nothing else, for some take the other header for a wrong secret.
    Secret,
}

/// How fast pictures are made, and at what price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speed {
    /// The usual one.
    Fast,
    /// When there is time.
    Relax,
    /// Twice as fast, twice as dear.
    Turbo,
}

impl Speed {
    fn path(self) -> &'static str {
        match self {
            Self::Fast => "/mj-fast",
            Self::Relax => "/mj-relax",
            Self::Turbo => "/mj-turbo",
        }
    }
}

impl Site {
    /// A service that is asked as gateways are.
    pub fn of(endpoint: Endpoint) -> Self {
        Self { endpoint, sign_in: SignIn::default(), speed: None }
    }

    /// The address of a picture as a task names it: some name it from their own root.
    pub fn picture(&self, named: &str) -> String {
        if named.starts_with('/') && !named.starts_with("//") {
            format!("{}{named}", self.endpoint.root.host_root())
        } else {
            named.to_owned()
        }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{}/mj{path}", self.endpoint.root.host_root(), self.speed.map_or("", Speed::path))
    }
}

impl Client {
    /// Sends a JSON body and reads a whole answer.
    pub(super) async fn tell_site(&self, site: &Site, path: &str, body: &Value) -> Result<Reply, Error> {
        let request = self.to_site(Method::POST, site, path)?.json(body);
        self.of_site(site, request).await
    }

    /// Asks for a whole answer.
    pub(super) async fn ask_site(&self, site: &Site, path: &str) -> Result<Reply, Error> {
        let request = self.to_site(Method::GET, site, path)?;
        self.of_site(site, request).await
    }

    fn to_site(&self, method: Method, site: &Site, path: &str) -> Result<RequestBuilder, Error> {
        let url = site.url(path);
        if site.sign_in == SignIn::Key {
            return self.request(method, &site.endpoint, &url);
        }
        let keyless = Endpoint { root: site.endpoint.root.clone(), key: None };
        let request = self.request(method, &keyless, &url)?;
        match site.endpoint.key.as_ref().filter(|key| !key.is_empty()) {
            Some(key) => Ok(request.header(SECRET, key.secret().ok_or_else(refused::unsendable_key)?)),
            None => Ok(request),
        }
    }

    async fn of_site(&self, site: &Site, request: RequestBuilder) -> Result<Reply, Error> {
        let request = request.header(reqwest::header::ACCEPT, "application/json");
        let until = Instant::now() + self.timeouts().bytes;
        let (source, response) = self.send(&site.endpoint, request, until).await?;
        let body = self.read(response, &source).await?;
        Ok(Reply { source, body })
    }
}

/// The JSON of an answer; none when it is empty, which some servers say a lot with.
pub(super) fn value_of(reply: &Reply) -> Result<Option<Value>, Error> {
    let body = reply.body.trim();
    if body.is_empty() {
        return Ok(None);
    }
    match serde_json::from_str(body) {
        Ok(Value::Null) => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(_) if looks_like_html(body) => Err(reply.source.page(body)),
        Err(error) => Err(reply.source.unreadable(&error.to_string(), body)),
    }
}
