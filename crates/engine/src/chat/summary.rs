//! Sums up the part of a conversation that does not fit any more: the model is asked for it, part by part. Nothing is
//! changed before the whole summary is there, and it can be stopped at any moment.

mod parts;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gateway::chat::{Message as Sent, Role as Speaker};
use store::ConversationId;
use store::table::conversation::{Conversation, Summary};
use tokio::sync::Notify;

use super::{once, request};
use crate::engine::Organs;
use crate::view::{Ask, Event};
use crate::{Code, Error};
use parts::Work;

const WISH: &str = "Sum up the conversation below for the model that goes on with it. Keep names, numbers, dates, \
                    decisions, wishes, open questions, and code or wording that is still needed; leave out greetings \
                    and detours. Write in the language of the conversation, in at most 400 words, and answer with the \
                    summary alone.";
const SO_FAR: &str = "What came before it, summed up already; take it into the new summary:";
const TALK: &str = "The conversation:";

/// Summaries being written.
#[derive(Default)]
pub(crate) struct Sums(Mutex<HashMap<ConversationId, Arc<Notify>>>);

impl Sums {
    fn begin(&self, id: ConversationId) -> Option<Arc<Notify>> {
        let mut sums = self.lock();
        if sums.contains_key(&id) {
            return None;
        }
        Some(Arc::clone(sums.entry(id).or_default()))
    }

    pub(crate) fn stop(&self, id: ConversationId) {
        if let Some(stop) = self.lock().get(&id) {
            stop.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<ConversationId, Arc<Notify>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Strikes a summary out, also where writing it breaks.
struct Running {
    organs: Arc<Organs>,
    id: ConversationId,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.organs.sums.lock().remove(&self.id);
    }
}

/// Begins to sum up. Refused when there is nothing to sum up, or when that is being done already.
pub(crate) async fn begin(organs: &Arc<Organs>, id: ConversationId, ask: Ask) -> Result<(), Error> {
    organs.service(ask.service_id).await?;
    let stop = organs.sums.begin(id).ok_or(Code::Writing)?;
    let running = Running { organs: Arc::clone(organs), id };
    let work = parts::work(organs, id, &ask).await?;
    tokio::spawn(async move {
        let ended = tokio::select! {
            () = stop.notified() => Ok(()),
            done = sum_up(&running.organs, id, &ask, work) => done,
        };
        let organs = Arc::clone(&running.organs);
        drop(running);
        if let Err(error) = &ended {
            tracing::info!(%error, "a conversation was not summed up");
        }
        organs
            .events
            .tell(Event::SummedUp { id, problem: ended.err().map(|error| Box::new(error.problem())) });
    });
    Ok(())
}

/// Takes a summary away: what fits is sent as it was said.
pub(crate) async fn forget(organs: &Organs, id: ConversationId) -> Result<Conversation, Error> {
    put(organs, id, None).await
}

async fn sum_up(organs: &Arc<Organs>, id: ConversationId, ask: &Ask, work: Work) -> Result<(), Error> {
    let mut learnt = request::learnt(organs, ask).await?;
    let mut so_far = work.so_far;
    let mut left = work.parts;
    let mut done = 0;
    while !left.is_empty() {
        let part = left.remove(0);
        let tell = |letters| {
            organs.events.tell(Event::SummingUp {
                id,
                part: done + 1,
                parts: done + 1 + left.len(),
                letters,
            });
        };
        tell(0);
        let wish = Sent::text(Speaker::User, wish(&so_far, &part));
        match once::ask(organs, ask, &mut learnt, wish, tell).await {
            Ok(said) if said.is_empty() => return Err(Code::EmptyAnswer.into()),
            Ok(said) => (so_far, done) = (said, done + 1),
            // The window is smaller than anybody said: two halves are shorter.
            Err(error) if error.code == Code::TooLong && part.len() > parts::SHORTEST => {
                let (first, second) = parts::halves(&part);
                left.splice(0..0, [first, second]);
            }
            Err(error) => return Err(error),
        }
    }
    put(organs, id, Some(Summary { upto: work.upto, text: so_far })).await.map(|_| ())
}

fn wish(so_far: &str, part: &str) -> String {
    if so_far.is_empty() {
        return format!("{WISH}\n\n{TALK}\n\n{part}");
    }
    format!("{WISH}\n\n{SO_FAR}\n\n{so_far}\n\n{TALK}\n\n{part}")
}

async fn put(organs: &Organs, id: ConversationId, summary: Option<Summary>) -> Result<Conversation, Error> {
    organs
        .write(move |write| {
            let talk = write.conversation(id)?.ok_or(store::Error::NotFound)?;
            write.update_conversation(&Conversation { summary, ..talk })
        })
        .await?;
    organs.tell_conversation(id).await
}
