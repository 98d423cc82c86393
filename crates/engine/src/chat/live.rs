//! Answers being written now: who follows them, and how to stop them. Holds nothing that the database does not get.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use store::{ConversationId, MessageId};
use tokio::sync::{Notify, watch};

use super::spoken::Spoken;
use crate::view::{BlockPatch, TurnUpdate};

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
    feed: Mutex<Feed>,
}

/// What followers have been told so far, so that a late one can be told it at once.
#[derive(Default)]
struct Feed {
    text: text::Stream,
    thoughts: text::Stream,
    text_blocks: Vec<String>,
    thought_blocks: Vec<String>,
    spoken: Spoken,
    waiting: Option<TurnUpdate>,
    sinks: Vec<Sink>,
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
        let mut feed = Feed::default();
        feed.text.push(text);
        feed.thoughts.push(thoughts);
        feed.take_patches();
        feed.spoken.skip(text);
        let answer = Arc::new(Answer { id, conversation, stop: Notify::new(), feed: Mutex::new(feed) });
        answers.insert(id, Arc::clone(&answer));
        Some(answer)
    }

    /// Strikes an answer out and gives its followers back, to be told the end.
    pub(crate) fn end(&self, answer: &Answer) -> Vec<Sink> {
        let mut answers = lock(&self.answers);
        answers.remove(&answer.id);
        // Under the lock of the list: whoever asks to follow from now on finds it ended.
        let sinks = std::mem::take(&mut lock(&answer.feed).sinks);
        drop(answers);
        self.changed.send_replace(());
        sinks
    }

    /// Adds a follower and tells it everything so far; gives it back when the answer is not being written.
    pub(crate) fn watch(&self, id: MessageId, sink: Sink) -> Option<Sink> {
        let answers = lock(&self.answers);
        let Some(answer) = answers.get(&id) else { return Some(sink) };
        lock(&answer.feed).join(sink);
        None
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
        lock(&self.feed).text.push(piece);
    }

    pub(crate) fn push_thought(&self, piece: &str) {
        lock(&self.feed).thoughts.push(piece);
    }

    /// What was taken for the answer was thought: moves it over.
    pub(crate) fn text_was_thought(&self) {
        let mut feed = lock(&self.feed);
        let text = std::mem::take(&mut feed.text);
        feed.thoughts.push(text.text());
        feed.spoken = Spoken::default();
    }

    /// The text and the thoughts so far.
    pub(crate) fn written(&self) -> (String, String) {
        let feed = lock(&self.feed);
        (feed.text.text().to_owned(), feed.thoughts.text().to_owned())
    }

    /// Tells followers what changed since the last time.
    pub(crate) fn flush(&self) {
        let mut feed = lock(&self.feed);
        feed.waiting = None;
        let (text, thoughts) = feed.take_patches();
        let Feed { text: stream, spoken, .. } = &mut *feed;
        let spoken = spoken.finished(stream.text());
        let thinking = stream.text().is_empty();
        feed.tell(&TurnUpdate::Words { text, thoughts, thinking, spoken });
    }

    /// Tells followers something else; a wait is also told to those who come later.
    pub(crate) fn tell(&self, update: TurnUpdate) {
        let mut feed = lock(&self.feed);
        feed.tell(&update);
        feed.waiting = matches!(update, TurnUpdate::Waiting { .. }).then_some(update);
    }
}

impl Feed {
    fn join(&mut self, sink: Sink) {
        let everything = TurnUpdate::Words {
            text: BlockPatch { keep: 0, blocks: self.text_blocks.clone() },
            thoughts: BlockPatch { keep: 0, blocks: self.thought_blocks.clone() },
            thinking: self.text_blocks.is_empty(),
            spoken: String::new(),
        };
        let wanted = sink(everything) && self.waiting.iter().all(|update| sink(update.clone()));
        if wanted {
            self.sinks.push(sink);
        }
    }

    fn tell(&mut self, update: &TurnUpdate) {
        self.sinks.retain(|sink| sink(update.clone()));
    }

    fn take_patches(&mut self) -> (BlockPatch, BlockPatch) {
        let text = apply(self.text.patch(), &mut self.text_blocks);
        let thoughts = apply(self.thoughts.patch(), &mut self.thought_blocks);
        (text, thoughts)
    }
}

fn apply(patch: text::Patch, blocks: &mut Vec<String>) -> BlockPatch {
    blocks.truncate(patch.keep);
    blocks.extend(patch.blocks.iter().cloned());
    BlockPatch { keep: patch.keep, blocks: patch.blocks }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
