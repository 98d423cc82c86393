//! What a server still has of the past, page by page; and pictures laid down there, to be named in a prompt.

use serde_json::{Value, json};

use super::ask::words;
use super::site::{Site, value_of};
use super::{Task, Told, is_missing};
use crate::{Client, Error, json as lenient};

/// A page of tasks, the newest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    /// The tasks.
    pub tasks: Vec<Task>,
    /// How many there are in all, where that is told.
    pub all: Option<usize>,
    /// Nothing comes after it, as the server says, or nothing is on it.
    pub is_last: bool,
}

impl Client {
    /// A page of all tasks that the server knows, counted from 0; none where it tells no pages.
    pub async fn tasks_page(&self, site: &Site, number: usize, most: usize) -> Result<Option<Page>, Error> {
        let body = json!({"pageNumber": number, "pageSize": most, "sort": "id,desc"});
        match self.tell_site(site, "/task/query", &body).await.and_then(|reply| value_of(&reply)) {
            Ok(value) => Ok(Some(page(&value.unwrap_or_default()))),
            Err(told) if is_missing(&told) => Ok(None),
            Err(told) => Err(told),
        }
    }

    /// Lays a picture (a data URL) down where Midjourney can see it, and tells its address.
    pub async fn lay_down(&self, site: &Site, picture: &str) -> Result<Told, Error> {
        let body = json!({"base64Array": [picture]});
        match self
            .tell_site(site, "/submit/upload-discord-images", &body)
            .await
            .and_then(|reply| value_of(&reply))
        {
            Ok(value) => {
                let value = value.unwrap_or_default();
                let told = match value.get("result") {
                    Some(Value::Array(list)) => list.first().and_then(lenient::scalar),
                    Some(one) => lenient::scalar(one),
                    None => None,
                };
                Ok(told
                    .filter(|told| is_address(told))
                    .map_or_else(|| Told::Refused(words(&value)), Told::This))
            }
            Err(Error::Refused(failure)) if failure.status == 400 => Ok(Told::Refused(failure.message)),
            Err(told) if is_missing(&told) => Ok(Told::NotOffered),
            Err(told) => Err(told),
        }
    }
}

/// Whether a server's text may stand in a prompt as the address of a picture.
fn is_address(told: &str) -> bool {
    let parsed = url::Url::parse(told);
    parsed.is_ok_and(|url| matches!(url.scheme(), "http" | "https")) && !told.contains(char::is_whitespace)
}

fn page(value: &Value) -> Page {
    let listed = lenient::list(value, "content").len();
    let flag = |key: &str| value.get(key).and_then(Value::as_bool);
    let all = value.get("totalElements").and_then(lenient::whole).and_then(|all| usize::try_from(all).ok());
    // A page that is not full says nothing of the end: some servers give fewer than they are asked for.
    let is_last = listed == 0 || flag("last").unwrap_or_default();
    Page { tasks: Task::list(value), all, is_last }
}
