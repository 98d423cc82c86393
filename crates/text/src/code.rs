//! Code blocks: a frame, a language, and a few classes of ink; it never guesses a language that was not named.

mod ink;
mod language;

use syntect::parsing::{ParseState, SyntaxReference};

use crate::escape;
use ink::Ink;

/// Beyond this many bytes a block goes on without colours: nobody reads that far, and colours cost most of the time.
const COLOURED_BYTES: usize = 200 * 1024;

/// A line longer than this is data rather than code; colours stop there. In bytes.
const COLOURED_LINE: usize = 1000;

/// The grammars' work can grow with the square of a line, so a block may spend this sum of squared line lengths: far
/// more than code needs, and about a second at the very worst.
const COLOURED_SQUARES: usize = 12_000_000;

/// The languages that answers hold most, each with a line that meets its usual words.
const USUAL: &[(&str, &str)] = &[
    ("python", "def f(x: int = 1) -> str:\n    return f\"{x}\"  # note\n"),
    ("javascript", "export async function f(x) { return Math.max(`${x}`, 1); } // note\n"),
    ("bash", "for f in *.txt; do echo \"$f\" | wc -l; done # note\n"),
    ("sql", "SELECT a, count(*) AS b FROM c WHERE d >= 1 GROUP BY e ORDER BY b DESC; -- note\n"),
    ("rust", "pub fn f(x: &str) -> u8 { x.len() as u8 } // note\n"),
    ("json", "{\"a\": [1, true, null]}\n"),
];

/// Loads the syntax definitions and compiles what the usual languages need.
pub fn warm() {
    for (language, line) in USUAL {
        block(&mut String::new(), language, line, &mut Memo::default());
    }
}

/// Writes a code block. `info` is what stands behind the opening fence; its first word names the language.
pub fn block(out: &mut String, info: &str, code: &str, memo: &mut Memo) {
    let label = language::label(info);
    out.push_str("<pre class=\"code\" tabindex=\"0\"");
    if !label.is_empty() {
        out.push_str(" data-language=\"");
        escape::push(out, &label);
        out.push('"');
    }
    out.push_str("><code>");
    match language::syntax(&label) {
        Some(syntax) => memo.write(out, syntax, code),
        None => escape::push(out, code),
    }
    out.push_str("</code></pre>");
}

/// What was coloured before, so that a block which has grown is coloured only where it is new and a block which has
/// not is never coloured twice. The result is the same as without it.
#[derive(Default)]
pub struct Memo {
    known: Vec<Coloured>,
}

impl Memo {
    fn write(&mut self, out: &mut String, syntax: &'static SyntaxReference, code: &str) {
        let lines_end = code.rfind('\n').map_or(0, |at| at + 1);
        let (lines, rest) = code.split_at(lines_end);
        let at = self.longest_start_of(syntax, lines).unwrap_or_else(|| {
            self.known.push(Coloured::new(syntax));
            self.known.len() - 1
        });
        if let Some(coloured) = self.known.get_mut(at) {
            coloured.grow(lines);
            out.push_str(&coloured.html);
            coloured.pen.clone().line(rest, coloured.source.len(), out);
        }
    }

    fn longest_start_of(&self, syntax: &SyntaxReference, lines: &str) -> Option<usize> {
        let fits =
            |known: &Coloured| std::ptr::eq(known.pen.syntax, syntax) && lines.starts_with(&known.source);
        let candidates = self.known.iter().enumerate().filter(|(_, known)| fits(known));
        candidates.max_by_key(|(_, known)| known.source.len()).map(|(at, _)| at)
    }
}

/// Whole lines and what they became.
struct Coloured {
    source: String,
    html: String,
    pen: Pen,
}

impl Coloured {
    fn new(syntax: &'static SyntaxReference) -> Self {
        Self { source: String::new(), html: String::new(), pen: Pen::new(syntax) }
    }

    fn grow(&mut self, lines: &str) {
        let fresh = lines.get(self.source.len()..).unwrap_or_default();
        let mut at = self.source.len();
        for line in fresh.split_inclusive('\n') {
            self.pen.line(line, at, &mut self.html);
            at += line.len();
        }
        self.source.push_str(fresh);
    }
}

/// Where the highlighter stands between two lines.
#[derive(Clone)]
struct Pen {
    syntax: &'static SyntaxReference,
    state: ParseState,
    ink: Ink,
    /// Squared line lengths so far.
    spent: usize,
    /// Nothing more is coloured.
    dry: bool,
}

impl Pen {
    fn new(syntax: &'static SyntaxReference) -> Self {
        Self { syntax, state: ParseState::new(syntax), ink: Ink::default(), spent: 0, dry: false }
    }

    /// Writes one line that starts `at` bytes into its block.
    fn line(&mut self, line: &str, at: usize, out: &mut String) {
        if line.is_empty() {
            return;
        }
        self.spent = self.spent.saturating_add(line.len().saturating_mul(line.len()));
        self.dry |= line.len() > COLOURED_LINE || at > COLOURED_BYTES || self.spent > COLOURED_SQUARES;
        let steps = if self.dry { None } else { self.state.parse_line(line, language::set()).ok() };
        if let Some(steps) = steps {
            self.ink.write(line, &steps, out);
        } else {
            // A grammar that failed once stands in an unknown place: the rest of the block stays plain.
            self.dry = true;
            escape::push(out, line);
        }
    }
}
