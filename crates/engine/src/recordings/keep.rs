//! The lines of a part into the database, the moment they are here. They were paid for: a full or busy disk is given time.

use std::sync::Arc;
use std::time::Duration;

use store::TranscriptId;
use store::table::transcript::KeptTranscriptPart;
use tokio::time::sleep;

use crate::engine::Organs;
use crate::{Code, Error};

/// Between tries on a full disk, and how many there are.
const PAUSE: Duration = Duration::from_secs(1);
const TRIES: u32 = 120;

pub(super) async fn keep(
    organs: &Arc<Organs>,
    id: TranscriptId,
    came: KeptTranscriptPart,
) -> Result<(), Error> {
    for tries_left in (0..TRIES).rev() {
        let part = came.clone();
        let kept = organs.write(move |write| write.keep_transcript_part(id, &part)).await;
        let passes = matches!(&kept, Err(error) if matches!(error.code, Code::DiskFull | Code::StoreBroken));
        if !passes || tries_left == 0 || organs.transcripts.is_closed() {
            return kept;
        }
        sleep(PAUSE).await;
    }
    Err(Code::StoreBroken.into())
}
