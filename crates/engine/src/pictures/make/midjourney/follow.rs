//! Following a task to its end: progress and previews on the way, pop-ups filled in with what the person said before, and the
//! picture fetched the moment it is there.

use std::time::Duration;

use gateway::midjourney::{Cancelled, Site, Status, Submission, Submitted, Task as Seen};
use store::table::generation::Task;
use store::table::picture::Picture;
use tokio::time::timeout;
use url::Url;

use super::seen;
use crate::pictures::keep::Keeper;
use crate::pictures::make::{Making, Outcome};
use crate::pictures::tasks::{Told, Watch};
use crate::pictures::{along, runner};
use crate::services::endpoint::Connection;
use crate::{Code, Error, media, prices};

/// Milliseconds after which a task that did not end is not waited for any more: relays give up after an hour.
const LONGEST: i64 = 2 * 60 * 60 * 1000;
/// Milliseconds in which a pop-up that was filled in may still look open, for relays look themselves now and then.
const STILL_OPEN: i64 = 30_000;
/// A preview that does not come soon is worth nothing.
const PREVIEW: Duration = Duration::from_secs(15);
/// Answers in a row by which a task is unknown: some servers know a new one a moment late.
const UNKNOWN: u32 = 3;

impl Making {
    /// Follows the task until it ended.
    pub(super) async fn follow(&self, mut task: Task) -> Result<Outcome, Error> {
        let place = self.place(&task)?;
        let mut watch = Watch::begin(&self.organs, place, &task.id);
        let (mut shown, mut unknown) = (String::new(), 0);
        loop {
            let told = tokio::select! {
                () = self.stop.notified() => return self.let_go(&task).await,
                told = watch.next() => told,
            };
            let now = match told {
                Told::Nothing => continue,
                Told::Lost(error) => return Err(error),
                Told::Unknown => {
                    unknown += 1;
                    if unknown < UNKNOWN {
                        continue;
                    }
                    let at = Connection::open(&self.organs, place.service).await?;
                    return Err(self.task_failed(&at, Code::TaskGone, ""));
                }
                Told::Task(now) => now,
            };
            unknown = 0;
            let changed = seen(&task, &now);
            if changed != task {
                task = changed;
                self.note_task(&task).await?;
            }
            if now.status == Status::PopUp {
                self.fill_in(&mut task).await?;
            } else if now.status.is_ended() {
                return self.ended(&task, &now).await;
            } else if let Some(preview) = now.picture.filter(|preview| *preview != shown) {
                self.preview(&task, &preview).await;
                shown = preview;
            }
            let began = self.generation.started_at.unwrap_or_default();
            if self.organs.clock.now() - began > LONGEST {
                let at = Connection::open(&self.organs, place.service).await?;
                let error = Some(self.task_failed(&at, Code::TaskOpen, ""));
                return Ok(Outcome { error, is_open: true, ..Outcome::default() });
            }
        }
    }

    /// What came of a task that ended.
    async fn ended(&self, task: &Task, now: &Seen) -> Result<Outcome, Error> {
        let at = Connection::open(&self.organs, self.place(task)?.service).await?;
        match (now.status, &now.picture) {
            (Status::Success, Some(picture)) => {
                self.came(task, now, &task_site(self, task, &at)?.picture(picture)).await
            }
            (Status::Success, None) => Err(self.nothing(&at, &now.final_prompt)),
            (Status::Cancelled, _) => Ok(Outcome::stopped(false)),
            _ => Err(self.task_failed(&at, why(&now.reason), &now.reason)),
        }
    }

    async fn came(&self, task: &Task, now: &Seen, address: &str) -> Result<Outcome, Error> {
        let (id, since) = (self.generation.id, self.generation.started_at.unwrap_or_default());
        // A kill between the picture and the end leaves it here.
        let is_new = |one: &Picture| one.created_at >= since;
        let here = self
            .organs
            .read(move |read| read.pictures_of(id))
            .await?
            .iter()
            .filter(|one| is_new(one))
            .count();
        let mut keeper = Keeper::new(&self.organs, &self.generation);
        if here == 0 {
            let told = now.final_prompt.trim();
            let revised = if told == self.generation.prompt.trim() { "" } else { told };
            keeper.address(address.to_owned(), revised.to_owned()).await;
        }
        let (service, name) = (self.generation.service_id, format!("mj_{}", task.action.to_lowercase()));
        let priced = self.organs.read(move |read| prices::model(read, service, &name)).await?;
        let pictures = here + keeper.kept();
        let cost = priced.and_then(|model| model.price_call).filter(|_| pictures > 0);
        Ok(Outcome { pictures, cost, error: keeper.into_error(), ..Outcome::default() })
    }

