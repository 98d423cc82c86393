//! One generation from its turn to its last picture: asks, adapts to what is refused, receives and keeps. It asks again
//! by itself only where nothing can have been made.

mod api;
mod midjourney;
mod talk;

use std::sync::Arc;

use gateway::{Reading, retry};
use serde_json::{Map, Value};
use store::UnixMs;
use store::table::generation::{Generation, GenerationKind};
use store::table::model::Model;
use tokio::sync::Notify;
use tokio::time::sleep;

use super::{abilities, learn, request};
use crate::chat::request::Known;
use crate::engine::Organs;
use crate::services::endpoint::Connection;
use crate::view::{Ask, EngineFamily};
use crate::{Code, Error, prices};

/// Changes of a request in a row; each is another thing refused.
const ADAPTATIONS: usize = 6;

/// What came of a generation.
#[expect(clippy::struct_excessive_bools, reason = "each may be so or not, whatever the others are")]
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// Pictures that are here or can be fetched.
    pub(super) pictures: usize,
    /// What went wrong.
    pub(super) error: Option<Error>,
    /// What came of it is words, and no pictures.
    pub(super) has_words: bool,
    /// Somebody wanted it no more.
    pub(super) is_stopped: bool,
    /// It had gone out when it was stopped.
    pub(super) was_sent: bool,
    /// It may still come to an end at its service.
    pub(super) is_open: bool,
    /// US dollars.
    pub(super) cost: Option<f64>,
    /// What the service said beside the pictures.
    pub(super) answered: Map<String, Value>,
}

impl Outcome {
    pub(super) fn failed(error: Error) -> Self {
        Self { error: Some(error), ..Self::default() }
    }

    /// It ran to its end, and no picture came.
    fn is_nothing(&self) -> bool {
        self.pictures == 0
            && !self.is_stopped
            && self.error.as_ref().is_none_or(|error| error.code == Code::NoPictureCame)
    }

    fn stopped(was_sent: bool) -> Self {
        Self { is_stopped: true, was_sent, ..Self::default() }
    }
}

/// What came of one request.
enum Tried {
    /// It ended, in whatever way.
    Ended(Outcome),
    /// The first thing that came was an error.
    Refused(gateway::Error),
}

impl Tried {
    /// Notes which fields of the wish went out no more: the picture was made without them.
    fn without(mut self, left_out: Vec<String>) -> Self {
        if let Self::Ended(outcome) = &mut self
            && !left_out.is_empty()
        {
            outcome.answered.insert(request::LEFT_OUT.into(), left_out.into());
        }
        self
    }
}

/// One generation being made.
struct Making {
    organs: Arc<Organs>,
    generation: Generation,
    stop: Arc<Notify>,
    /// The row of the model, for its prices.
    model: Option<Model>,
}

/// Makes what was asked for.
/// A task that was `resumed` had gone out before Medley was closed.
pub(super) async fn run(
    organs: Arc<Organs>,
    generation: Generation,
    stop: Arc<Notify>,
    resumed: bool,
) -> Outcome {
    let (service, name) = (generation.service_id, generation.model.clone());
    let model = organs.read(move |read| prices::model(read, service, &name)).await.unwrap_or_default();
    let making = Making { organs, generation, stop, model };
    let made = match making.generation.kind {
        GenerationKind::Midjourney => making.as_task(resumed).await,
        _ => making.until_made().await,
    };
    match made {
        Ok(outcome) => outcome,
        Err(error) => Outcome::failed(error),
    }
}

