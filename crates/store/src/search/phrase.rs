//! Units that must stand next to each other: a word, a stretch without spaces, what stands in quotes.

use super::unit::{Kind, Unit, fold};

/// One term of a search.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    units: Vec<Wanted>,
    /// The last word may be the beginning of a longer one.
    open: bool,
}

/// A unit that is looked for, as typed and folded.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    typed: String,
    folded: String,
    kind: Kind,
}

impl Phrase {
    /// A phrase that begins with a unit of `text` and whose last word may be a beginning.
    pub(crate) fn beginning(text: &str, unit: Unit) -> Self {
        let mut phrase = Self { units: Vec::new(), open: true };
        phrase.push(text, unit);
        phrase
    }

    /// A phrase of some units of `text`.
    pub(crate) fn of(text: &str, units: impl IntoIterator<Item = Unit>, open: bool) -> Option<Self> {
        let mut phrase = Self { units: Vec::new(), open };
        units.into_iter().take(super::TERMS).for_each(|unit| phrase.push(text, unit));
        (!phrase.units.is_empty()).then_some(phrase)
    }

    pub(crate) fn push(&mut self, text: &str, unit: Unit) {
        let typed = unit.of(text);
        self.units.push(Wanted { typed: typed.to_owned(), folded: fold(typed), kind: unit.kind });
    }

    /// The phrase as the full-text index is asked for it. Only letters and numbers go in, so nothing typed is read as
    /// a sign of the query language.
    pub(crate) fn query(&self) -> String {
        let mut tokens: Vec<String> = Vec::new();
        let mut open = false;
        for (at, unit) in self.units.iter().enumerate() {
            let next = self.units.get(at + 1);
            match (unit.kind, next.filter(|next| next.joined())) {
                (Kind::Word, _) => {
                    tokens.push(unit.typed.clone());
                    open = self.open && next.is_none();
                }
                (Kind::Sign { .. }, Some(next)) => tokens.push(format!("{}{}", unit.typed, next.typed)),
                // The last character of a run that goes no further stands for itself in the index.
                (Kind::Sign { .. }, None) if next.is_some() => tokens.push(unit.typed.clone()),
                // At the end of the phrase the run may go on: its pairs have said enough, a lone character begins one.
                (Kind::Sign { joined: true }, None) => {}
                (Kind::Sign { joined: false }, None) => {
                    tokens.push(unit.typed.clone());
                    open = true;
                }
            }
        }
        format!("\"{}\"{}", tokens.join(" "), if open { "*" } else { "" })
    }

    /// How many units of `text` from the first of `units` on are this phrase; none when they are not.
    pub(crate) fn fits(&self, text: &str, units: &[Unit]) -> Option<usize> {
        let last = self.units.len().checked_sub(1)?;
        let here = units.get(..=last)?;
        let all = self.units.iter().zip(here).enumerate().all(|(at, (wanted, unit))| {
            (at == 0 || wanted.joined() == unit.joined())
                && wanted.is(unit.of(text), unit.kind, self.open && at == last)
        });
        all.then_some(last)
    }
}

impl Wanted {
    fn joined(&self) -> bool {
        self.kind == Kind::Sign { joined: true }
    }

    fn is(&self, found: &str, kind: Kind, open: bool) -> bool {
        match (self.kind, kind) {
            (Kind::Word, Kind::Word) if found.is_ascii() => {
                let head = if open { found.get(..self.folded.len()) } else { Some(found) };
                head.is_some_and(|head| head.eq_ignore_ascii_case(&self.folded))
            }
            (Kind::Word, Kind::Word) => {
                let found = fold(found);
                if open { found.starts_with(&self.folded) } else { found == self.folded }
            }
            (Kind::Sign { .. }, Kind::Sign { .. }) => found == self.typed,
            _ => false,
        }
    }
}
