//! Finding what was said, anywhere or in one conversation, and making messages of older versions findable.

use std::sync::{Arc, Weak};
use std::time::{Duration, Instant};

use store::table::backlog::Backlog;
use store::table::message::{Found, SaidQuery};
use store::{ConversationId, MessageId};
use tokio::time::sleep;

use crate::Error;
use crate::engine::Organs;
use crate::view::{Event, FoundPage, Indexing};

/// Hits that are sent at once.
const PAGE: u32 = 50;
/// Old messages made findable in one write: some tens of milliseconds, so that nothing waits long behind it.
const STEP: u32 = 400;
/// The shortest rest between two steps; they rest as long as they worked.
const REST: Duration = Duration::from_millis(20);
/// How often the window is told how far it is.
const TOLD: Duration = Duration::from_millis(500);

/// Finding what was said.
pub struct Finder(pub(crate) Arc<Organs>);

impl Finder {
    /// One page of messages that say this, the last written first; `after` goes on behind a hit.
    pub async fn said(&self, search: String, after: Option<MessageId>) -> Result<FoundPage, Error> {
        self.0
            .read(move |read| {
                let query = SaidQuery { search, but: None, after, limit: PAGE };
                let hits: Vec<Found> = match read.said(&query) {
                    // The message to go on behind was removed for good meanwhile: there is no place to go on from.
                    Err(store::Error::NotFound) => Vec::new(),
                    found => found?,
                };
                Ok(FoundPage { hits, indexing: read.backlog()?.map(indexing) })
            })
            .await
    }

    /// The messages on the branch shown that say this, in their order.
    pub async fn said_in(&self, id: ConversationId, search: String) -> Result<Vec<MessageId>, Error> {
        self.0
            .read(move |read| {
                let said = read.said_in(id, &search)?;
                let shown = read.outline(id)?.into_iter().map(|entry| entry.id);
                Ok(shown.filter(|message| said.contains(message)).collect())
            })
            .await
    }
}

/// Makes old messages findable, step by step, until all are or the engine is gone. Tells how far it is.
pub(crate) async fn work_off(organs: Weak<Organs>) {
    let mut told = Instant::now();
    let mut began = false;
    loop {
        let Some(organs) = organs.upgrade() else { return };
        let since = Instant::now();
        match organs.write(|write| Ok((write.work_off(STEP)?, write.backlog()?))).await {
            Ok((true, left)) => {
                began = true;
                if told.elapsed() > TOLD {
                    told = Instant::now();
                    organs.events.tell(Event::Indexing { indexing: left.map(indexing) });
                }
            }
            Ok((false, _)) => {
                if began {
                    organs.events.tell(Event::Indexing { indexing: None });
                }
                return;
            }
            // A full disk, most likely: the next start goes on where this one stopped.
            Err(error) => {
                tracing::warn!(%error, "old messages are not all findable yet");
                return;
            }
        }
        drop(organs);
        sleep(REST.max(since.elapsed())).await;
    }
}

fn indexing(backlog: Backlog) -> Indexing {
    Indexing { done: backlog.of - backlog.left, of: backlog.of }
}
