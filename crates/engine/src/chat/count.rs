//! Counts tokens: by the model's own tokenizer where its name gives it away, else by a careful guess. A tokenizer is
//! loaded when it is first needed; that takes a moment and some 45 MB, so only work off the main path may count.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use gateway::chat::Message as Sent;
use serde_json::Value;
use store::MessageId;
use tiktoken_rs::{CoreBPE, cl100k_base_singleton, o200k_base_singleton};

/// Tokens that a message takes besides its words.
const FRAME: i64 = 4;
/// Tokens that a list of messages takes besides them.
const OPENING: i64 = 3;
/// What a picture is taken for: a large one cut into tiles.
const PICTURE: i64 = 1_100;
/// The same where it is looked at from afar.
const PICTURE_FROM_AFAR: i64 = 85;
/// Bytes of a text that is counted; a longer one fills windows anyway and is guessed.
const LONGEST: usize = 1 << 20;
/// Counts kept in memory. More messages than this in all the windows of all models is not a conversation.
const KEPT: usize = 200_000;

/// How a model's tokens are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Counter {
    /// OpenAI's tokenizer since 2024.
    O200k,
    /// The one before it.
    Cl100k,
    /// Nobody knows how it counts.
    Guess,
}

/// Beginnings of names, without what stands before the last slash. The first that fits counts.
const NAMES: &[(&str, Counter)] = &[
    // Relays put other models behind these.
    ("gpt-4-all", Counter::Guess),
    ("gpt-4-gizmo", Counter::Guess),
    ("gpt-4o", Counter::O200k),
    ("gpt-4.1", Counter::O200k),
    ("gpt-4.5", Counter::O200k),
    ("gpt-5", Counter::O200k),
    ("gpt-oss", Counter::O200k),
    ("chatgpt-4o", Counter::O200k),
    ("o1", Counter::O200k),
    ("o3", Counter::O200k),
    ("o4", Counter::O200k),
    ("gpt-4", Counter::Cl100k),
    ("gpt-3.5", Counter::Cl100k),
    ("gpt-35", Counter::Cl100k),
];

impl Counter {
    /// The counter for a model, by its name.
    pub(crate) fn of(model: &str) -> Self {
        let name = model.rsplit('/').next().unwrap_or_default().to_lowercase();
        let fits = |beginning: &str| {
            let rest = name.strip_prefix(beginning);
            rest.is_some_and(|rest| rest.is_empty() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
        };
        NAMES.iter().find(|(beginning, _)| fits(beginning)).map_or(Self::Guess, |(_, counter)| *counter)
    }

    /// Tokens of a text.
    pub(crate) fn text(self, text: &str) -> i64 {
        match self.tokenizer().filter(|_| text.len() <= LONGEST) {
            Some(tokenizer) => i64::try_from(tokenizer.encode_ordinary(text).len()).unwrap_or(i64::MAX),
            None => guess(text),
        }
    }

    /// Tokens of messages as they are sent, and whether each was counted rather than guessed.
    pub(crate) fn messages(self, sent: &[Sent]) -> Count {
        sent.iter().fold(Count::NONE, |sum, one| sum.and(self.message(one)))
    }

    /// Tokens of what is sent in any case: what is told first, and the tools as JSON. How a model counts those nobody says.
    pub(crate) fn opening(self, told_first: &[Sent], tools: Option<&Value>) -> Count {
        let tools =
            tools.map_or(Count::NONE, |tools| Count { tokens: self.text(&tools.to_string()), exact: false });
        let frame = Count { tokens: OPENING, exact: self != Self::Guess };
        frame.and(tools).and(self.messages(told_first))
    }

    fn message(self, sent: &Sent) -> Count {
        let pictures: i64 = sent.pictures.iter().map(|one| picture(&one.detail)).sum();
        let calls: i64 =
            sent.tool_calls.iter().map(|call| self.text(&call.name) + self.text(&call.arguments)).sum();
        let plain = sent.pictures.is_empty() && sent.tool_calls.is_empty() && sent.tool_call_id.is_empty();
        Count {
            tokens: FRAME + self.text(&sent.content) + pictures + calls,
            exact: self != Self::Guess && plain && sent.content.len() <= LONGEST,
        }
    }

    fn tokenizer(self) -> Option<&'static CoreBPE> {
        match self {
            Self::O200k => Some(o200k_base_singleton()),
            Self::Cl100k => Some(cl100k_base_singleton()),
            Self::Guess => None,
        }
    }
}

/// Tokens, and whether they were counted rather than guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) tokens: i64,
    pub(crate) exact: bool,
}

impl Count {
    /// Nothing, known exactly.
    pub(crate) const NONE: Self = Self { tokens: 0, exact: true };

