//! What of a conversation is sent: as much of its end as fits the model's window. A pure function; nothing is read
//! further back than it has to be.

use gateway::chat::{Message as Sent, Role as Speaker};
use store::MessageId;
use store::table::message::{Message, Role};

use super::count::Count;
use super::history;
use crate::attach::along::Along as Files;

/// Tokens assumed to fit where the service does not say.
pub(crate) const ASSUMED_WINDOW: i64 = 64_000;
/// The part of the window that is left for the answer: one in this many, unless the person set a limit.
const ROOM_FOR_ANSWER: i64 = 4;
/// Of the window a limit that the person set may take.
const MOST_FOR_ANSWER: i64 = 2;

/// How pictures that came as data stand in an answer's text: as they came, or stored (see `found`).
const INLINE_PICTURES: [&str; 2] = ["](data:image/", "](media:"];

/// What there is room for.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Frame {
    /// Tokens that the model's window holds; none where nobody knows.
    pub(crate) window: Option<i64>,
    /// Tokens of what is sent in any case: instructions, tools.
    pub(crate) told_first: i64,
    /// Tokens that the answer may take at most, where the person set that.
    pub(crate) longest_answer: Option<i64>,
}

impl Frame {
    /// Tokens left for messages.
    pub(crate) fn room(&self) -> i64 {
        let window = self.window.filter(|tokens| *tokens > 0).unwrap_or(ASSUMED_WINDOW);
        let usual = window / ROOM_FOR_ANSWER;
        let answer = self.longest_answer.map_or(usual, |limit| limit.clamp(0, window / MOST_FOR_ANSWER));
        window - answer - self.told_first
    }
}

/// How messages go along.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct How {
    /// Tokens left for them.
    pub(crate) room: i64,
    /// The request offers tools.
    pub(crate) tools: bool,
    /// The answer that is being written, and goes on where it ends.
    pub(crate) written: Option<MessageId>,
}

/// What goes along.
#[derive(Debug)]
pub(crate) struct Fit {
    /// The messages to send, oldest first.
    pub(crate) messages: Vec<Sent>,
    /// The oldest of the conversation's messages among them.
    pub(crate) first: Option<MessageId>,
    /// How many of the conversation's messages they are.
    pub(crate) said: usize,
    /// What they take.
    pub(crate) count: Count,
}

/// Chooses from the messages of a branch, newest first. The last question is always among them, and the first message
/// sent is the person's: some services insist on it. An answer goes along with all its tool calls or not at all, a
/// question with all its files.
pub(crate) fn fit<E>(
    newest_first: impl IntoIterator<Item = Result<(Message, Option<Files>), E>>,
    how: How,
    mut count: impl FnMut(&Message, &[Sent]) -> Count,
) -> Result<Fit, E> {
    let mut left = how.room;
    let mut asked = false;
    let mut chosen: Vec<(MessageId, Vec<Sent>, Count)> = Vec::new();
    for message in newest_first {
        let (message, files) = message?;
        let spoken = spoken(&message, files.as_ref(), how);
        if spoken.is_empty() {
            continue;
        }
        let counted = count(&message, &spoken);
        left -= counted.tokens;
        if left < 0 && asked {
            break;
        }
        asked |= message.role == Role::User;
        chosen.push((message.id, spoken, counted));
    }
    chosen.reverse();
    let first_question =
        chosen.iter().position(|(_, sent, _)| begins_with_question(sent)).unwrap_or_default();
    let chosen = chosen.split_off(first_question);
    Ok(Fit {
        first: chosen.first().map(|(id, ..)| *id),
        said: chosen.len(),
        count: chosen.iter().fold(Count::NONE, |sum, (_, _, count)| sum.and(*count)),
        messages: chosen.into_iter().flat_map(|(_, sent, _)| sent).collect(),
    })
}

fn begins_with_question(sent: &[Sent]) -> bool {
    sent.first().is_some_and(|one| one.role == Speaker::User)
}

