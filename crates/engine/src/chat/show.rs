//! Rows made ready for the screen: text becomes safe HTML here and nowhere else.

use store::table::message::{Message, Role};
use store::{ConversationId, MessageId, Read};

use crate::Error;
use crate::engine::Organs;
use crate::view::{MessageView, OpenConversation};

/// Letters shown under a title.
const SNIPPET: usize = 120;

/// The first words of a message, for the list.
pub(crate) fn snippet(text: &str) -> String {
    text::plain(text, SNIPPET)
}

pub(crate) fn open(read: &Read, id: ConversationId, tail: usize) -> Result<OpenConversation, store::Error> {
    let conversation = read.conversation(id)?.ok_or(store::Error::NotFound)?;
    let draft = read.draft(&id.to_string())?.unwrap_or_default();
    let outline = read.outline(id)?;
    let shown: Vec<MessageId> =
        outline.iter().skip(outline.len().saturating_sub(tail)).map(|entry| entry.id).collect();
    let tail = views(read, read.messages(&shown)?)?;
    Ok(OpenConversation { conversation, outline, tail, draft })
}

pub(crate) fn views(read: &Read, messages: Vec<Message>) -> Result<Vec<MessageView>, store::Error> {
    messages.into_iter().map(|message| view(read, message)).collect()
}

pub(crate) async fn one(organs: &Organs, id: MessageId) -> Result<MessageView, Error> {
    organs.read(move |read| view(read, read.message(id)?.ok_or(store::Error::NotFound)?)).await
}

pub(crate) fn view(read: &Read, message: Message) -> Result<MessageView, store::Error> {
    let siblings = read.siblings(message.id)?;
    let place = siblings.iter().position(|id| *id == message.id).unwrap_or_default();
    let blocks = match message.role {
        Role::Assistant => text::render(&message.text),
        Role::User => Vec::new(),
    };
    Ok(MessageView {
        blocks,
        thought_blocks: text::render(&message.thoughts),
        version: count(place) + 1,
        versions: count(siblings.len()).max(1),
        message,
    })
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}
