//! Stands between the readers of markdown, TeX and grammars, which are others' work, and a person's words: when one
//! panics, the words are shown as they are. It hides no fault: the panic is still told on stderr.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::escape;

/// What `work` makes, or nothing when it panics. What it was changing must then be thrown away.
pub fn attempt<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

/// A text shown as it is: one block, no markup of its own.
pub fn as_it_is(text: &str) -> String {
    let mut out = String::from("<p class=\"raw\">");
    escape::push(&mut out, text.trim_end());
    out.push_str("</p>");
    out
}

#[cfg(test)]
mod tests {
    use super::{as_it_is, attempt};

    #[test]
    fn a_reader_that_panics_costs_the_looks_and_not_the_words() {
        let shown = attempt(|| -> String { panic!("a fault of a reader, on purpose") });
        assert_eq!(shown, None, "the panic goes no further");
        assert_eq!(as_it_is("a <b>\nc\n"), "<p class=\"raw\">a &lt;b&gt;\nc</p>", "nothing in it is markup");
    }
}
