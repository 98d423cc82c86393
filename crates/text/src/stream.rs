//! The same HTML as `render`, made while the text still comes; it refuses to render finished blocks again.

mod calm;
mod growing;
mod known;

use crate::{
    beside::Beside,
    guard,
    html::{self, Aid},
};
use growing::Tail;

/// A text that grows, and its HTML so far.
///
/// Blocks before the last one are settled and not looked at again. What can still change a settled block is a link
/// or footnote definition that comes later: [`Stream::finish`] renders the whole once (code is not highlighted anew)
/// and replaces what differs, so that the end equals [`crate::render`] of the whole text.
///
/// What can still change the last block keeps it open: the next item of a list, the next row of a table, the
/// underline of a heading, a lazy line of a quote, the fence that ends code. Large lists, tables and paragraphs are
/// settled from inside, item by item, row by row, sentence by sentence.
#[derive(Default)]
pub struct Stream {
    text: String,
    blocks: Vec<String>,
    /// Bytes of `text` that the last patch has seen.
    seen: usize,
    tail: Tail,
    aid: Aid,
    /// A reader has panicked: from now on the text is shown as it is.
    is_raw: bool,
}

/// A change of the blocks on screen: `blocks[keep..]` of the state before are replaced by `blocks`. When nothing has
/// changed, `keep` is the number of blocks there are and `blocks` is empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Patch {
    /// How many blocks from the start stay as they are.
    pub keep: usize,
    /// The blocks after them.
    pub blocks: Vec<String>,
}

/// An open tail longer than this, in bytes, is rendered only when it has grown by a fair part of itself.
const PATIENT_FROM: usize = 16 * 1024;

/// That part: one in so many.
const PATIENT_PART: usize = 64;

impl Stream {
    /// An empty stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the next piece of text. Renders nothing: call [`Stream::patch`] when there is a frame to fill.
    pub fn push(&mut self, piece: &str) {
        self.text.push_str(piece);
    }

    /// Says what is known beside the text from now on. Renders nothing; the next patch looks at all of the text again.
    pub fn set_beside(&mut self, beside: Beside) {
        if beside != self.aid.beside {
            self.aid.beside = beside;
            (self.seen, self.tail) = (0, Tail::default());
        }
    }

    /// Everything pushed so far, as it came.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Renders what is new. Constructs that are still open are shown as if they ended here, or not yet.
    pub fn patch(&mut self) -> Patch {
        if self.seen == self.text.len() || self.should_wait() {
            return Patch { keep: self.blocks.len(), blocks: Vec::new() };
        }
        self.seen = self.text.len();
        let settled_before = self.tail.settled;
        if !self.is_raw
            && let Some(fresh) = guard::attempt(|| self.tail.render(&self.text, &mut self.aid))
        {
            return self.replace(settled_before, fresh);
        }
        self.show_raw()
    }

    /// Renders the whole once more and replaces what came out differently while it grew. More may be pushed after.
    pub fn finish(&mut self) -> Patch {
        let whole = guard::attempt(|| html::document(&self.text, &mut self.aid));
        self.seen = self.text.len();
        self.tail = Tail::default();
        match whole {
            Some(whole) => self.replace(0, whole),
            None => self.show_raw(),
        }
    }

    fn show_raw(&mut self) -> Patch {
        (self.is_raw, self.tail, self.aid) = (true, Tail::default(), Aid::default());
        self.replace(0, vec![guard::as_it_is(&self.text)])
    }

    fn should_wait(&self) -> bool {
        let open = self.text.len() - self.tail.cut;
        let grown = self.text.len() - self.seen;
        open > PATIENT_FROM && grown * PATIENT_PART < open && !self.tail.is_cheap
    }

    /// Replaces all blocks from `from` on, and says so for those that differ.
    fn replace(&mut self, from: usize, mut fresh: Vec<String>) -> Patch {
        let old = self.blocks.get(from..).unwrap_or_default();
        let same = old.iter().zip(&fresh).take_while(|(old, fresh)| old == fresh).count();
        if same == fresh.len() && same == old.len() {
            return Patch { keep: self.blocks.len(), blocks: Vec::new() };
        }
        let keep = from + same;
        fresh.drain(..same);
        self.blocks.truncate(keep);
        self.blocks.extend(fresh.iter().cloned());
        Patch { keep, blocks: fresh }
    }
}

#[cfg(test)]
mod tests {
    use super::Stream;

    #[test]
    fn a_stream_whose_reader_has_panicked_goes_on_with_the_words_as_they_are() {
        let mut stream = Stream::new();
        stream.push("# One\n\ntwo");
        assert_eq!(stream.patch().blocks.len(), 2, "a heading and a paragraph");
        let patch = stream.show_raw();
        assert_eq!((patch.keep, patch.blocks.len()), (0, 1), "all of it is one block now");
        stream.push(" <b>");
        let patch = stream.patch();
        assert_eq!(patch.blocks, ["<p class=\"raw\"># One\n\ntwo &lt;b&gt;</p>"], "and it still grows");
    }
}
