//! Asks services how tasks stand: all open ones of a service with one question, more and more slowly the longer they take, and
//! again and again through every fault. Whoever watches a task is told; nothing here decides what that means.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use gateway::Reading;
use gateway::midjourney::{Button, SignIn, Site, Speed, Task, Way};
use store::ServiceId;
use store::table::generation::TaskButton;
use tokio::sync::watch;
use tokio::time::{Instant, sleep};

use crate::engine::Organs;
use crate::services::endpoint::Connection;
use crate::{Code, Error};

/// How long a task is open, and how long is waited between two questions then.
const PACE: &[(Duration, Duration)] = &[
    (Duration::from_secs(3), Duration::from_millis(2_500)),
    (Duration::from_secs(60), Duration::from_secs(5)),
    (Duration::from_secs(300), Duration::from_secs(10)),
];
const SLOWEST: Duration = Duration::from_secs(15);
/// Longest pause after faults.
const PATIENCE: Duration = Duration::from_secs(60);
/// Rounds in a row without a key that is let in; after these the person has to do something first.
const SHUT_OUT: u32 = 2;
/// Up to so many are asked about one by one.
const FEW: usize = 2;
/// Asked about with one question.
const MANY: usize = 100;

/// Where tasks are asked about. Those of one place share their questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Where {
    pub(super) service: ServiceId,
    pub(super) secret: bool,
    pub(super) speed: &'static str,
}

/// What is known of a task.
#[derive(Clone, Debug)]
pub(super) enum Told {
    /// Nobody was asked yet.
    Nothing,
    /// How it stands.
    Task(Box<Task>),
    /// The service does not know it any more.
    Unknown,
    /// Nobody can be asked.
    Lost(Error),
}

/// All that are watched.
#[derive(Default)]
pub(crate) struct Watches(Mutex<HashMap<Where, Open>>);

/// Those of one place, by their numbers.
type Open = HashMap<String, (Instant, watch::Sender<Told>)>;

/// Watches a task until it is dropped.
pub(super) struct Watch {
    organs: Weak<Organs>,
    place: Where,
    id: String,
    told: watch::Receiver<Told>,
}

impl Where {
    pub(super) fn site(self, at: &Connection) -> Site {
        Site {
            endpoint: at.midjourney.clone(),
            sign_in: if self.secret { SignIn::Secret } else { SignIn::Key },
            speed: speed(self.speed),
        }
    }
}

/// A speed by its name.
pub(super) fn speed(name: &str) -> Option<Speed> {
    match name {
        "fast" => Some(Speed::Fast),
        "relax" => Some(Speed::Relax),
        "turbo" => Some(Speed::Turbo),
        _ => None,
    }
}

impl Watch {
    /// Begins to watch a task.
    pub(super) fn begin(organs: &Arc<Organs>, place: Where, id: &str) -> Self {
        let mut all = lock(&organs.watches);
        let is_first = !all.contains_key(&place);
        // Two may watch one task: the service said of the second that it was made before.
        let (_, sender) = all
            .entry(place)
            .or_default()
            .entry(id.to_owned())
            .or_insert_with(|| (Instant::now(), watch::Sender::new(Told::Nothing)));
        let told = sender.subscribe();
        drop(all);
        if is_first {
            tokio::spawn(ask(Arc::downgrade(organs), place));
        }
        Self { organs: Arc::downgrade(organs), place, id: id.to_owned(), told }
    }

