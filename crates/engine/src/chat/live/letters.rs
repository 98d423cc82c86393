//! Which letters of an answer were told as they stand, to followers who want them without any rendering: a text that is
//! continued keeps every blank.

use crate::view::TurnUpdate;

/// What came, and how far it was told.
#[derive(Default)]
pub(super) struct Letters {
    text: String,
    /// Bytes that were told.
    told: usize,
    /// The same in UTF-16 units, as the window counts.
    units: usize,
}

impl Letters {
    /// All that came.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Takes over what is new of the whole text.
    pub(super) fn take(&mut self, whole: &str) {
        self.text.push_str(whole.get(self.text.len()..).unwrap_or_default());
    }

    /// What came is no text any more: it is told anew.
    pub(super) fn begin_again(&mut self) {
        *self = Self::default();
    }

    /// What a follower who comes now has to know.
    pub(super) fn everything(&self, thinking: bool) -> TurnUpdate {
        let text = self.text.get(..self.told).unwrap_or_default().to_owned();
        TurnUpdate::Letters { keep: 0, text, thinking, spoken: String::new() }
    }

    /// What is new since the last time, now told.
    pub(super) fn update(&mut self, thinking: bool, spoken: String) -> TurnUpdate {
        let text = self.text.get(self.told..).unwrap_or_default().to_owned();
        let keep = self.units;
        self.told = self.text.len();
        self.units += text.encode_utf16().count();
        TurnUpdate::Letters { keep, text, thinking, spoken }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(update: TurnUpdate) -> (usize, String) {
        let TurnUpdate::Letters { keep, text, .. } = update else { panic!("not letters: {update:?}") };
        (keep, text)
    }

    #[test]
    fn every_letter_is_told_once_and_counted_as_the_window_does() {
        let mut letters = Letters::default();
        letters.take(" 🌊\n");
        assert_eq!(told(letters.update(false, String::new())), (0, " 🌊\n".into()));
        letters.take(" 🌊\n  and");
        assert_eq!(
            told(letters.everything(false)),
            (0, " 🌊\n".into()),
            "who comes now hears the rest with all"
        );
        assert_eq!(told(letters.update(false, String::new())), (4, "  and".into()), "two units for a wave");
        letters.begin_again();
        letters.take("Anew");
        assert_eq!(told(letters.update(false, String::new())), (0, "Anew".into()));
    }
}
