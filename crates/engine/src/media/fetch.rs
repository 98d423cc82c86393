//! Fetches the pictures that answers name, a few at a time, until each is here or cannot be had. Passing faults are tried
//! again later, also after a restart; the row says when.

use std::sync::Arc;
use std::time::Duration;

use gateway::ApiRoot;
use gateway::fetch::{FetchError, Limits};
use store::table::attachment::{Attachment, AttachmentRole, AttachmentState};
use store::table::media::Media;
use store::{AttachmentId, MessageId, UnixMs};
use tokio::sync::Semaphore;
use url::Url;

use super::keep;
use crate::chat::{found::kept, show};
use crate::engine::Organs;
use crate::view::Event;
use crate::{Code, Error};

/// What one picture may cost.
const LIMITS: Limits = Limits { bytes: 64 * 1024 * 1024, time: Duration::from_mins(5) };
/// Fetched at once.
const AT_ONCE: usize = 3;
/// Waits between tries, milliseconds. Links of pictures live for hours.
const WAITS: &[UnixMs] = &[5_000, 30_000, 120_000, 600_000, 3_600_000];

static ROOM: Semaphore = Semaphore::const_new(AT_ONCE);

/// Begins to fetch what waits: of one message, or of all after a start.
pub(crate) async fn begin(organs: &Arc<Organs>, of: Option<MessageId>) {
    let waiting = organs.read(store::Read::waiting_attachments).await.unwrap_or_default();
    let wanted = waiting.into_iter().filter(|one| one.role == AttachmentRole::Received);
    for one in wanted.filter(|one| of.is_none() || one.message_id == of) {
        spawn(organs, one);
    }
}

/// Fetches one picture again because the person wants it.
pub(crate) async fn again(organs: &Arc<Organs>, id: AttachmentId) -> Result<(), Error> {
    let found = organs.read(move |read| read.attachment(id)).await?.ok_or(Code::Gone)?;
    if found.state != AttachmentState::Kept && !found.source.starts_with("data:") {
        let one =
            Attachment { state: AttachmentState::Waiting, problem: None, tries: 0, next_at: None, ..found };
        put(organs, one.clone()).await?;
        spawn(organs, one);
    }
    Ok(())
}

fn spawn(organs: &Arc<Organs>, one: Attachment) {
    // An engine that is dropped fetches nothing more.
    let organs = Arc::downgrade(organs);
    tokio::spawn(async move {
        let mut one = one;
        loop {
            let Some(organs) = organs.upgrade() else { return };
            let wait = one.next_at.map_or(0, |at| (at - organs.clock.now()).max(0));
            if wait > 0 {
                drop(organs);
                tokio::time::sleep(Duration::from_millis(wait.unsigned_abs())).await;
                one.next_at = None;
                continue;
            }
            one = tried(&organs, one).await;
            if let Err(error) = put(&organs, one.clone()).await {
                tracing::warn!(%error, "what became of a picture was not written; the next start fetches it again");
                return;
            }
            if one.state != AttachmentState::Waiting {
                return;
            }
        }
    });
}

/// How long to wait after so many tries before another one; none when there were enough.
pub(crate) fn wait(tries: i64) -> Option<UnixMs> {
    WAITS.get(usize::try_from(tries).ok()?).copied()
}

/// The attachment after one try.
async fn tried(organs: &Organs, one: Attachment) -> Attachment {
    let _room = ROOM.acquire().await;
    match fetched(organs, &one).await {
        Ok(media) => kept(one, media),
        Err((error, may_come)) => {
            let wait = wait(one.tries).filter(|_| may_come);
            Attachment {
                state: if wait.is_some() { AttachmentState::Waiting } else { AttachmentState::Failed },
                problem: Some(error.problem()),
                tries: one.tries + 1,
                next_at: wait.map(|wait| organs.clock.now() + wait),
                ..one
            }
        }
    }
}

/// The picture, kept; or why not, and whether it may come later.
async fn fetched(organs: &Organs, one: &Attachment) -> Result<Media, (Error, bool)> {
    let home = home_of(organs, one).await.map_err(|error| (error, false))?;
    bring(organs, &one.source, &home).await
}

/// Brings a picture from an address and keeps it; or says why not, and whether it may come later.
pub(crate) async fn bring(organs: &Organs, source: &str, home: &Url) -> Result<Media, (Error, bool)> {
    let mut incoming = organs.fetcher.fetch(source, home, LIMITS).await.map_err(told)?;
    let mut bytes = Vec::new();
    while let Some(piece) = incoming.next().await.map_err(told)? {
        bytes.extend_from_slice(&piece);
    }
    let (store, now) = (organs.store.clone(), organs.clock.now());
    let kept = organs.small.decode(move || keep(&store, &bytes, now)).await;
    // A full disk may have room later.
    kept.map_err(|error| (error.clone(), error.code == Code::DiskFull))
}

/// Where the service of the answer lives.
async fn home_of(organs: &Organs, one: &Attachment) -> Result<Url, Error> {
    let message = one.message_id.ok_or(Code::Gone)?;
    let message = organs.read(move |read| read.message(message)).await?.ok_or(Code::Gone)?;
    let service = organs.service(message.service_id.ok_or(Code::ServiceGone)?).await?;
    Url::parse(ApiRoot::parse(&service.address)?.as_str()).map_err(|_| Code::AddressUnreadable.into())
}

fn told(error: FetchError) -> (Error, bool) {
    let message = error.to_string();
    match error {
        FetchError::NotAllowed { .. } => (Error { message, ..Code::PictureNotAllowed.into() }, false),
        FetchError::Gone { .. } => (Error { message, ..Code::PictureGone.into() }, false),
        FetchError::TooLong { .. } => (Error { message, ..Code::PictureTooLarge.into() }, false),
        FetchError::NotNow { .. } => (Error { message, ..Code::ServerFault.into() }, true),
        FetchError::Wire(told) => (told.into(), true),
    }
}

/// Writes an attachment and shows its message anew to whoever looks at it.
async fn put(organs: &Organs, one: Attachment) -> Result<(), Error> {
    let (message, is_here) = (one.message_id, one.state == AttachmentState::Kept);
    organs.write(move |write| write.update_attachment(&one)).await?;
    if is_here {
        organs.events.tell(Event::Pictures);
    }
    if let Some(message) = message {
        let view = show::one(organs, message).await?;
        organs.events.tell(Event::Message { view: Box::new(view) });
    }
    Ok(())
}
