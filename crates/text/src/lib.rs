//! Markdown to safe HTML: highlighted code, mathematics, and nothing that could run.
//!
//! The screen and the export share this crate. It is pure: it reads no file, no clock and no network, and it keeps
//! nothing between calls except the syntax definitions. It refuses to pass any markup of the input on: every element
//! and attribute of the output is written here, from a short list.
//!
//! What the output holds, beside plain `CommonMark` elements:
//!
//! | element | meaning |
//! |---|---|
//! | `h3`..`h6` | headings, shifted by two so that the page's outline stays right |
//! | `pre.code[data-language]` | a code block; spans inside carry `c-word c-string c-number c-note c-name c-plus c-minus` |
//! | `div.table` | wraps a table so that it can scroll by itself; cells carry `end` or `center` |
//! | `li.task` | a task: a disabled checkbox inside a label that names it |
//! | `a.remote-picture` | stands for a picture elsewhere, which is never loaded |
//! | `button.picture[data-media]` | a picture that is here: `img` without an address, which whoever shows it adds |
//! | `span.picture[data-state]` | stands for a picture that is on its way (`waiting`) or did not come (`failed`) |
//! | `span.film[data-media]` | stands for a film that is here |
//! | `a.source` | `[1]`: leads to a source of the answer |
//! | `progress` | how far a picture is that a relay draws; `hidden` once it is done |
//! | `button.command[data-say]` | a follow-up that a relay offers: pressing it says those words |
//! | `button[data-footref=N]` | leads to `li[data-footnote=N]` of the same message |
//! | `math`, `span.maths`, `code.maths` | a formula, a displayed formula, a formula that could not be read |
//! | `p.raw` | an HTML block of the input, shown as the text it is |
//!
//! Footnotes carry numbers in data attributes rather than ids and links, because a page shows many messages and their
//! ids would collide: whoever shows the HTML looks for the number inside the same message. Looseness of a list is
//! the class `loose` on the list; paragraphs are always present, so that an item need not change when its list does.

mod beside;
mod code;
mod escape;
mod fence;
mod find;
mod guard;
mod html;
mod leftover;
mod lenient;
mod link;
mod maths;
mod parse;
mod plain;
mod relay;
mod spoken;
mod stream;

pub use beside::{Beside, Picture, State};
pub use find::{Found, pictures};
pub use plain::plain;
pub use relay::progress;
pub use spoken::spoken;
pub use stream::{Patch, Stream};

/// Renders a whole document: one safe HTML string per top-level block, footnotes as the last one.
pub fn render(markdown: &str) -> Vec<String> {
    render_with(markdown, &Beside::default())
}

/// The same, with pictures and sources that are known beside the text.
pub fn render_with(markdown: &str, beside: &Beside) -> Vec<String> {
    guard::attempt(|| html::document(markdown, &mut html::Aid::new(beside.clone())))
        .unwrap_or_else(|| vec![guard::as_it_is(markdown)])
}

/// Plain words as HTML text, safe in an element and in a double-quoted attribute.
pub fn escaped(words: &str) -> String {
    let mut html = String::with_capacity(words.len());
    escape::push(&mut html, words);
    html
}

/// Loads the syntax definitions and the usual languages now, so that the first code block does not wait for them (some
/// hundreds of milliseconds). Meant for a background thread after the window is up.
pub fn warm() {
    code::warm();
}
