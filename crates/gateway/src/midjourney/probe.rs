//! Finds out whether Midjourney's task paths are offered. It asks for a task that does not exist and starts none.

use serde_json::Value;

use super::{SignIn, Site};
use crate::client::Client;
use crate::{Endpoint, Error};

/// A number that no server gives to a task: a question about it costs nothing and finds nothing.
pub const NO_TASK: &str = "0";

/// True when offered, false when not, nothing when the answer fits neither (wrong key, fault, no network). Where the key is not
/// let in as gateways want to be shown it, it is shown as servers do that stand alone.
pub(crate) async fn probe(client: &Client, at: &Endpoint) -> Option<bool> {
    let (mut site, question) = (Site::of(at.clone()), format!("/task/{NO_TASK}/fetch"));
    match client.ask_site(&site, &question).await {
        Err(Error::Refused(failure)) if matches!(failure.status, 401 | 403) && at.key.is_some() => {
            site.sign_in = SignIn::Secret;
            meant(client.ask_site(&site, &question).await)
        }
        told => meant(told),
    }
}

fn meant(told: Result<crate::client::Reply, Error>) -> Option<bool> {
    match told {
        Ok(reply) => said_by(&reply.body),
        Err(Error::NotAnApi { .. }) => Some(false),
        Err(Error::Refused(failure)) => match failure.status {
            // The relay says 400 "task_not_found"; a gateway without these paths says 404, "invalid URL".
            400 if failure.message.contains("task") => Some(true),
            404 if failure.message.contains("task") && !failure.message.contains('/') => Some(true),
            404 | 405 | 501 => Some(false),
            _ => None,
        },
        Err(_) => None,
    }
}

/// What a 200 says: a task or a refusal in the proxy's form, an empty body (the oldest proxy's way of saying
/// "no such task"), or the web page that gateways show for any unknown path.
fn said_by(body: &str) -> Option<bool> {
    if body.trim().is_empty() {
        return Some(true);
    }
    match serde_json::from_str::<Value>(body) {
        Ok(Value::Null) => Some(true),
        Ok(value) => {
            let has = |key: &str| value.get(key).is_some();
            let is_proxy = (has("code") && has("description")) || (has("id") && has("status"));
            is_proxy.then_some(true).or_else(|| has("error").then_some(false))
        }
        Err(_) => Some(false),
    }
}
