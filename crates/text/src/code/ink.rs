//! Scopes of the grammars into our handful of classes; a theme's colours never enter the HTML.

use std::{cell::RefCell, collections::HashMap, ops::Range, sync::LazyLock};

use syntect::parsing::{BasicScopeStackOp, Scope, ScopeStack, ScopeStackOp};

use crate::escape;

/// Which scopes mean which class; the longest prefix wins. An empty class takes the colour of an outer scope away.
#[rustfmt::skip]
const MEANINGS: &[(&str, &str)] = &[
    ("comment", "c-note"),
    ("string", "c-string"), ("constant.character", "c-string"), ("markup.raw", "c-string"),
    ("constant", "c-number"), ("variable.language", "c-number"),
    ("keyword", "c-word"), ("keyword.operator", ""), ("keyword.operator.word", "c-word"), ("keyword.operator.logical", ""),
    ("storage", "c-word"), ("entity.name.tag", "c-word"), ("markup.heading", "c-word"),
    ("entity.name", "c-name"), ("entity.other.inherited-class", "c-name"), ("entity.other.attribute-name", "c-name"),
    ("support.function", "c-name"), ("support.type", "c-name"), ("support.class", "c-name"), ("support.macro", "c-name"),
    ("support.constant", "c-number"), ("variable.function", "c-name"),
    ("meta.interpolation", ""), ("source", ""), ("text", ""),
    ("markup.inserted", "c-plus"), ("markup.deleted", "c-minus"), ("meta.diff.header", "c-note"), ("meta.diff.range", "c-name"),
];

static TABLE: LazyLock<Vec<(Scope, &'static str)>> = LazyLock::new(|| {
    MEANINGS.iter().filter_map(|(name, class)| Scope::new(name).ok().map(|scope| (scope, *class))).collect()
});

/// The class in force, as scopes come and go.
#[derive(Clone, Default)]
pub struct Ink {
    scopes: ScopeStack,
    classes: Vec<Option<&'static str>>,
}

impl Ink {
    /// Writes one line with the scope changes that the grammar found in it; each byte of the line is written once.
    pub fn write(&mut self, line: &str, steps: &[(usize, ScopeStackOp)], out: &mut String) {
        let mut run = Run { line, from: 0, class: "", out };
        let mut at = 0;
        for (next, step) in steps {
            run.until(at..*next, self.class());
            at = at.max(*next);
            self.apply(step);
        }
        run.until(at..line.len(), self.class());
        run.flush(line.len());
    }

    fn class(&self) -> &'static str {
        self.classes.iter().rev().find_map(|class| *class).unwrap_or_default()
    }

    fn apply(&mut self, step: &ScopeStackOp) {
        let classes = &mut self.classes;
        let applied = self.scopes.apply_with_hook(step, |basic, _| match basic {
            BasicScopeStackOp::Push(scope) => classes.push(meaning(scope)),
            BasicScopeStackOp::Pop => {
                classes.pop();
            }
        });
        if applied.is_err() {
            // A grammar restored what it never cleared: start over rather than colour by a wrong stack.
            *self = Self::default();
        }
    }
}

/// Neighbouring pieces of one class, joined so that a line has few spans.
struct Run<'a> {
    line: &'a str,
    from: usize,
    class: &'static str,
    out: &'a mut String,
}

impl Run<'_> {
    fn until(&mut self, piece: Range<usize>, class: &'static str) {
        if piece.is_empty() || class == self.class {
            return;
        }
        self.flush(piece.start);
        self.class = class;
    }

    fn flush(&mut self, end: usize) {
        let text = self.line.get(self.from..end).unwrap_or_default();
        self.from = end.max(self.from);
        if self.class.is_empty() || text.trim().is_empty() {
            escape::push(self.out, text);
            return;
        }
        let ended = text.trim_end_matches(['\n', '\r']);
        self.out.push_str("<span class=\"");
        self.out.push_str(self.class);
        self.out.push_str("\">");
        escape::push(self.out, ended);
        self.out.push_str("</span>");
        self.out.push_str(text.get(ended.len()..).unwrap_or_default());
    }
}

fn meaning(scope: Scope) -> Option<&'static str> {
    thread_local! {
        static SEEN: RefCell<HashMap<Scope, Option<&'static str>>> = RefCell::default();
    }
    SEEN.with_borrow_mut(|seen| *seen.entry(scope).or_insert_with(|| look_up(scope)))
}

fn look_up(scope: Scope) -> Option<&'static str> {
    let fitting = TABLE.iter().filter(|(prefix, _)| prefix.is_prefix_of(scope));
    fitting.max_by_key(|(prefix, _)| prefix.len()).map(|(_, class)| *class)
}
