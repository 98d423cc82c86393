//! What of a conversation is sent: as much of its end as fits the model's window. A pure function.

use std::collections::HashMap;

use gateway::chat::{Message as Sent, Role as Speaker};
use store::MessageId;
use store::table::message::{Message, Role};

use super::history;
use crate::attach::along::{self, Along};

/// Tokens assumed to fit where the service does not say.
const ASSUMED_WINDOW: i64 = 64_000;
/// The part of the window that is left for the answer: one in this many.
const ROOM_FOR_ANSWER: i64 = 4;

/// How a picture that came as data stands in an answer's text (see `outcome`).
const INLINE_PICTURE: &str = "![](data:";

/// The messages to send for a branch, oldest first. The last question is always among them, and the first message
/// sent is the person's: some services insist on it. An answer goes along with all its tool calls or not at all;
/// `tools` says whether the request offers tools, `along` what goes along with which question.
pub(crate) fn fit(
    branch: &[Message],
    mut along: HashMap<MessageId, Along>,
    window: Option<i64>,
    tools: bool,
) -> Vec<Sent> {
    let window = window.filter(|tokens| *tokens > 0).unwrap_or(ASSUMED_WINDOW);
    let mut room = window - window / ROOM_FOR_ANSWER;
    let mut chosen: Vec<Vec<Sent>> = Vec::new();
    let mut asked = false;
    let written = branch.last().map(|last| last.id);
    for message in branch.iter().rev().filter(|message| message.deleted_at.is_none()) {
        let along = along.remove(&message.id);
        if along.is_none() && !is_sent(message) {
            continue;
        }
        let mut unit = history::sent(message, tools, written == Some(message.id));
        if let Some(along) = along {
            unit = unit.into_iter().map(|one| along.dress(one)).collect();
        }
        if message.role == Role::Assistant {
            unit.iter_mut().for_each(|one| one.content = without_inline_pictures(&one.content));
        }
        if unit.iter().all(|one| is_empty(one)) {
            continue;
        }
        room -= unit.iter().map(cost).sum::<i64>();
        if room < 0 && asked {
            break;
        }
        asked |= message.role == Role::User;
        chosen.push(unit);
    }
    let chosen: Vec<Sent> = chosen.into_iter().rev().flatten().collect();
    let first_question = chosen.iter().position(|one| one.role == Speaker::User).unwrap_or_default();
    chosen.into_iter().skip(first_question).collect()
}

fn is_empty(sent: &Sent) -> bool {
    sent.content.trim().is_empty() && sent.tool_calls.is_empty() && sent.pictures.is_empty()
}

/// Deleted messages and answers without a word are left out. Thoughts never go back.
fn is_sent(message: &Message) -> bool {
    message.deleted_at.is_none() && (!message.text.trim().is_empty() || !message.steps.is_empty())
}

fn cost(sent: &Sent) -> i64 {
    let calls = sent.tool_calls.iter().map(|call| tokens(&call.name) + tokens(&call.arguments));
    tokens(&sent.content) + calls.sum::<i64>() + along::tokens(sent)
}

/// The text without pictures that stand in it as data: megabytes that no model reads as text.
fn without_inline_pictures(text: &str) -> String {
    let mut kept = String::with_capacity(text.len().min(1 << 16));
    let mut rest = text;
    while let Some((before, data)) = rest.split_once(INLINE_PICTURE)
        && let Some((_, after)) = data.split_once(')')
    {
        kept.push_str(before);
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// A careful guess: four letters a token in alphabets, one token a sign elsewhere, and a few for the frame.
fn tokens(text: &str) -> i64 {
    let (narrow, wide) = text.chars().fold((0_i64, 0_i64), |(narrow, wide), letter| {
        if letter < '\u{2e80}' { (narrow + 1, wide) } else { (narrow, wide + 1) }
    });
    narrow / 4 + wide + 4
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use store::ConversationId;

    use super::*;

    fn fit(branch: &[Message], window: Option<i64>, tools: bool) -> Vec<Sent> {
        super::fit(branch, HashMap::new(), window, tools)
    }

    fn message(role: Role, text: &str) -> Message {
        Message {
            text: text.into(),
            thoughts: "never sent".into(),
            ..Message::blank(ConversationId::new(), None, role, 0)
        }
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
        assert_eq!(texts(&fit(&branch, None, false)), ["one", "two"]);
    }

    #[test]
    fn a_long_one_loses_its_beginning_and_still_begins_with_a_question() {
        let long = "word ".repeat(100);
        let branch: Vec<Message> =
            (0..9).map(|at| message(if at % 2 == 0 { Role::User } else { Role::Assistant }, &long)).collect();
        let sent = fit(&branch, Some(600), false);
        assert!(sent.len() < branch.len(), "600 tokens hold no nine messages of 125");
        assert_eq!(sent.first().map(|one| one.role), Some(Speaker::User), "a question comes first");
        assert_eq!(sent.last().map(|one| one.role), Some(Speaker::User), "the last question is there");
    }

    #[test]
    fn pictures_that_came_as_data_are_not_sent_back() {
        let drawn = format!("Here:\n\n![](data:image/png;base64,{})\n\nLike it?", "A".repeat(2_000_000));
        let branch =
            [message(Role::User, "draw"), message(Role::Assistant, &drawn), message(Role::User, "yes")];
        assert_eq!(texts(&fit(&branch, Some(1000), false)), ["draw", "Here:\n\n\n\nLike it?", "yes"]);
    }

    #[test]
    fn what_a_person_typed_is_sent_as_typed() {
        let typed = "What does ![](data: mean (in Markdown)?";
        assert_eq!(texts(&fit(&[message(Role::User, typed)], None, false)), [typed]);
        let said = [message(Role::User, "draw"), message(Role::Assistant, "![](data:image/png;base64,AA)")];
        assert_eq!(texts(&fit(&said, None, false)), ["draw"], "a picture alone leaves no empty message");
    }

    #[test]
    fn the_last_question_is_sent_however_long_it_is() {
        let branch = [message(Role::User, "early"), message(Role::User, &"long ".repeat(10_000))];
        assert_eq!(fit(&branch, Some(100), false).len(), 1);
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
            let sent = fit(&branch, window, false);
            prop_assert_eq!(sent.first().map(|one| one.role), Some(Speaker::User), "a question comes first");
            prop_assert_eq!(sent.last().map(|one| one.content.as_str()), Some(last.as_str()), "the last is there");
            let whole: Vec<_> = branch.iter().filter(|one| one.deleted_at.is_none() && !one.text.trim().is_empty()).map(|one| one.text.as_str()).collect();
            prop_assert!(whole.ends_with(&texts(&sent)), "what is sent is an end of the branch, without a gap");
            let cost: i64 = sent.iter().map(|one| tokens(&one.content)).sum();
            let room = window.filter(|tokens| *tokens > 0).unwrap_or(ASSUMED_WINDOW);
            prop_assert!(sent.len() == 1 || cost <= room, "{cost} tokens do not fit {room}");
        }
    }
}
