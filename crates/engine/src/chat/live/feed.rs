//! What the followers of one answer have been told, so that a late one can be told it at once. It renders what it is
//! given, and takes as long as that takes.

use std::time::Instant;

use super::letters::Letters;
use super::pieces::Pieces;
use super::words::{Calls, Words};
use super::{Form, Sink};
use crate::chat::show;
use crate::chat::spoken::Spoken;
use crate::view::{BlockPatch, TurnUpdate};

/// The followers of one answer, and what they see.
#[derive(Default)]
pub(super) struct Feed {
    text: Pieces,
    thoughts: text::Stream,
    thought_blocks: Vec<String>,
    thinking: bool,
    /// The tool calls as they were told last; none while there are none.
    steps: Option<TurnUpdate>,
    /// A wait that was told, and when.
    waiting: Option<(Instant, TurnUpdate)>,
    /// Which version this is, as it was told last.
    place: Option<TurnUpdate>,
    letters: Letters,
    sinks: Vec<(Form, Sink)>,
    /// The answer has ended.
    closed: bool,
}

impl Feed {
    /// The feed of an answer that begins with some words and calls.
    pub(super) fn new(words: &mut Words) -> Self {
        let mut feed = Self::default();
        feed.take(words);
        feed.take_patches(Spoken::rest);
        feed.text.skip();
        feed.take_steps(&words.take_called().unwrap_or_default());
        feed
    }

    /// Takes over what is new of all words.
    pub(super) fn take(&mut self, words: &mut Words) {
        let rounds = words.rounds();
        if let Some(before) = words.take_moved() {
            self.text.begin_again(before, &rounds);
            self.letters.begin_again();
        }
        self.text.take(&words.text, &rounds);
        self.letters.take(&words.text);
        push_rest(&mut self.thoughts, &words.thoughts);
        self.thinking = words.thinking;
    }

    /// Adds a follower and tells it everything so far; gives it back when the answer has ended.
    pub(super) fn join(&mut self, form: Form, sink: Sink) -> Option<Sink> {
        if self.closed {
            return Some(sink);
        }
        let everything = match form {
            Form::Letters => self.letters.everything(self.is_only_thinking()),
            Form::Blocks => TurnUpdate::Words {
                text: BlockPatch { keep: 0, blocks: self.text.blocks().to_vec() },
                thoughts: BlockPatch { keep: 0, blocks: self.thought_blocks.clone() },
                thinking: self.thinking,
                spoken: String::new(),
            },
        };
        let wanted = sink(everything)
            && self.steps.iter().all(|steps| sink(steps.clone()))
            && self.place.iter().all(|place| sink(place.clone()))
            && self.waiting.iter().all(|(told, wait)| sink(shortened(wait, *told)));
        if wanted {
            self.sinks.push((form, sink));
        }
        None
    }

    /// Gives all followers back and takes no more.
    pub(super) fn close(&mut self) -> Vec<Sink> {
        self.closed = true;
        std::mem::take(&mut self.sinks).into_iter().map(|(_, sink)| sink).collect()
    }

    /// Renders what is new and tells followers what changed since the last time.
    pub(super) fn tell_words(&mut self, read_out: fn(&mut Spoken, &str) -> String) {
        self.waiting = None;
        let (text, thoughts, spoken) = self.take_patches(read_out);
        let letters = self.letters.update(self.is_only_thinking(), spoken.clone());
        let words = TurnUpdate::Words { text, thoughts, thinking: self.thinking, spoken };
        self.sinks.retain(|(form, sink)| match form {
            Form::Blocks => sink(words.clone()),
            Form::Letters => sink(letters.clone()),
        });
    }

    /// Tells followers how the tool calls stand, behind the words that stand before them.
    pub(super) fn tell_steps(&mut self, calls: &Calls) {
        self.take_steps(calls);
        if let Some(steps) = self.steps.clone() {
            self.tell(&steps);
        }
    }

    /// Tells followers something else; a wait, and which version this is, are also told to those who come later.
    pub(super) fn tell_other(&mut self, update: TurnUpdate) {
        self.tell(&update);
        if matches!(update, TurnUpdate::Versions { .. }) {
            self.place = Some(update);
            return;
        }
        self.waiting = matches!(update, TurnUpdate::Waiting { .. }).then(|| (Instant::now(), update));
    }

    fn tell(&mut self, update: &TurnUpdate) {
        self.sinks.retain(|(_, sink)| sink(update.clone()));
    }

    /// Whether thoughts came, and nothing of the text yet.
    fn is_only_thinking(&self) -> bool {
        self.letters.text().is_empty() && !self.thoughts.text().is_empty()
    }

    fn take_steps(&mut self, Calls { steps, round, calling }: &Calls) {
        if !steps.is_empty() || !calling.is_empty() || self.steps.is_some() {
            let steps = show::steps(steps, self.text.marks());
            self.steps = Some(TurnUpdate::Steps { steps, calling: calling.clone(), round: *round });
        }
    }

    fn take_patches(
        &mut self,
        read_out: fn(&mut Spoken, &str) -> String,
    ) -> (BlockPatch, BlockPatch, String) {
        let (text, spoken) = self.text.patch(read_out);
        let thoughts = apply(self.thoughts.patch(), &mut self.thought_blocks);
        (text, thoughts, spoken)
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
