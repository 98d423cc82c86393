//! Answers being written now: who follows them, and how to stop them. Holds nothing that the database does not get.

mod feed;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use store::{ConversationId, MessageId};
use tokio::sync::{Notify, watch};

use super::spoken::Spoken;
use crate::view::TurnUpdate;
use feed::Feed;

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
}

/// All that came so far. Kept apart from what is shown of it: receiving never waits for rendering.
struct Words {
    text: String,
    thoughts: String,
    /// Bytes of the text that were there before this request.
    begun: usize,
    /// Text became thoughts since the feed last looked.
    moved: bool,
}

impl Live {
    /// Enters an answer that begins with some text (empty, unless it goes on).
    /// None while another answer of the conversation is being written.
    pub(crate) fn begin(
        &self,
        conversation: ConversationId,
        id: MessageId,
        text: &str,
        thoughts: &str,
    ) -> Option<Arc<Answer>> {
        let mut answers = lock(&self.answers);
        if answers.values().any(|other| other.conversation == conversation) {
            return None;
        }
        let (feed, words) = (Mutex::new(Feed::new(text, thoughts)), Mutex::new(Words::new(text, thoughts)));
        let answer = Arc::new(Answer { id, conversation, stop: Notify::new(), words, feed });
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

    pub(crate) fn push_text(&self, piece: &str) {
        lock(&self.words).text.push_str(piece);
    }

    pub(crate) fn push_thought(&self, piece: &str) {
        lock(&self.words).thoughts.push_str(piece);
    }

    /// What was taken for the answer was thought: moves over what this request brought.
    pub(crate) fn text_was_thought(&self) {
        let mut words = lock(&self.words);
        let begun = words.begun;
        let thought = words.text.split_off(begun);
        words.thoughts.push_str(&thought);
        words.moved = true;
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
        self.hand_over(&mut feed);
        feed.tell_words(read_out);
    }

    /// Gives the feed what it does not know yet, and goes on receiving while that is rendered.
    fn hand_over(&self, feed: &mut Feed) {
        let mut words = lock(&self.words);
        if std::mem::take(&mut words.moved) {
            let (before, _) = words.text.split_at(words.begun);
            feed.begin_again(before);
        }
        feed.take(&words.text, &words.thoughts);
    }
}

impl Words {
    fn new(text: &str, thoughts: &str) -> Self {
        Self { text: text.to_owned(), thoughts: thoughts.to_owned(), begun: text.len(), moved: false }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
