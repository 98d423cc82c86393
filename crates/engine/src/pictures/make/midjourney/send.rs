//! Asking for a task, once; and finding one again of which nobody knows whether it was taken.

use std::time::Duration;

use gateway::midjourney::{Bot, Dimensions, Site, Submission, Submitted, is_missing};
use store::table::generation::{Generation, PictureOptions, PictureTool, Task};
use tokio::time::sleep;

use super::{Sent, without_speed};
use crate::pictures::make::{Making, Outcome};
use crate::pictures::tasks::{Where, wants_secret};
use crate::pictures::{along, learn, request};
use crate::services::endpoint::Connection;
use crate::{Code, Error};

/// Waits for room in a queue that is full.
const FULL: &[Duration] =
    &[Duration::from_secs(5), Duration::from_secs(15), Duration::from_secs(30), Duration::from_secs(60)];
/// Waits between tries to find a task again.
const AGAIN: &[Duration] =
    &[Duration::from_secs(2), Duration::from_secs(5), Duration::from_secs(15), Duration::from_secs(60)];
/// Tries to find one again that had gone out when Medley was closed: for two hours, as one is followed.
const LONG: usize = 120;

/// What came of looking for a task.
enum Looked {
    /// It is there, or the person wants it no more.
    Found(Sent),
    /// The service does not have it, or tells of no tasks.
    Nowhere,
    /// Nobody could be asked.
    Unanswered,
}

impl Making {
    /// Asks for the task.
    pub(super) async fn send_off(&self) -> Result<Sent, Error> {
        let service = self.generation.service_id.ok_or(Code::ServiceGone)?;
        let at = Connection::open(&self.organs, service).await?;
        let (prompt, mut speed) = without_speed(&self.generation.prompt);
        if let Some(press) = self.press() {
            speed = &press.speed;
        }
        let mut wish = self.submission(prompt).await?;
        let mut task = Task { speed: speed.to_owned(), marker: self.marker(), ..Task::default() };
        let mut waits = FULL.iter();
        loop {
            let place = self.place(&task)?;
            // A kill between question and answer leaves here by what it is found again.
            self.note_task(&task).await?;
            self.note_sent(Some(self.organs.clock.now())).await?;
            let (told, stopped) = self.asked(&at, place, &wish).await;
            let Some(told) = told else { return Ok(Sent::Ended(Outcome::stopped(true))) };
            if stopped && took_nothing(&told) {
                return Ok(Sent::Ended(Outcome::stopped(false)));
            }
            let told = match told {
                Err(told) if !task.secret && wants_secret(&told) => {
                    task.secret = true;
                    continue;
                }
                Err(told) if !task.speed.is_empty() && is_missing(&told) => {
                    // It has one speed alone, or reads it in the prompt.
                    task.speed.clear();
                    if let Submission::Imagine { prompt, .. } | Submission::Shorten { prompt, .. } = &mut wish
                    {
                        prompt.clone_from(&self.generation.prompt);
                    }
                    continue;
                }
                Err(told) if told.may_be_done() => return self.after_doubt(&at, told, task, stopped).await,
                Err(told) => {
                    if self.generation.options.tool.is_some() && is_missing(&told) && is_lasting(&told) {
                        // It has none of it: what is missing is not offered again.
                        learn::refused(&self.organs, &self.generation, false).await;
                        return Err(Error { code: Code::NotOffered, ..self.failed(&at, told) });
                    }
                    return Err(self.failed(&at, told));
                }
                Ok(told) => told,
            };
            task.full = matches!(told, Submitted::QueueFull);
            match told {
                Submitted::Task { id, queue } => {
                    task = Task { id, queue, ..task };
                }
                Submitted::PopUp { id, .. } | Submitted::Before { id } => task = Task { id, ..task },
                Submitted::QueueFull => {
                    let Some(wait) = waits.next() else {
                        return Err(self.task_failed(&at, Code::Busy, ""));
                    };
                    self.note_sent(None).await?;
                    self.note_task(&task).await?;
                    tokio::select! {
                        () = self.stop.notified() => return Ok(Sent::Ended(Outcome::stopped(false))),
                        () = sleep(self.organs.config.pace.wait(*wait)) => continue,
                    }
                }
                Submitted::Banned { word } => {
                    return Err(self.task_failed(&at, Code::WordBanned, "").about(&word));
                }
                Submitted::Gone { words } => {
                    let code = if self.press().is_some() { Code::TaskGone } else { Code::NoChannel };
                    return Err(self.task_failed(&at, code, &words));
                }
                Submitted::Refused { words, .. } => return Err(self.task_failed(&at, Code::Refused, &words)),
            }
            self.noted(&task).await?;
            if stopped {
                // The person wanted it no more while it was on its way.
                self.stop.notify_one();
            }
            return Ok(Sent::Task(task));
        }
    }

    /// What is asked for.
    async fn submission(&self, prompt: String) -> Result<Submission, Error> {
        let Generation { options, references, .. } = &self.generation;
        let mut pictures = along::data_urls(&self.organs, references).await?;
        let bot = bot(&prompt);
        Ok(match options.tool {
            None => Submission::Imagine { prompt, pictures, bot },
            Some(PictureTool::Mix) => Submission::Blend { pictures, dimensions: dimensions(options), bot },
            Some(PictureTool::Describe) => {
                Submission::Describe { picture: pictures.pop().ok_or(Code::Gone)?, bot }
            }
            Some(PictureTool::Shorten) => Submission::Shorten { prompt, bot },
            Some(PictureTool::Swap) => {
                let (target, source) = (pictures.pop().ok_or(Code::Gone)?, pictures.pop().ok_or(Code::Gone)?);
                Submission::Swap { source, target }
            }
        })
    }

