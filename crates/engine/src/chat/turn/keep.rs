//! Writes an answer down: while it comes, and at its end. A full disk does not lose it: the end is written again and
//! again until there is room.

use std::time::Duration;

use store::table::message::{Message, MessageState};
use store::{MessageId, Store, Write};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::super::accept::SNIPPET;
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

    /// Begins to write the text so far, unless the last write is still under way: the next one has more.
    pub(super) fn checkpoint(&mut self, live: &Answer) {
        if self.writing.as_ref().is_some_and(|task| !task.is_finished()) {
            return;
        }
        let (store, id, (text, thoughts)) = (self.store.clone(), live.id(), live.written());
        self.writing = Some(tokio::task::spawn_blocking(move || {
            if let Err(error) = store.write(|write| write.save_progress(id, &text, &thoughts)) {
                tracing::warn!(%error, "a checkpoint was not written; the next one has more");
            }
        }));
    }

    /// Waits for the last checkpoint, so that it cannot overtake the end.
    pub(super) async fn settle(self) {
        if let Some(task) = self.writing
            && let Err(panic) = task.await
        {
            tracing::error!(%panic, "a checkpoint did not end");
        }
    }
}

/// Writes how an answer ended and tells everybody.
pub(super) async fn finish(organs: &Organs, live: &Answer, outcome: Outcome, end: End) {
    let row = match organs
        .read({
            let id = live.id();
            move |read| read.message(id)
        })
        .await
    {
        Ok(row) => row,
        Err(error) => return lost(organs, live, &error),
    };
    let Some(mut message) = row else { return lost(organs, live, &Code::Gone.into()) };
    outcome.fill(&mut message, end, live);
    let others: Vec<Message> = outcome.others.into_values().map(|text| version(&message, text)).collect();
    let mut told = false;
    loop {
        let (row, versions) = (message.clone(), others.clone());
        match organs.write(move |write| put(write, &row, &versions)).await {
            Ok(view) => {
                if !told {
                    tell_end(organs, live, view);
                }
                break;
            }
            Err(error) if error.code == Code::Gone => return lost(organs, live, &error),
            Err(error) => {
                if !told {
                    let problem = Some(error.problem());
                    tell_end(organs, live, unwritten(Message { problem, ..message.clone() }));
                    told = true;
                }
                sleep(AGAIN).await;
            }
        }
    }
    if let Err(error) = organs.tell_conversation(live.conversation()).await {
        tracing::warn!(%error, "nobody was told that an answer ended");
    }
}

fn put(write: &Write, message: &Message, versions: &[Message]) -> Result<MessageView, store::Error> {
    write.update_message(message)?;
    for version in versions {
        write.insert_message(version)?;
    }
    let conversation = write.conversation(message.conversation_id)?;
    if let Some(mut conversation) = conversation.filter(|_| !message.text.is_empty()) {
        conversation.snippet = text::plain(&message.text, SNIPPET);
        write.update_conversation(&conversation)?;
    }
    show::view(write, message.clone())
}

/// Another answer of the same request, as a version beside it.
fn version(message: &Message, text: String) -> Message {
    let (thoughts, usage, problem) = (String::new(), None, None);
    Message {
        id: MessageId::new(),
        state: MessageState::Done,
        text,
        thoughts,
        usage,
        problem,
        ..message.clone()
    }
}

fn unwritten(message: Message) -> MessageView {
    let (blocks, thought_blocks) = (text::render(&message.text), text::render(&message.thoughts));
    MessageView { message, blocks, thought_blocks, version: 1, versions: 1 }
}

fn tell_end(organs: &Organs, live: &Answer, view: MessageView) {
    let ended = TurnUpdate::Ended { answer: Box::new(view) };
    for sink in organs.live.end(live) {
        sink(ended.clone());
    }
}

/// The row is gone: the conversation was purged while its answer came. There is nobody left to tell.
fn lost(organs: &Organs, live: &Answer, error: &Error) {
    tracing::warn!(%error, "an answer ended without a row");
    drop(organs.live.end(live));
}