/// A message as it is sent: nothing for deleted ones and for answers without a word or a call. Thoughts never go back.
fn spoken(message: &Message, files: Option<&Files>, how: How) -> Vec<Sent> {
    if message.deleted_at.is_some() {
        return Vec::new();
    }
    let mut unit = history::sent(message, how.tools, how.written == Some(message.id));
    if let Some(files) = files {
        unit = unit.into_iter().map(|one| files.dress(one)).collect();
    }
    if message.role == Role::Assistant {
        unit.iter_mut().for_each(|one| one.content = without_inline_pictures(&one.content));
    }
    if unit.iter().all(is_silent) { Vec::new() } else { unit }
}

fn is_silent(sent: &Sent) -> bool {
    sent.content.trim().is_empty() && sent.tool_calls.is_empty() && sent.pictures.is_empty()
}

/// The words of a message as a model reads them.
pub(crate) fn words(message: &Message) -> String {
    match message.role {
        Role::User => message.text.clone(),
        Role::Assistant => without_inline_pictures(&message.text),
    }
}

/// The text without pictures that stand in it as data, or by the name under which they are stored: no model reads those
/// as text.
fn without_inline_pictures(text: &str) -> String {
    let mut kept = String::with_capacity(text.len().min(1 << 16));
    let mut rest = text;
    while let Some(at) = INLINE_PICTURES.iter().filter_map(|mark| rest.find(mark)).min()
        && let (before, data) = rest.split_at(at)
        && let (Some(begin), Some((_, after))) = (before.rfind("!["), data.split_once(')'))
    {
        kept.push_str(before.get(..begin).unwrap_or_default());
        rest = after;
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use proptest::prelude::*;
    use store::ConversationId;

    use super::super::count::Counter;
    use super::*;

    fn message(role: Role, text: &str) -> Message {
        Message {
            text: text.into(),
            thoughts: "never sent".into(),
            ..Message::blank(ConversationId::new(), None, role, 0)
        }
    }

    fn chosen(branch: &[Message], window: Option<i64>) -> Fit {
        let frame = Frame { window, ..Frame::default() };
        let newest_first = branch.iter().rev().map(|one| Ok::<_, Infallible>((one.clone(), None)));
        let Ok(fit) = fit(newest_first, How { room: frame.room(), ..How::default() }, |_, sent| {
            Counter::Guess.messages(sent)
        });
        fit
    }

    fn texts(sent: &[Sent]) -> Vec<&str> {
        sent.iter().map(|one| one.content.as_str()).collect()
    }

    #[test]
    fn a_short_conversation_is_sent_whole_without_empty_and_deleted_messages() {
        let mut gone = message(Role::User, "deleted");
        gone.deleted_at = Some(1);
        let branch =
            [message(Role::User, "one"), message(Role::Assistant, ""), gone, message(Role::User, "two")];
        let fit = chosen(&branch, None);
        assert_eq!(texts(&fit.messages), ["one", "two"]);
        assert_eq!((fit.said, fit.first), (2, Some(branch[0].id)));
    }

    #[test]
    fn a_long_one_loses_its_beginning_and_still_begins_with_a_question() {
        let long = "word ".repeat(100);
        let branch: Vec<Message> =
            (0..9).map(|at| message(if at % 2 == 0 { Role::User } else { Role::Assistant }, &long)).collect();
        let fit = chosen(&branch, Some(600));
        assert!(fit.said < branch.len(), "600 tokens hold no nine messages of 125");
        assert_eq!(fit.messages.first().map(|one| one.role), Some(Speaker::User), "a question comes first");
        assert_eq!(
            fit.messages.last().map(|one| one.role),
            Some(Speaker::User),
            "the last question is there"
        );
        assert_eq!(fit.first, Some(branch[branch.len() - fit.said].id), "and it is known where it begins");
    }

    #[test]
    fn an_answer_that_goes_on_keeps_its_question_however_long_it_is() {
        let branch = [message(Role::User, "Tell me all."), message(Role::Assistant, &"long ".repeat(10_000))];
        let fit = chosen(&branch, Some(100));
        assert_eq!(fit.messages.len(), 2, "an answer alone is refused by some services");
    }

    #[test]
    fn what_is_told_first_and_a_long_answer_leave_less_room() {
        let bare = Frame { window: Some(8_000), ..Frame::default() };
        assert_eq!(bare.room(), 6_000);
        assert_eq!(Frame { told_first: 500, ..bare }.room(), 5_500);
        assert_eq!(Frame { longest_answer: Some(1_000), ..bare }.room(), 7_000);
        assert_eq!(
            Frame { longest_answer: Some(1_000_000), ..bare }.room(),
            4_000,
            "half is kept for questions"
        );
    }

    #[test]
    fn pictures_that_came_as_data_are_not_sent_back() {
        let drawn = format!("Here:\n\n![](data:image/png;base64,{})\n\nLike it?", "A".repeat(2_000_000));
        let branch =
            [message(Role::User, "draw"), message(Role::Assistant, &drawn), message(Role::User, "yes")];
        assert_eq!(texts(&chosen(&branch, Some(1000)).messages), ["draw", "Here:\n\n\n\nLike it?", "yes"]);
    }

    #[test]
    fn what_a_person_typed_is_sent_as_typed() {
        let typed = "What does ![](data: mean (in Markdown)?";
        assert_eq!(texts(&chosen(&[message(Role::User, typed)], None).messages), [typed]);
        let said = [message(Role::User, "draw"), message(Role::Assistant, "![](data:image/png;base64,AA)")];
        assert_eq!(texts(&chosen(&said, None).messages), ["draw"], "a picture alone leaves no empty message");
    }

    #[test]
    fn the_last_question_is_sent_however_long_it_is() {
        let branch = [message(Role::User, "early"), message(Role::User, &"long ".repeat(10_000))];
        assert_eq!(chosen(&branch, Some(100)).messages.len(), 1);
    }

    #[test]
    fn nothing_is_read_further_back_than_needed() {
        let long = "word ".repeat(100);
        let mut read = 0;
        let endless = std::iter::repeat_with(|| {
            read += 1;
            Ok::<_, Infallible>((message(Role::User, &long), None))
        });
        let Ok(fit) = fit(endless.take(10_000), How { room: 1_000, ..How::default() }, |_, sent| {
            Counter::Guess.messages(sent)
        });
        assert!(read <= fit.said + 1, "{read} messages were read to send {}", fit.said);
    }

    proptest! {
        #[test]
        fn whatever_is_said_the_end_is_sent_in_order_and_begins_with_a_question(
            said in proptest::collection::vec((any::<bool>(), "[a-z 河]{0,400}"), 0..40),
            last in "[a-z]{1,400}",
            window in proptest::option::of(-10_i64..2_000),
        ) {
            let mut branch: Vec<Message> = said
                .iter()
                .map(|(asks, words)| message(if *asks { Role::User } else { Role::Assistant }, words))
                .collect();
            branch.push(message(Role::User, &last));
            let fit = chosen(&branch, window);
            let sent = &fit.messages;
            prop_assert_eq!(sent.first().map(|one| one.role), Some(Speaker::User), "a question comes first");
            prop_assert_eq!(sent.last().map(|one| one.content.as_str()), Some(last.as_str()), "the last is there");
            let living = branch.iter().filter(|one| !one.text.trim().is_empty());
            let whole: Vec<_> = living.map(|one| one.text.as_str()).collect();
            prop_assert!(whole.ends_with(&texts(sent)), "what is sent is an end of the branch, without a gap");
            let room = Frame { window, ..Frame::default() }.room();
            prop_assert_eq!(fit.count.tokens, Counter::Guess.messages(sent).tokens, "what is told is what is sent");
            prop_assert!(sent.len() == 1 || fit.count.tokens <= room, "{:?} do not fit {room}", fit.count);
        }
    }
}
