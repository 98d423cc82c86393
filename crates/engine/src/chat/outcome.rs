//! What an answer has come to so far: everything but its words, which `live` holds.

use std::time::Instant;

use gateway::chat::{Called, Citation, Event};
use store::table::message::{Message, MessageState, Usage};
use store::table::model::Model;
use store::table::step::{Citation as Source, Sent};

use super::gather::{Batch, Gathered};
use super::live::Answer;
use crate::prices::priced;
use crate::{Code, Error};

/// Bytes of tool arguments that one request may bring: nothing sensible follows, and memory has an end.
const LONGEST_CALLS: usize = 4 * 1024 * 1024;

/// How an answer ended.
#[derive(Clone, Debug)]
pub(crate) enum End {
    /// The service said that it is whole.
    Whole,
    /// It stopped early; why, where that is known.
    Early(Error),
    /// The person stopped it.
    Stopped,
}

/// Collects what the events say.
pub(crate) struct Outcome {
    started: Instant,
    first_ms: Option<i64>,
    thoughts_began: Option<Instant>,
    thought_ms: Option<i64>,
    answered_by: String,
    known_as: String,
    finish_reason: String,
    usage: Option<Usage>,
    citations: Vec<Citation>,
    /// Pictures that came beside the words: addresses or data.
    pub(crate) pictures: Vec<String>,
    /// Fields that were left out because the model refused them.
    pub(crate) adapted: Vec<String>,
    /// How much of the conversation went along.
    pub(crate) sent: Option<Sent>,
    /// The tools that the model calls.
    pub(crate) calls: Vec<Called>,
    /// Bytes of their arguments so far.
    called: usize,
    /// How sure the model was of it.
    sure: Gathered,
}

impl Outcome {
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            first_ms: None,
            thoughts_began: None,
            thought_ms: None,
            answered_by: String::new(),
            known_as: String::new(),
            finish_reason: String::new(),
            usage: None,
            citations: Vec::new(),
            pictures: Vec::new(),
            adapted: Vec::new(),
            sent: None,
            calls: Vec::new(),
            called: 0,
            sure: Gathered::default(),
        }
    }

    /// The outcome of another answer to the same request.
    pub(crate) fn another(&self) -> Self {
        Self {
            started: self.started,
            answered_by: self.answered_by.clone(),
            known_as: self.known_as.clone(),
            adapted: self.adapted.clone(),
            sent: self.sent.clone(),
            ..Self::new()
        }
    }

    /// Whether a word was shown already: from then on nothing is repeated silently.
    pub(crate) fn began(&self) -> bool {
        self.first_ms.is_some()
    }

    /// Whether calls are longer than any real ones.
    pub(crate) fn is_full(&self) -> bool {
        self.called > LONGEST_CALLS
    }

    /// Forgets what a try said that brought no word, so that the next try does not say it twice.
    pub(crate) fn begin_anew(&mut self) {
        // What was told about earlier rounds stays: it may not be written down yet.
        let (adapted, sent) = (std::mem::take(&mut self.adapted), self.sent.take());
        let sure = std::mem::take(&mut self.sure);
        *self = Self { started: self.started, adapted, sent, sure, ..Self::new() };
    }

    /// What a request brought is written down, and another follows.
    pub(crate) fn end_round(&mut self) {
        let citations = std::mem::take(&mut self.citations);
        let (pictures, sure) = (std::mem::take(&mut self.pictures), std::mem::take(&mut self.sure));
        *self = Self { citations, pictures, sure, ..Self::new() };
    }

    /// The time that a person took to decide does not count.
    pub(crate) fn begin_request(&mut self) {
        self.started = Instant::now();
    }

    /// Takes one event of this answer in; true when there is something new to see.
    pub(crate) fn take(&mut self, event: Event, live: &Answer) -> bool {
        match event {
            Event::Text { text, .. } | Event::Refusal { text, .. } => {
                self.end_of_thoughts();
                return self.seen(|| live.push_text(&text));
            }
            Event::Thought { text, .. } => {
                self.thoughts_began.get_or_insert_with(Instant::now);
                return self.seen(|| live.push_thought(&text));
            }
            Event::TextWasThought { .. } => {
                self.thought_ms = Some(millis(self.started));
                return self.seen(|| live.text_was_thought());
            }
            Event::Pictures(addresses) => {
                self.pictures.extend(addresses);
                return self.seen(|| {});
            }
            Event::Calling { name, bytes, .. } => {
                self.end_of_thoughts();
                self.called = bytes;
                let news = live.calling(&name);
                return self.seen(|| {}) && news;
            }
            Event::Calls { calls, .. } => self.calls = calls,
            Event::Confidence { tokens, .. } => self.sure.take(tokens),
            Event::Finish { reason, .. } => self.finish_reason = reason,
            Event::Model(name) => self.answered_by = name,
            Event::Id(id) => self.known_as = id,
            Event::Usage(told) => self.usage = Some(usage(told)),
            Event::Citations(more) => self.citations.extend(more),
            Event::Alive | Event::End { .. } => {}
        }
        false
    }

    /// How sure the model was, as far as that is not written down yet.
    pub(crate) fn unwritten(&self) -> Batch {
        self.sure.unwritten()
    }

    /// Adds what this request costs by published prices, where the service did not say. Nothing that came is free.
    pub(crate) fn price(&mut self, model: Option<&Model>) {
        if self.began() {
            self.usage = priced(self.usage.take(), model);
        }
    }

    /// Fills a message's row in as it is kept.
    pub(crate) fn fill(&self, message: &mut Message, end: End, live: &Answer) {
        self.count(message, live);
        let silent = message.text.is_empty() && message.thoughts.is_empty() && message.steps.is_empty();
        let nothing = silent && self.pictures.is_empty();
        let end = if matches!(end, End::Whole) { self.why_not_whole().map_or(end, End::Early) } else { end };
        let (state, problem) = match end {
            End::Whole if nothing => (MessageState::Failed, Some(self.why_empty())),
            End::Whole => (MessageState::Done, None),
            End::Stopped => (MessageState::Stopped, None),
            End::Early(error) if nothing => (MessageState::Failed, Some(error)),
            End::Early(error) => (MessageState::Cut, Some(error)),
        };
        message.state = state;
        message.problem = problem.map(|error| error.problem());
    }

    /// Fills in what came and what it took, of a message that goes on.
    pub(crate) fn count(&self, message: &mut Message, live: &Answer) {
        (message.text, message.thoughts) = live.written();
        message.steps = live.steps();
        if !self.answered_by.is_empty() {
            message.answered_by.clone_from(&self.answered_by);
        }
        if !self.known_as.is_empty() {
            message.known_as.clone_from(&self.known_as);
        }
        message.finish_reason.clone_from(&self.finish_reason);
        for source in &self.citations {
            let source = Source { url: source.url.clone(), title: source.title.clone() };
            if !message.citations.contains(&source) {
                message.citations.push(source);
            }
        }
        for field in &self.adapted {
            if !message.adapted.contains(field) {
                message.adapted.push(field.clone());
            }
        }
        message.sent = self.sent.clone().or(message.sent.take());
        // An answer that goes on has been paid for before.
        message.usage = both(message.usage.take(), self.usage.clone());
        message.first_ms = message.first_ms.or(self.first_ms);
        message.thought_ms = message.thought_ms.or_else(|| self.thought_ms());
        message.duration_ms = Some(message.duration_ms.unwrap_or_default() + millis(self.started));
    }

    /// Whether the service said why it ended: then whatever happens to the connection, nothing of it is missing.
    pub(crate) fn is_finished(&self) -> bool {
        !self.finish_reason.is_empty()
    }

    /// One of several answers may fail while the request goes well.
    fn why_not_whole(&self) -> Option<Error> {
        (self.finish_reason == "error").then(|| Code::ServerFault.into())
    }

    fn why_empty(&self) -> Error {
        // What services say when a filter held an answer back; Google's names come through relays as they are.
        let reason = self.finish_reason.to_ascii_lowercase();
        let blocked =
            ["filter", "safety", "recitation", "blocklist", "prohibited", "spii", "blocked", "sensitive"];
        if blocked.iter().any(|word| reason.contains(word)) {
            Code::BlockedAnswer.into()
        } else {
            Code::EmptyAnswer.into()
        }
    }

    fn end_of_thoughts(&mut self) {
        self.thought_ms = self.thought_ms();
        self.thoughts_began = None;
    }

    /// How long it thought, thoughts that still run included.
    fn thought_ms(&self) -> Option<i64> {
        let running = self.thoughts_began.map(millis);
        running.map(|running| self.thought_ms.unwrap_or_default() + running).or(self.thought_ms)
    }

    fn seen(&mut self, put: impl FnOnce()) -> bool {
        put();
        let since = millis(self.started);
        self.first_ms.get_or_insert(since);
        true
    }
}

