//! "Branch from here": a conversation of its own that begins with a copy of another up to one message. The original is
//! only read.

use store::table::conversation::{Conversation, Summary, TitleBy};
use store::table::message::{Message, MessageState};
use store::{ConversationId, MessageId, UnixMs, Write};

use super::show;

/// Copies what leads to a message into a new conversation, all of it or nothing. Deleted messages stay behind.
pub(crate) fn copy(
    write: &Write,
    upto: MessageId,
    title: &str,
    now: UnixMs,
) -> Result<ConversationId, store::Error> {
    let path = write.path(upto)?;
    let last = path.last().ok_or(store::Error::NotFound)?;
    let origin = write.conversation(last.conversation_id)?.ok_or(store::Error::NotFound)?;
    let mut fresh = begun(&origin, title, now);
    fresh.snippet = show::snippet(&last.text);
    let mut summary = None;
    write.insert_conversation(&fresh)?;
    for message in path {
        let old = message.id;
        let copy = copied(message, fresh.id, fresh.head);
        write.insert_message(&copy)?;
        write.copy_attachments(old, copy.id)?;
        write.set_form(copy.id, write.form(old)?.as_deref())?;
        write.copy_confidence(old, copy.id)?;
        fresh.head = Some(copy.id);
        if let Some(of) = origin.summary.as_ref().filter(|summary| summary.upto == old) {
            summary = Some(Summary { upto: copy.id, text: of.text.clone() });
        }
    }
    fresh.summary = summary;
    write.update_conversation(&fresh)?;
    Ok(fresh.id)
}

/// The new conversation without its messages: asked as the old one was, and nowhere but in the list.
fn begun(origin: &Conversation, title: &str, now: UnixMs) -> Conversation {
    let title = if title.trim().is_empty() { &origin.title } else { title.trim() };
    Conversation {
        id: ConversationId::new(),
        // The person chose to branch: no model writes a title over the one that says so.
        title: title.to_owned(),
        title_by: TitleBy::Person,
        pinned: false,
        head: None,
        summary: None,
        archived_at: None,
        created_at: now,
        updated_at: now,
        deleted_at: None,
        ..origin.clone()
    }
}

/// A message at its new place. What was being written when it was copied ends there.
fn copied(message: Message, conversation_id: ConversationId, parent_id: Option<MessageId>) -> Message {
    let state = match message.state {
        MessageState::Streaming => MessageState::Stopped,
        ended => ended,
    };
    Message { id: MessageId::new(), conversation_id, parent_id, state, beside: 0, ..message }
}
