//! One answer from the request to its last word: asks, waits out passing faults, adapts, receives, shows, writes
//! down. Tools that the model calls are carried out, and it is asked again with what they brought. It never repeats a
//! request once a word was shown.

mod calls;
mod choices;
mod files;
mod keep;
mod screen;

use std::sync::Arc;
use std::time::Duration;

use gateway::chat::{Answer as Incoming, Called, Event};
use gateway::retry;
use tokio::time::{Instant, sleep, sleep_until};

use super::live::Answer;
use super::outcome::End;
use super::{continued, request, title};
use crate::engine::Organs;
use crate::media::fetch;
use crate::services::balance;
use crate::services::endpoint::Connection;
use crate::view::{Ask, Round, TurnUpdate};
use crate::{Code, Error};
use choices::Choices;

/// How often the text so far is written down: with the write itself, within 250 ms.
const CHECKPOINT: Duration = Duration::from_millis(200);
/// Changes of a request in a row; each is another thing refused.
const ADAPTATIONS: usize = 4;

/// One answer being asked for.
struct Turn {
    organs: Arc<Organs>,
    ask: Ask,
    choices: Choices,
    keeper: keep::Keeper,
    files: files::Files,
}

/// Runs an answer to its end, and ends it also when a fault of ours breaks the run: what came is kept.
pub(crate) async fn guard(organs: Arc<Organs>, live: Arc<Answer>, ask: Ask) {
    let run = tokio::spawn(run(Arc::clone(&organs), Arc::clone(&live), ask.clone()));
    match run.await {
        Ok(true) => title::suggest(&organs, live.conversation(), &ask).await,
        Ok(false) => {}
        Err(panic) => {
            tracing::error!(%panic, "an answer broke off");
            if let Some(mut left) = Choices::found(organs.live.together(&live)) {
                keep::finish(&organs, &mut left, End::Early(Code::Internal.into())).await;
            }
        }
    }
    balance::refresh(&organs, ask.service_id).await;
}

/// Asks, receives and writes how it ended. True when the answer is whole.
async fn run(organs: Arc<Organs>, live: Arc<Answer>, ask: Ask) -> bool {
    let keeper = keep::Keeper::new(organs.store.clone(), organs.clock.clone());
    let choices = Choices::new(live);
    let mut turn = Turn { organs, ask, choices, keeper, files: files::Files::default() };
    let end = match turn.rounds().await {
        Ok(end) => end,
        Err(error) => End::Early(error),
    };
    turn.choices.open_calls_of_others();
    for choice in turn.choices.all() {
        screen::paint_last(&choice.live).await;
    }
    turn.keeper.settle().await;
    let Turn { organs, ask, mut choices, .. } = turn;
    let whole = matches!(end, End::Whole);
    if whole {
        continued::remember_chat(&organs, &choices.first().live, &ask).await;
    }
    let thought = choices.all().any(|choice| !choice.live.written().1.is_empty());
    let answers: Vec<_> = choices.all().map(|choice| choice.live.id()).collect();
    keep::finish(&organs, &mut choices, end).await;
    fetch::begin(&organs, Some(&answers)).await;
    if thought && let Err(error) = request::remember_thinking(&organs, &ask).await {
        tracing::warn!(%error, "it is not remembered that a model thinks");
    }
    whole
}

impl Turn {
    /// Asks until the model calls no more tools. Each round is a request, the calls it brought, and their results.
    async fn rounds(&mut self) -> Result<End, Error> {
        let of = calls::most_rounds(&self.organs).await?;
        // An answer that goes on may have calls that wait.
        let first = u32::from(calls::are_open(self.live()));
        self.live().set_round(Round { number: first, of });
        for number in first..=of {
            let settled = calls::settle(&self.organs, self.live()).await;
            self.choices.first_mut().outcome.begin_request();
            if !settled? {
                return Ok(End::Stopped);
            }
            self.live().begin_request();
            let end = self.ask_until_answered().await?;
            let called = std::mem::take(&mut self.choices.first_mut().outcome.calls);
            match end {
                End::Whole if !called.is_empty() => {
                    self.live().set_round(Round { number: of.min(number + 1), of });
                    self.end_round(called).await?;
                }
                _ => {
                    calls::keep_broken(self.live(), called);
                    return Ok(end);
                }
            }
        }
        Err(Code::RoundsUsedUp.into())
    }

    /// Writes down what a request brought, before anybody is asked about its calls.
    async fn end_round(&mut self, called: Vec<Called>) -> Result<(), Error> {
        calls::open(self.live(), called);
        screen::paint_last(self.live()).await;
        self.keeper.settle().await;
        keep::round(&self.organs, self.choices.first_mut()).await?;
        fetch::begin(&self.organs, Some(&[self.live().id()])).await;
        self.choices.end_round();
        Ok(())
    }

