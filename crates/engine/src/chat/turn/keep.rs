//! Writes answers down: while they come, and at their end. A full disk does not lose them: the end is written again and
//! again until there is room.

use std::sync::Arc;
use std::time::Duration;

use store::table::attachment::Attachment;
use store::table::conversation::{Conversation, ConversationKind};
use store::table::message::{Message, MessageState};
use store::table::model::Model;
use store::{MessageId, Read, Store, Write};
use tokio::task::{JoinHandle, spawn_blocking};
use tokio::time::sleep;

use super::super::gather::Batch;
use super::super::live::Answer;
use super::super::outcome::End;
use super::super::{found, show};
use super::choices::{Choice, Choices};
use crate::engine::{Organs, blocking};
use crate::view::{Event, MessageView, TurnUpdate};
use crate::{Code, Error, prices};

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

    /// Begins to write the text so far, and how sure the model was of what is new. False when the last write is still under way: then it has to be asked again,
    /// for nothing more may come.
    pub(super) fn checkpoint(&mut self, choices: &Choices) -> bool {
        if self.writing.as_ref().is_some_and(|task| !task.is_finished()) {
            return false;
        }
        let store = self.store.clone();
        let now =
            choices.all().map(|choice| (Arc::clone(&choice.live), choice.outcome.unwritten())).collect();
        self.writing = Some(spawn_blocking(move || {
            if let Err(error) = keep(&store, now) {
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

/// Writes what all answers of a request hold so far, and makes rows for those that have none yet.
fn keep(store: &Store, now: Vec<(Arc<Answer>, Batch)>) -> Result<(), store::Error> {
    let (lives, sure): (Vec<_>, Vec<_>) = now.into_iter().unzip();
    let Some(first) = lives.first() else { return Ok(()) };
    let places = store.write(|write| {
        for (live, batch) in lives.iter().zip(&sure) {
            let (text, thoughts) = live.written();
            if live.is_entered() {
                if !write.save_progress(live.id(), &text, &thoughts)? {
                    continue;
                }
            } else if let Some(asked) = write.message(first.id())? {
                let begun = Message { text, thoughts, ..version(&asked, live.id()) };
                write.insert_message(&Message { state: MessageState::Streaming, ..begun })?;
            }
            write.add_confidence(live.id(), &batch.tokens)?;
        }
        places(write, &lives)
    })?;
    sure.iter().for_each(Batch::done);
    if lives.iter().any(|live| !live.is_entered()) {
        for live in &lives {
            live.enter();
        }
        tell_places(lives, places);
    }
    Ok(())
}

/// Which version each answer is, and how many there are.
fn places(read: &Read, lives: &[Arc<Answer>]) -> Result<Vec<(i64, i64)>, store::Error> {
    if lives.iter().all(|live| live.is_entered()) {
        return Ok(Vec::new());
    }
    lives.iter().map(|live| show::place(read, live.id())).collect()
}

/// Tells followers in a task of its own: a frame being painted must not hold up the next checkpoint.
fn tell_places(lives: Vec<Arc<Answer>>, places: Vec<(i64, i64)>) {
    drop(spawn_blocking(move || {
        for (live, (version, versions)) in lives.iter().zip(places) {
            live.tell(TurnUpdate::Versions { version, versions });
        }
    }));
}

/// Writes what a request brought that ended with tool calls: from here on a kill loses nothing of it.
pub(super) async fn round(organs: &Organs, choice: &Choice) -> Result<(), Error> {
    let mut message = row(organs, choice.live.id()).await?;
    choice.outcome.count(&mut message, &choice.live);
    organs.write(move |write| write.update_message(&message)).await
}

/// Writes how the answers of a request ended and tells everybody. Until it is written they count as being written:
/// nothing else may touch their rows.
pub(super) async fn finish(organs: &Organs, choices: &mut Choices, end: End) {
    match try_finish(organs, choices, &end).await {
        Ok(views) => {
            for (choice, view) in choices.all().zip(views) {
                let ended = TurnUpdate::Ended { answer: Box::new(view) };
                for sink in organs.live.end(&choice.live) {
                    sink(ended.clone());
                }
            }
        }
        // The row is gone: the conversation was purged while its answer came. Nobody is left to be told.
        Err(error) => {
            tracing::warn!(%error, "an answer ended without a row");
            choices.all().for_each(|choice| drop(organs.live.end(&choice.live)));
        }
    }
    if let Err(error) = organs.tell_conversation(choices.first().live.conversation()).await {
        tracing::warn!(%error, "nobody was told that an answer ended");
    }
}

async fn try_finish(organs: &Organs, choices: &mut Choices, end: &End) -> Result<Vec<MessageView>, Error> {
    let rows = ended(organs, choices, end).await?;
    loop {
        let now = rows.clone();
        match organs.write(move |write| put(write, &now)).await {
            Ok(()) => {
                if rows.iter().any(|one| !one.pictures.is_empty()) {
                    organs.events.tell(Event::Pictures);
                }
                return Ok(shown(organs, rows.into_iter().map(|one| one.message).collect()).await);
            }
            Err(error) if error.code == Code::Gone => return Err(error),
            Err(error) => {
                for (choice, row) in choices.all().zip(&rows) {
                    choice.live.tell(unwritten(&row.message, &error));
                }
            }
        }
        sleep(AGAIN).await;
    }
}

/// The answers as they are to be kept.
async fn ended(organs: &Organs, choices: &mut Choices, end: &End) -> Result<Vec<Ended>, Error> {
    let asked = row(organs, choices.first().live.id()).await?;
    let model = listed(organs, &asked).await;
    // What the request cost is counted once.
    choices.first_mut().outcome.price(model.as_ref());
    let alone = choices.count() == 1;
    let is_text = is_text(organs, &asked).await;
    let mut rows = Vec::with_capacity(choices.count());
    for choice in choices.all() {
        let id = choice.live.id();
        let mut message = if id == asked.id { asked.clone() } else { version(&asked, id) };
        choice.outcome.fill(&mut message, choice.end(end, alone), &choice.live);
        let (message, pictures) = if is_text {
            (message, Vec::new())
        } else {
            with_pictures(organs, message, choice.outcome.pictures.clone()).await
        };
        rows.push(Ended { message, sure: choice.outcome.unwritten(), pictures });
    }
    Ok(rows)
}

/// Whether an answer continues a text: its letters are kept as they came, and nothing that they name is fetched.
async fn is_text(organs: &Organs, answer: &Message) -> bool {
    let id = answer.conversation_id;
    let kind = organs.read(move |read| Ok(read.conversation(id)?.map(|row| row.kind))).await;
    matches!(kind, Ok(Some(ConversationKind::Text)))
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

/// The model asked, as its service lists it; unknown when that cannot be read, for an end is never held up by a price.
async fn listed(organs: &Organs, message: &Message) -> Option<Model> {
    let (service, name) = (message.service_id, message.model.clone());
    let found = organs.read(move |read| prices::model(read, service, &name)).await;
    found.inspect_err(|error| tracing::warn!(%error, "what an answer cost is not known")).ok().flatten()
}

/// The answers as they were written. What cannot be read back is shown as it stands in memory: followers must learn
/// that it ended.
async fn shown(organs: &Organs, messages: Vec<Message>) -> Vec<MessageView> {
    let mut views = Vec::with_capacity(messages.len());
    for message in messages {
        views.push(match show::one(organs, message.id).await {
            Ok(view) => view,
            Err(error) => {
                tracing::warn!(%error, "an answer was written and could not be read back");
                show::alone(message, Vec::new())
            }
        });
    }
    views
}

/// An answer as it ended, what is not written yet of how sure the model was, and the pictures it brought.
#[derive(Clone)]
struct Ended {
    message: Message,
    sure: Batch,
    pictures: Vec<Attachment>,
}

impl Ended {
    fn put_beside(&self, write: &Write) -> Result<(), store::Error> {
        let id = self.message.id;
        write.add_confidence(id, &self.sure.tokens)?;
        write.settle_confidence(id)?;
        // An answer that goes on has some pictures already.
        let before = write.attachments(id)?;
        let is_new = |one: &&Attachment| !before.iter().any(|other| other.source == one.source);
        self.pictures.iter().filter(is_new).try_for_each(|picture| write.insert_attachment(picture))
    }
}

/// Takes the pictures out of an answer. If that breaks off, the answer is kept as it came.
async fn with_pictures(organs: &Organs, message: Message, beside: Vec<String>) -> (Message, Vec<Attachment>) {
    let (store, now, mut taken) = (organs.store.clone(), organs.clock.now(), message.clone());
    let taking = blocking(move || {
        let pictures = found::take(&store, &mut taken, &beside, now);
        Ok::<_, Error>((taken, pictures))
    });
    taking.await.unwrap_or((message, Vec::new()))
}

fn put(write: &Write, rows: &[Ended]) -> Result<(), store::Error> {
    let Some((first, others)) = rows.split_first() else { return Ok(()) };
    let asked = &first.message;
    write.update_message(asked)?;
    first.put_beside(write)?;
    let form = write.form(asked.id)?;
    for other in others {
        // A version that came since the last checkpoint has no row yet.
        match write.update_message(&other.message) {
            Err(store::Error::NotFound) => write.insert_message(&other.message)?,
            updated => updated?,
        }
        write.set_form(other.message.id, form.as_deref())?;
        other.put_beside(write)?;
    }
    let conversation = write.conversation(asked.conversation_id)?;
    // Of several answers side by side only the one that the person goes on with is told in the list.
    let told = |row: &Conversation| asked.beside == 0 || row.head == Some(asked.id);
    let shows =
        |row: &Conversation| row.kind == ConversationKind::Chat && told(row) && !asked.text.is_empty();
    if let Some(mut conversation) = conversation.filter(shows) {
        conversation.snippet = show::snippet(&asked.text);
        write.update_conversation(&conversation)?;
    }
    Ok(())
}

/// Another answer to the same request, as a version beside it, without a word yet. What the request cost is counted
/// once, with the answer that was asked for.
fn version(asked: &Message, id: MessageId) -> Message {
    Message {
        id,
        service_id: asked.service_id,
        model: asked.model.clone(),
        adapted: asked.adapted.clone(),
        sent: asked.sent.clone(),
        ..Message::blank(asked.conversation_id, asked.parent_id, asked.role, asked.created_at)
    }
}

/// The answer as it stands in memory, with the reason why it is nowhere else yet.
fn unwritten(message: &Message, error: &Error) -> TurnUpdate {
    let message = Message { problem: Some(error.problem()), ..message.clone() };
    TurnUpdate::Ended { answer: Box::new(show::alone(message, Vec::new())) }
}
