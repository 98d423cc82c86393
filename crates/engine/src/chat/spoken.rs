//! Sentences for screen readers: each is told once, when it is finished, in plain words. Code is not read out.

/// How far an answer has been told.
#[derive(Debug, Default)]
pub(crate) struct Spoken {
    upto: usize,
}

impl Spoken {
    /// What stands there already was told before.
    pub(crate) fn skip(&mut self, text: &str) {
        self.upto = text.len();
    }

    /// The sentences that were finished since the last time, plain; "" for none.
    pub(crate) fn finished(&mut self, text: &str) -> String {
        let Some(rest) = text.get(self.upto..) else { return String::new() };
        let Some(end) = last_sentence_end(rest) else { return String::new() };
        let (told, _) = rest.split_at(end);
        // Inside an open fence nothing is read out until it closes.
        if told.matches("```").count() % 2 == 1 {
            return String::new();
        }
        self.upto += end;
        text::plain(told, usize::MAX)
    }

    /// What is left when no more comes, plain, finished or not.
    pub(crate) fn rest(&mut self, text: &str) -> String {
        let told = self.finished(text);
        let rest = text.get(self.upto..).unwrap_or_default();
        let (words, _code) = rest.split_once("```").unwrap_or((rest, ""));
        self.skip(text);
        [told, text::plain(words, usize::MAX)].join(" ").trim().to_owned()
    }
}

/// Behind the last full stop that is followed by a blank, the last wide full stop, or the last line end.
fn last_sentence_end(text: &str) -> Option<usize> {
    let mut end = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek();
        let ends = match letter {
            '\n' | '。' | '！' | '？' => true,
            '.' | '!' | '?' | ':' => next.is_some_and(|(_, next)| next.is_whitespace()),
            _ => false,
        };
        if ends {
            end = Some(at + letter.len_utf8());
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::Spoken;

    #[test]
    fn a_sentence_is_told_once_and_only_when_finished() {
        let mut spoken = Spoken::default();
        assert_eq!(spoken.finished("Hello the"), "", "an open sentence waits");
        assert_eq!(spoken.finished("Hello **there**. And"), "Hello there.");
        assert_eq!(spoken.finished("Hello **there**. And on. "), "And on.", "the first is not told again");
        assert_eq!(spoken.finished("Hello **there**. And on. 好的。再"), "好的。");
    }

    #[test]
    fn the_rest_is_told_at_the_end() {
        let mut spoken = Spoken::default();
        assert_eq!(spoken.finished("One. Two"), "One.");
        assert_eq!(spoken.rest("One. Two. **Three**"), "Two. Three", "also what nobody finished");
        assert_eq!(spoken.rest("One. Two. **Three**"), "", "once");
        assert_eq!(Spoken::default().rest("See: \n```\ncode"), "See:", "code is not read out here either");
    }

    #[test]
    fn an_open_fence_is_not_read_out() {
        let mut spoken = Spoken::default();
        assert_eq!(spoken.finished("```rust\nlet a = 1;\n"), "");
    }
}
