//! What the followers of one answer have been told, so that a late one can be told it at once. It renders what it is
//! given, and takes as long as that takes.

use std::time::Instant;

use super::Sink;
use crate::chat::spoken::Spoken;
use crate::view::{BlockPatch, TurnUpdate};

/// The followers of one answer, and what they see.
#[derive(Default)]
pub(super) struct Feed {
    text: text::Stream,
    thoughts: text::Stream,
    text_blocks: Vec<String>,
    thought_blocks: Vec<String>,
    spoken: Spoken,
    /// A wait that was told, and when.
    waiting: Option<(Instant, TurnUpdate)>,
    sinks: Vec<Sink>,
    /// The answer has ended.
    closed: bool,
}

impl Feed {
    /// The feed of an answer that begins with some text.
    pub(super) fn new(text: &str, thoughts: &str) -> Self {
        let mut feed = Self::default();
        feed.take(text, thoughts);
        feed.take_patches();
        feed.spoken.skip(text);
        feed
    }

    /// Takes over what is new of the whole text and the whole thoughts.
    pub(super) fn take(&mut self, text: &str, thoughts: &str) {
        push_rest(&mut self.text, text);
        push_rest(&mut self.thoughts, thoughts);
    }

    /// The text behind `before` is no text any more: it will be shown anew, and nothing of it counts as read out.
    pub(super) fn begin_again(&mut self, before: &str) {
        self.text = text::Stream::new();
        self.spoken.skip(before);
    }

    /// Adds a follower and tells it everything so far; gives it back when the answer has ended.
    pub(super) fn join(&mut self, sink: Sink) -> Option<Sink> {
        if self.closed {
            return Some(sink);
        }
        let everything = TurnUpdate::Words {
            text: BlockPatch { keep: 0, blocks: self.text_blocks.clone() },
            thoughts: BlockPatch { keep: 0, blocks: self.thought_blocks.clone() },
            thinking: self.text_blocks.is_empty(),
            spoken: String::new(),
        };
        let wanted = sink(everything) && self.waiting.iter().all(|(told, wait)| sink(shortened(wait, *told)));
        if wanted {
            self.sinks.push(sink);
        }
        None
    }

    /// Gives all followers back and takes no more.
    pub(super) fn close(&mut self) -> Vec<Sink> {
        self.closed = true;
        std::mem::take(&mut self.sinks)
    }

    /// Renders what is new and tells followers what changed since the last time.
    pub(super) fn tell_words(&mut self, read_out: fn(&mut Spoken, &str) -> String) {
        self.waiting = None;
        let (text, thoughts) = self.take_patches();
        let spoken = read_out(&mut self.spoken, self.text.text());
        let thinking = self.text.text().is_empty();
        self.tell(&TurnUpdate::Words { text, thoughts, thinking, spoken });
    }

    /// Tells followers something else; a wait is also told to those who come later.
    pub(super) fn tell_other(&mut self, update: TurnUpdate) {
        self.tell(&update);
        self.waiting = matches!(update, TurnUpdate::Waiting { .. }).then(|| (Instant::now(), update));
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

fn push_rest(stream: &mut text::Stream, whole: &str) {
    if let Some(rest) = whole.get(stream.text().len()..) {
        stream.push(rest);
    }
}

fn apply(patch: text::Patch, blocks: &mut Vec<String>) -> BlockPatch {
    blocks.truncate(patch.keep);
    blocks.extend(patch.blocks.iter().cloned());
    BlockPatch { keep: patch.keep, blocks: patch.blocks }
}

/// A wait as it is now, some time after it was told.
fn shortened(wait: &TurnUpdate, told: Instant) -> TurnUpdate {
    let mut wait = wait.clone();
    if let TurnUpdate::Waiting { for_ms, .. } = &mut wait {
        let passed = i64::try_from(told.elapsed().as_millis()).unwrap_or(i64::MAX);
        *for_ms = for_ms.saturating_sub(passed).max(0);
    }
    wait
}