    pub(crate) fn and(self, other: Self) -> Self {
        Self { tokens: self.tokens.saturating_add(other.tokens), exact: self.exact && other.exact }
    }
}

/// Counts of messages that were counted before: a long conversation is not read anew for each question.
#[derive(Default)]
pub(crate) struct Counted(Mutex<HashMap<(MessageId, Counter), (usize, Count)>>);

impl Counted {
    /// The count of a message as it is sent. One whose words have changed since is counted anew.
    pub(crate) fn message(&self, counter: Counter, id: MessageId, sent: &[Sent]) -> Count {
        let bytes = sent.iter().map(weight).sum();
        if let Some((then, count)) = self.kept().get(&(id, counter)).copied()
            && then == bytes
        {
            return count;
        }
        let count = counter.messages(sent);
        let mut kept = self.kept();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert((id, counter), (bytes, count));
        count
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, HashMap<(MessageId, Counter), (usize, Count)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Changes whenever words, pictures or calls are added.
fn weight(sent: &Sent) -> usize {
    let calls: usize = sent.tool_calls.iter().map(|call| call.arguments.len() + 1).sum();
    sent.content.len() + sent.pictures.len() + calls
}

fn picture(detail: &str) -> i64 {
    if detail == "low" { PICTURE_FROM_AFAR } else { PICTURE }
}

/// A careful guess: four letters a token in alphabets, one token a sign elsewhere.
fn guess(text: &str) -> i64 {
    let (narrow, wide) = text.chars().fold((0_i64, 0_i64), |(narrow, wide), letter| {
        if letter < '\u{2e80}' { (narrow + 1, wide) } else { (narrow, wide + 1) }
    });
    narrow / 4 + wide
}

#[cfg(test)]
mod tests {
    use gateway::chat::{Picture, Role};

    use super::*;

    #[test]
    fn a_name_gives_its_tokenizer_away() {
        for (model, counter) in [
            ("gpt-4o-mini", Counter::O200k),
            ("openai/gpt-4.1-nano", Counter::O200k),
            ("GPT-5", Counter::O200k),
            ("o3-mini-2025-01-31", Counter::O200k),
            ("gpt-4", Counter::Cl100k),
            ("gpt-4-0613", Counter::Cl100k),
            ("azure/gpt-3.5-turbo", Counter::Cl100k),
            ("gpt-4-gizmo-abc", Counter::Guess),
            ("gpt-4-all", Counter::Guess),
            ("gpt-45", Counter::Guess),
            ("ollama/o1x", Counter::Guess),
            ("claude-sonnet-4.5", Counter::Guess),
            ("", Counter::Guess),
        ] {
            assert_eq!(Counter::of(model), counter, "{model}");
        }
    }

    #[test]
    fn known_texts_count_as_their_makers_count_them() {
        // Published examples of both vocabularies.
        assert_eq!(Counter::Cl100k.text("tiktoken is great!"), 6);
        assert_eq!(Counter::O200k.text("tiktoken is great!"), 6);
        assert_eq!(Counter::Cl100k.text("お誕生日おめでとう"), 9);
        assert_eq!(Counter::O200k.text("お誕生日おめでとう"), 8);
    }

    #[test]
    fn text_made_to_be_slow_is_counted_all_the_same() {
        for hostile in
            ["a".repeat(1 << 20), "字".repeat(1 << 18), " \n".repeat(1 << 19), "<|endoftext|>".repeat(9_000)]
        {
            let began = std::time::Instant::now();
            assert!(Counter::O200k.text(&hostile) > 0);
            assert!(began.elapsed().as_secs() < 20, "a megabyte takes seconds, not minutes");
        }
    }

    #[test]
    fn a_message_is_counted_once_and_again_when_it_has_grown() {
        let (counted, id) = (Counted::default(), MessageId::new());
        let say = |words: &str| vec![Sent::text(Role::User, words)];
        let first = counted.message(Counter::O200k, id, &say("one"));
        assert_eq!(first, Count { tokens: 5, exact: true });
        assert_eq!(counted.message(Counter::O200k, id, &say("one and two")).tokens, 7, "it grew");
        assert!(!counted.message(Counter::Guess, id, &say("one")).exact, "another model counts for itself");
    }

    #[test]
    fn a_picture_makes_a_count_a_guess() {
        let mut seen = Sent::text(Role::User, "What is this?");
        seen.pictures.push(Picture { url: "data:".into(), detail: "low".into() });
        let count = Counter::O200k.messages(&[seen]);
        assert_eq!((count.tokens, count.exact), (4 + 4 + 85, false));
    }
}
