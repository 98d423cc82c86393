//! Parts reasoning from answer where both come in one text, marked by tags such as `<think>`. Works on any
//! chunking, looks for opening tags only at the start, and holds back no more than an unfinished tag.

/// Opening tags and what closes them.
const TAGS: &[(&str, &str)] = &[
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("<|channel|>analysis<|message|>", "<|end|>"),
];
/// Leftovers between reasoning and answer that belong to neither, and closing tags of nothing.
const SKIPPED: &[&str] = &[
    "<|start|>assistant",
    "<|channel|>final<|message|>",
    "</think>",
    "</thinking>",
    "</thought>",
    "</reasoning>",
];
/// Blanks before the first word are held back up to this many bytes while a tag may still come.
const LONGEST_BLANK: usize = 1024;

/// What a piece of text turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Part of the answer.
    Text(String),
    /// Part of the reasoning.
    Thought(String),
    /// All `Text` so far was reasoning.
    TextWasThought,
}

/// The parser of one choice's text.
#[derive(Debug, Clone)]
pub(crate) struct Think {
    place: Place,
    held: String,
    /// An unopened closing tag may still turn the text before it into reasoning.
    may_be_unopened: bool,
    last: Option<char>,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    /// Before the first word; `true` after some reasoning has closed.
    Start(bool),
    /// Inside reasoning that `.0` closes; `.1` until its first word.
    Thought(&'static str, bool),
    Text,
}

impl Default for Think {
    fn default() -> Self {
        Self { place: Place::Start(false), held: String::new(), may_be_unopened: true, last: None }
    }
}

impl Think {
    /// Reasoning came in a field of its own: a stray closing tag in the text means nothing any more.
    pub(crate) fn reasoned_elsewhere(&mut self) {
        self.may_be_unopened = false;
    }

    /// Takes the next piece of text.
    pub(crate) fn push(&mut self, text: &str, out: &mut Vec<Piece>) {
        self.held.push_str(text);
        while self.step(out) {}
    }

    /// The text is over: what was held back is what it looks like. Reasoning that never closed stays reasoning.
    pub(crate) fn close(&mut self, out: &mut Vec<Piece>) {
        let rest = std::mem::take(&mut self.held);
        match self.place {
            Place::Thought(..) => say(Piece::Thought(rest), out),
            Place::Start(true) => say(Piece::Text(rest.trim_start().to_owned()), out),
            Place::Start(false) | Place::Text => say(Piece::Text(rest), out),
        }
        self.place = Place::Text;
    }

    /// One move; true when there may be another without more text.
    fn step(&mut self, out: &mut Vec<Piece>) -> bool {
        match self.place {
            Place::Start(after) => self.start(after),
            Place::Thought(close, fresh) => self.thought(close, fresh, out),
            Place::Text => self.text(out),
        }
    }

    fn start(&mut self, after_thought: bool) -> bool {
        let words = self.held.trim_start();
        if let Some((open, close)) = TAGS.iter().find(|(open, _)| starts_with(words, open)) {
            self.may_be_unopened = false;
            return self.go(Place::Thought(close, true), self.held.len() - words.len() + open.len());
        }
        if let Some(skipped) = SKIPPED.iter().find(|tag| starts_with(words, tag)) {
            return self.go(Place::Start(true), self.held.len() - words.len() + skipped.len());
        }
        let mut tags = TAGS.iter().map(|(open, _)| *open).chain(SKIPPED.iter().copied());
        if self.held.len() < LONGEST_BLANK && tags.any(|tag| starts_with(tag, words)) {
            return false;
        }
        let blank = if after_thought { self.held.len() - words.len() } else { 0 };
        self.go(Place::Text, blank)
    }

    fn thought(&mut self, close: &'static str, fresh: bool, out: &mut Vec<Piece>) -> bool {
        if fresh {
            let blank = self.held.len() - self.held.trim_start().len();
            self.held.drain(..blank);
        }
        if let Some(at) = find(&self.held, close) {
            say(Piece::Thought(self.take(at)), out);
            return self.go(Place::Start(true), close.len());
        }
        let ready = self.held.len() - unfinished(&self.held, [close].into_iter());
        self.place = Place::Thought(close, fresh && ready == 0);
        say(Piece::Thought(self.take(ready)), out);
        false
    }

    fn text(&mut self, out: &mut Vec<Piece>) -> bool {
        if !self.may_be_unopened {
            say(Piece::Text(std::mem::take(&mut self.held)), out);
            return false;
        }
        let Some((at, tag)) = first_tag(&self.held) else {
            let ready = self.held.len() - unfinished(&self.held, telling_tags());
            self.say_text(ready, out);
            return false;
        };
        self.say_text(at, out);
        // A tag in code style, or one that opens, is something the answer talks about.
        self.may_be_unopened = false;
        if self.last == Some('`') || !tag.starts_with("</") {
            return true;
        }
        out.push(Piece::TextWasThought);
        self.go(Place::Start(true), tag.len())
    }

    fn say_text(&mut self, length: usize, out: &mut Vec<Piece>) {
        let text = self.take(length);
        self.last = text.chars().next_back().or(self.last);
        say(Piece::Text(text), out);
    }

    fn take(&mut self, length: usize) -> String {
        let rest = self.held.split_off(length);
        std::mem::replace(&mut self.held, rest)
    }

    fn go(&mut self, place: Place, dropped: usize) -> bool {
        self.place = place;
        self.held.drain(..dropped);
        !self.held.is_empty()
    }
}

fn say(piece: Piece, out: &mut Vec<Piece>) {
    match &piece {
        Piece::Text(text) | Piece::Thought(text) if text.is_empty() => {}
        _ => out.push(piece),
    }
}

/// Compares without case: some templates write `<Think>`.
fn starts_with(text: &str, tag: &str) -> bool {
    text.as_bytes().get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag.as_bytes()))
}

fn find(text: &str, tag: &str) -> Option<usize> {
    text.match_indices('<').map(|(at, _)| at).find(|at| starts_with(text.split_at(*at).1, tag))
}

fn first_tag(text: &str) -> Option<(usize, &'static str)> {
    telling_tags().filter_map(|tag| Some((find(text, tag)?, tag))).min_by_key(|(at, _)| *at)
}

/// Tags inside a text that say something about what stands before. `<|end|>` does not: it also ends answers.
fn telling_tags() -> impl Iterator<Item = &'static str> {
    TAGS.iter().flat_map(|(open, close)| [*open, *close]).filter(|tag| *tag != "<|end|>")
}

/// How many bytes at the end of `text` may be the beginning of one of `tags`.
fn unfinished<'a>(text: &str, tags: impl Iterator<Item = &'a str>) -> usize {
    // Tags hold at most three `<` ("<|channel|>analysis<|message|>"), so the earliest candidate decides.
    let longest = |tag: &str| {
        let mut starts = text.match_indices('<').map(|(at, _)| text.split_at(at).1);
        starts.find(|end| end.len() < tag.len() && starts_with(tag, end)).map_or(0, str::len)
    };
    tags.map(longest).max().unwrap_or(0)
}
