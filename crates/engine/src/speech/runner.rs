//! What is being read aloud now: begun, followed, stopped, and written down how it ended.

use std::sync::Arc;
use std::time::Duration;

use store::SoundId;
use store::table::problem::Problem;
use store::table::sound::SoundState;
use tokio::sync::Notify;
use tokio::time::sleep;

use super::make::{self, Outcome};
use crate::engine::Organs;
use crate::services::balance;
use crate::view::Event;
use crate::{Code, Error};

/// Between tries to write down how one ended, and how many there are; after that the next start finds it interrupted.
const PAUSE: Duration = Duration::from_secs(1);
const TRIES: usize = 60;

/// Begins to ask for what is not here of a sound.
pub(super) fn begin(organs: &Arc<Organs>, id: SoundId) {
    if let Some(stop) = organs.speeches.enter(id) {
        tokio::spawn(guard(Arc::clone(organs), id, stop));
    }
}

/// Makes one to its end, and ends it also when a fault of ours breaks the run.
async fn guard(organs: Arc<Organs>, id: SoundId, stop: Arc<Notify>) {
    let found = organs.read(move |read| read.sound(id)).await.ok().flatten();
    let service = found.as_ref().and_then(|sound| sound.service_id);
    if let Some(sound) = found {
        let run = tokio::spawn(make::run(Arc::clone(&organs), sound, Arc::clone(&stop)));
        let outcome = run.await.unwrap_or_else(|panic| {
            tracing::error!(%panic, "reading aloud broke off");
            Outcome::Failed(Code::Internal.into())
        });
        // What a closing program lets go is sorted out by the next start.
        if !(matches!(outcome, Outcome::Stopped { .. }) && organs.speeches.is_closed()) {
            let (state, problem) = end_of(outcome);
            write_end(&organs, id, state, problem).await;
            tell(&organs, id).await;
        }
    }
    organs.speeches.leave(id, &stop);
    if let Some(service) = service {
        balance::refresh(&organs, service).await;
    }
}

/// Asks for no more of a sound.
pub(super) async fn stop(organs: &Arc<Organs>, id: SoundId) -> Result<(), Error> {
    if !organs.speeches.stop(id)
        && organs.write(move |write| write.end_sound(id, SoundState::Stopped, None)).await?
    {
        tell(organs, id).await;
    }
    Ok(())
}

/// Tells windows how a sound stands.
pub(super) async fn tell(organs: &Organs, id: SoundId) {
    match organs.read(move |read| read.sound(id)).await {
        Ok(Some(sound)) => organs.events.tell(Event::Sound { sound: Box::new(sound) }),
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "how a sound stands was not told"),
    }
}

fn end_of(outcome: Outcome) -> (SoundState, Option<Problem>) {
    match outcome {
        Outcome::Done => (SoundState::Done, None),
        Outcome::Stopped { was_sent } => {
            let late = was_sent.then(|| Error::from(Code::CancelledLate).problem());
            (SoundState::Stopped, late)
        }
        Outcome::Failed(error) => (SoundState::Failed, Some(error.problem())),
    }
}

/// A full disk may have room again in a moment.
async fn write_end(organs: &Organs, id: SoundId, state: SoundState, problem: Option<Problem>) {
    for _ in 0..TRIES {
        let problem = problem.clone();
        match organs.write(move |write| write.end_sound(id, state, problem.as_ref())).await {
            Ok(_) => return,
            Err(error) => tracing::warn!(%error, "how a sound ended was not written yet"),
        }
        if organs.speeches.is_closed() {
            return;
        }
        sleep(PAUSE).await;
    }
}