    async fn ask_until_answered(&mut self) -> Result<End, Error> {
        let mut known = request::Known::of(&self.organs, &self.ask).await?;
        let (mut attempt, mut adaptations) = (0, 0);
        loop {
            let (told, at) = match self.ask_once(&known).await? {
                Tried::Ended(end) => return Ok(end),
                Tried::Refused(told, at) => (told, at),
            };
            self.choices.first_mut().outcome.begin_anew();
            if self.shrink(&told) {
                continue;
            }
            if adaptations < ADAPTATIONS && self.adapt(&mut known, &told).await? {
                adaptations += 1;
                continue;
            }
            let error = at.failed(&self.organs, told.clone()).asked(&at.service.name, &self.ask.model);
            let error = self.explained(&told, error);
            let Some(delay) = retry::delay(attempt, &told, jitter()) else { return Err(error) };
            attempt += 1;
            if self.wait(&error, delay, attempt).await {
                return Ok(End::Stopped);
            }
        }
    }

    /// One request. The key is read for it and dropped with it.
    async fn ask_once(&mut self, known: &request::Known) -> Result<Tried, Error> {
        let at = Connection::open(&self.organs, self.ask.service_id).await?;
        tokio::select! {
            () = self.live().stopped() => return Ok(Tried::Ended(End::Stopped)),
            handed = self.hand_over(&at) => handed?,
        }
        let request::Built { request: mut body, told } =
            request::build(&self.organs, self.live().id(), &self.ask, known.now()).await?;
        self.choices.first_mut().outcome.sent = Some(told);
        self.fill(&mut body).await?;
        let answered = tokio::select! {
            () = self.live().stopped() => return Ok(Tried::Ended(End::Stopped)),
            answered = self.organs.client.chat(&at.endpoint, &body) => answered,
        };
        match answered {
            Ok(incoming) => {
                self.organs.events.reach(true);
                Ok(self.receive(incoming, at).await)
            }
            Err(told) => Ok(Tried::Refused(told, Box::new(at))),
        }
    }

    /// Takes the answer in until it ends. Returning drops the connection.
    async fn receive(&mut self, mut incoming: Incoming, at: Connection) -> Tried {
        let mut screen = screen::Screen::new();
        let (mut due, mut unkept) = (Instant::now() + CHECKPOINT, false);
        loop {
            tokio::select! {
                () = self.live().stopped() => return Tried::Ended(End::Stopped),
                event = incoming.next() => match event {
                    Some(Ok(Event::End { cut: false })) => return Tried::Ended(End::Whole),
                    Some(Ok(Event::End { cut: true })) | None => return Tried::Ended(self.cut(&at)),
                    Some(Ok(event)) => {
                        let before = self.choices.count();
                        if let Some(seen) = self.choices.take(event, &self.organs.live) {
                            screen.note(seen);
                            unkept = true;
                        }
                        // The row of another version is made at once.
                        if self.choices.count() > before {
                            due = due.min(Instant::now());
                        }
                        if self.choices.is_full() {
                            return Tried::Ended(self.cut(&at));
                        }
                        if self.choices.call_too_much() {
                            let error = Error::from(Code::BadAnswer).asked(&at.service.name, &self.ask.model);
                            return Tried::Ended(End::Early(error));
                        }
                    }
                    Some(Err(told)) if self.choices.began() => {
                        let error = at.failed(&self.organs, told).asked(&at.service.name, &self.ask.model);
                        return Tried::Ended(End::Early(error));
                    }
                    Some(Err(told)) => return Tried::Refused(told, Box::new(at)),
                },
                () = screen.tick() => {}
                () = sleep_until(due), if unkept => {
                    unkept = !self.keeper.checkpoint(&self.choices);
                    due = Instant::now() + CHECKPOINT;
                }
            }
        }
    }

    /// The answer that was asked for.
    fn live(&self) -> &Arc<Answer> {
        &self.choices.first().live
    }

    fn cut(&self, at: &Connection) -> End {
        End::Early(Error::from(Code::Cut).asked(&at.service.name, &self.ask.model))
    }

    /// Changes the request to what the model takes, if the refusal says how. True when it did.
    async fn adapt(&mut self, known: &mut request::Known, told: &gateway::Error) -> Result<bool, Error> {
        let gateway::Error::Refused(failure) = told else { return Ok(false) };
        let asked = request::build(&self.organs, self.live().id(), &self.ask, known.now()).await?.request;
        let learnt = known.learn(&self.organs, &self.ask, failure, &asked).await?;
        let Some(field) = learnt else { return Ok(false) };
        self.choices.first_mut().outcome.adapted.push(field.clone());
        self.live().tell(TurnUpdate::Adapted { field });
        Ok(true)
    }

    /// Waits before the next try, with the person watching. True when they stopped it.
    async fn wait(&self, error: &Error, delay: Duration, attempt: u32) -> bool {
        let for_ms = i64::try_from(delay.as_millis()).unwrap_or(i64::MAX);
        self.live().tell(TurnUpdate::Waiting { problem: error.problem(), for_ms, attempt: attempt + 1 });
        tokio::select! {
            () = self.live().stopped() => true,
            () = sleep(delay) => false,
        }
    }
}

/// What came of one request.
enum Tried {
    /// An answer, in whatever way it ended.
    Ended(End),
    /// A refusal before the first word.
    Refused(gateway::Error, Box<Connection>),
}

/// 0 to 1, different at every call: the last digits of the clock are enough to keep two windows apart.
fn jitter() -> f64 {
    let nanos = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    f64::from(nanos.subsec_nanos() % 1000) / 1000.0
}
