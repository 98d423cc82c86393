//! The queue of transcripts: one recording at a time, in the order in which they were asked for, and how each ended. The order is
//! in the database.

use std::sync::Arc;
use std::time::Duration;

use store::TranscriptId;
use store::table::transcript::{Transcript, TranscriptState};
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

/// Has the queue worked off. Whoever is at it already is waited for, so that nothing is overlooked.
pub(crate) fn ring(organs: &Arc<Organs>) {
    let organs = Arc::clone(organs);
    tokio::spawn(async move {
        let _turn = organs.transcribing.lock().await;
        while !organs.transcripts.is_closed() {
            match organs.read(store::Read::next_transcript).await {
                Ok(Some(next)) => {
                    if !turn(&organs, next).await {
                        return;
                    }
                }
                Ok(None) => return,
                Err(error) => return tracing::warn!(%error, "the queue of transcripts was not read"),
            }
        }
    });
}

/// One transcript, to its end. False when the service is at fault: the others wait until somebody presses again.
async fn turn(organs: &Arc<Organs>, transcript: Transcript) -> bool {
    let (id, service) = (transcript.id, transcript.service_id);
    let Some(stop) = organs.transcripts.enter(id) else { return false };
    let passes = match organs.write(move |write| write.start_transcript(id)).await {
        Ok(true) => run(organs, transcript, Arc::clone(&stop)).await,
        Ok(false) => true,
        Err(error) => {
            tracing::warn!(%error, "a transcript did not begin");
            sleep(PAUSE).await;
            true
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
    passes
}

/// Runs one to its end, and ends it also when a fault of ours breaks the run.
async fn run(organs: &Arc<Organs>, transcript: Transcript, stop: Stop) -> bool {
    let id = transcript.id;
    tell_of(organs, id).await;
    let run = tokio::spawn(make::run(Arc::clone(organs), transcript, stop));
    let outcome = run.await.unwrap_or_else(|panic| {
        tracing::error!(%panic, "a transcript broke off");
        Outcome::Failed(Code::Internal.into())
    });
    // What a closing program lets go is sorted out by the next start.
    if matches!(outcome, Outcome::Paused) && organs.transcripts.is_closed() {
        return false;
    }
    let passes = !matches!(&outcome, Outcome::Failed(error) if is_of_service(error.code));
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
    passes
}

/// What would meet the next one of the queue as well.
fn is_of_service(code: Code) -> bool {
    use Code::{
        AddressWrong, BalanceEmpty, Busy, Forbidden, KeyMissing, KeyRejected, KeyUnusable, NotAnApi,
        RateLimited, RegionDenied, ServiceGone, TimedOut, TlsFailed, Unreachable, UpstreamSlow, VaultLocked,
        VaultMissing, VaultSlow,
    };
    matches!(
        code,
        AddressWrong
            | BalanceEmpty
            | Busy
            | Forbidden
            | KeyMissing
            | KeyRejected
            | KeyUnusable
            | NotAnApi
            | RateLimited
            | RegionDenied
            | ServiceGone
            | TimedOut
            | TlsFailed
            | Unreachable
            | UpstreamSlow
            | VaultLocked
            | VaultMissing
            | VaultSlow
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
