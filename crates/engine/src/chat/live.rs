//! Answers being written now: who follows them, and how to stop them. Holds nothing that the database does not get.

mod asked;
mod feed;
mod pieces;
mod words;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use store::table::message::Message;
use store::table::step::{Step, ToolCall};
use store::{ConversationId, MessageId};
use tokio::sync::{Notify, watch};

use super::spoken::Spoken;
use crate::view::{Decision, Round, TurnUpdate};
use asked::Asked;
use feed::Feed;
use words::Words;

/// Bytes of the longest answer that is taken in.
const LONGEST: usize = 64 * 1024 * 1024;

/// Takes updates; returns false when it wants no more.
pub(crate) type Sink = Box<dyn Fn(TurnUpdate) -> bool + Send>;

/// All answers being written.
#[derive(Default)]
pub(crate) struct Live {
    answers: Mutex<HashMap<MessageId, Arc<Answer>>>,
    changed: watch::Sender<()>,
}

/// One answer being written.
pub(crate) struct Answer {
    id: MessageId,
    conversation: ConversationId,
    stop: Notify,
    words: Mutex<Words>,
    feed: Mutex<Feed>,
    asked: Asked,
}

impl Live {
    /// Enters an answer that begins with what is in its row: nothing, unless it goes on.
    /// None while another answer of the conversation is being written.
    pub(crate) fn begin(&self, message: &Message) -> Option<Arc<Answer>> {
        let (id, conversation) = (message.id, message.conversation_id);
        let mut answers = lock(&self.answers);
        if answers.values().any(|other| other.conversation == conversation) {
            return None;
        }
        let mut words = Words::of(message);
        let (feed, stop, asked) = (Mutex::new(Feed::new(&mut words)), Notify::new(), Asked::default());
        let answer = Arc::new(Answer { id, conversation, stop, words: Mutex::new(words), feed, asked });
        answers.insert(id, Arc::clone(&answer));
        Some(answer)
    }

    /// Strikes an answer out and gives its followers back, to be told the end.
    pub(crate) fn end(&self, answer: &Answer) -> Vec<Sink> {
        lock(&self.answers).remove(&answer.id);
        // Whoever found it in the list just before, and joins just after, is turned away by the feed.
        let sinks = lock(&answer.feed).close();
        self.changed.send_replace(());
        sinks
    }

    /// Adds a follower and tells it everything so far; gives it back when the answer is not being written.
    pub(crate) fn watch(&self, id: MessageId, sink: Sink) -> Option<Sink> {
        // The list is not held meanwhile: a frame being rendered must not keep others from stopping.
        let found = lock(&self.answers).get(&id).cloned();
        match found {
            Some(answer) => lock(&answer.feed).join(sink),
            None => Some(sink),
        }
    }

    pub(crate) fn stop(&self, id: MessageId) {
        if let Some(answer) = lock(&self.answers).get(&id) {
            answer.stop.notify_one();
        }
    }

    pub(crate) fn stop_in(&self, conversation: ConversationId) {
        for answer in lock(&self.answers).values().filter(|answer| answer.conversation == conversation) {
            answer.stop.notify_one();
        }
    }

    pub(crate) fn writing_in(&self, conversation: ConversationId) -> bool {
        lock(&self.answers).values().any(|answer| answer.conversation == conversation)
    }

    /// Whether an answer of the conversation waits for the person.
    pub(crate) fn waiting_in(&self, conversation: ConversationId) -> bool {
        let answers = lock(&self.answers);
        answers.values().any(|answer| answer.conversation == conversation && answer.asked.waits())
    }

    /// Hands on what the person decided about a call. False when its answer is not being written.
    pub(crate) fn decide(&self, id: MessageId, call: String, decision: Decision) -> bool {
        let found = lock(&self.answers).get(&id).cloned();
        found.map(|answer| answer.asked.give(call, decision)).is_some()
    }

    /// Stops all and waits until each has written its end, for a few seconds at most.
    pub(crate) async fn close(&self) {
        let mut changed = self.changed.subscribe();
        for answer in lock(&self.answers).values() {
            answer.stop.notify_one();
        }
        let emptied = changed.wait_for(|()| lock(&self.answers).is_empty());
        if tokio::time::timeout(Duration::from_secs(5), emptied).await.is_err() {
            tracing::warn!("an answer did not end in time; its text so far is kept");
        }
    }
}

impl Answer {
    pub(crate) fn id(&self) -> MessageId {
        self.id
    }

    pub(crate) fn conversation(&self) -> ConversationId {
        self.conversation
    }

    /// Returns once the person wants it stopped.
    pub(crate) async fn stopped(&self) {
        self.stop.notified().await;
    }

    /// Another request begins.
    pub(crate) fn begin_request(&self) {
        lock(&self.words).begin_request();
    }

    pub(crate) fn push_text(&self, piece: &str) {
        lock(&self.words).push_text(piece);
    }

    pub(crate) fn push_thought(&self, piece: &str) {
        lock(&self.words).push_thought(piece);
    }

    /// What was taken for the answer was thought: moves over what this request brought.
    pub(crate) fn text_was_thought(&self) {
        lock(&self.words).text_was_thought();
    }

    /// The model writes a call of this tool. True when that is news.
    pub(crate) fn calling(&self, name: &str) -> bool {
        lock(&self.words).calling(name)
    }

    /// A round of calls stands behind what was said so far.
    pub(crate) fn push_step(&self, calls: Vec<ToolCall>) {
        lock(&self.words).push_step(calls);
    }

    /// Changes a call of the last round.
    pub(crate) fn change_call(&self, id: &str, change: impl FnOnce(&mut ToolCall)) {
        lock(&self.words).change_call(id, change);
    }

    /// The tool calls so far.
    pub(crate) fn steps(&self) -> Vec<Step> {
        lock(&self.words).calls.steps.clone()
    }

    pub(crate) fn set_round(&self, round: Round) {
        lock(&self.words).set_round(round);
    }

    /// What the person decides next, and about which call.
    pub(crate) async fn decided(&self) -> (String, Decision) {
        self.asked.take().await
    }

    /// Whether the person is waited for from now on. True when that is news.
    pub(crate) fn set_waits(&self, waits: bool) -> bool {
        self.asked.set_waits(waits)
    }

    /// Whether it is longer than any real answer: nothing sensible follows, and memory has an end.
    pub(crate) fn is_full(&self) -> bool {
        let words = lock(&self.words);
        words.text.len() + words.thoughts.len() > LONGEST
    }

    /// The text and the thoughts so far.
    pub(crate) fn written(&self) -> (String, String) {
        let words = lock(&self.words);
        (words.text.clone(), words.thoughts.clone())
    }

    /// Renders what is new and tells followers. It may take its time: not to be called where others wait.
    pub(crate) fn flush(&self) {
        self.tell_words(Spoken::finished);
    }

    /// Renders the last changes and tells followers; a sentence that nobody finished is read out now.
    pub(crate) fn flush_last(&self) {
        self.tell_words(Spoken::rest);
    }

    /// Tells followers something else; a wait is also told to those who come later.
    pub(crate) fn tell(&self, update: TurnUpdate) {
        lock(&self.feed).tell_other(update);
    }

    fn tell_words(&self, read_out: fn(&mut Spoken, &str) -> String) {
        let mut feed = lock(&self.feed);
        // The feed takes what it does not know yet, and receiving goes on while that is rendered.
        let calls = {
            let mut words = lock(&self.words);
            feed.take(&mut words);
            words.take_called()
        };
        feed.tell_words(read_out);
        if let Some(calls) = calls {
            feed.tell_steps(&calls);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
