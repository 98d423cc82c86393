//! Rows as they begin: a question, an answer to come.

use store::table::message::{Message, MessageState, Role};
use store::{ConversationId, MessageId, UnixMs};

use crate::view::Ask;
use crate::{Code, Error};

/// A question; refused when there is nothing in it and no file goes along.
pub(super) fn words(
    conversation: ConversationId,
    parent: Option<MessageId>,
    text: &str,
    files: usize,
    now: UnixMs,
) -> Result<Message, Error> {
    let text = text.trim_end();
    if text.trim_start().is_empty() && files == 0 {
        return Err(Code::NothingToSend.into());
    }
    Ok(Message { text: text.to_owned(), ..Message::blank(conversation, parent, Role::User, now) })
}

/// An answer to come.
pub(super) fn empty(
    conversation: ConversationId,
    parent: Option<MessageId>,
    ask: &Ask,
    now: UnixMs,
) -> Message {
    Message {
        state: MessageState::Streaming,
        service_id: Some(ask.service_id),
        model: ask.model.trim().to_owned(),
        ..Message::blank(conversation, parent, Role::Assistant, now)
    }
}

/// The answers to a question that are to come: one from each model asked, side by side where there are several.
pub(super) fn answers(question: &Message, asks: &[Ask], now: UnixMs) -> Vec<Message> {
    let place = |at: i64| if asks.len() > 1 { at } else { 0 };
    let answer = |(at, ask)| Message {
        beside: place(at),
        ..empty(question.conversation_id, Some(question.id), ask, now)
    };
    (1..).zip(asks).map(answer).collect()
}
