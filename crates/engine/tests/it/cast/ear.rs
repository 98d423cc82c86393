//! Follows one answer as a window does: applies every patch, keeps every update, and knows the end.

use engine::view::{BlockPatch, CallView, MessageView, Round, StepView, TurnUpdate};
use engine::{Engine, MessageId};
use store::table::message::{Message, MessageState};
use store::table::step::CallState;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::{kept, soon};

/// A follower of an answer that is still being written, or has just ended.
pub struct Ear {
    engine: Engine,
    answer: MessageId,
    updates: UnboundedReceiver<TurnUpdate>,
    heard: Vec<TurnUpdate>,
    text: Vec<String>,
    thoughts: Vec<String>,
    steps: Vec<StepView>,
    round: Round,
}

/// All that a follower was told, and the message as it was kept in the end.
pub struct Heard {
    pub updates: Vec<TurnUpdate>,
    pub shown: MessageView,
    pub message: Message,
    /// The answer's blocks as the patches left them.
    pub blocks: Vec<String>,
}

impl Ear {
    pub fn at(engine: &Engine, answer: MessageId) -> Self {
        let (sender, updates) = unbounded_channel();
        let chat = engine.chat();
        tokio::spawn(async move {
            let told = chat.watch(answer, move |update| sender.send(update).is_ok()).await;
            told.expect("an answer that was accepted can be followed");
        });
        let (heard, text, thoughts) = (Vec::new(), Vec::new(), Vec::new());
        let (steps, round) = (Vec::new(), Round::default());
        Self { engine: engine.clone(), answer, updates, heard, text, thoughts, steps, round }
    }

    /// The next update.
    pub async fn next(&mut self) -> TurnUpdate {
        let update = soon("an update", self.updates.recv()).await;
        let update = update.expect("a follower is told the end before it is dropped");
        if let TurnUpdate::Words { text, thoughts, .. } = &update {
            patch(&mut self.text, text);
            patch(&mut self.thoughts, thoughts);
        }
        if let TurnUpdate::Steps { steps, round, .. } = &update {
            assert!(steps.iter().all(|step| step.before <= self.text.len()), "words come before their calls");
            (self.steps, self.round) = (steps.clone(), *round);
        }
        self.heard.push(update.clone());
        update
    }

    /// The answer's blocks as they stand on screen.
    pub fn blocks(&self) -> &[String] {
        &self.text
    }

    /// Waits until the answer on screen holds these words.
    pub async fn until_shown(&mut self, words: &str) {
        while !self.text.concat().contains(words) {
            let update = self.next().await;
            assert!(!is_end(&update), "the answer ended before {words:?} was shown: {update:?}");
        }
    }

    /// Waits until calls wait for the person, and tells which.
    pub async fn until_asked(&mut self) -> Vec<CallView> {
        loop {
            let asked = self.asked();
            if !asked.is_empty() {
                return asked;
            }
            let update = self.next().await;
            assert!(!is_end(&update), "the answer ended before it asked: {update:?}");
        }
    }

    /// The calls that wait for the person, as far as it was told.
    pub fn asked(&self) -> Vec<CallView> {
        let calls = self.steps.iter().flat_map(|step| &step.calls);
        calls.filter(|call| call.state == CallState::Asking).cloned().collect()
    }

    /// Waits until it is told that something went wrong, and tells what: its end may not be written yet.
    pub async fn until_problem(&mut self) -> String {
        loop {
            if let TurnUpdate::Ended { answer } = self.next().await
                && let Some(problem) = answer.message.problem
            {
                return problem.code;
            }
        }
    }

    /// Which round of calls it is in.
    pub fn round(&self) -> Round {
        self.round
    }

    /// Waits until the engine says that it waits before it tries again.
    pub async fn until_waiting(&mut self) -> TurnUpdate {
        loop {
            let update = self.next().await;
            assert!(!is_end(&update), "the answer ended instead of waiting: {update:?}");
            if matches!(update, TurnUpdate::Waiting { .. }) {
                return update;
            }
        }
    }

    /// Listens until the end. What was told last is what is kept.
    pub async fn end(mut self) -> Heard {
        let shown = loop {
            if let TurnUpdate::Ended { answer } = self.next().await {
                break *answer;
            }
        };
        assert!(soon("the end", self.updates.recv()).await.is_none(), "nothing follows the end");
        let message = kept(&self.engine, self.answer).await;
        assert_eq!(shown.message, message, "what is told at the end is what is kept");
        assert_ne!(message.state, MessageState::Streaming, "an ended answer is not being written");
        Heard { updates: self.heard, shown, message, blocks: self.text }
    }
}

impl Heard {
    /// The code of what went wrong; "" when nothing did.
    pub fn code(&self) -> &str {
        self.message.problem.as_ref().map_or("", |problem| problem.code.as_str())
    }

    /// The fields left out on the way.
    pub fn adapted(&self) -> Vec<&str> {
        let adapted = self.updates.iter().filter_map(|update| match update {
            TurnUpdate::Adapted { field } => Some(field.as_str()),
            _ => None,
        });
        adapted.collect()
    }

    /// The waits on the way: why, how long, which try comes next.
    pub fn waits(&self) -> Vec<(&str, i64, u32)> {
        let waits = self.updates.iter().filter_map(|update| match update {
            TurnUpdate::Waiting { problem, for_ms, attempt } => {
                Some((problem.code.as_str(), *for_ms, *attempt))
            }
            _ => None,
        });
        waits.collect()
    }
}

fn patch(blocks: &mut Vec<String>, patch: &BlockPatch) {
    assert!(patch.keep <= blocks.len(), "a patch keeps {} of {} blocks", patch.keep, blocks.len());
    blocks.truncate(patch.keep);
    blocks.extend(patch.blocks.iter().cloned());
}

fn is_end(update: &TurnUpdate) -> bool {
    matches!(update, TurnUpdate::Ended { .. })
}
