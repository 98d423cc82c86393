//! Questions about tasks: one, several at once, all; and what else can be wanted of one. They cost nothing.

use serde_json::{Value, json};

use super::site::{Site, value_of};
use super::{Task, is_missing};
use crate::{Client, Error, json as lenient};

/// In which way several tasks are asked about at once; servers know one, the other or neither.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Way {
    /// As gateways do.
    #[default]
    ByCondition,
    /// As some others do.
    ByIds,
    /// One after the other.
    Singly,
}

/// What a server said to "no more of this".
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cancelled {
    /// It stops.
    Done,
    /// It cannot do this.
    NotOffered,
    /// It does not do this now.
    Refused(String),
}

/// What a server said to the question for one thing: a seed, the address of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Here it is.
    This(String),
    /// It cannot do this.
    NotOffered,
    /// It does not do this now.
    Refused(String),
}

impl Client {
    /// How far a task is; none when the server does not know it any more, however it says so.
    pub async fn task(&self, site: &Site, id: &str) -> Result<Option<Task>, Error> {
        let path = format!("/task/{}/fetch", segment(id));
        let reply = match self.ask_site(site, &path).await {
            Err(Error::Refused(failure)) if is_unknown(failure.status, &failure.message) => return Ok(None),
            other => other?,
        };
        let Some(value) = value_of(&reply)? else { return Ok(None) };
        // Some wrap it as they wrap everything.
        let found = Task::read(&value).or_else(|| value.get("result").and_then(Task::read));
        if found.is_some() {
            return Ok(found);
        }
        match value.get("code").and_then(lenient::whole) {
            Some(3 | 4) => Ok(None),
            _ => match crate::error::body::error_within(&value) {
                Some(facts) => Err(reply.source.failure(facts, false)),
                None => Err(reply.source.unreadable("no task", &reply.body)),
            },
        }
    }

    /// How far several tasks are. Those that are not in the answer may be unknown there. `way` becomes the one that worked.
    pub async fn tasks(&self, site: &Site, ids: &[String], way: &mut Way) -> Result<Vec<Task>, Error> {
        loop {
            let path = match way {
                Way::ByCondition => "/task/list-by-condition",
                Way::ByIds => "/task/list-by-ids",
                Way::Singly => break,
            };
            match self.tell_site(site, path, &json!({"ids": ids})).await.and_then(|reply| value_of(&reply)) {
                Ok(value) => return Ok(value.as_ref().map(Task::list).unwrap_or_default()),
                Err(told) if is_missing(&told) => {
                    *way = if *way == Way::ByCondition { Way::ByIds } else { Way::Singly };
                }
                Err(told) => return Err(told),
            }
        }
        let mut found = Vec::new();
        for id in ids {
            found.extend(self.task(site, id).await?);
        }
        Ok(found)
    }

    /// All tasks that the server knows; none where it does not tell.
    pub async fn all_tasks(&self, site: &Site) -> Result<Option<Vec<Task>>, Error> {
        self.listed(site, "/task/list").await
    }

    /// The tasks that wait or are being made there, whoever asked for them; none where it does not tell.
    pub async fn queued_tasks(&self, site: &Site) -> Result<Option<Vec<Task>>, Error> {
        self.listed(site, "/task/queue").await
    }

    async fn listed(&self, site: &Site, path: &str) -> Result<Option<Vec<Task>>, Error> {
        match self.ask_site(site, path).await.and_then(|reply| value_of(&reply)) {
            Ok(value) => Ok(Some(value.as_ref().map(Task::list).unwrap_or_default())),
            Err(told) if is_missing(&told) => Ok(None),
            Err(told) => Err(told),
        }
    }

    /// Wants a task no more.
    pub async fn cancel_task(&self, site: &Site, id: &str) -> Result<Cancelled, Error> {
        let path = format!("/task/{}/cancel", segment(id));
        match self.tell_site(site, &path, &json!({})).await.and_then(|reply| value_of(&reply)) {
            // Some say nothing at all to that.
            Ok(None) => Ok(Cancelled::Done),
            Ok(Some(value)) => Ok(match value.get("code").and_then(lenient::whole) {
                None | Some(1) => Cancelled::Done,
                Some(_) => Cancelled::Refused(words(&value)),
            }),
            Err(told) if is_missing(&told) => Ok(Cancelled::NotOffered),
            Err(Error::Refused(failure)) if failure.status == 400 => Ok(Cancelled::Refused(failure.message)),
            Err(told) => Err(told),
        }
    }

    /// The seed of a task that is done. It may take a minute.
    pub async fn task_seed(&self, site: &Site, id: &str) -> Result<Told, Error> {
        let path = format!("/task/{}/image-seed", segment(id));
        match self.ask_site(site, &path).await.and_then(|reply| value_of(&reply)) {
            Ok(value) => {
                let value = value.unwrap_or_default();
                let told = value.get("result").and_then(lenient::scalar).filter(|told| is_seed(told));
                Ok(match (value.get("code").and_then(lenient::whole), told) {
                    (None | Some(1), Some(seed)) => Told::This(seed),
                    _ => Told::Refused(words(&value)),
                })
            }
            Err(Error::Refused(failure)) if failure.status == 400 => Ok(Told::Refused(failure.message)),
            Err(told) if is_missing(&told) => Ok(Told::NotOffered),
            Err(told) => Err(told),
        }
    }
}

/// Whether a server's text may stand in a prompt as a seed.
pub(super) fn is_seed(told: &str) -> bool {
    (1..=20).contains(&told.len()) && told.bytes().all(|one| one.is_ascii_digit())
}

/// The ways of saying that a task is not known: relays misspell it.
fn is_unknown(status: u16, words: &str) -> bool {
    let words = words.to_lowercase();
    let is_said = ["task_no_found", "task_not_found", "task not found", "no such task", "任务不存在"];
    matches!(status, 400 | 404) && is_said.iter().any(|said| words.contains(said))
}

pub(super) fn words(value: &Value) -> String {
    let said = lenient::text(value, &["description", "message"]).unwrap_or_default();
    said.chars().take(600).collect()
}

/// An id as a part of a path.
fn segment(id: &str) -> String {
    url::form_urlencoded::byte_serialize(id.as_bytes()).collect()
}
