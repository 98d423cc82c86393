//! Making as a task of Midjourney: asked for once, its number written the moment it is known, followed through restarts until
//! it ended, and what came fetched at once. It is never asked for again by itself once it may have been taken.

mod follow;
mod send;

use gateway::midjourney::Task as Seen;
use serde_json::{Map, Value, json};
use store::table::generation::{Press, Task};

use super::{Making, Outcome};
use crate::pictures::tasks::{Where, buttons};
use crate::services::endpoint::Connection;
use crate::{Code, Error};

/// How a speed is named, and the flag that stands for it in a prompt.
const SPEEDS: &[(&str, &str)] = &[("fast", "--fast"), ("relax", "--relax"), ("turbo", "--turbo")];

/// What came of asking for a task.
enum Sent {
    /// It is one.
    Task(Task),
    /// It ended before it was one.
    Ended(Outcome),
}

impl Making {
    /// Makes it as a task. One that was `resumed` had gone out before Medley was closed.
    pub(super) async fn as_task(&self, resumed: bool) -> Result<Outcome, Error> {
        let known = self.generation.task.clone().unwrap_or_default();
        if !known.words.is_empty() {
            // Medley was closed between the words and the end.
            return Ok(Outcome { has_words: true, cost: self.priced(&known).await?, ..Outcome::default() });
        }
        // The person looks for it again.
        let is_again = !known.id.is_empty() && !resumed;
        let sent = if !known.id.is_empty() {
            Sent::Task(known)
        } else if resumed {
            self.found_again(known).await?
        } else if known.marker.is_empty() {
            self.send_off().await?
        } else {
            self.send_unless_found(known).await?
        };
        let task = match sent {
            Sent::Task(task) => task,
            Sent::Ended(outcome) => return Ok(outcome),
        };
        // Also where there was no room to write it down before.
        let answered = number_of(&task);
        match self.follow(task).await {
            Err(error) if error.code == Code::TaskForgotten => {
                // A look later may still find it. One that was not found twice is given up.
                let open = Outcome { is_open: !is_again, answered, ..Outcome::failed(error) };
                Ok(open)
            }
            Err(error) if is_ours(error.code) => {
                Ok(Outcome { is_open: true, answered, ..Outcome::failed(error) })
            }
            Ok(outcome) if outcome.is_open => Ok(Outcome { answered, ..outcome }),
            ended => ended,
        }
    }

    fn press(&self) -> Option<&Press> {
        self.generation.options.press.as_ref()
    }

    /// What the task is known by at the service before its number is known here. Another try is another task.
    fn marker(&self) -> String {
        format!("medley-{}-{}", self.generation.id, self.generation.started_at.unwrap_or_default())
    }

    /// Where a task is asked about.
    fn place(&self, task: &Task) -> Result<Where, Error> {
        let service = self.generation.service_id.ok_or(Code::ServiceGone)?;
        let speed = SPEEDS.iter().find(|(name, _)| *name == task.speed).map_or("", |(name, _)| name);
        Ok(Where { service, secret: task.secret, speed })
    }

    /// Writes down how the task stands, and shows it.
    async fn note_task(&self, task: &Task) -> Result<(), Error> {
        let (id, row) = (self.generation.id, task.clone());
        self.organs.write(move |write| write.set_generation_task(id, &row)).await?;
        crate::pictures::runner::tell(&self.organs, id).await;
        Ok(())
    }

    /// Writes down how a task stands that the service took. False where there is no room for it now: it is followed all
    /// the same, and written down later.
    async fn noted(&self, task: &Task) -> Result<bool, Error> {
        match self.note_task(task).await {
            Ok(()) => Ok(true),
            Err(error) if matches!(error.code, Code::DiskFull | Code::StoreBroken | Code::Internal) => {
                tracing::warn!(%error, "how a task stands was not written yet");
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }

    /// A failure of the task's own, as the person is told it.
    fn task_failed(&self, at: &Connection, code: Code, words: &str) -> Error {
        let message = words.trim().chars().take(600).collect();
        Error { message, ..code.into() }.asked(&at.service.name, &self.generation.model)
    }
}

/// By what a task is asked about.
fn number_of(task: &Task) -> Map<String, Value> {
    let number = json!({"id": task.id, "speed": task.speed, "secret": task.secret, "marker": task.marker});
    Map::from_iter([("task".to_owned(), number)])
}

/// What a task is, with what its service says of it now.
fn seen(task: &Task, now: &Seen) -> Task {
    Task {
        queue: None,
        progress: now.progress.or(task.progress),
        action: if now.action.is_empty() { task.action.clone() } else { now.action.clone() },
        buttons: buttons(now),
        seed: now.seed.clone().or_else(|| task.seed.clone()),
        ..task.clone()
    }
}

/// Whether a failure says nothing about the task itself: that goes on, and is looked for again when the person says so.
fn is_ours(code: Code) -> bool {
    matches!(
        code,
        Code::VaultMissing
            | Code::VaultLocked
            | Code::VaultSlow
            | Code::KeyMissing
            | Code::KeyRejected
            | Code::RateLimited
            | Code::Busy
            | Code::Unreachable
            | Code::TimedOut
            | Code::DiskFull
            | Code::StoreBroken
            | Code::Internal
    )
}

/// A prompt without the flags that name a speed, and the speed.
fn without_speed(prompt: &str) -> (String, &'static str) {
    let named = prompt.split_whitespace().find_map(|word| SPEEDS.iter().find(|(_, flag)| *flag == word));
    let Some((name, flag)) = named else { return (prompt.to_owned(), "") };
    let words: Vec<&str> = prompt.split_whitespace().filter(|word| word != flag).collect();
    (words.join(" "), name)
}

#[cfg(test)]
mod tests {
    use super::without_speed;

    #[test]
    fn a_speed_is_a_flag_of_the_prompt() {
        assert_eq!(without_speed("a boat --ar 3:2 --relax"), ("a boat --ar 3:2".into(), "relax"));
        assert_eq!(without_speed("a  boat\n--v 7"), ("a  boat\n--v 7".into(), ""), "nothing else is touched");
    }
}