impl Making {
    async fn until_made(&self) -> Result<Outcome, Error> {
        let can = abilities::of(&self.generation.model);
        let by_learning = self.generation.kind != GenerationKind::Chat
            && can.family == EngineFamily::Other
            && learn::is_refused(&self.organs, &self.generation).await?;
        let mut in_chat = self.generation.kind == GenerationKind::Chat || by_learning;
        let mut fields = request::fields_of(&can, &self.generation);
        let service_id = self.generation.service_id.ok_or(Code::ServiceGone)?;
        let whom = Ask { service_id, model: self.generation.model.clone() };
        let mut known = Known::of(&self.organs, &whom).await?;
        let (mut attempt, mut adaptations) = (0, 0);
        // Why it is asked for in a chat after all.
        let mut unknown = None;
        loop {
            let at = Connection::open(&self.organs, service_id).await?;
            let tried = if in_chat {
                self.talk(&at, known.now()).await?
            } else {
                self.ask(&at, fields.clone()).await?
            };
            // Whoever refuses a field has made nothing: it is asked for once more without it.
            if let Tried::Refused(told) = &tried
                && let gateway::Error::Refused(failure) = told
                && adaptations < ADAPTATIONS
                && !told.may_be_done()
            {
                let changed = if in_chat && talk::is_needed(failure) {
                    false
                } else if in_chat {
                    let asked = self.question(&at, known.now());
                    known.learn(&self.organs, &whom, failure, &asked).await?.is_some()
                } else {
                    request::without_refused(&mut fields, failure)
                };
                if changed {
                    adaptations += 1;
                    continue;
                }
            }
            let told = match (tried, unknown.take()) {
                (Tried::Ended(outcome), Some(unknown)) if outcome.is_nothing() => {
                    // It talks and draws nothing: what matters is that there is no engine of this name. Nothing is learnt
                    // of that: it may have declined this one wish.
                    return Ok(Outcome { error: Some(self.failed(&at, unknown)), ..outcome });
                }
                (Tried::Ended(outcome), unknown) => {
                    if by_learning && outcome.is_nothing() {
                        self.unlearn().await;
                    }
                    if let Some(unknown) = unknown.filter(|_| outcome.pictures > 0) {
                        self.learn(&unknown, false).await;
                    }
                    return Ok(outcome);
                }
                (Tried::Refused(told), Some(unknown)) if !told.may_be_done() => {
                    // A fault of the moment says nothing about the chat.
                    if is_unknown_there(&told) {
                        self.learn(&unknown, true).await;
                    }
                    return Err(self.failed(&at, unknown));
                }
                (Tried::Refused(told), _) => told,
            };
            if by_learning && is_unknown_there(&told) {
                self.unlearn().await;
            }
            // From here on nothing was made, or nobody knows.
            if told.may_be_done() {
                return Err(self.failed(&at, told));
            }
            if !in_chat && can.family == EngineFamily::Other && is_unknown_there(&told) {
                in_chat = true;
                unknown = Some(told);
                continue;
            }
            let delay = retry::delay(attempt, &told, 0.0).filter(|_| passes(&told));
            let Some(delay) = delay else {
                self.learn(&told, false).await;
                return Err(self.failed(&at, told));
            };
            attempt += 1;
            self.note_sent(None).await?;
            tokio::select! {
                () = self.stop.notified() => return Ok(Outcome::stopped(false)),
                () = sleep(delay) => {}
            }
        }
    }

    /// Remembers that the service does not have what it was asked for, here and, where that was tried, in a chat.
    async fn learn(&self, told: &gateway::Error, nor_in_chats: bool) {
        if is_not_offered(told) {
            learn::refused(&self.organs, &self.generation, nor_in_chats).await;
        }
    }

    /// What was learnt leads nowhere: the next wish asks at the images API first again.
    async fn unlearn(&self) {
        let Some(service) = self.generation.service_id else { return };
        if let Err(error) = learn::forget(&self.organs, service, self.generation.model.clone()).await {
            tracing::warn!(%error, "what leads nowhere was not forgotten");
        }
    }

    /// Notes that it goes out now, or that it does not any more. Fails when it was cancelled meanwhile.
    async fn note_sent(&self, at: Option<UnixMs>) -> Result<(), Error> {
        let id = self.generation.id;
        self.organs.write(move |write| write.set_generation_sent(id, at)).await
    }

    /// A failure as the person is told it. Where the picture may have been made, that is what matters.
    fn failed(&self, at: &Connection, told: gateway::Error) -> Error {
        let maybe_paid = told.may_be_done();
        let error = at.failed(&self.organs, told).asked(&at.service.name, &self.generation.model);
        let code = match error.code {
            _ if maybe_paid => Code::MaybePaid,
            // The address led to this service before: it is this path that it does not know.
            Code::AddressWrong => Code::NotOffered,
            code => code,
        };
        Error { code, ..error }
    }

    /// No picture was in the answer; what it said instead goes along.
    fn nothing(&self, at: &Connection, said: &str) -> Error {
        let message = said.trim().chars().take(600).collect();
        Error { message, ..Code::NoPictureCame.into() }.asked(&at.service.name, &self.generation.model)
    }
}

/// The service does not know the images API, or not for this model: it may draw in chats.
fn is_unknown_there(told: &gateway::Error) -> bool {
    match told {
        gateway::Error::Refused(failure) => {
            let unknown =
                [Reading::NotOffered, Reading::AddressWrong, Reading::WantsChat, Reading::ModelUnknown];
            unknown.contains(&failure.reading)
        }
        gateway::Error::NotAnApi { status, .. } => matches!(status, 404 | 405),
        _ => false,
    }
}

/// The service has no such path, or nothing behind it.
fn is_not_offered(told: &gateway::Error) -> bool {
    matches!(told, gateway::Error::Refused(failure) if failure.reading == Reading::NotOffered && matches!(failure.status, 404 | 405 | 501))
}

/// Faults that pass, and that say for certain that nothing was made.
fn passes(told: &gateway::Error) -> bool {
    match told {
        gateway::Error::Unreachable { .. } | gateway::Error::TimedOut { .. } => true,
        gateway::Error::Refused(failure) => matches!(failure.reading, Reading::RateLimited | Reading::Busy),
        _ => false,
    }
}
