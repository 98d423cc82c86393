//! Writes an answer down: while it comes, and at its end. A full disk does not lose it: the end is written again and
//! again until there is room.

use std::time::Duration;

use store::table::message::{Message, MessageState};
use store::{MessageId, Store, Write};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::super::live::Answer;
use super::super::outcome::{End, Outcome};
use super::super::show;
use crate::engine::Organs;
use crate::view::{MessageView, TurnUpdate};
use crate::{Code, Error};

/// How often an end that could not be written is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// Writes the text so far, one write at a time.
pub(super) struct Keeper {
    store: Store,
    writing: Option<JoinHandle<()>>,
}

impl Keeper {
    pub(super) fn new(store: Store) -> Self {
        Self { store, writing: None }
    }

    /// Begins to write the text so far. False when the last write is still under way: then it has to be asked again,
    /// for nothing more may come.
    pub(super) fn checkpoint(&mut self, live: &Answer) -> bool {
        if self.writing.as_ref().is_some_and(|task| !task.is_finished()) {
            return false;
        }
        let (store, id, (text, thoughts)) = (self.store.clone(), live.id(), live.written());
        self.writing = Some(tokio::task::spawn_blocking(move || {
            if let Err(error) = store.write(|write| write.save_progress(id, &text, &thoughts)) {
                tracing::warn!(%error, "a checkpoint was not written; the next one has more");
            }
        }));
        true
    }

    /// Waits for the last checkpoint, so that it cannot overtake the end.
    pub(super) async fn settle(&mut self) {
        if let Some(task) = self.writing.take()
            && let Err(panic) = task.await
        {
            tracing::error!(%panic, "a checkpoint did not end");
        }
    }
}

/// Writes what a request brought that ended with tool calls: from here on a kill loses nothing of it.
pub(super) async fn round(organs: &Organs, live: &Answer, outcome: &Outcome) -> Result<(), Error> {
    let mut message = row(organs, live.id()).await?;
    outcome.count(&mut message, live);
    organs.write(move |write| write.update_message(&message)).await
}

/// Writes how an answer ended and tells everybody. Until it is written the answer counts as being written: nothing
/// else may touch its row.
pub(super) async fn finish(organs: &Organs, live: &Answer, outcome: Outcome, end: End) {
    match try_finish(organs, live, outcome, end).await {
        Ok(view) => {
            let ended = TurnUpdate::Ended { answer: Box::new(view) };
            for sink in organs.live.end(live) {
                sink(ended.clone());
            }
        }
        // The row is gone: the conversation was purged while its answer came. Nobody is left to be told.
        Err(error) => {
            tracing::warn!(%error, "an answer ended without a row");
            drop(organs.live.end(live));
        }
    }
    if let Err(error) = organs.tell_conversation(live.conversation()).await {
        tracing::warn!(%error, "nobody was told that an answer ended");
    }
}

async fn try_finish(
    organs: &Organs,
    live: &Answer,
    outcome: Outcome,
    end: End,
) -> Result<MessageView, Error> {
    let id = live.id();
    let mut message = row(organs, id).await?;
    outcome.fill(&mut message, end, live);
    let others: Vec<Message> = outcome.others.into_values().map(|text| version(&message, text)).collect();
    loop {
        let (row, versions) = (message.clone(), others.clone());
        match organs.write(move |write| put(write, &row, &versions)).await {
            Ok(()) => return Ok(shown(organs, message).await),
            Err(error) if error.code == Code::Gone => return Err(error),
            Err(error) => live.tell(unwritten(&message, &error)),
        }
        sleep(AGAIN).await;
    }
}

/// The answer's row, asked for until it can be read: what came since the last checkpoint is in memory alone.
async fn row(organs: &Organs, id: MessageId) -> Result<Message, Error> {
    loop {
        match organs.read(move |read| read.message(id)).await {
            Ok(row) => return row.ok_or_else(|| Code::Gone.into()),
            Err(error) => tracing::warn!(%error, "an answer's row cannot be read; it is tried again"),
        }
        sleep(AGAIN).await;
    }
}

/// The answer as it was written. When it cannot be read back, as it stands in memory: followers must learn that it
/// ended.
async fn shown(organs: &Organs, message: Message) -> MessageView {
    match show::one(organs, message.id).await {
        Ok(view) => view,
        Err(error) => {
            tracing::warn!(%error, "an answer was written and could not be read back");
            show::alone(message, Vec::new())
        }
    }
}

fn put(write: &Write, message: &Message, versions: &[Message]) -> Result<(), store::Error> {
    write.update_message(message)?;
    for version in versions {
        write.insert_message(version)?;
    }
    let conversation = write.conversation(message.conversation_id)?;
    if let Some(mut conversation) = conversation.filter(|_| !message.text.is_empty()) {
        conversation.snippet = show::snippet(&message.text);
        write.update_conversation(&conversation)?;
    }
    Ok(())
}

/// Another answer of the same request, as a version beside it.
fn version(message: &Message, text: String) -> Message {
    let (thoughts, steps, usage, problem) = (String::new(), Vec::new(), None, None);
    Message {
        id: MessageId::new(),
        state: MessageState::Done,
        text,
        thoughts,
        steps,
        usage,
        problem,
        ..message.clone()
    }
}

/// The answer as it stands in memory, with the reason why it is nowhere else yet.
fn unwritten(message: &Message, error: &Error) -> TurnUpdate {
    let message = Message { problem: Some(error.problem()), ..message.clone() };
    TurnUpdate::Ended { answer: Box::new(show::alone(message, Vec::new())) }
}
