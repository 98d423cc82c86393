//! Fetches the pictures that services only named, the moment they are named, until each is here or cannot be had. Passing
//! faults are tried again later, also after a restart, as long as the address may work.

use std::sync::Arc;
use std::time::Duration;

use gateway::ApiRoot;
use store::table::picture::{Fetch, PictureState};
use store::{PictureId, UnixMs};
use tokio::sync::Semaphore;
use url::Url;

use crate::engine::Organs;
use crate::media::Kept;
use crate::media::fetch::{bring, wait};
use crate::view::Event;
use crate::{Code, Error};

/// Fetched at once.
const AT_ONCE: usize = 4;
/// Milliseconds until a picture is tried again of which nothing could be written.
const LATER: UnixMs = 30_000;
/// Stands for a service that is gone: it lives nowhere, so no private address is followed.
const NOWHERE: &str = "https://gone.invalid/";

static ROOM: Semaphore = Semaphore::const_new(AT_ONCE);

/// Begins to fetch all that waits, after a start.
pub(crate) async fn begin(organs: &Arc<Organs>) {
    match organs.read(store::Read::pictures_to_fetch).await {
        Ok(waiting) => waiting.into_iter().for_each(|one| spawn(organs, one)),
        Err(error) => {
            tracing::warn!(%error, "pictures that wait are not fetched; the next start tries again");
        }
    }
}

/// Fetches one that did not come again, because the person wants it.
pub(super) async fn again(organs: &Arc<Organs>, id: PictureId) -> Result<(), Error> {
    let begun = organs
        .write(move |write| {
            let found = write.picture_fetch(id)?.ok_or(store::Error::NotFound)?;
            if found.state != PictureState::Gone || found.source.is_empty() {
                return Ok(None);
            }
            let one = Fetch { state: PictureState::Waiting, problem: None, tries: 0, next_at: None, ..found };
            write.set_picture_fetch(&one)?;
            Ok(Some(one))
        })
        .await?;
    if let Some(one) = begun {
        organs.events.tell(Event::Pictures);
        spawn(organs, one);
    }
    Ok(())
}

pub(super) fn spawn(organs: &Arc<Organs>, one: Fetch) {
    // An engine that is dropped or closed fetches nothing more.
    let organs = Arc::downgrade(organs);
    tokio::spawn(async move {
        let mut one = one;
        loop {
            let Some(organs) = organs.upgrade().filter(|organs| !organs.makings.is_closed()) else { return };
            let pause = one.next_at.map_or(0, |at| (at - organs.clock.now()).max(0));
            if pause > 0 {
                drop(organs);
                tokio::time::sleep(Duration::from_millis(pause.unsigned_abs())).await;
                one.next_at = None;
                continue;
            }
            match tried(&organs, one.clone()).await {
                Ok(Some(later)) => one = later,
                Ok(None) => return,
                // The row was purged.
                Err(error) if error.code == Code::Gone => return,
                Err(error) => {
                    tracing::warn!(%error, "what became of a picture was not written; it is fetched again in a while");
                    one.next_at = Some(organs.clock.now() + LATER);
                }
            }
        }
    });
}

/// One try. Gives back what is to be tried again.
async fn tried(organs: &Arc<Organs>, one: Fetch) -> Result<Option<Fetch>, Error> {
    let _room = ROOM.acquire().await;
    let home = home_of(organs, &one).await?;
    match bring(organs, &one.source, &home).await {
        Ok(Kept { media, problem }) => {
            organs
                .write(move |write| {
                    write.keep_picture(one.id, &media)?;
                    // What cannot be shown is kept all the same.
                    let problem = problem.map(|error| Some(error.problem()));
                    let broken = problem.map(|problem| Fetch { state: PictureState::Gone, problem, ..one });
                    broken.map_or(Ok(()), |broken| write.set_picture_fetch(&broken))
                })
                .await?;
            organs.events.tell(Event::Pictures);
            Ok(None)
        }
        Err((error, may_come)) => {
            let now = organs.clock.now();
            let next_at = wait(one.tries).filter(|_| may_come).map(|wait| now + wait);
            let next_at = next_at.filter(|next| expires(&one.source).is_none_or(|end| *next < end));
            let state = if next_at.is_some() { PictureState::Waiting } else { PictureState::Gone };
            let one = Fetch { state, problem: Some(error.problem()), tries: one.tries + 1, next_at, ..one };
            put(organs, one.clone()).await?;
            Ok(next_at.map(|_| one))
        }
    }
}

/// Where the service lives that named the picture.
async fn home_of(organs: &Organs, one: &Fetch) -> Result<Url, Error> {
    let address = match one.service_id {
        Some(id) => match organs.service(id).await {
            Ok(service) => {
                // Where its tasks live elsewhere, their pictures may lie there.
                let tasks = &service.midjourney_address;
                let home = if is_at(tasks, &one.source) { tasks } else { &service.address };
                ApiRoot::parse(home)?.as_str().to_owned()
            }
            Err(error) if error.code == Code::ServiceGone => NOWHERE.to_owned(),
            Err(error) => return Err(error),
        },
        None => NOWHERE.to_owned(),
    };
    Url::parse(&address).map_err(|_| Code::AddressUnreadable.into())
}

/// Whether an address leads to the same origin as another one.
fn is_at(home: &str, source: &str) -> bool {
    let origin = |address: &str| Url::parse(address).ok().map(|url| url.origin());
    origin(home).is_some_and(|home| origin(source) == Some(home))
}

/// Writes what came of a try, unless another one brought the picture meanwhile.
async fn put(organs: &Organs, one: Fetch) -> Result<(), Error> {
    organs
        .write(move |write| match write.picture_fetch(one.id)? {
            Some(now) if now.state == PictureState::Waiting => write.set_picture_fetch(&one),
            Some(_) => Ok(()),
            None => Err(store::Error::NotFound),
        })
        .await?;
    organs.events.tell(Event::Pictures);
    Ok(())
}

/// When an address stops working, where it says so: as a moment, or as a beginning and a number of seconds.
fn expires(address: &str) -> Option<UnixMs> {
    let url = Url::parse(address).ok()?;
    let value = |name: &str| {
        let mut pairs = url.query_pairs();
        pairs.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.into_owned())
    };
    let seconds = |text: String| text.parse::<i64>().ok().map(|seconds| seconds.saturating_mul(1000));
    let moment = |text: String| text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond);
    let signed = || {
        let begun = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%SZ", value("X-Amz-Date")?).ok()?;
        let begun = begun.to_zoned_datetime(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond();
        Some(begun.saturating_add(value("X-Amz-Expires").and_then(seconds)?))
    };
    value("se").and_then(moment).or_else(|| value("Expires").and_then(seconds)).or_else(signed)
}

#[cfg(test)]
mod tests {
    use super::expires;

    #[test]
    fn addresses_say_how_long_they_work() {
        let azure =
            "https://x.blob.core.windows.net/a.png?st=2026-11-28T00:00:00Z&se=2026-11-28T02:00:00Z&sig=x";
        assert_eq!(expires(azure), Some(1_795_831_200_000));
        assert_eq!(
            expires("https://a.example/x.png?Expires=1795831200&Signature=x"),
            Some(1_795_831_200_000)
        );
        let amazon = "https://a.example/x.png?X-Amz-Date=20261128T010000Z&X-Amz-Expires=3600";
        assert_eq!(expires(amazon), Some(1_795_831_200_000));
        for silent in ["https://a.example/x.png", "https://a.example/x?se=soon", "no address"] {
            assert_eq!(expires(silent), None, "{silent}");
        }
    }
}
