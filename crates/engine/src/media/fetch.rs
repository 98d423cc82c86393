//! Fetches the pictures that answers name, a few at a time, until each is here or cannot be had. Passing faults are tried
//! again later, also after a restart; the row says when.

use std::sync::Arc;
use std::time::Duration;

use gateway::ApiRoot;
use gateway::fetch::{FetchError, Limits};
use store::table::attachment::{Attachment, AttachmentRole, AttachmentState};
use store::{AttachmentId, MessageId, UnixMs};
use tokio::sync::Semaphore;
use url::Url;

use super::{Kept, keep};
use crate::chat::{found, show};
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

/// Begins to fetch what waits: of some messages, or of all after a start.
pub(crate) async fn begin(organs: &Arc<Organs>, of: Option<&[MessageId]>) {
    let waiting = organs.read(store::Read::waiting_attachments).await.unwrap_or_default();
    let wanted = waiting.into_iter().filter(|one| one.role == AttachmentRole::Received);
    let meant = |one: &Attachment| of.is_none_or(|of| one.message_id.is_some_and(|id| of.contains(&id)));
    for one in wanted.filter(meant) {
        spawn(organs, one);
    }
}

/// Fetches one picture again because the person wants it.
pub(crate) async fn again(organs: &Arc<Organs>, id: AttachmentId) -> Result<(), Error> {
    let begun = organs
        .write(move |write| {
            let found = write.attachment(id)?.ok_or(store::Error::NotFound)?;
            if found.state == AttachmentState::Kept {
                return Ok(None);
            }
            let one = Attachment {
                state: AttachmentState::Waiting,
                problem: None,
                tries: 0,
                next_at: None,
                ..found
            };
            write.update_attachment(&one)?;
            Ok(Some(one))
        })
        .await?;
    if let Some(one) = begun {
        tell(organs, &one).await?;
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
            let Some(now) = organs.upgrade().map(|organs| organs.clock.now()) else { return };
            let wait = one.next_at.map_or(0, |at| (at - now).max(0));
            tokio::time::sleep(Duration::from_millis(wait.unsigned_abs())).await;
            let Some(organs) = organs.upgrade() else { return };
            match step(&organs, one).await {
                Ok(Some(waits)) => one = waits,
                Ok(None) => return,
                Err(error) => {
                    tracing::warn!(%error, "what became of a picture was not written; the next start fetches it again");
                    return;
                }
            }
        }
    });
}

/// One try, written down. The attachment when it has to be tried again; nothing when it is settled, by this try or by
/// another one that was begun meanwhile.
async fn step(organs: &Organs, one: Attachment) -> Result<Option<Attachment>, Error> {
    let (id, turn) = (one.id, (one.tries, one.next_at));
    let is_mine =
        move |row: &Attachment| row.state == AttachmentState::Waiting && (row.tries, row.next_at) == turn;
    let now = organs.read(move |read| read.attachment(id)).await?;
    if !now.is_some_and(|row| is_mine(&row)) {
        return Ok(None);
    }
    let one = tried(organs, one).await;
    let row = one.clone();
    let written = organs
        .write(move |write| {
            let mine = write.attachment(id)?.is_some_and(|row| is_mine(&row));
            if mine {
                write.update_attachment(&row)?;
            }
            Ok(mine)
        })
        .await?;
    if !written {
        return Ok(None);
    }
    if one.state == AttachmentState::Kept {
        organs.events.tell(Event::Pictures);
    }
    tell(organs, &one).await?;
    Ok(Some(one).filter(|one| one.state == AttachmentState::Waiting))
}

/// How long to wait after so many tries before another one; none when there were enough.
pub(crate) fn wait(tries: i64) -> Option<UnixMs> {
    WAITS.get(usize::try_from(tries).ok()?).copied()
}

/// The attachment after one try.
async fn tried(organs: &Organs, one: Attachment) -> Attachment {
    let _room = ROOM.acquire().await;
    match fetched(organs, &one).await {
        Ok(kept) => found::kept(one, kept),
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
async fn fetched(organs: &Organs, one: &Attachment) -> Result<Kept, (Error, bool)> {
    if one.source.starts_with("data:") {
        let bytes = found::data_of(&one.source).map_err(|error| (error, false))?;
        return put_away(organs, bytes).await;
    }
    let home = home_of(organs, one).await.map_err(|error| (error, false))?;
    bring(organs, &one.source, &home).await
}

/// Brings a picture from an address and keeps it; or says why not, and whether it may come later.
pub(crate) async fn bring(organs: &Organs, source: &str, home: &Url) -> Result<Kept, (Error, bool)> {
    let mut incoming = organs.fetcher.fetch(source, home, LIMITS).await.map_err(told)?;
    let mut bytes = Vec::new();
    while let Some(piece) = incoming.next().await.map_err(told)? {
        bytes.extend_from_slice(&piece);
    }
    put_away(organs, bytes).await
}

/// Puts a picture away. A full disk gets room again.
async fn put_away(organs: &Organs, bytes: Vec<u8>) -> Result<Kept, (Error, bool)> {
    let (store, now) = (organs.store.clone(), organs.clock.now());
    let kept = organs.small.decode(move || keep(&store, &bytes, now)).await;
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

/// Shows the message of an attachment anew to whoever looks at it.
async fn tell(organs: &Organs, one: &Attachment) -> Result<(), Error> {
    if let Some(message) = one.message_id {
        let view = show::one(organs, message).await?;
        organs.events.tell(Event::Message { view: Box::new(view) });
    }
    Ok(())
}
