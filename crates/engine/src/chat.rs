//! Conversations: listing, opening, sending, stopping, and following answers while they are written.

mod accept;
pub(crate) mod adapt;
mod along;
mod beside;
mod branch;
mod context;
mod continued;
pub(crate) mod count;
mod first;
mod form;
pub(crate) mod found;
mod gather;
mod history;
pub(crate) mod live;
pub(crate) mod once;
pub(crate) mod options;
mod outcome;
pub(crate) mod request;
mod row;
mod settle;
pub(crate) mod show;
mod spoken;
pub(crate) mod summary;
mod title;
mod tooling;
mod turn;

use std::sync::Arc;

use store::table::beginning::Beginning;
use store::table::conversation::{Conversation, ConversationKind, ConversationQuery, TitleBy};
use store::table::options::Options;
use store::{ConversationId, MessageId, Read, Write};

use crate::engine::Organs;
use crate::media::fetch;
use crate::view::{
    Accepted, Ask, ConversationRow, Decision, Edit, Event, ListConversations, MessageView, OpenConversation,
    Outlook, Question, TurnUpdate,
};
use crate::{Code, Error};
use live::Form;

/// Rows of the list that are sent at once.
const PAGE: u32 = 60;
/// Messages that are rendered when a conversation opens: more than the tallest window shows.
const TAIL: usize = 24;

/// Bytes of a tool's result that a person may type or paste in.
const LONGEST_RESULT: usize = 256 * 1024;

/// Conversations and answers.
pub struct Chat(pub(crate) Arc<Organs>);

impl Chat {
    /// One page of conversations, pinned first, then newest first.
    pub async fn list(&self, ask: ListConversations) -> Result<Vec<ConversationRow>, Error> {
        let rows = self
            .0
            .read(move |read| {
                let after = ask.after.map(|id| read.conversation(id)).transpose()?.flatten();
                let before = after.map(|conversation| conversation.cursor());
                let query = ConversationQuery {
                    search: ask.search,
                    shelf: ask.shelf,
                    order: ask.order,
                    before,
                    limit: PAGE,
                };
                let listed = read.conversations(&query)?;
                listed.into_iter().map(|row| with_draft(read, row)).collect::<Result<Vec<_>, _>>()
            })
            .await?;
        Ok(rows.into_iter().map(|row| self.0.mark_writing(row)).collect())
    }

    /// A conversation with its outline, its last messages and its draft.
    pub async fn open(&self, id: ConversationId) -> Result<OpenConversation, Error> {
        self.0.read(move |read| show::open(read, id, TAIL)).await
    }

    /// The conversation of a message, opened on a branch that holds it. A branch that does not is left for the one
    /// below the message that was looked at last.
    pub async fn open_at(&self, message: MessageId) -> Result<OpenConversation, Error> {
        let find = move |write: &Write| {
            let found = write.message(message)?.ok_or(store::Error::NotFound)?;
            let id = found.conversation_id;
            if !write.outline(id)?.iter().any(|entry| entry.id == message) {
                write.show_branch(id, write.last_leaf(message)?)?;
            }
            Ok(id)
        };
        let id = self.0.write(find).await?;
        self.0.tell_conversation(id).await?;
        self.open(id).await
    }

    /// Messages by id, ready to be shown, in that order. Those that are gone are left out.
    pub async fn messages(&self, ids: Vec<MessageId>) -> Result<Vec<MessageView>, Error> {
        self.0.read(move |read| show::views(read, read.messages(&ids)?)).await
    }

    /// Writes the question and an empty answer from each model asked in one go, and begins to ask.
    pub async fn send(&self, question: Question) -> Result<Accepted, Error> {
        accept::send(&self.0, question).await
    }

    /// A new version of an answer. One that ended before its first word is replaced instead. A question whose answers
    /// were deleted gets a new one.
    pub async fn retry(&self, answer: MessageId, ask: Ask) -> Result<Accepted, Error> {
        accept::retry(&self.0, answer, ask).await
    }

    /// A new version of a question, and an answer to it from each model asked.
    pub async fn edit(&self, question: MessageId, edit: Edit) -> Result<Accepted, Error> {
        accept::edit(&self.0, question, edit).await
    }

    /// Goes on with an answer that ended early; the same message grows.
    pub async fn go_on(&self, answer: MessageId) -> Result<Accepted, Error> {
        accept::go_on(&self.0, answer).await
    }

    /// Stops an answer: the connection is dropped, its text is kept. Stopping what has ended is fine.
    pub fn stop(&self, answer: MessageId) {
        self.0.live.stop(answer);
    }

