//! What can be asked of a service about Midjourney's tasks beside making: the seed of a picture, what waits there, the words that
//! came, an address for a picture. Nothing of this makes a picture.

use std::collections::HashSet;

use gateway::midjourney::{NO_TASK, SignIn, Site, Told};
use store::table::generation::{Generation, Task};
use store::{MediaId, PictureId, ServiceId};

use super::tasks::{speed, wants_secret};
use super::{Pictures, abilities, along};
use crate::engine::Organs;
use crate::services::endpoint::Connection;
use crate::{Code, Error};

/// Words that came, shown at one go.
const MOST_WORDS: u32 = 60;

impl Pictures {
    /// The makings of which words came and no picture, the newest first.
    pub async fn told(&self) -> Result<Vec<Generation>, Error> {
        self.0.read(|read| read.told_generations(MOST_WORDS)).await
    }

    /// The number that a picture of Midjourney grew from. It is asked for once, which may take a minute, and known from then on.
    pub async fn seed(&self, id: PictureId) -> Result<String, Error> {
        let made = self.0.read(move |read| {
            let picture = read.picture(id)?.ok_or(store::Error::NotFound)?;
            picture.generation_id.map(|made| read.generation(made)).transpose().map(Option::flatten)
        });
        let made = made.await?.ok_or(Code::Gone)?;
        let task = made.task.clone().filter(|task| !task.id.is_empty()).ok_or(Code::Gone)?;
        if let Some(seed) = &task.seed {
            return Ok(seed.clone());
        }
        let at = Connection::open(&self.0, made.service_id.ok_or(Code::ServiceGone)?).await?;
        let site = site(&at, task.secret, &task.speed);
        let told = self.0.client.task_seed(&site, of_grid(&made, &task)).await;
        let seed = this(&self.0, &at, told)?;
        let (row, kept) = (made.id, seed.clone());
        self.0.write(move |write| write.set_task_seed(row, &kept)).await?;
        Ok(seed)
    }

    /// How many tasks of others wait or are being made at a service; none where the service does not tell.
    pub async fn at_service(&self, service: ServiceId) -> Result<Option<usize>, Error> {
        let at = Connection::open(&self.0, service).await?;
        let site = let_in(&self.0, &at).await?;
        let told = self.0.client.queued_tasks(&site).await.map_err(|told| at.failed(&self.0, told))?;
        let known = self.0.read(move |read| read.numbered_tasks(service)).await?;
        let mine: HashSet<String> = known.into_iter().flat_map(|one| [one.task, one.marker]).collect();
        let is_mine = |one: &gateway::midjourney::Task| {
            mine.contains(&one.id) || !one.state.is_empty() && mine.contains(&one.state)
        };
        let is_other = |one: &&gateway::midjourney::Task| !one.status.is_ended() && !is_mine(one);
        Ok(told.map(|all| all.iter().filter(is_other).count()))
    }

    /// Lays a picture down at a service where Midjourney can see it, and tells its address. A copy of it is sent there.
    pub async fn lay_down(&self, service: ServiceId, media: MediaId) -> Result<String, Error> {
        let at = Connection::open(&self.0, service).await?;
        let site = let_in(&self.0, &at).await?;
        let copy = along::data_urls(&self.0, &[media]).await?.pop().ok_or(Code::Gone)?;
        let told = self.0.client.lay_down(&site, &copy).await;
        this(&self.0, &at, told)
    }
}

/// The place of Midjourney's tasks at a service, asked in the way in which it lets one in.
pub(super) async fn let_in(organs: &Organs, at: &Connection) -> Result<Site, Error> {
    let usual = site(at, false, "");
    match organs.client.task(&usual, NO_TASK).await {
        Err(told) if wants_secret(&told) => Ok(site(at, true, "")),
        Err(told @ (gateway::Error::Unreachable { .. } | gateway::Error::TimedOut { .. })) => {
            Err(at.failed(organs, told))
        }
        _ => Ok(usual),
    }
}

fn site(at: &Connection, secret: bool, named: &str) -> Site {
    let sign_in = if secret { SignIn::Secret } else { SignIn::Key };
    Site { endpoint: at.midjourney.clone(), sign_in, speed: speed(named) }
}

/// Only a picture of four has a number of its own; one that was taken of it grew from the same.
fn of_grid<'made>(made: &'made Generation, task: &'made Task) -> &'made str {
    let press = made.options.press.as_ref();
    let taken = press.filter(|press| press.button.custom_id.starts_with("MJ::JOB::upsample::"));
    taken.map_or(&task.id, |press| &press.task)
}

/// What was told, or why not.
fn this(organs: &Organs, at: &Connection, told: Result<Told, gateway::Error>) -> Result<String, Error> {
    let refused = |code: Code, words: &str| {
        let message = words.trim().chars().take(600).collect();
        Error { message, ..code.into() }.asked(&at.service.name, abilities::TASKS)
    };
    match told.map_err(|told| at.failed(organs, told))? {
        Told::This(said) => Ok(said),
        Told::NotOffered => Err(refused(Code::NotOffered, "")),
        Told::Refused(words) => Err(refused(Code::Refused, &words)),
    }
}
