//! Rolls the dice for whole conversations. Writes nothing.

use fastrand::Rng;
use uuid::{Builder, Uuid};

use super::{Plan, prose};
use crate::table::conversation::{Conversation, TitleBy};
use crate::table::message::{Message, Role, Usage};
use crate::{ConversationId, MessageId, UnixMs};

/// One answer in this many was asked for twice.
const RETRY: usize = 24;

/// A conversation with its messages; each stands after its parent.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// The conversation; its head is the last message.
    pub conversation: Conversation,
    /// Its messages.
    pub messages: Vec<Message>,
}

/// The rows of a plan, the long conversation first, each conversation older than the one before.
pub fn threads(plan: &Plan, now: UnixMs) -> impl Iterator<Item = Thread> + use<> {
    let mut dice = Rng::with_seed(plan.seed);
    let (long, mut left) = (plan.long, plan.messages.saturating_sub(plan.long));
    let others = plan.conversations.saturating_sub(1);
    let mut end = now;
    (0..=others).map(move |number| {
        let count = match others.saturating_sub(number) {
            _ if number == 0 => long,
            0 => left,
            after => share(&mut dice, left, after + 1),
        };
        if number > 0 {
            left -= count;
        }
        let thread = thread(&mut dice, count, end);
        end -= dice.i64(60_000..7_200_000);
        thread
    })
}

/// A part of what is left that is fair on average: few conversations are long, many are short.
fn share(dice: &mut Rng, left: usize, among: usize) -> usize {
    let fair = left / among;
    let part = if dice.u8(..10) == 0 { fair * 4 } else { fair * dice.usize(40..94) / 100 };
    part.min(left)
}

fn thread(dice: &mut Rng, count: usize, end: UnixMs) -> Thread {
    let chinese = dice.u8(..3) == 0;
    let length = UnixMs::try_from(count).unwrap_or(UnixMs::MAX / 60_000);
    let begin = end - length * 60_000;
    let mut conversation = conversation(dice, begin, end, chinese);
    let mut messages: Vec<Message> = Vec::with_capacity(count);
    let mut parent: Option<(MessageId, Role)> = None;
    for number in 0..count {
        let at = begin + UnixMs::try_from(number).unwrap_or(length) * 60_000;
        let blank = blank(dice, conversation.id, parent.map(|(id, _)| id), at);
        let message = match parent {
            Some((_, Role::User)) => answer(dice, chinese, blank),
            _ => question(dice, chinese, blank),
        };
        let retried = message.role == Role::Assistant && number + 1 < count && dice.usize(..RETRY) == 0;
        if !retried {
            parent = Some((message.id, message.role));
        }
        messages.push(message);
    }
    conversation.head = parent.map(|(id, _)| id);
    conversation.snippet =
        messages.last().map(|last| last.text.chars().take(80).collect()).unwrap_or_default();
    Thread { conversation, messages }
}

fn conversation(dice: &mut Rng, begin: UnixMs, end: UnixMs, chinese: bool) -> Conversation {
    Conversation {
        id: ConversationId(uuid(dice, begin)),
        title: prose::title(dice, chinese),
        title_by: TitleBy::Model,
        pinned: dice.u8(..200) == 0,
        model: prose::model(dice).into(),
        updated_at: end,
        ..Conversation::blank(begin)
    }
}

fn question(dice: &mut Rng, chinese: bool, blank: Message) -> Message {
    Message { text: prose::question(dice, chinese), ..blank }
}

fn answer(dice: &mut Rng, chinese: bool, blank: Message) -> Message {
    let text = prose::answer(dice, chinese);
    let tokens_out = i64::try_from(text.len() / 4).unwrap_or(i64::MAX);
    let thinks = dice.u8(..4) == 0;
    Message {
        role: Role::Assistant,
        thoughts: if thinks { prose::question(dice, chinese) } else { String::new() },
        thought_ms: thinks.then(|| dice.i64(400..30_000)),
        model: prose::model(dice).into(),
        finish_reason: "stop".into(),
        usage: Some(Usage {
            tokens_in: Some(dice.i64(20..4_000)),
            tokens_out: Some(tokens_out),
            ..Usage::default()
        }),
        first_ms: Some(dice.i64(150..3_000)),
        duration_ms: Some(tokens_out * 15),
        text,
        ..blank
    }
}

fn blank(
    dice: &mut Rng,
    conversation_id: ConversationId,
    parent_id: Option<MessageId>,
    at: UnixMs,
) -> Message {
    let id = MessageId(uuid(dice, at));
    Message { id, ..Message::blank(conversation_id, parent_id, Role::User, at) }
}

fn uuid(dice: &mut Rng, at: UnixMs) -> Uuid {
    let mut random = [0; 10];
    dice.fill(&mut random);
    Builder::from_unix_timestamp_millis(u64::try_from(at).unwrap_or(0), &random).into_uuid()
}