    /// Says what becomes of a tool call that waits for the person. `gone` when its answer is not being written any more.
    pub fn answer_call(&self, answer: MessageId, call: String, decision: Decision) -> Result<(), Error> {
        if let Decision::Result { text } = &decision {
            if text.trim().is_empty() {
                return Err(Code::NothingToSend.into());
            }
            if text.len() > LONGEST_RESULT {
                return Err(Code::ResultTooLarge.into());
            }
        }
        if self.0.live.decide(answer, call, decision) { Ok(()) } else { Err(Code::Gone.into()) }
    }

    /// Follows an answer: first everything so far, then changes, at last [`TurnUpdate::Ended`]. The sink returns
    /// false when it wants no more.
    pub async fn watch(
        &self,
        answer: MessageId,
        sink: impl Fn(TurnUpdate) -> bool + Send + 'static,
    ) -> Result<(), Error> {
        self.follow(answer, Form::Blocks, Box::new(sink)).await
    }

    /// Follows an answer in the same way, told as [`TurnUpdate::Letters`]: every blank of a text counts.
    pub async fn watch_letters(
        &self,
        answer: MessageId,
        sink: impl Fn(TurnUpdate) -> bool + Send + 'static,
    ) -> Result<(), Error> {
        self.follow(answer, Form::Letters, Box::new(sink)).await
    }

    async fn follow(&self, answer: MessageId, form: Form, sink: live::Sink) -> Result<(), Error> {
        let Some(sink) = self.0.live.watch(answer, form, sink) else { return Ok(()) };
        let view = show::one(&self.0, answer).await?;
        sink(TurnUpdate::Ended { answer: Box::new(view) });
        Ok(())
    }

    /// Shows version `version` (from 1) of a message, with what follows it.
    pub async fn choose(&self, message: MessageId, version: u32) -> Result<OpenConversation, Error> {
        let id = self
            .0
            .write(move |write| {
                let versions = write.siblings(message)?;
                let at = (version as usize).checked_sub(1);
                let wanted = at.and_then(|at| versions.get(at)).copied().ok_or(store::Error::NotFound)?;
                let chosen = write.message(wanted)?.ok_or(store::Error::NotFound)?;
                if !continued::suggest(write, &chosen)? {
                    let leaf = write.last_leaf(wanted)?;
                    write.show_branch(chosen.conversation_id, leaf)?;
                }
                Ok(chosen.conversation_id)
            })
            .await?;
        self.0.tell_conversation(id).await?;
        self.open(id).await
    }

    /// Begins a conversation with a copy of everything up to a message, and opens it.
    pub async fn branch(&self, upto: MessageId, title: String) -> Result<OpenConversation, Error> {
        let now = self.0.clock.now();
        let id = self.0.write(move |write| branch::copy(write, upto, &title, now)).await?;
        self.0.tell_conversation(id).await?;
        let open = self.open(id).await?;
        let copies: Vec<MessageId> = open.outline.iter().map(|entry| entry.id).collect();
        fetch::begin(&self.0, Some(&copies)).await;
        Ok(open)
    }

    /// Shows the versions of an answer side by side.
    pub async fn show_beside(&self, answer: MessageId) -> Result<OpenConversation, Error> {
        let id = self.0.write(move |write| beside::show(write, answer)).await?;
        self.open(id).await
    }

    /// Goes on with one of several answers: it is shown alone, and the others stay as its versions.
    pub async fn go_on_with(&self, answer: MessageId) -> Result<OpenConversation, Error> {
        let id = self.0.write(move |write| beside::go_on_with(write, answer)).await?;
        self.0.tell_conversation(id).await?;
        self.open(id).await
    }

    /// Asks several models at once from the next question on; one again when fewer than two are named.
    pub async fn set_several(&self, id: ConversationId, asks: Vec<Ask>) -> Result<Conversation, Error> {
        let several = if asks.len() > 1 { asks.into_iter().take(beside::MOST).collect() } else { Vec::new() };
        self.0
            .write(move |write| {
                let conversation = write.conversation(id)?.ok_or(store::Error::NotFound)?;
                write.update_conversation(&Conversation { several, ..conversation })
            })
            .await?;
        self.0.tell_conversation(id).await
    }

    /// Gives a conversation another title; no model overwrites it.
    pub async fn rename(&self, id: ConversationId, title: String) -> Result<Conversation, Error> {
        let title = title.trim().to_owned();
        if title.is_empty() {
            return Err(Code::NameMissing.into());
        }
        self.0.write(move |write| write.set_title(id, &title, TitleBy::Person)).await?;
        self.0.tell_conversation(id).await
    }

    /// Keeps a conversation on top of the list, or no longer.
    pub async fn pin(&self, id: ConversationId, pinned: bool) -> Result<Conversation, Error> {
        self.0.write(move |write| write.set_pinned(id, pinned)).await?;
        self.0.tell_folders().await?;
        self.0.tell_conversation(id).await
    }

