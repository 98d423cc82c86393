//! Following a task to its end: progress and previews on the way, pop-ups filled in with what the person said before, and the
//! picture fetched the moment it is there.

use std::time::Duration;

use gateway::Reading;
use gateway::midjourney::{Cancelled, Site, Status, Submission, Submitted, Task as Seen};
use store::table::generation::{PictureTool, Task};
use store::table::picture::Picture;
use tokio::time::{sleep, timeout};
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
/// At least so long is waited for one that was taken up after that.
const SHORTEST: i64 = 2 * 60 * 1000;
/// Milliseconds between tries to fill in a pop-up that was not taken.
const BETWEEN: i64 = 30_000;
/// So many of them.
const FILLS: u32 = 10;
/// A preview that does not come soon is worth nothing.
const PREVIEW: Duration = Duration::from_secs(15);
/// Answers in a row by which a task is unknown: some servers know a new one a moment late.
const UNKNOWN: u32 = 3;

impl Making {
    /// Follows the task until it ended.
    pub(super) async fn follow(&self, mut task: Task) -> Result<Outcome, Error> {
        let place = self.place(&task)?;
        let mut watch = Watch::begin(&self.organs, place, &task.id);
        let (mut shown, mut unknown, mut tries) = (String::new(), 0, Tries::default());
        let mut is_noted = self.generation.task.as_ref().is_some_and(|known| known.id == task.id);
        let speed = self.organs.config.pace;
        let end = self.generation.started_at.unwrap_or_default() + speed.millis(LONGEST);
        let left = (end - self.organs.clock.now()).max(speed.millis(SHORTEST));
        let late = sleep(Duration::from_millis(left.unsigned_abs()));
        tokio::pin!(late);
        loop {
            let told = tokio::select! {
                () = self.stop.notified() => return self.let_go(&task).await,
                told = watch.next() => told,
                // Nothing is told of it, or it does not end.
                () = &mut late => return self.open_still(&task).await,
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
                    return Err(self.task_failed(&at, Code::TaskForgotten, ""));
                }
                Told::Task(now) => now,
            };
            unknown = 0;
            let changed = seen(&task, &now);
            if changed != task || !is_noted {
                task = changed;
                is_noted = self.noted(&task).await?;
            }
            if now.status == Status::PopUp {
                self.fill_in(&mut task, &mut tries).await?;
            } else if now.status.is_ended() {
                return self.ended(&task, &now).await;
            } else if let Some(preview) = now.picture.filter(|preview| *preview != shown) {
                self.preview(&task, &preview).await;
                shown = preview;
            }
        }
    }

    /// It is not waited for any more; the person can have it looked for.
    async fn open_still(&self, task: &Task) -> Result<Outcome, Error> {
        let at = Connection::open(&self.organs, self.place(task)?.service).await?;
        let error = self.task_failed(&at, Code::TaskOpen, "");
        Ok(Outcome { is_open: true, ..Outcome::failed(error) })
    }

    /// What came of a task that ended.
    async fn ended(&self, task: &Task, now: &Seen) -> Result<Outcome, Error> {
        let at = Connection::open(&self.organs, self.place(task)?.service).await?;
        match (now.status, &now.picture) {
            (Status::Success, _) if self.is_words() => self.told(task, now, &at).await,
            (Status::Success, Some(picture)) => {
                self.came(task, now, &task_site(self, task, &at)?.picture(picture)).await
            }
            (Status::Success, None) => Err(self.nothing(&at, &now.final_prompt)),
            (Status::Cancelled, _) => Ok(Outcome::stopped(false)),
            _ => Err(self.task_failed(&at, why(&now.reason), &now.reason)),
        }
    }

    /// Words come of it, and no picture.
    fn is_words(&self) -> bool {
        matches!(self.generation.options.tool, Some(PictureTool::Describe | PictureTool::Shorten))
    }

    /// The words that came are kept with the task: they were paid for.
    async fn told(&self, task: &Task, now: &Seen, at: &Connection) -> Result<Outcome, Error> {
        let is_shortened = self.generation.options.tool == Some(PictureTool::Shorten);
        // Some describe in the place of the prompt; a prompt that was to be shortened stands there unchanged.
        let said = [&now.final_prompt, &now.prompt, &now.prompt_en];
        let mut said = said.into_iter().take(if is_shortened { 1 } else { 3 }).map(|words| words.trim());
        let Some(words) = said.find(|words| !words.is_empty()) else {
            // It was paid for: the person can have it looked for again, and nothing is asked for anew.
            let error = self.task_failed(at, Code::EmptyAnswer, "");
            return Ok(Outcome { is_open: true, ..Outcome::failed(error) });
        };
        let cost = self.priced(task).await?;
        let task = Task { words: words.to_owned(), ..task.clone() };
        if self.noted(&task).await? {
            return Ok(Outcome { has_words: true, cost, ..Outcome::default() });
        }
        Err(Code::DiskFull.into())
    }

    /// What a task of this kind costs at the service, where that is known.
    pub(super) async fn priced(&self, task: &Task) -> Result<Option<f64>, Error> {
        let name = match task.action.as_str() {
            // Relays list it so.
            "SWAP_FACE" => "swap_face".to_owned(),
            action => format!("mj_{}", action.to_lowercase()),
        };
        let service = self.generation.service_id;
        let model = self.organs.read(move |read| prices::model(read, service, &name)).await?;
        Ok(model.and_then(|model| model.price_call))
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
        let priced = self.priced(task).await?;
        let pictures = here + keeper.kept();
        let cost = priced.filter(|_| pictures > 0);
        // It is done and paid for: what was in the way here, a full disk say, is no reason to have it made anew.
        Ok(Outcome {
            pictures,
            cost,
            error: keeper.into_error(),
            is_open: pictures == 0,
            ..Outcome::default()
        })
    }

    /// Tells an open pop-up what the person said before the button was pressed; where nothing was said, it keeps what it has.
    /// It may look open for a while when it was told: only one that certainly was not is told again.
    async fn fill_in(&self, task: &mut Task, tries: &mut Tries) -> Result<(), Error> {
        let (now, between) = (self.organs.clock.now(), self.organs.config.pace.millis(BETWEEN));
        if task.filled_at.is_some() || tries.last.is_some_and(|last| now - last < between) {
            return Ok(());
        }
        let mask = match self.generation.mask {
            Some(mask) => Some(along::black_and_white(&self.organs, mask).await?),
            None => None,
        };
        let prompt = self.press().map(|press| press.prompt.clone()).unwrap_or_default();
        let at = Connection::open(&self.organs, self.place(task)?.service).await?;
        let site = task_site(self, task, &at)?;
        let wish = Submission::Modal { task: task.id.clone(), prompt, mask };
        *tries = Tries { count: tries.count + 1, last: Some(now) };
        task.filled_at = Some(now);
        self.note_task(task).await?;
        let told = self.organs.client.submit(&site, &wish, "").await;
        match told {
            Ok(Submitted::Task { .. } | Submitted::Before { .. } | Submitted::PopUp { .. }) => return Ok(()),
            // The next look at the task tells what came of it.
            Err(told) if told.may_be_done() => return Ok(()),
            _ => {}
        }
        task.filled_at = None;
        self.note_task(task).await?;
        match told {
            Ok(Submitted::Banned { word }) => Err(self.task_failed(&at, Code::WordBanned, "").about(&word)),
            Ok(Submitted::Gone { words }) => Err(self.task_failed(&at, Code::TaskGone, &words)),
            Ok(Submitted::Refused { words, .. }) => Err(self.task_failed(&at, Code::Refused, &words)),
            Err(told) if !is_passing(&told) => Err(self.failed(&at, told)),
            _ if tries.count >= FILLS => Err(self.task_failed(&at, Code::Busy, "")),
            _ => Ok(()),
        }
    }

    /// Shows how far the picture is.
    async fn preview(&self, task: &Task, named: &str) {
        let fetched = async {
            let at = Connection::open(&self.organs, self.place(task)?.service).await?;
            let address = task_site(self, task, &at)?.picture(named);
            let home = Url::parse(at.midjourney.root.as_str()).map_err(|_| Code::AddressUnreadable)?;
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

/// How often a pop-up was told something that it did not take.
#[derive(Default)]
struct Tries {
    count: u32,
    last: Option<i64>,
}

/// Whether a fault on the way to a pop-up says nothing about what it was told.
fn is_passing(told: &gateway::Error) -> bool {
    match told {
        gateway::Error::Refused(failure) => {
            matches!(failure.status, 408 | 425 | 429 | 500..=599)
                || matches!(failure.reading, Reading::Busy | Reading::RateLimited)
        }
        _ => true,
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
