//! All that came of one answer so far: words, thoughts, tool calls. Kept apart from what is shown of it, so that
//! receiving never waits for rendering.

use store::table::message::Message;
use store::table::step::{Step, ToolCall};

use crate::view::Round;

/// What stands between what was said before a round of tool calls and what is said after it.
const GAP: &str = "\n\n";

/// What came so far.
#[derive(Default)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) thoughts: String,
    pub(super) calls: Calls,
    /// The model may be thinking: it neither says anything nor calls.
    pub(super) thinking: bool,
    /// Bytes of text and thoughts that were there before this request.
    begun: (usize, usize),
    /// Text became thoughts since the feed last looked.
    moved: bool,
    /// Calls changed since the feed last looked.
    called: bool,
}

/// The tool calls of an answer.
#[derive(Clone, Default)]
pub(super) struct Calls {
    /// Round by round.
    pub(super) steps: Vec<Step>,
    /// Which round this is.
    pub(super) round: Round,
    /// The tool that the model is writing a call of; "" while it writes none.
    pub(super) calling: String,
}

impl Words {
    pub(super) fn of(message: &Message) -> Self {
        let begun = (message.text.len(), message.thoughts.len());
        let calls = Calls { steps: message.steps.clone(), ..Calls::default() };
        let (text, thoughts) = (message.text.clone(), message.thoughts.clone());
        let thinking = text.is_empty() && calls.steps.is_empty();
        Self { text, thoughts, calls, thinking, begun, called: true, ..Self::default() }
    }

    /// Bytes of text before each round of calls.
    pub(super) fn rounds(&self) -> Vec<usize> {
        self.calls.steps.iter().map(|step| step.at).collect()
    }

    /// Another request begins: what it brings is told apart from what is there.
    pub(super) fn begin_request(&mut self) {
        self.begun = (self.text.len(), self.thoughts.len());
    }

    pub(super) fn push_text(&mut self, piece: &str) {
        let behind_calls = self.calls.steps.last().is_some_and(|step| step.at == self.text.len());
        if behind_calls && !self.text.is_empty() && !piece.is_empty() {
            self.text.push_str(GAP);
        }
        self.text.push_str(piece);
        self.thinking = false;
        self.called |= !std::mem::take(&mut self.calls.calling).is_empty();
    }

    pub(super) fn push_thought(&mut self, piece: &str) {
        let later_round = !self.calls.steps.is_empty() && self.thoughts.len() == self.begun.1;
        if later_round && !self.thoughts.is_empty() {
            self.thoughts.push_str(GAP);
        }
        self.thoughts.push_str(piece);
        self.thinking = true;
    }

    /// What was taken for the answer was thought: moves over what this request brought.
    pub(super) fn text_was_thought(&mut self) {
        let thought = self.text.split_off(self.begun.0.min(self.text.len()));
        self.thoughts.push_str(&thought);
        (self.moved, self.thinking) = (true, true);
    }

    /// The model writes a call of this tool. True when that is news.
    pub(super) fn calling(&mut self, name: &str) -> bool {
        let news = self.calls.calling != name;
        if news {
            name.clone_into(&mut self.calls.calling);
            (self.thinking, self.called) = (false, true);
        }
        news
    }

    /// A round of calls stands behind what was said so far.
    pub(super) fn push_step(&mut self, calls: Vec<ToolCall>) {
        let at = self.text.len();
        self.calls.steps.push(Step { at, calls });
        self.calls.calling.clear();
        (self.thinking, self.called) = (false, true);
    }

    /// Changes a call of the last round.
    pub(super) fn change_call(&mut self, id: &str, change: impl FnOnce(&mut ToolCall)) {
        let last = self.calls.steps.last_mut();
        if let Some(call) = last.and_then(|step| step.calls.iter_mut().find(|call| call.id == id)) {
            change(call);
            self.called = true;
        }
    }

    pub(super) fn set_round(&mut self, round: Round) {
        self.calls.round = round;
        self.called = true;
    }

    /// The text that is still text, when some became thoughts since this was asked last.
    pub(super) fn take_moved(&mut self) -> Option<&str> {
        std::mem::take(&mut self.moved).then(|| self.text.split_at(self.begun.0.min(self.text.len())).0)
    }

    /// The calls, when they changed since this was asked last.
    pub(super) fn take_called(&mut self) -> Option<Calls> {
        std::mem::take(&mut self.called).then(|| self.calls.clone())
    }
}
