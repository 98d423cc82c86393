//! The queue of transcripts: one recording at a time, in the order in which they were asked for, and how each ended. The order is
//! in the database.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use store::table::transcript::{Transcript, TranscriptState};
use store::{ServiceId, TranscriptId};
use tokio::time::sleep;

use super::make::{self, Outcome};
use crate::engine::Organs;
use crate::running::{Running, Stop};
use crate::services::balance;
use crate::{Code, Error};

/// Everything that is being written down now.
pub(crate) type Transcripts = Running<TranscriptId>;

/// After a disk that is full now: it may have room again in a moment.
const PAUSE: Duration = Duration::from_secs(1);

/// What whoever works off the queue knows about it.
#[derive(Default)]
pub(crate) struct Queue {
    /// Services at fault, and when that was seen: what was asked of them before waits until somebody presses again.
    faults: HashMap<Option<ServiceId>, Instant>,
}

/// Has the queue worked off. Whoever is at it already is waited for, so that nothing is overlooked.
pub(crate) fn ring(organs: &Arc<Organs>) {
    ring_since(organs, Instant::now());
}

/// The same, for what somebody asked for at that moment.
pub(super) fn ring_since(organs: &Arc<Organs>, rung: Instant) {
    let organs = Arc::clone(organs);
    tokio::spawn(async move {
        let mut queue = organs.transcribing.lock().await;
        while !organs.transcripts.is_closed() {
            let queued = match organs.read(store::Read::queued_transcripts).await {
                Ok(queued) => queued,
                Err(error) => return tracing::warn!(%error, "the queue of transcripts was not read"),
            };
            let waits =
                |one: &Transcript| queue.faults.get(&one.service_id).is_some_and(|seen| rung <= *seen);
            let Some(next) = queued.into_iter().find(|one| !waits(one)) else { return };
            let service = next.service_id;
            if let Some(seen) = turn(&organs, next).await {
                queue.faults.insert(service, seen);
            }
        }
    });
}

/// One transcript, to its end. Answers when it was seen that its service is at fault.
async fn turn(organs: &Arc<Organs>, transcript: Transcript) -> Option<Instant> {
    let (id, service) = (transcript.id, transcript.service_id);
    let stop = organs.transcripts.enter(id)?;
    let fault = match organs.write(move |write| write.start_transcript(id)).await {
        Ok(true) => run(organs, transcript, Arc::clone(&stop)).await,
        Ok(false) => None,
        Err(error) => {
            tracing::warn!(%error, "a transcript did not begin");
            sleep(PAUSE).await;
            None
        }
    };
    organs.transcripts.leave(id, &stop);
    if !organs.transcripts.is_closed() {
        tell_of(organs, id).await;
    }
    if let Some(service) = service {
        let organs = Arc::clone(organs);
        tokio::spawn(async move { balance::refresh(&organs, service).await });
    }
    fault
}

/// Runs one to its end, and ends it also when a fault of ours breaks the run.
async fn run(organs: &Arc<Organs>, transcript: Transcript, stop: Stop) -> Option<Instant> {
    let id = transcript.id;
    tell_of(organs, id).await;
    let run = tokio::spawn(make::run(Arc::clone(organs), transcript, stop));
    let outcome = run.await.unwrap_or_else(|panic| {
        tracing::error!(%panic, "a transcript broke off");
        Outcome::Failed(Code::Internal.into())
    });
    // What a closing program lets go is sorted out by the next start.
    if matches!(outcome, Outcome::Paused) && organs.transcripts.is_closed() {
        return None;
    }
    // Before it is told: who presses then knows of it.
    let fault = matches!(&outcome, Outcome::Failed(error) if is_of_service(error.code)).then(Instant::now);
    let (state, problem) = match outcome {
        Outcome::Done => (TranscriptState::Done, None),
        Outcome::Paused => (TranscriptState::Paused, None),
        Outcome::Failed(error) => (TranscriptState::Failed, Some(error.problem())),
    };
    let ended = || {
        let problem = problem.clone();
        async move { organs.write(move |write| write.end_transcript(id, state, problem.as_ref())).await.map(drop) }
    };
    organs.transcripts.write_down(ended).await;
    fault
}

/// What would meet the next one of the queue as well.
fn is_of_service(code: Code) -> bool {
    matches!(
        code,
        Code::AddressWrong
            | Code::BalanceEmpty
            | Code::Busy
            | Code::Forbidden
            | Code::KeyMissing
            | Code::KeyRejected
            | Code::KeyUnusable
            | Code::NotAnApi
            | Code::RateLimited
            | Code::RegionDenied
            | Code::ServiceGone
            | Code::TimedOut
            | Code::TlsFailed
            | Code::TranscriptMaybePaid
            | Code::Unreachable
            | Code::UpstreamSlow
            | Code::VaultLocked
            | Code::VaultMissing
            | Code::VaultSlow
    )
}

/// Lets one wait. What is under way of it comes first.
pub(super) async fn pause(organs: &Arc<Organs>, id: TranscriptId) -> Result<(), Error> {
    if !organs.transcripts.stop(id)
        && organs.write(move |write| write.end_transcript(id, TranscriptState::Paused, None)).await?
    {
        tell_of(organs, id).await;
    }
    Ok(())
}

/// Tells windows how the recording of a transcript stands.
pub(super) async fn tell_of(organs: &Organs, id: TranscriptId) {
    match organs.read(move |read| read.recording_of_transcript(id)).await {
        Ok(Some(recording)) => super::tell(organs, recording).await,
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "how a transcript stands was not told"),
    }
}
