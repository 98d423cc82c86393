//! Bytes of a part into the media folder, the moment they are here: first the file, then the row, whatever can be made of it.

use std::sync::Arc;
use std::time::Duration;

use audio::{Kind, Measured};
use store::table::media::Media;
use store::table::sound::{KeptPart, SoundPartState};
use store::{SoundId, Store, UnixMs};
use tokio::time::sleep;

use crate::engine::{Organs, blocking};
use crate::{Code, Error};

/// Between tries to keep a part on a full disk, and how many there are.
const PAUSE: Duration = Duration::from_secs(1);
const TRIES: u32 = 120;

/// What came of a request.
#[derive(Clone)]
pub(super) struct Came {
    pub(super) position: i64,
    pub(super) bytes: Vec<u8>,
    /// The connection ended in good order.
    pub(super) is_whole: bool,
    /// The form that was asked for.
    pub(super) format: Option<String>,
    pub(super) cost_usd: Option<f64>,
}

/// Keeps what came of a part. It was paid for: a full or busy disk is given time. Fails with [`Code::SoundDamaged`] when it is
/// kept and nothing of it can be heard.
pub(super) async fn keep(organs: &Arc<Organs>, id: SoundId, came: Came) -> Result<(), Error> {
    let now = organs.clock.now();
    for tries_left in (0..TRIES).rev() {
        let (store, came) = (organs.store.clone(), came.clone());
        let kept = blocking(move || write(&store, id, came, now)).await;
        let passes = matches!(&kept, Err(error) if matches!(error.code, Code::DiskFull | Code::StoreBroken));
        if !passes || tries_left == 0 || organs.speeches.is_closed() {
            return kept;
        }
        sleep(PAUSE).await;
    }
    Err(Code::StoreBroken.into())
}

fn write(store: &Store, id: SoundId, came: Came, now: UnixMs) -> Result<(), Error> {
    let kind = kind(&came.bytes, came.format.as_deref());
    let mime = kind.map_or("application/octet-stream", Kind::mime);
    let media_id = store.put_media(&came.bytes, mime)?;
    let bytes = super::count(came.bytes.len());
    let measured = kind.and_then(|kind| audio::measure(came.bytes, kind).ok());
    let is_heard = measured.is_some();
    let Measured { duration, peaks } =
        measured.unwrap_or(Measured { duration: Duration::ZERO, peaks: Vec::new() });
    let duration_ms = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
    let media = Media { duration_ms: Some(duration_ms), ..Media::plain(media_id, mime, bytes, now) };
    let state = if came.is_whole && is_heard { SoundPartState::Kept } else { SoundPartState::Cut };
    let part = KeptPart { position: came.position, media, state, peaks, cost_usd: came.cost_usd };
    store.write(|write| write.keep_part(id, &part))?;
    if is_heard || !came.is_whole { Ok(()) } else { Err(Code::SoundDamaged.into()) }
}

/// What the bytes are, by themselves; samples without a header are known only because they were asked for.
fn kind(bytes: &[u8], asked: Option<&str>) -> Option<Kind> {
    if asked == Some("pcm") { Some(Kind::among_samples(bytes)) } else { Kind::of(bytes) }
}
