//! The queue of generations: gives turns, follows what is being made, and writes down how each ended. The order and the
//! turns are in the database; here is only what a running program needs. Nothing is ever sent twice by itself.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use store::table::generation::{Ended, Generation, GenerationState};
use store::{GenerationId, ServiceId};
use tokio::time::sleep;

use super::make::{self, Outcome};
use crate::engine::Organs;
use crate::running::{Running, Stop};
use crate::services::balance;
use crate::view::Event;
use crate::{Code, Error};

/// Made at once, at each service.
const AT_ONCE: u32 = 2;
/// Before a turn is given again that could not be given.
const PAUSE: Duration = Duration::from_secs(1);

/// Everything that is being made now.
pub(crate) type Makings = Running<GenerationId>;

/// Gives turns to all that may have one now. Each goes on by itself, and gives the next turn when it ends.
pub(crate) fn begin(organs: &Arc<Organs>) -> BoxFuture<'_, ()> {
    Box::pin(give_turns(organs))
}

async fn give_turns(organs: &Arc<Organs>) {
    while !organs.makings.is_closed() {
        let now = organs.clock.now();
        match organs.write(move |write| write.begin_generation(AT_ONCE, now)).await {
            Ok(Some(generation)) => {
                let service = generation.service_id;
                organs.events.tell(Event::Generation { generation: Box::new(generation.clone()) });
                follow(organs, generation, false);
                tell_waiting(organs, service).await;
            }
            Ok(None) => return,
            Err(error) => {
                tracing::warn!(%error, "no turn could be given; it is tried again in a while");
                let organs = Arc::clone(organs);
                tokio::spawn(async move {
                    sleep(PAUSE).await;
                    begin(&organs).await;
                });
                return;
            }
        }
    }
}

/// Takes up the tasks that went on at their services while Medley was closed, after a start.
pub(crate) async fn resume(organs: &Arc<Organs>) {
    match organs.read(store::Read::running_tasks).await {
        Ok(open) => {
            for generation in open {
                follow(organs, generation, true);
            }
        }
        Err(error) => tracing::warn!(%error, "tasks are not taken up; the next start tries again"),
    }
}

fn follow(organs: &Arc<Organs>, generation: Generation, resumed: bool) {
    if let Some(stop) = organs.makings.enter(generation.id) {
        tokio::spawn(guard(Arc::clone(organs), generation, stop, resumed));
    }
}

/// Makes one to its end, and ends it also when a fault of ours breaks the run.
async fn guard(organs: Arc<Organs>, generation: Generation, stop: Stop, resumed: bool) {
    let (id, service) = (generation.id, generation.service_id);
    let run = tokio::spawn(make::run(Arc::clone(&organs), generation, Arc::clone(&stop), resumed));
    let outcome = run.await.unwrap_or_else(|panic| {
        tracing::error!(%panic, "making a picture broke off");
        Outcome::failed(Code::Internal.into())
    });
    // What a closing program lets go is sorted out by the next start.
    if !(outcome.is_stopped && organs.makings.is_closed()) {
        let end = end_of(outcome, organs.clock.now());
        let write = || {
            let (organs, end) = (Arc::clone(&organs), end.clone());
            async move { organs.write(move |write| write.end_generation(id, &end)).await.map(drop) }
        };
        organs.makings.write_down(write).await;
    }
    organs.makings.leave(id, &stop);
    if !organs.makings.is_closed() {
        tell(&organs, id).await;
    }
    begin(&organs).await;
    if let Some(service) = service {
        balance::refresh(&organs, service).await;
    }
}

/// Cancels one that waits or is being made.
pub(super) async fn cancel(organs: &Arc<Organs>, id: GenerationId) -> Result<(), Error> {
    if organs.makings.stop(id) {
        return Ok(());
    }
    let end = Ended {
        state: GenerationState::Cancelled,
        problem: None,
        cost_usd: None,
        answered: serde_json::Value::Null,
        at: organs.clock.now(),
    };
    if organs.write(move |write| write.end_generation(id, &end)).await? {
        tell(organs, id).await;
        let found = organs.read(move |read| read.generation(id)).await?;
        tell_waiting(organs, found.and_then(|generation| generation.service_id)).await;
    }
    Ok(())
}

/// Tells windows how a generation stands.
pub(super) async fn tell(organs: &Organs, id: GenerationId) {
    match organs.read(move |read| read.generation(id)).await {
        Ok(Some(generation)) => organs.events.tell(Event::Generation { generation: Box::new(generation) }),
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "how a picture stands was not told"),
    }
}

/// Tells windows which places those have that wait for a service.
pub(super) async fn tell_waiting(organs: &Organs, service: Option<ServiceId>) {
    match organs.read(move |read| read.waiting_generations(service)).await {
        Ok(waiting) => {
            for generation in waiting {
                organs.events.tell(Event::Generation { generation: Box::new(generation) });
            }
        }
        Err(error) => tracing::warn!(%error, "the order of a queue was not told"),
    }
}

fn end_of(outcome: Outcome, at: store::UnixMs) -> Ended {
    let (state, problem) = match outcome.error {
        _ if outcome.is_stopped => {
            let late = outcome.was_sent.then(|| Error::from(Code::CancelledLate));
            (GenerationState::Cancelled, late)
        }
        error if outcome.pictures > 0 || outcome.has_words => (GenerationState::Done, error),
        error if outcome.is_open => (GenerationState::Interrupted, error),
        error => (GenerationState::Failed, Some(error.unwrap_or_else(|| Code::NoPictureCame.into()))),
    };
    Ended {
        state,
        problem: problem.map(|error| error.problem()),
        cost_usd: outcome.cost,
        answered: outcome.answered.into(),
        at,
    }
}
