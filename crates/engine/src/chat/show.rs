//! Rows made ready for the screen: text becomes safe HTML here and nowhere else.

use store::table::attachment::{Attachment, AttachmentKind, AttachmentState};
use store::table::conversation::ConversationKind;
use store::table::draft::edit_place;
use store::table::message::{Message, Role};
use store::table::step::{Step, ToolCall};
use store::{ConversationId, MessageId, Read};
use text::{Beside, Picture, State};

use super::continued;
use crate::Error;
use crate::engine::Organs;
use crate::view::{CallView, MessageView, OpenConversation, StepView};

/// Letters shown under a title.
const SNIPPET: usize = 120;
/// Bytes of a call's arguments, and of its result, that are shown.
const SHOWN: usize = 16 * 1024;

/// The first words of a message, for the list.
pub(crate) fn snippet(text: &str) -> String {
    text::plain(text, SNIPPET)
}

pub(crate) fn open(read: &Read, id: ConversationId, tail: usize) -> Result<OpenConversation, store::Error> {
    let conversation = read.conversation(id)?.ok_or(store::Error::NotFound)?;
    if conversation.kind == ConversationKind::Text {
        return continued::open(read, conversation);
    }
    let draft = read.draft(&id.to_string())?.unwrap_or_default();
    let edit = read.draft(&edit_place(id))?.unwrap_or_default();
    let outline = read.outline(id)?;
    let last = outline.iter().skip(outline.len().saturating_sub(tail));
    let shown: Vec<MessageId> = last
        .flat_map(|entry| if entry.beside.is_empty() { vec![entry.id] } else { entry.beside.clone() })
        .collect();
    let tail = views(read, read.messages(&shown)?)?;
    let attachments = read.draft_attachments(&id.to_string())?;
    Ok(OpenConversation { conversation, outline, tail, draft, edit, attachments })
}

pub(crate) fn views(read: &Read, messages: Vec<Message>) -> Result<Vec<MessageView>, store::Error> {
    messages.into_iter().map(|message| view(read, message)).collect()
}

pub(crate) async fn one(organs: &Organs, id: MessageId) -> Result<MessageView, Error> {
    organs.read(move |read| view(read, read.message(id)?.ok_or(store::Error::NotFound)?)).await
}

pub(crate) fn view(read: &Read, message: Message) -> Result<MessageView, store::Error> {
    let (version, versions) = place(read, message.id)?;
    let attachments = read.attachments(message.id)?;
    let (confidence, data) = (read.has_confidence(message.id)?, read.has_form(message.id)?);
    Ok(MessageView { version, versions, confidence, data, ..alone(message, attachments) })
}

/// Which version a message is, from 1, and how many there are.
pub(crate) fn place(read: &Read, id: MessageId) -> Result<(i64, i64), store::Error> {
    let siblings = read.siblings(id)?;
    let place = siblings.iter().position(|sibling| *sibling == id).unwrap_or_default();
    Ok((count(place) + 1, count(siblings.len()).max(1)))
}

/// A message ready to be shown, as if it had no versions.
pub(crate) fn alone(mut message: Message, attachments: Vec<Attachment>) -> MessageView {
    let (blocks, marks) = match message.role {
        Role::Assistant => pieces(&message, &beside(&message, &attachments)),
        Role::User => (Vec::new(), Vec::new()),
    };
    // Calls may hold megabytes, which the window is shown the beginning of.
    let steps = steps(&std::mem::take(&mut message.steps), &marks);
    let thought_blocks = text::render(&message.thoughts);
    MessageView {
        blocks,
        thought_blocks,
        steps,
        attachments,
        version: 1,
        versions: 1,
        confidence: false,
        data: false,
        message,
    }
}

/// The tool calls of an answer ready to be shown; `marks` says how many blocks stand before each round.
pub(crate) fn steps(steps: &[Step], marks: &[usize]) -> Vec<StepView> {
    let marked = steps.iter().zip(marks);
    marked
        .map(|(step, mark)| StepView { before: *mark, calls: step.calls.iter().map(call).collect() })
        .collect()
}

/// The blocks of an answer, and how many stand before each round of calls: what stands between two rounds is a
/// document of its own.
fn pieces(message: &Message, beside: &Beside) -> (Vec<String>, Vec<usize>) {
    let (mut blocks, mut marks, mut said) = (Vec::new(), Vec::new(), 0);
    let piece =
        |from: usize, to: usize| text::render_with(message.text.get(from..to).unwrap_or_default(), beside);
    for step in &message.steps {
        blocks.extend(piece(said, step.at));
        marks.push(blocks.len());
        said = step.at;
    }
    blocks.extend(piece(said, message.text.len()));
    (blocks, marks)
}

/// What is known beside the words of an answer.
pub(crate) fn beside(message: &Message, attachments: &[Attachment]) -> Beside {
    let known = attachments.iter().filter_map(|one| Some((one.source.clone(), picture(one)?)));
    Beside {
        pictures: known.collect(),
        sources: message.citations.iter().map(|source| source.url.clone()).collect(),
        page: None,
    }
}

/// A picture as its words are shown. What only looked like one and is none stays the link that it is.
fn picture(one: &Attachment) -> Option<Picture> {
    let side = |length: Option<i64>| length.and_then(|length| u32::try_from(length).ok()).unwrap_or_default();
    let state = match (one.state, one.kind, &one.media) {
        (AttachmentState::Kept, AttachmentKind::Film, Some(media)) => {
            State::Film { media: media.id.to_string() }
        }
        (AttachmentState::Kept, _, Some(media)) => {
            let (width, height) = (side(media.width), side(media.height));
            State::Kept { media: media.id.to_string(), width, height }
        }
        (_, AttachmentKind::Link, _) => return None,
        (AttachmentState::Waiting, ..) => State::Waiting,
        _ => State::Failed,
    };
    Some(Picture { id: one.id.to_string(), state })
}

fn call(call: &ToolCall) -> CallView {
    CallView {
        id: call.id.clone(),
        name: call.name.clone(),
        arguments: beginning(&call.arguments),
        arguments_size: call.arguments.len(),
        state: call.state,
        result: beginning(&call.result),
        result_size: call.result.len(),
        duration_ms: call.duration_ms,
    }
}

fn beginning(text: &str) -> String {
    let end = (0..=SHOWN.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    text.get(..end).unwrap_or_default().to_owned()
}

fn count(many: usize) -> i64 {
    i64::try_from(many).unwrap_or(i64::MAX)
}
