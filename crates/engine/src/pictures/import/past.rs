//! Bringing in what a service still has of the past: tasks of Midjourney that were done there, wherever they were asked for, with
//! picture, words, date and buttons. What is here by its number, or by what it was sent out with, does not come again; what
//! ended here without its picture, though it was made, gets it now.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use gateway::midjourney::{Page, SignIn, Site, Status, Task as Seen};
use store::table::generation::{Generation, GenerationKind, GenerationState, Numbered, Task};
use store::table::picture::{Picture, PictureOrigin, PictureState, TakenIn};
use store::{ServiceId, UnixMs};
use url::Url;

use super::Tally;
use crate::engine::Organs;
use crate::media::Kept;
use crate::media::fetch::bring;
use crate::pictures::abilities::TASKS;
use crate::pictures::runner;
use crate::pictures::served::let_in;
use crate::pictures::tasks::buttons;
use crate::services::endpoint::Connection;
use crate::{Code, Error};

/// Tasks on a page.
const SIZE: usize = 50;
/// Before Midjourney, 2022, a clock was not set.
const EARLIEST: UnixMs = 1_640_995_200_000;

/// Brings in all that a service has, as long as it goes on.
pub(super) async fn take_in(
    organs: &Arc<Organs>,
    service: ServiceId,
    tally: &mut Tally,
    goes_on: impl Fn() -> bool,
) -> Result<(), Error> {
    let at = Connection::open(organs, service).await?;
    let past = Past { organs, site: let_in(organs, &at).await?, at };
    let mut seen = HashSet::new();
    for number in 0.. {
        let page = past.page(number).await?;
        // Read for each page: what is asked for meanwhile is there at its end.
        let known = Here::of(organs.read(move |read| read.numbered_tasks(service)).await?);
        let before = seen.len();
        let new: Vec<Seen> = page.tasks.into_iter().filter(|task| seen.insert(task.id.clone())).collect();
        match page.all {
            Some(all) if number == 0 => tally.of += all,
            Some(_) => {}
            None => tally.of += new.len(),
        }
        for task in new {
            if !goes_on() {
                return Ok(());
            }
            if let Some(picture) = task.picture.clone().filter(|_| is_picture(&task)) {
                past.one(service, &task, &picture, &known, tally).await?;
            }
            tally.done += 1;
            tally.tell(organs);
        }
        let is_all = page.all.is_some_and(|all| seen.len() >= all);
        // A server that knows no pages says the same again.
        if page.is_last || is_all || seen.len() == before {
            return Ok(());
        }
    }
    Ok(())
}

struct Past<'past> {
    organs: &'past Arc<Organs>,
    at: Connection,
    site: Site,
}

