//! What is to be summed up, cut into parts that the model can read at one go.

use std::sync::Arc;

use store::table::message::{Message, Role};
use store::{ConversationId, MessageId, Read};

use super::super::along::{Branch, Sending, To};
use super::super::{context, request};
use crate::attach::upload;
use crate::engine::Organs;
use crate::view::Ask;
use crate::{Code, Error};

/// Bytes of a part that is not cut any further.
pub(super) const SHORTEST: usize = 2_000;
/// Bytes of a part for each token of the window: half of it in a language of short words, and well within it in Chinese.
const BYTES: i64 = 2;
/// Bytes of the longest part, however large the window: a summary of a whole book leaves too much out.
const LONGEST: i64 = 120_000;

/// What there is to do.
pub(super) struct Work {
    /// The summary that there is already; "" for none.
    pub(super) so_far: String,
    /// What is to be summed up, in order.
    pub(super) parts: Vec<String>,
    /// The last message that the summary will stand for.
    pub(super) upto: MessageId,
}

/// What of the branch shown is to be summed up: all but its end.
pub(super) async fn work(organs: &Organs, id: ConversationId, ask: &Ask) -> Result<Work, Error> {
    let learnt = request::learnt(organs, ask).await?;
    let upload = upload::target(organs, ask).await?;
    let (ask, counted) = (ask.clone(), Arc::clone(&organs.counted));
    let work = organs
        .read(move |read| {
            let to = To { service: ask.service_id, model: &ask.model, learnt: &learnt, upload: &upload };
            let sending = Sending { read, counted: &counted, to, branch: Branch::shown(read, id)? };
            of(&sending)
        })
        .await?;
    work.ok_or_else(|| Code::NothingToSumUp.into())
}

fn of(sending: &Sending<'_>) -> Result<Option<Work>, store::Error> {
    let (path, summary) = (&sending.branch.path, sending.branch.summary());
    let from = summary.map_or(0, |(_, stands_for)| stands_for);
    let stays = sending.half()?.and_then(|first| path.iter().position(|step| step.id == first));
    let older = path.get(from..stays.unwrap_or(from)).unwrap_or_default();
    let Some(last) = older.last() else { return Ok(None) };
    let window = sending.window()?.unwrap_or(context::ASSUMED_WINDOW);
    let longest = usize::try_from((window * BYTES).min(LONGEST)).unwrap_or(SHORTEST).max(SHORTEST);
    let mut parts = Parts { longest, parts: Vec::new() };
    for step in older {
        parts.add(sending.read, step.id)?;
    }
    let so_far = summary.map(|(words, _)| words.to_owned()).unwrap_or_default();
    Ok(Some(Work { so_far, parts: parts.parts, upto: last.id }))
}

/// Collects what was said until a part is full.
struct Parts {
    longest: usize,
    parts: Vec<String>,
}

impl Parts {
    fn add(&mut self, read: &Read, id: MessageId) -> Result<(), store::Error> {
        let said = read.message(id)?.map(|message| transcript(&message)).unwrap_or_default();
        let mut rest = said.as_str();
        while !rest.is_empty() {
            let room = self.longest.saturating_sub(self.parts.last().map_or(self.longest, String::len));
            // A message that fits into a part of its own is not torn apart to fill the last one.
            if room < rest.len().min(self.longest) {
                self.parts.push(String::new());
                continue;
            }
            let (piece, after) = rest.split_at(boundary(rest, room));
            if let Some(part) = self.parts.last_mut() {
                part.push_str(piece);
            }
            rest = after;
        }
        Ok(())
    }
}

/// A message as a line of talk.
fn transcript(message: &Message) -> String {
    let words = context::words(message);
    if words.trim().is_empty() {
        return String::new();
    }
    let who = match message.role {
        Role::User => "Person",
        Role::Assistant => "Model",
    };
    format!("{who}: {}\n\n", words.trim())
}

/// A part cut in two, at the end of a line where there is one near the middle.
pub(super) fn halves(part: &str) -> (String, String) {
    let middle = boundary(part, part.len() / 2);
    let (before, after) = part.split_at(middle);
    let line = before.rfind('\n').filter(|at| *at > middle / 2).map_or(middle, |at| at + 1);
    let (first, second) = part.split_at_checked(line).unwrap_or((before, after));
    (first.to_owned(), second.to_owned())
}

/// The last place up to `at` that cuts no letter in two.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn two_halves_are_the_whole_and_both_are_shorter(part in "[a-z河\n ]{2000,4000}") {
            let (first, second) = halves(&part);
            prop_assert_eq!(format!("{first}{second}"), part.clone(), "nothing is lost");
            prop_assert!(!first.is_empty() && !second.is_empty(), "both have something");
        }
    }
}