    /// What is told next.
    pub(super) async fn next(&mut self) -> Told {
        match self.told.changed().await {
            Ok(()) => self.told.borrow_and_update().clone(),
            Err(_) => Told::Lost(Code::Internal.into()),
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if let Some(organs) = self.organs.upgrade()
            && let Some(open) = lock(&organs.watches).get_mut(&self.place)
            && open.get(&self.id).is_some_and(|(_, sender)| sender.receiver_count() <= 1)
        {
            open.remove(&self.id);
        }
    }
}

/// Asks about all of one place until none is open.
async fn ask(organs: Weak<Organs>, place: Where) {
    let (mut way, mut faults) = (Way::default(), 0_u32);
    loop {
        let Some(pause) = organs.upgrade().and_then(|organs| pause(&organs, place, faults)) else { return };
        sleep(pause).await;
        let Some(organs) = organs.upgrade().filter(|organs| !organs.makings.is_closed()) else { return };
        let ids: Vec<String> =
            lock(&organs.watches).get(&place).into_iter().flat_map(|open| open.keys().cloned()).collect();
        match once(&organs, place, &ids, &mut way).await {
            Ok(told) => {
                faults = 0;
                for (id, task) in told {
                    let told = task.map_or(Told::Unknown, |task| Told::Task(Box::new(task)));
                    tell(&organs, place, &id, &told);
                }
            }
            Err(error)
                if error.code == Code::ServiceGone || faults >= SHUT_OUT && is_shut_out(error.code) =>
            {
                faults += 1;
                for id in &ids {
                    tell(&organs, place, id, &Told::Lost(error.clone()));
                }
            }
            Err(error) => {
                faults += 1;
                tracing::debug!(%error, "how tasks stand was not told; it is asked again");
            }
        }
    }
}

/// How long to wait before the next question; none when nobody watches any more.
fn pause(organs: &Organs, place: Where, faults: u32) -> Option<Duration> {
    let speed = organs.config.pace;
    let mut all = lock(&organs.watches);
    let youngest = all.get(&place)?.values().map(|(since, _)| since.elapsed()).min();
    let Some(youngest) = youngest else {
        all.remove(&place);
        return None;
    };
    let usual =
        PACE.iter().find(|(until, _)| youngest < speed.wait(*until)).map_or(SLOWEST, |(_, pause)| *pause);
    Some(speed.wait(faulty(usual, faults)))
}

fn faulty(pause: Duration, faults: u32) -> Duration {
    if faults == 0 { pause } else { pause.saturating_mul(2_u32.saturating_pow(faults.min(10))).min(PATIENCE) }
}

/// Whether nothing is told until the person has seen to the key.
fn is_shut_out(code: Code) -> bool {
    matches!(
        code,
        Code::KeyMissing | Code::KeyRejected | Code::VaultMissing | Code::VaultLocked | Code::VaultSlow
    )
}

/// What can be done with what came of a task.
pub(super) fn buttons(now: &Task) -> Vec<TaskButton> {
    let button = |one: &Button| TaskButton {
        custom_id: one.custom_id.clone(),
        emoji: one.emoji.clone(),
        label: one.label.clone(),
    };
    now.buttons.iter().map(button).collect()
}

/// Whether a server may want to be shown the key in the other way.
pub(super) fn wants_secret(told: &gateway::Error) -> bool {
    let readings = [Reading::KeyRejected, Reading::KeyMissing, Reading::Forbidden];
    matches!(told, gateway::Error::Refused(failure) if matches!(failure.status, 401 | 403) && readings.contains(&failure.reading))
}

/// Whether the next question would come to nothing as well.
fn is_for_all(told: &gateway::Error) -> bool {
    match told {
        gateway::Error::Unreachable { .. } | gateway::Error::TimedOut { .. } => true,
        gateway::Error::Refused(failure) => matches!(failure.status, 401 | 403 | 429),
        _ => false,
    }
}

/// One round of questions. Tasks that are not in an answer are asked about alone, and a fault that meets one of them keeps
/// nothing from the others; it is an error where nothing at all was told.
async fn once(
    organs: &Organs,
    place: Where,
    ids: &[String],
    way: &mut Way,
) -> Result<Vec<(String, Option<Task>)>, Error> {
    let at = Connection::open(organs, place.service).await?;
    let site = place.site(&at);
    let mut found = HashMap::new();
    if ids.len() > FEW && *way != Way::Singly {
        for some in ids.chunks(MANY) {
            match organs.client.tasks(&site, some, way).await {
                Ok(told) => found.extend(told.into_iter().map(|task| (task.id.clone(), task))),
                Err(told) if is_for_all(&told) => return Err(at.failed(organs, told)),
                Err(error) => {
                    tracing::debug!(%error, "tasks were not told together; they are asked about alone");
                }
            }
        }
    }
    let (mut all, mut fault) = (Vec::new(), None);
    for id in ids {
        let task = match found.remove(id) {
            Some(task) => Some(task),
            None => match organs.client.task(&site, id).await {
                Ok(task) => task,
                Err(told) => {
                    let is_for_all = is_for_all(&told);
                    fault = Some(at.failed(organs, told));
                    if is_for_all {
                        break;
                    }
                    continue;
                }
            },
        };
        all.push((id.clone(), task));
    }
    match fault {
        Some(fault) if all.is_empty() => Err(fault),
        _ => {
            organs.events.reach(true);
            Ok(all)
        }
    }
}

fn tell(organs: &Organs, place: Where, id: &str, told: &Told) {
    if let Some((_, sender)) = lock(&organs.watches).get(&place).and_then(|open| open.get(id)) {
        sender.send_replace(told.clone());
    }
}

fn lock(watches: &Watches) -> MutexGuard<'_, HashMap<Where, Open>> {
    watches.0.lock().unwrap_or_else(PoisonError::into_inner)
}
