//! Marks such as `[1]` that name a source: they lead to it. Without sources they are words like any others.

use super::Writer;
use crate::{escape, link};

impl Writer<'_> {
    /// Words in which marks of sources lead to them.
    pub(super) fn text_with_sources(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, number, after)) = next_mark(rest, self.aid.beside.sources.len()) {
            escape::push(&mut self.out, before);
            self.mark(number);
            rest = after;
        }
        escape::push(&mut self.out, rest);
    }

    fn mark(&mut self, number: usize) {
        let address = self.aid.beside.sources.get(number - 1).and_then(|address| link::href(address));
        let words = format!("[{number}]");
        match address {
            Some(href) => {
                self.anchor("class=\"source\" ", &href, "");
                self.out.extend([&words, "</a>"]);
            }
            None => self.out.push_str(&words),
        }
    }
}

/// The next mark with a number up to `most`, and what stands before and after it.
fn next_mark(text: &str, most: usize) -> Option<(&str, usize, &str)> {
    if most == 0 {
        return None;
    }
    text.match_indices('[').find_map(|(at, _)| {
        let (inside, after) = text.get(at + 1..)?.split_once(']')?;
        let is_number = (1..=3).contains(&inside.len()) && inside.chars().all(|c| c.is_ascii_digit());
        let number = inside.parse().ok().filter(|number| is_number && (1..=most).contains(number))?;
        Some((text.get(..at)?, number, after))
    })
}