    /// Puts a conversation into the recycle bin. An answer being written in it is stopped and kept.
    pub async fn remove(&self, id: ConversationId) -> Result<(), Error> {
        self.0.live.stop_in(id);
        let now = self.0.clock.now();
        self.0.write(move |write| write.bin_conversation(id, now)).await?;
        self.0.events.tell(Event::ConversationGone { id });
        self.0.events.tell(Event::Pictures);
        self.0.tell_folders().await
    }

    /// Takes a conversation out of the recycle bin.
    pub async fn restore(&self, id: ConversationId) -> Result<Conversation, Error> {
        self.0.write(move |write| write.restore_conversation(id)).await?;
        self.0.events.tell(Event::Pictures);
        self.0.tell_folders().await?;
        self.0.tell_conversation(id).await
    }

    /// Takes a message out of sight; what follows it stays.
    pub async fn remove_message(&self, id: MessageId) -> Result<OpenConversation, Error> {
        let now = self.0.clock.now();
        self.mark_removed(id, Some(now)).await
    }

    /// Brings a removed message back.
    pub async fn restore_message(&self, id: MessageId) -> Result<OpenConversation, Error> {
        self.mark_removed(id, None).await
    }

    /// Keeps what is being typed in a place: a conversation's id, or "new".
    pub async fn save_draft(&self, place: String, text: String) -> Result<(), Error> {
        self.keep_draft(place, text).await
    }

    /// Sets what differs from the person's usual options in this conversation.
    pub async fn set_options(&self, id: ConversationId, options: Options) -> Result<Conversation, Error> {
        settle::set_options(&self.0, id, options).await
    }

    /// Sets what every answer of this conversation is told first.
    pub async fn set_instructions(&self, id: ConversationId, text: String) -> Result<Conversation, Error> {
        settle::set_instructions(&self.0, id, text).await
    }

    /// Keeps what is set for a conversation that has no message yet.
    pub async fn save_beginning(&self, beginning: Beginning) -> Result<(), Error> {
        settle::set_beginning(&self.0, beginning).await
    }

    /// What would go along with a question asked now; `typed` is what stands on the desk.
    pub async fn outlook(&self, id: ConversationId, ask: Ask, typed: String) -> Result<Outlook, Error> {
        settle::outlook(&self.0, id, ask, typed).await
    }

    /// Begins to sum up the part of a conversation that does not fit, which windows are told of by events.
    pub async fn sum_up(&self, id: ConversationId, ask: Ask) -> Result<(), Error> {
        summary::begin(&self.0, id, ask).await
    }

    /// Stops summing up; all stays as it was. Stopping what has ended is fine.
    pub fn stop_summing_up(&self, id: ConversationId) {
        self.0.sums.stop(id);
    }

    /// Takes the summary of a conversation away: what fits is sent as it was said.
    pub async fn forget_summary(&self, id: ConversationId) -> Result<Conversation, Error> {
        summary::forget(&self.0, id).await
    }

    /// Asks again for an answer that was too long for the model, with the oldest messages left out. That the window is
    /// smaller is remembered.
    pub async fn leave_out(&self, answer: MessageId, ask: Ask) -> Result<Accepted, Error> {
        settle::learn_window(&self.0, answer, &ask).await?;
        accept::retry(&self.0, answer, ask).await
    }

    async fn mark_removed(&self, id: MessageId, at: Option<i64>) -> Result<OpenConversation, Error> {
        if at.is_some() {
            // What is still being written would fill it again.
            self.0.live.stop(id);
        }
        let conversation = self
            .0
            .write(move |write| {
                let message = write.message(id)?.ok_or(store::Error::NotFound)?;
                write.set_deleted(id, at)?;
                Ok(message.conversation_id)
            })
            .await?;
        self.open(conversation).await
    }
}

impl Organs {
    /// Sends a conversation's row to everybody and returns it.
    pub(crate) async fn tell_conversation(&self, id: ConversationId) -> Result<Conversation, Error> {
        let row = self
            .read(move |read| {
                let conversation = read.conversation(id)?.ok_or(store::Error::NotFound)?;
                with_draft(read, conversation)
            })
            .await?;
        let row = self.mark_writing(row);
        let conversation = row.conversation.clone();
        if conversation.deleted_at.is_none() {
            self.events.tell(Event::Conversation { row: Box::new(row) });
        }
        Ok(conversation)
    }

    fn mark_writing(&self, row: ConversationRow) -> ConversationRow {
        let id = row.conversation.id;
        ConversationRow { writing: self.live.writing_in(id), waiting: self.live.waiting_in(id), ..row }
    }
}

fn with_draft(read: &Read, conversation: Conversation) -> Result<ConversationRow, store::Error> {
    let draft = match conversation.kind {
        ConversationKind::Chat => read.draft_words(&conversation.id.to_string())?,
        // The draft of a text is the text.
        ConversationKind::Text => String::new(),
    };
    Ok(ConversationRow { conversation, writing: false, waiting: false, draft })
}
