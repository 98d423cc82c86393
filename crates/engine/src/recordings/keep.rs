//! The lines of a part into the database, the moment they are here. They were paid for: a full or busy disk is given time.

use std::sync::Arc;
use std::time::Duration;

use store::TranscriptId;
use store::table::transcript::KeptTranscriptPart;
use tokio::time::sleep;

use crate::engine::Organs;
use crate::{Code, Error};

/// Between tries on a full disk. There is no last one: nobody pays twice because a disk was full for long.
const PAUSE: Duration = Duration::from_secs(1);

pub(super) async fn keep(
    organs: &Arc<Organs>,
    id: TranscriptId,
    came: KeptTranscriptPart,
) -> Result<(), Error> {
    loop {
        let part = came.clone();
        let kept = organs.write(move |write| write.keep_transcript_part(id, &part)).await;
        let passes = matches!(&kept, Err(error) if matches!(error.code, Code::DiskFull | Code::StoreBroken));
        if !passes || organs.transcripts.is_closed() {
            return kept;
        }
        sleep(PAUSE).await;
    }
}