impl Past<'_> {
    /// A page of the past; where there are no pages, all at once.
    async fn page(&self, number: usize) -> Result<Page, Error> {
        let client = &self.organs.client;
        let failed = |told| self.at.failed(self.organs, told);
        if let Some(page) = client.tasks_page(&self.site, number, SIZE).await.map_err(failed)? {
            return Ok(page);
        }
        match client.all_tasks(&self.site).await.map_err(failed)? {
            Some(tasks) => Ok(Page { all: Some(tasks.len()), tasks, is_last: true }),
            None => Err(Error::from(Code::NotOffered).asked(&self.at.service.name, TASKS)),
        }
    }

    async fn one(
        &self,
        service: ServiceId,
        task: &Seen,
        named: &str,
        known: &Here,
        tally: &mut Tally,
    ) -> Result<(), Error> {
        let before = known.get(task);
        if before.is_some_and(|one| one.has_picture || !one.state.is_ended()) {
            tally.imported.before += 1;
            return Ok(());
        }
        let home = Url::parse(self.at.midjourney.root.as_str()).map_err(|_| Code::AddressUnreadable)?;
        let kept = match bring(self.organs, &self.site.picture(named), &home).await {
            Ok(Kept { media, problem: None }) => media,
            Ok(Kept { problem: Some(error), .. }) => return tally.note(Err(error)),
            Err((error, may_come)) => return missed(error, may_come, tally),
        };
        if let Some(gone) = before.and_then(|one| one.gone) {
            // It was named when its address did not work any more; this one does.
            self.organs.write(move |write| write.keep_picture(gone, &kept)).await?;
            return tally.note(Ok(TakenIn::Before));
        }
        let at = self.date(task);
        let found = before.map(|one| one.generation);
        let words = if task.prompt.is_empty() { &task.prompt_en } else { &task.prompt };
        let new = Generation::blank(service, TASKS, words, at);
        let made = Generation {
            id: found.unwrap_or(new.id),
            kind: GenerationKind::Midjourney,
            state: GenerationState::Done,
            task: Some(self.row(task)),
            ..new
        };
        let picture = Picture {
            media_id: Some(kept.id),
            generation_id: Some(made.id),
            width: kept.width.unwrap_or_default(),
            height: kept.height.unwrap_or_default(),
            service_id: Some(service),
            model: TASKS.into(),
            state: PictureState::Kept,
            ..Picture::blank(PictureOrigin::Imported, at)
        };
        let taken = self.organs.write(move |write| {
            let taken = write.take_in_past(&kept, &picture, &made)?;
            let row = write.generation(made.id)?;
            Ok((taken, row.is_some_and(|row| row.state == GenerationState::Done)))
        });
        let (taken, is_done) = taken.await?;
        if let Some(found) = found.filter(|_| is_done) {
            runner::tell(self.organs, found).await;
        }
        tally.note(Ok(taken))
    }

    fn row(&self, task: &Seen) -> Task {
        Task {
            id: task.id.clone(),
            marker: task.state.clone(),
            secret: self.site.sign_in == SignIn::Secret,
            progress: Some(100),
            action: task.action.clone(),
            buttons: buttons(task),
            seed: task.seed.clone(),
            ..Task::default()
        }
    }

    fn date(&self, task: &Seen) -> UnixMs {
        let now = self.organs.clock.now();
        task.submitted_at.filter(|at| (EARLIEST..=now).contains(at)).unwrap_or(now)
    }
}

/// What is known here of a service's tasks.
#[derive(Default)]
struct Here {
    by_number: HashMap<String, Numbered>,
    by_marker: HashMap<String, Numbered>,
}

impl Here {
    fn of(all: Vec<Numbered>) -> Self {
        let mut here = Self::default();
        for one in all {
            // A task whose number never came is known by what it was sent out with.
            if one.task.is_empty() {
                here.by_marker.insert(one.marker.clone(), one);
                continue;
            }
            // Of several that go by one number, the one with a picture.
            let other = here.by_number.get(&one.task);
            if !other.is_some_and(|other| other.has_picture || !other.state.is_ended()) {
                here.by_number.insert(one.task.clone(), one);
            }
        }
        here
    }

    fn get(&self, task: &Seen) -> Option<&Numbered> {
        self.by_number.get(&task.id).or_else(|| self.by_marker.get(&task.state))
    }
}

/// A picture that did not come. An error where the next one would not come either.
fn missed(error: Error, may_come: bool, tally: &mut Tally) -> Result<(), Error> {
    // One file that its server stumbles over says nothing about the next.
    let stops = may_come && error.code != Code::ServerFault;
    if stops || matches!(error.code, Code::DiskFull | Code::StoreBroken) {
        return Err(error);
    }
    tracing::info!(%error, "a picture of the past does not come");
    match error.code {
        Code::PictureGone => tally.imported.gone += 1,
        Code::PictureTooLarge => tally.imported.too_large += 1,
        Code::ServerFault | Code::PictureNotAllowed => tally.imported.unopened += 1,
        _ => tally.imported.unread += 1,
    }
    Ok(())
}

/// It is done, and what came of it is a picture and not words.
fn is_picture(task: &Seen) -> bool {
    task.status == Status::Success && !matches!(task.action.as_str(), "DESCRIBE" | "SHORTEN" | "VIDEO")
}