    /// Tells an open pop-up what the person said before the button was pressed; where nothing was said, it keeps what it has.
    async fn fill_in(&self, task: &mut Task) -> Result<(), Error> {
        let now = self.organs.clock.now();
        if task.filled_at.is_some_and(|at| now - at < STILL_OPEN) {
            return Ok(());
        }
        let was_filled = task.filled_at.is_some();
        let mask = match self.generation.mask {
            Some(mask) => Some(along::black_and_white(&self.organs, mask).await?),
            None => None,
        };
        let prompt = self.press().map(|press| press.prompt.clone()).unwrap_or_default();
        task.filled_at = Some(now);
        self.note_task(task).await?;
        let at = Connection::open(&self.organs, self.place(task)?.service).await?;
        let wish = Submission::Modal { task: task.id.clone(), prompt, mask };
        let site = task_site(self, task, &at)?;
        match self.organs.client.submit(&site, &wish, "").await {
            // A full queue is tried again while the pop-up looks open.
            Ok(
                Submitted::Task { .. }
                | Submitted::Before { .. }
                | Submitted::PopUp { .. }
                | Submitted::QueueFull,
            )
            | Err(gateway::Error::Unreachable { .. }) => Ok(()),
            Ok(Submitted::Banned { word }) => Err(self.task_failed(&at, Code::WordBanned, "").about(&word)),
            // It closed when it was filled in before, and nobody told.
            Ok(Submitted::Gone { .. } | Submitted::Refused { .. }) if was_filled => Ok(()),
            Ok(Submitted::Gone { words }) => Err(self.task_failed(&at, Code::TaskGone, &words)),
            Ok(Submitted::Refused { words, .. }) => Err(self.task_failed(&at, Code::Refused, &words)),
            // The next look at the task tells what came of it.
            Err(told) if told.may_be_done() || was_filled => Ok(()),
            Err(told) => Err(self.failed(&at, told)),
        }
    }

    /// Shows how far the picture is.
    async fn preview(&self, task: &Task, named: &str) {
        let fetched = async {
            let at = Connection::open(&self.organs, self.place(task)?.service).await?;
            let address = task_site(self, task, &at)?.picture(named);
            let home = Url::parse(at.endpoint.root.as_str()).map_err(|_| Code::AddressUnreadable)?;
            let kept =
                media::fetch::bring(&self.organs, &address, &home).await.map_err(|(error, _)| error)?;
            let (id, file) = (self.generation.id, kept.media);
            self.organs.write(move |write| write.set_preview(id, &file)).await?;
            Ok::<_, Error>(())
        };
        match timeout(PREVIEW, fetched).await {
            Ok(Ok(())) => runner::tell(&self.organs, self.generation.id).await,
            Ok(Err(error)) => tracing::debug!(%error, "a preview is not shown"),
            Err(_) => tracing::debug!("a preview did not come in time"),
        }
    }

    /// The person wants it no more, or Medley is closed. What is done by now was paid for and is kept.
    async fn let_go(&self, task: &Task) -> Result<Outcome, Error> {
        if self.organs.makings.is_closed() {
            return Ok(Outcome::stopped(true));
        }
        let at = Connection::open(&self.organs, self.place(task)?.service).await?;
        let site = task_site(self, task, &at)?;
        let told = self.organs.client.cancel_task(&site, &task.id).await;
        if matches!(told, Ok(Cancelled::Done)) {
            return Ok(Outcome::stopped(false));
        }
        match self.organs.client.task(&site, &task.id).await {
            Ok(Some(now)) if now.status.is_ended() => {
                let task = seen(task, &now);
                self.note_task(&task).await?;
                self.ended(&task, &now).await
            }
            _ => Ok(Outcome::stopped(true)),
        }
    }
}

fn task_site(making: &Making, task: &Task, at: &Connection) -> Result<Site, Error> {
    Ok(making.place(task)?.site(at))
}

/// What a reason in a server's words means.
fn why(reason: &str) -> Code {
    let said = reason.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if says(&["moderat", "banned", "sensitive", "violat", "敏感", "违规"]) {
        Code::Policy
    } else if says(&["timeout", "timed out", "超时"]) {
        Code::UpstreamSlow
    } else if says(&["quota", "balance", "credit", "余额"]) {
        Code::BalanceEmpty
    } else {
        Code::Refused
    }
}
