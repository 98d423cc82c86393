//! What an answer says, piece by piece, whatever dialect it came in. Plain data.

use super::{Called, Token};

/// One piece of an answer, in the order of arrival.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The model that answers, as the service names it; at most once. May differ from the one asked for.
    Model(String),
    /// What the service calls the answer; at most once.
    Id(String),
    /// A piece of the answer.
    Text {
        /// Which of several answers, in order of appearance (0-based).
        choice: u32,
        /// The piece, to be appended.
        text: String,
    },
    /// A piece of the reasoning that precedes the answer.
    Thought {
        /// Which of several answers, in order of appearance (0-based).
        choice: u32,
        /// The piece, to be appended.
        text: String,
    },
    /// Every `Text` of this choice so far was reasoning: a closing tag came whose opening tag never did.
    TextWasThought {
        /// Which of several answers, in order of appearance (0-based).
        choice: u32,
    },
    /// A piece of a refusal, to be shown as answer with a notice.
    Refusal {
        /// Which of several answers, in order of appearance (0-based).
        choice: u32,
        /// The piece, to be appended.
        text: String,
    },
    /// A tool call is being written.
    Calling {
        /// Which of several answers, in order of appearance (0-based).
        choice: u32,
        /// The tool's name so far; "" while it is not known.
        name: String,
        /// Bytes of arguments so far, of all calls of this choice.
        bytes: usize,
    },
    /// The tool calls of this choice, whole, in the model's order, each with an id of its own; at most once, at the
    /// end, also of an answer that was cut: then the last may be incomplete.
    Calls {
        /// Which of several answers, in order of appearance (0-based).
        choice: u32,
        /// The calls. Their arguments are what the model wrote, perhaps no JSON.
        calls: Vec<Called>,
    },
    /// How sure the model was of its next tokens. Comes before the text that they make; tokens of reasoning and of end
    /// marks are among them.
    Confidence {
        /// Which of several answers, in order of appearance (0-based).
        choice: u32,
        /// The tokens, to be appended.
        tokens: Vec<Token>,
    },
    /// The service says why this choice ended (`stop`, `length`, `content_filter`, anything). Text may follow.
    Finish {
        /// Which of several answers, in order of appearance (0-based).
        choice: u32,
        /// The reason as it came.
        reason: String,
    },
    /// What was consumed; at most once, at the end.
    Usage(Usage),
    /// Sources not announced before.
    Citations(Vec<Citation>),
    /// Pictures not announced before: addresses or data URLs as they came.
    Pictures(Vec<String>),
    /// The service lives but said nothing: a comment or an empty piece.
    Alive,
    /// The answer is over. Always last, exactly once, unless an error ended the sequence.
    End {
        /// True when the service stopped without saying that it was done.
        cut: bool,
    },
}

impl Event {
    /// Which of several answers it belongs to; 0 for what concerns the request as a whole.
    pub fn choice(&self) -> u32 {
        match self {
            Self::Text { choice, .. }
            | Self::Thought { choice, .. }
            | Self::TextWasThought { choice }
            | Self::Refusal { choice, .. }
            | Self::Calling { choice, .. }
            | Self::Calls { choice, .. }
            | Self::Confidence { choice, .. }
            | Self::Finish { choice, .. } => *choice,
            Self::Model(_)
            | Self::Id(_)
            | Self::Usage(_)
            | Self::Citations(_)
            | Self::Pictures(_)
            | Self::Alive
            | Self::End { .. } => 0,
        }
    }
}

/// Tokens and cost as reported. Absent is "not reported"; a report of nothing but zeros counts as none.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Usage {
    /// Tokens read.
    pub tokens_in: Option<i64>,
    /// Tokens written, reasoning included.
    pub tokens_out: Option<i64>,
    /// Tokens of reasoning among those written.
    pub tokens_thought: Option<i64>,
    /// Tokens read from the service's cache among those read.
    pub tokens_cached: Option<i64>,
    /// Cost in US dollars (OpenRouter).
    pub cost: Option<f64>,
}

/// A source that the answer leans on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Its address as it came; not checked.
    pub url: String,
    /// Its title; may be empty.
    pub title: String,
}