    /// One request. Nothing comes of it when Medley is closed meanwhile; a person's stop waits for the answer, for only with
    /// its number can a task be cancelled.
    async fn asked(
        &self,
        at: &Connection,
        place: Where,
        wish: &Submission,
    ) -> (Option<Result<Submitted, gateway::Error>>, bool) {
        let (site, marker) = (place.site(at), self.marker());
        let asking = self.ask_for(&site, wish, &marker);
        tokio::pin!(asking);
        let mut stopped = false;
        loop {
            tokio::select! {
                told = &mut asking => return (Some(told), stopped),
                () = self.stop.notified(), if !stopped => {
                    if self.organs.makings.is_closed() {
                        return (None, true);
                    }
                    stopped = true;
                }
            }
        }
    }

    async fn ask_for(
        &self,
        site: &Site,
        wish: &Submission,
        marker: &str,
    ) -> Result<Submitted, gateway::Error> {
        let client = &self.organs.client;
        match self.press() {
            Some(press) => client.press(site, &press.task, &press.button.custom_id, marker).await,
            None => client.submit(site, wish, marker).await,
        }
    }

    /// It may have been taken: it is looked for by its marker, and where it is not found the person decides.
    async fn after_doubt(
        &self,
        at: &Connection,
        told: gateway::Error,
        task: Task,
        stopped: bool,
    ) -> Result<Sent, Error> {
        match self.by_marker(task, AGAIN.len()).await? {
            Looked::Found(sent) => {
                if stopped {
                    self.stop.notify_one();
                }
                Ok(sent)
            }
            _ if stopped => Ok(Sent::Ended(Outcome::stopped(true))),
            Looked::Nowhere => Err(self.failed(at, told)),
            Looked::Unanswered => Ok(open(self.failed(at, told))),
        }
    }

    /// Finds a task again that had gone out when Medley was closed.
    pub(super) async fn found_again(&self, task: Task) -> Result<Sent, Error> {
        Ok(match self.by_marker(task, LONG).await? {
            Looked::Found(sent) => sent,
            Looked::Nowhere | Looked::Unanswered => open(Code::GenerationInterrupted.into()),
        })
    }

    /// Asks for it again, as the person said, where it is certain or cannot be known that the last try was not taken.
    pub(super) async fn send_unless_found(&self, task: Task) -> Result<Sent, Error> {
        match self.by_marker(task, AGAIN.len()).await? {
            Looked::Found(sent) => Ok(sent),
            Looked::Nowhere => self.send_off().await,
            Looked::Unanswered => Ok(open(Code::GenerationInterrupted.into())),
        }
    }

    /// Looks for the task among all that the service knows. Only a service that answers can say that it is not there.
    async fn by_marker(&self, mut task: Task, tries: usize) -> Result<Looked, Error> {
        if task.marker.is_empty() {
            task.marker = self.marker();
        }
        for attempt in 0..tries {
            let wait = AGAIN.get(attempt).or(AGAIN.last()).copied().unwrap_or_default();
            tokio::select! {
                () = self.stop.notified() => return Ok(Looked::Found(Sent::Ended(Outcome::stopped(true)))),
                () = sleep(self.organs.config.pace.wait(wait)) => {}
            }
            let place = self.place(&task)?;
            let at = match Connection::open(&self.organs, place.service).await {
                Ok(at) => at,
                Err(error) if error.code == Code::ServiceGone => return Err(error),
                Err(_) => continue,
            };
            match self.organs.client.all_tasks(&place.site(&at)).await {
                Ok(Some(all)) => {
                    let Some(found) = all.into_iter().find(|one| one.state == task.marker) else {
                        return Ok(Looked::Nowhere);
                    };
                    task.id = found.id;
                    self.noted(&task).await?;
                    return Ok(Looked::Found(Sent::Task(task)));
                }
                Ok(None) => return Ok(Looked::Nowhere),
                Err(told) if !task.secret && wants_secret(&told) => task.secret = true,
                Err(error) => tracing::debug!(%error, "tasks were not listed; it is asked again"),
            }
        }
        Ok(Looked::Unanswered)
    }
}

/// Who draws: the one for anime where a flag says so.
fn bot(prompt: &str) -> Bot {
    if prompt.split_whitespace().any(|word| word == "--niji") { Bot::Niji } else { Bot::Midjourney }
}

/// The shape that pictures are mixed into.
fn dimensions(options: &PictureOptions) -> Dimensions {
    match request::expected(options) {
        Some((width, height)) if width > height => Dimensions::Landscape,
        Some((width, height)) if width < height => Dimensions::Portrait,
        _ => Dimensions::Square,
    }
}

/// It may still be found, when the person says so.
fn open(error: Error) -> Sent {
    Sent::Ended(Outcome { is_open: true, ..Outcome::failed(error) })
}

/// Whether what is missing stays missing: a page in the place of an answer may be one of a moment.
fn is_lasting(told: &gateway::Error) -> bool {
    let status = match told {
        gateway::Error::Refused(failure) => failure.status,
        gateway::Error::NotAnApi { status, .. } => *status,
        _ => return false,
    };
    matches!(status, 404 | 405 | 501)
}

/// Whether an answer says for certain that nothing was taken.
fn took_nothing(told: &Result<Submitted, gateway::Error>) -> bool {
    match told {
        Ok(Submitted::Task { .. } | Submitted::PopUp { .. } | Submitted::Before { .. }) => false,
        Ok(_) => true,
        Err(told) => !told.may_be_done(),
    }
}