fn usage(told: gateway::chat::Usage) -> Usage {
    Usage {
        tokens_in: told.tokens_in,
        tokens_out: told.tokens_out,
        tokens_thought: told.tokens_thought,
        tokens_cached: told.tokens_cached,
        cost: told.cost,
        about: false,
    }
}

fn millis(since: Instant) -> i64 {
    i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX)
}

fn both(before: Option<Usage>, more: Option<Usage>) -> Option<Usage> {
    let (Some(one), Some(other)) = (&before, &more) else { return before.or(more) };
    Some(Usage {
        tokens_in: sum(one.tokens_in, other.tokens_in, i64::saturating_add),
        tokens_out: sum(one.tokens_out, other.tokens_out, i64::saturating_add),
        tokens_thought: sum(one.tokens_thought, other.tokens_thought, i64::saturating_add),
        tokens_cached: sum(one.tokens_cached, other.tokens_cached, i64::saturating_add),
        cost: sum(one.cost, other.cost, |one, other| one + other),
        about: one.about || other.about,
    })
}

fn sum<T>(one: Option<T>, other: Option<T>, add: fn(T, T) -> T) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(add(one, other)),
        (one, other) => one.or(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_answer_cost_before_it_went_on_still_counts() {
        let before = Usage { tokens_in: Some(10), tokens_out: Some(5), ..Usage::default() };
        let more = Usage { tokens_in: Some(20), cost: Some(0.5), ..Usage::default() };
        let all = Usage { tokens_in: Some(30), tokens_out: Some(5), cost: Some(0.5), ..Usage::default() };
        assert_eq!(both(Some(before.clone()), Some(more)), Some(all), "both requests were paid for");
        assert_eq!(both(Some(before.clone()), None), Some(before), "a request that failed reports nothing");
    }

    #[test]
    fn a_try_that_brought_no_word_leaves_nothing_behind() {
        let live = crate::chat::live::Live::default();
        let row =
            Message::blank(store::ConversationId::new(), None, store::table::message::Role::Assistant, 0);
        let answer = live.begin(&[row], &[]).unwrap().remove(0);
        let mut outcome = Outcome::new();
        let source = Citation { url: "https://example.com/".into(), title: "A page".into() };
        outcome.take(Event::Citations(vec![source]), &answer);
        outcome.begin_anew();
        let blank = Message::blank(answer.conversation(), None, store::table::message::Role::Assistant, 1);
        let mut message = blank;
        outcome.fill(&mut message, End::Whole, &answer);
        assert!(message.citations.is_empty(), "its sources are not named under the next answer");
    }
}
