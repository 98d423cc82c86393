//! Answers side by side: which of a question's versions stand there, which one the person goes on with, and when they are
//! shown so. It asks nobody anything.

use store::table::message::{Message, Role};
use store::{ConversationId, MessageId, Read, Write};

use crate::view::Ask;

/// More answers than this beside each other cannot be read.
pub(crate) const MOST: usize = 4;

/// A question as it is kept: one that is asked of several shows its answers side by side.
pub(crate) fn question(asked: Message, asks: &[Ask]) -> Message {
    Message { beside: i64::from(asks.len() > 1), ..asked }
}

/// Shows the versions of an answer side by side: itself and up to three others, those that stood so before first, then
/// the newest.
pub(crate) fn show(write: &Write, answer: MessageId) -> Result<ConversationId, store::Error> {
    let (answer, question) = asked(write, answer)?;
    let placed = write.beside(question)?;
    let siblings = write.siblings(answer.id)?;
    for old in &placed {
        write.set_beside(*old, 0)?;
    }
    for (place, id) in (1..).zip(columns(answer.id, &placed, &siblings)) {
        write.set_beside(id, place)?;
    }
    write.set_beside(question, 1)?;
    Ok(answer.conversation_id)
}

/// Shows one of several answers alone, with what follows it; the others stay as its versions.
pub(crate) fn go_on_with(write: &Write, answer: MessageId) -> Result<ConversationId, store::Error> {
    let (answer, question) = asked(write, answer)?;
    write.set_beside(question, 0)?;
    let leaf = write.last_leaf(answer.id)?;
    write.set_head(answer.conversation_id, Some(leaf))?;
    Ok(answer.conversation_id)
}

/// An answer and the question it answers.
fn asked(read: &Read, answer: MessageId) -> Result<(Message, MessageId), store::Error> {
    let answer = read.message(answer)?.filter(|found| found.role == Role::Assistant);
    let answer = answer.ok_or(store::Error::NotFound)?;
    let question = answer.parent_id.ok_or(store::Error::NotFound)?;
    Ok((answer, question))
}

/// The versions that stand side by side, in the order in which they were made.
fn columns(shown: MessageId, placed: &[MessageId], siblings: &[MessageId]) -> Vec<MessageId> {
    let newest = siblings.iter().rev();
    let wanted = std::iter::once(&shown).chain(placed).chain(newest);
    let mut chosen: Vec<MessageId> = Vec::with_capacity(MOST);
    for id in wanted {
        if chosen.len() < MOST && !chosen.contains(id) {
            chosen.push(*id);
        }
    }
    let place = |id: &MessageId| siblings.iter().position(|sibling| sibling == id);
    chosen.sort_by_key(place);
    chosen
}

/// Whether the answers to this question are shown side by side.
pub(crate) fn is_shown(read: &Read, question: Option<MessageId>) -> Result<bool, store::Error> {
    let question = question.map(|id| read.message(id)).transpose()?.flatten();
    Ok(question.is_some_and(|question| question.beside > 0))
}

/// The answer that the next question follows: the one shown, and of several side by side one with words or pictures, if any.
pub(crate) fn followed(read: &Read, head: MessageId) -> Result<MessageId, store::Error> {
    let chosen = read.message(head)?.ok_or(store::Error::NotFound)?;
    let silent = chosen.beside > 0 && !says_something(read, &chosen)?;
    let Some(question) = chosen.parent_id.filter(|_| silent) else { return Ok(head) };
    if is_shown(read, Some(question))? {
        for other in read.messages(&read.beside(question)?)? {
            if says_something(read, &other)? {
                return Ok(other.id);
            }
        }
    }
    Ok(head)
}

/// Whether an answer holds words or pictures.
fn says_something(read: &Read, answer: &Message) -> Result<bool, store::Error> {
    Ok(!answer.text.is_empty() || !read.attachments(answer.id)?.is_empty())
}

/// A new question goes on with one of several answers: that one is shown alone from now on.
pub(crate) fn settle(write: &Write, question: &Message) -> Result<(), store::Error> {
    let before = question.parent_id.map(|id| write.message(id)).transpose()?.flatten();
    match before.filter(|answer| answer.beside > 0).and_then(|answer| answer.parent_id) {
        Some(asked) => write.set_beside(asked, 0),
        None => Ok(()),
    }
}

/// Whether the branch shown leads through the answer that is replaced, or nothing is replaced: then it leads through the
/// new one.
pub(crate) fn is_followed(
    read: &Read,
    head: Option<MessageId>,
    replaced: Option<MessageId>,
) -> Result<bool, store::Error> {
    match replaced {
        Some(old) => Ok(chain(read, head)?.contains(&old)),
        None => Ok(true),
    }
}

/// A message and all before it.
pub(crate) fn chain(read: &Read, end: Option<MessageId>) -> Result<Vec<MessageId>, store::Error> {
    let Some(end) = end else { return Ok(Vec::new()) };
    Ok(std::iter::once(end).chain(read.ancestors(end)?).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_compared_before_stand_there_again_and_the_newest_fill_up() {
        let ids: Vec<MessageId> = (0..6).map(|_| MessageId::new()).collect();
        let pick = |shown: usize, placed: &[usize]| {
            let placed: Vec<_> = placed.iter().map(|at| ids[*at]).collect();
            let chosen = columns(ids[shown], &placed, &ids);
            chosen.iter().map(|id| ids.iter().position(|other| other == id).unwrap()).collect::<Vec<_>>()
        };
        assert_eq!(pick(0, &[]), [0, 3, 4, 5], "the one shown and the newest, in their order");
        assert_eq!(pick(5, &[0, 1]), [0, 1, 4, 5], "those that stood so before are among them");
        assert_eq!(pick(1, &[0, 1, 2]), [0, 1, 2, 5], "none stands there twice");
        assert_eq!(columns(ids[0], &[], &ids[..2]), ids[..2], "two are all there are");
    }
}
