//! The answers of one request: the one that was asked for and, where the service sends several, its further versions. Each
//! has words, an end and a row of its own; they share a connection, so what stops one stops all.

use std::collections::BTreeMap;
use std::iter::once;
use std::sync::Arc;

use gateway::chat::Event;

use super::super::live::{Answer, Live};
use super::super::outcome::{End, Outcome};
use super::calls;

/// Bytes of the longest answers of one request that are taken in.
const LONGEST: usize = 64 * 1024 * 1024;

/// One answer of a request.
pub(super) struct Choice {
    pub(super) live: Arc<Answer>,
    pub(super) outcome: Outcome,
    /// It ended with tool calls that nobody has carried out.
    waits: bool,
}

/// All answers of one request, by the service's number.
pub(super) struct Choices {
    first: Choice,
    others: BTreeMap<u32, Choice>,
    /// A later round of tool calls belongs to the first alone.
    closed: bool,
}

impl Choice {
    fn new(live: Arc<Answer>) -> Self {
        Self { live, outcome: Outcome::new(), waits: false }
    }

    /// How this one ended when the request ended like that: one that the service finished before is whole.
    pub(super) fn end(&self, end: &End, alone: bool) -> End {
        match end {
            _ if alone => end.clone(),
            // Only the first has its calls carried out by itself; this one waits until the person goes on with it.
            _ if self.waits => End::Stopped,
            _ if self.outcome.is_finished() => End::Whole,
            _ => end.clone(),
        }
    }
}

impl Choices {
    pub(super) fn new(live: Arc<Answer>) -> Self {
        Self { first: Choice::new(live), others: BTreeMap::new(), closed: false }
    }

    /// The answers as `live` has them, where what came of them otherwise is lost. None without any.
    pub(super) fn found(answers: Vec<Arc<Answer>>) -> Option<Self> {
        let mut answers = answers.into_iter().map(Choice::new);
        Some(Self { first: answers.next()?, others: (1..).zip(answers).collect(), closed: true })
    }

    /// The answer that was asked for.
    pub(super) fn first(&self) -> &Choice {
        &self.first
    }

    pub(super) fn first_mut(&mut self) -> &mut Choice {
        &mut self.first
    }

    /// All of them, in the service's order.
    pub(super) fn all(&self) -> impl Iterator<Item = &Choice> {
        once(&self.first).chain(self.others.values())
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        1 + self.others.len()
    }

    /// Whether one of them brings more tool calls than any real answer.
    pub(super) fn call_too_much(&self) -> bool {
        self.all().any(|choice| choice.outcome.is_full())
    }

    /// The first one has called tools, and another request follows, which is about it alone.
    pub(super) fn end_round(&mut self) {
        self.first.outcome.end_round();
        self.closed = true;
    }

    /// Calls of further answers are kept open, for whoever goes on with them.
    pub(super) fn open_calls_of_others(&mut self) {
        for choice in self.others.values_mut() {
            let called = std::mem::take(&mut choice.outcome.calls);
            choice.waits = !called.is_empty();
            if choice.waits {
                calls::open(&choice.live, called);
            }
        }
    }

    /// Whether a word was shown already: from then on nothing is repeated silently.
    pub(super) fn began(&self) -> bool {
        self.all().any(|choice| choice.outcome.began())
    }

    /// Whether they are longer than any real answer: nothing sensible follows, and memory has an end.
    pub(super) fn is_full(&self) -> bool {
        self.all().map(|choice| choice.live.size()).sum::<usize>() > LONGEST
    }

    /// Takes one event in; the answer it belongs to, when there is something new of it to see.
    pub(super) fn take(&mut self, event: Event, live: &Live) -> Option<&Arc<Answer>> {
        let choice = match event.choice() {
            0 => &mut self.first,
            _ if self.closed => return None,
            number if says_something(&event) => {
                let first = &self.first;
                self.others.entry(number).or_insert_with(|| Choice {
                    live: live.also(&first.live),
                    outcome: first.outcome.another(),
                    waits: false,
                })
            }
            number => self.others.get_mut(&number)?,
        };
        choice.outcome.take(event, &choice.live).then_some(&choice.live)
    }
}

/// A further answer begins with its first word, thought or call, or with how sure the model was of the first word, which
/// comes before it: one that only ends is none.
fn says_something(event: &Event) -> bool {
    matches!(
        event,
        Event::Text { .. }
            | Event::Thought { .. }
            | Event::Refusal { .. }
            | Event::Calling { .. }
            | Event::Confidence { .. }
    )
}
