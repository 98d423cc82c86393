//! Rows made ready for the screen: text becomes safe HTML here and nowhere else.

use store::table::attachment::Attachment;
use store::table::message::{Message, Role};
use store::table::step::{Step, ToolCall};
use store::{ConversationId, MessageId, Read};

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
    let draft = read.draft(&id.to_string())?.unwrap_or_default();
    let outline = read.outline(id)?;
    let shown: Vec<MessageId> =
        outline.iter().skip(outline.len().saturating_sub(tail)).map(|entry| entry.id).collect();
    let tail = views(read, read.messages(&shown)?)?;
    let attachments = read.draft_attachments(&id.to_string())?;
    Ok(OpenConversation { conversation, outline, tail, draft, attachments })
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
    let attachments = read.attachments(message.id)?;
    let (version, versions) = (count(place) + 1, count(siblings.len()).max(1));
    Ok(MessageView { version, versions, ..alone(message, attachments) })
}

/// A message ready to be shown, as if it had no versions.
pub(crate) fn alone(mut message: Message, attachments: Vec<Attachment>) -> MessageView {
    let (blocks, marks) = match message.role {
        Role::Assistant => pieces(&message),
        Role::User => (Vec::new(), Vec::new()),
    };
    // Calls may hold megabytes, which the window is shown the beginning of.
    let steps = steps(&std::mem::take(&mut message.steps), &marks);
    let thought_blocks = text::render(&message.thoughts);
    MessageView { blocks, thought_blocks, steps, attachments, version: 1, versions: 1, message }
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
fn pieces(message: &Message) -> (Vec<String>, Vec<usize>) {
    let (mut blocks, mut marks, mut said) = (Vec::new(), Vec::new(), 0);
    let piece = |from: usize, to: usize| text::render(message.text.get(from..to).unwrap_or_default());
    for step in &message.steps {
        blocks.extend(piece(said, step.at));
        marks.push(blocks.len());
        said = step.at;
    }
    blocks.extend(piece(said, message.text.len()));
    (blocks, marks)
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
