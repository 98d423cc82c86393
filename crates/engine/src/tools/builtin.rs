//! The tools that Medley has itself: what models are told of them, and what they do. None changes anything.

use std::time::Duration;

use serde_json::{Map, Value, json};
use store::table::tool::{Policy, Tool};
use store::{MessageId, ToolId};
use tokio::time::timeout;

use super::{calculator, clock, search};
use crate::engine::Organs;

/// No tool of ours takes longer, unless the machine does not run it.
const PATIENCE: Duration = Duration::from_secs(10);

/// A tool that Medley has itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Builtin {
    Calculator,
    DateAndTime,
    SearchConversations,
}

impl Builtin {
    pub(crate) const ALL: [Self; 3] = [Self::Calculator, Self::DateAndTime, Self::SearchConversations];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|builtin| builtin.name() == name)
    }

    /// What models call it by, and the window knows it by.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Calculator => "calculator",
            Self::DateAndTime => "date_and_time",
            Self::SearchConversations => "search_conversations",
        }
    }

    /// Its row; `known` is the one there is, which keeps its id and what the person allows.
    pub(crate) fn row(self, known: Option<&Tool>) -> Tool {
        Tool {
            id: known.map_or_else(ToolId::new, |known| known.id),
            name: self.name().into(),
            description: self.description().into(),
            parameters: self.parameters().to_string(),
            policy: known.map_or(Policy::Ask, |known| known.policy),
            builtin: true,
        }
    }

    /// Carries out a call that `answer` makes. What comes back is for the model to read, also when it failed.
    pub(crate) async fn carry_out(
        self,
        organs: &Organs,
        answer: MessageId,
        arguments: &Map<String, Value>,
    ) -> Result<String, String> {
        let text =
            |name: &str| arguments.get(name).and_then(Value::as_str).unwrap_or_default().trim().to_owned();
        let work = async {
            match self {
                Self::Calculator => calculator::calculate(text("expression")).await,
                Self::DateAndTime => clock::tell(organs.clock.now(), &text("time_zone")),
                Self::SearchConversations => search::search(organs, answer, text("words")).await,
            }
        };
        timeout(PATIENCE, work).await.unwrap_or_else(|_| Err("This took too long and was given up.".into()))
    }

    fn description(self) -> &'static str {
        match self {
            Self::Calculator => {
                "Calculates exactly: + - * / ^, percentages, roots, logarithms, trigonometry, factorials, and units."
            }
            Self::DateAndTime => "Tells the date, the weekday and the time now.",
            Self::SearchConversations => {
                "Looks for words in the person's earlier conversations and tells the last messages that hold all of them."
            }
        }
    }

    fn parameters(self) -> Value {
        let (name, description) = match self {
            Self::Calculator => {
                ("expression", "For example (3+4)*2^10, sqrt(2), 15% of 80, 5! or 3 km to miles")
            }
            Self::DateAndTime => {
                ("time_zone", "An IANA name such as Europe/Berlin; left out: where the person is")
            }
            Self::SearchConversations => {
                ("words", "One to three words, as the person would have written them")
            }
        };
        let required: &[&str] = if self == Self::DateAndTime { &[] } else { &[name] };
        json!({
            "type": "object",
            "properties": {name: {"type": "string", "description": description}},
            "required": required,
        })
    }
}
