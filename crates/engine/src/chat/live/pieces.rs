//! The words of an answer as blocks. What stands between two rounds of tool calls is a document of its own, so that no
//! block reaches over them. It renders what it is given when it is asked for a patch, and not before.

use std::mem::take;

use crate::chat::spoken::Spoken;
use crate::view::BlockPatch;

/// The text of one answer.
#[derive(Default)]
pub(super) struct Pieces {
    /// The piece being written.
    stream: text::Stream,
    /// Blocks of all pieces.
    blocks: Vec<String>,
    /// Blocks of the pieces before the last.
    settled: usize,
    /// How many blocks stand before each round of calls.
    marks: Vec<usize>,
    spoken: Spoken,
    /// Not looked at yet.
    fresh: Vec<Fresh>,
    /// Bytes of the whole text that were taken over.
    taken: usize,
    /// Rounds that were taken over.
    rounds: usize,
}

/// What is new of the text.
enum Fresh {
    Words(String),
    /// A round of calls stands here.
    Calls,
    /// The piece being written is only this: what stood behind it is no text any more.
    Again(String),
}

impl Pieces {
    /// Takes over what is new of the whole text; `rounds` are the bytes of it that stand before each round of calls.
    pub(super) fn take(&mut self, whole: &str, rounds: &[usize]) {
        for round in rounds.get(self.rounds..).unwrap_or_default() {
            self.take_words(whole, *round);
            self.fresh.push(Fresh::Calls);
            self.rounds += 1;
        }
        self.take_words(whole, whole.len());
    }

    /// The text behind `before` is no text any more: it will be shown anew, and nothing of it counts as read out.
    pub(super) fn begin_again(&mut self, before: &str, rounds: &[usize]) {
        let from = rounds.last().copied().unwrap_or_default();
        self.fresh.push(Fresh::Again(before.get(from..).unwrap_or_default().to_owned()));
        self.taken = before.len();
    }

    /// What was there before counts as read out.
    pub(super) fn skip(&mut self) {
        self.spoken.skip(self.stream.text());
    }

    /// Renders what is new: the change of the blocks, and the sentences to read out.
    pub(super) fn patch(&mut self, read_out: fn(&mut Spoken, &str) -> String) -> (BlockPatch, String) {
        let (mut keep, mut spoken) = (self.blocks.len(), Vec::new());
        for fresh in take(&mut self.fresh) {
            match fresh {
                Fresh::Words(words) => self.stream.push(&words),
                Fresh::Calls => {
                    let patch = self.stream.finish();
                    keep = keep.min(self.apply(patch));
                    spoken.push(self.spoken.rest(self.stream.text()));
                    self.settle();
                }
                Fresh::Again(words) => {
                    self.stream = text::Stream::new();
                    self.spoken.skip(&words);
                    self.stream.push(&words);
                    self.blocks.truncate(self.settled);
                    keep = keep.min(self.settled);
                }
            }
        }
        let patch = self.stream.patch();
        keep = keep.min(self.apply(patch));
        spoken.push(read_out(&mut self.spoken, self.stream.text()));
        spoken.retain(|sentences| !sentences.is_empty());
        let blocks = self.blocks.get(keep..).unwrap_or_default().to_vec();
        (BlockPatch { keep, blocks }, spoken.join(" "))
    }

    /// All blocks so far.
    pub(super) fn blocks(&self) -> &[String] {
        &self.blocks
    }

    /// How many blocks stand before each round of calls.
    pub(super) fn marks(&self) -> &[usize] {
        &self.marks
    }

    fn take_words(&mut self, whole: &str, upto: usize) {
        if let Some(words) = whole.get(self.taken..upto).filter(|words| !words.is_empty()) {
            self.fresh.push(Fresh::Words(words.to_owned()));
            self.taken = upto;
        }
    }

    fn settle(&mut self) {
        self.settled = self.blocks.len();
        self.marks.push(self.settled);
        self.stream = text::Stream::new();
        self.spoken = Spoken::default();
    }

    /// Returns how many blocks stay as they are.
    fn apply(&mut self, patch: text::Patch) -> usize {
        let keep = self.settled + patch.keep;
        self.blocks.truncate(keep);
        self.blocks.extend(patch.blocks);
        keep
    }
}
