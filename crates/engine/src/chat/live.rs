//! Answers being written now: who follows them, and how to stop them. Holds nothing that the database does not get.

mod asked;
mod feed;
mod letters;
mod pieces;
mod words;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
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

/// Takes updates; returns false when it wants no more.
pub(crate) type Sink = Box<dyn Fn(TurnUpdate) -> bool + Send>;

/// In what form a follower wants the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Rendered, block by block.
    Blocks,
    /// As they stand, letter by letter.
    Letters,
}

/// All answers being written.
#[derive(Default)]
pub(crate) struct Live {
    answers: Mutex<HashMap<MessageId, Arc<Answer>>>,
    changed: watch::Sender<()>,
    /// Conversations that a title is being asked for.
    titling: Mutex<HashSet<ConversationId>>,
}

/// One answer being written.
pub(crate) struct Answer {
    id: MessageId,
    conversation: ConversationId,
    /// It stands beside others that answer the same question, and in nobody's way.
    beside: bool,
    /// Shared by all answers of one request, which have one connection.
    stop: Arc<Notify>,
    /// Its row is in the database.
    entered: AtomicBool,
    words: Mutex<Words>,
    feed: Mutex<Feed>,
    asked: Asked,
}

impl Live {
    /// Enters answers that begin together, each with what is in its row: nothing, unless it goes on. None is entered
    /// while another answer is in their way: in the same conversation only those that stand beside others may be
    /// written meanwhile, and none that they would follow (`before`) or that they are.
    pub(crate) fn begin(&self, rows: &[Message], before: &[MessageId]) -> Option<Vec<Arc<Answer>>> {
        let mut answers = lock(&self.answers);
        let is_in_the_way = |other: &Answer| {
            let same = rows.iter().any(|row| row.id == other.id);
            same || before.contains(&other.id)
                || (!other.beside && rows.iter().any(|row| row.conversation_id == other.conversation))
        };
        if answers.values().any(|other| is_in_the_way(other)) {
            return None;
        }
        let begun: Vec<_> = rows.iter().map(|row| Arc::new(Answer::new(row))).collect();
        answers.extend(begun.iter().map(|answer| (answer.id, Arc::clone(answer))));
        Some(begun)
    }

    /// Enters another answer to the same request. Its row is not in the database yet.
    pub(crate) fn also(&self, first: &Answer) -> Arc<Answer> {
        let answer = Arc::new(first.another());
        lock(&self.answers).insert(answer.id, Arc::clone(&answer));
        answer
    }

    /// All answers of the request that this one belongs to, oldest first.
    pub(crate) fn together(&self, answer: &Answer) -> Vec<Arc<Answer>> {
        let answers = lock(&self.answers);
        let ours = answers.values().filter(|other| Arc::ptr_eq(&other.stop, &answer.stop));
        let mut all: Vec<_> = ours.cloned().collect();
        all.sort_by_key(|one| one.id);
        all
    }

    /// Whether the caller is the one to ask for a conversation's title: of several answers that end at once only the
    /// first is. Whoever is gives it back with [`Live::titled`].
    pub(crate) fn may_title(&self, conversation: ConversationId) -> bool {
        lock(&self.titling).insert(conversation)
    }

    /// The title came, or will not.
    pub(crate) fn titled(&self, conversation: ConversationId) {
        lock(&self.titling).remove(&conversation);
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
    pub(crate) fn watch(&self, id: MessageId, form: Form, sink: Sink) -> Option<Sink> {
        // The list is not held meanwhile: a frame being rendered must not keep others from stopping.
        let found = lock(&self.answers).get(&id).cloned();
        match found {
            Some(answer) => lock(&answer.feed).join(form, sink),
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
    fn new(row: &Message) -> Self {
        let mut words = Words::of(row);
        Self {
            id: row.id,
            conversation: row.conversation_id,
            beside: row.beside > 0,
            stop: Arc::new(Notify::new()),
            entered: AtomicBool::new(true),
            feed: Mutex::new(Feed::new(&mut words)),
            words: Mutex::new(words),
            asked: Asked::default(),
        }
    }

    fn another(&self) -> Self {
        Self {
            id: MessageId::new(),
            conversation: self.conversation,
            beside: self.beside,
            stop: Arc::clone(&self.stop),
            entered: AtomicBool::new(false),
            feed: Mutex::default(),
            words: Mutex::default(),
            asked: Asked::default(),
        }
    }

    /// Whether its row is in the database.
    pub(crate) fn is_entered(&self) -> bool {
        self.entered.load(Ordering::Acquire)
    }

    /// Its row was written.
    pub(crate) fn enter(&self) {
        self.entered.store(true, Ordering::Release);
    }

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

    /// Bytes of text and thoughts so far.
    pub(crate) fn size(&self) -> usize {
        let words = lock(&self.words);
        words.text.len() + words.thoughts.len()
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

    /// Tells followers something else; a wait, and which version this is, are also told to those who come later.
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
