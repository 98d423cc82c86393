//! The parts of one sound, one after the other: asks, adapts to what is refused, keeps what comes. It asks again by itself only
//! where nothing can have been made.

use std::sync::Arc;

use gateway::speech::{Piece, Speaking};
use gateway::{Reading, retry};
use serde_json::{Map, Value};
use store::table::learnt::{Learnt, LearntRow};
use store::table::message::Usage;
use store::table::sound::{Sound, SoundPart, SoundPartState};
use store::{ServiceId, UnixMs};
use tokio::sync::Notify;
use tokio::time::sleep;

use super::keep::{Came, keep};
use super::{abilities, runner};
use crate::engine::Organs;
use crate::services::endpoint::Connection;
use crate::{Code, Error, prices};

/// Changes of a request in a row; each is another thing refused.
const ADAPTATIONS: usize = 4;

/// How the making of a sound ended.
pub(super) enum Outcome {
    /// All of it is here.
    Done,
    /// Somebody wanted it no more; whether something had been sent then.
    Stopped { was_sent: bool },
    /// Something went wrong.
    Failed(Error),
}

/// What came of one request.
enum Tried {
    Kept,
    Stopped,
    Refused(gateway::Error),
}

struct Making {
    organs: Arc<Organs>,
    sound: Sound,
    text: String,
    stop: Arc<Notify>,
}

/// Has all parts made that are not here.
pub(super) async fn run(organs: Arc<Organs>, sound: Sound, stop: Arc<Notify>) -> Outcome {
    let id = sound.id;
    let read = organs.read(move |read| Ok((read.sound_text(id)?.unwrap_or_default(), read.sound_parts(id)?)));
    let (text, parts) = match read.await {
        Ok(read) => read,
        Err(error) => return Outcome::Failed(error),
    };
    let making = Making { organs, sound, text, stop };
    for part in parts.iter().filter(|part| part.state != SoundPartState::Kept) {
        match making.part(part).await {
            Ok(None) => runner::tell(&making.organs, id).await,
            Ok(Some(outcome)) => return outcome,
            Err(error) => return Outcome::Failed(error),
        }
    }
    Outcome::Done
}

impl Making {
    /// Has one part made. Nothing is answered when it is here.
    async fn part(&self, part: &SoundPart) -> Result<Option<Outcome>, Error> {
        let service = self.sound.service_id.ok_or(Code::ServiceGone)?;
        let mut fields = self.fields(service, part).await?;
        let (mut attempt, mut adaptations) = (0, 0);
        loop {
            let at = Connection::open(&self.organs, service).await?;
            let told = match self.ask(&at, part, &fields).await? {
                Tried::Kept => return Ok(None),
                Tried::Stopped => return Ok(Some(Outcome::Stopped { was_sent: true })),
                Tried::Refused(told) => told,
            };
            // From here on nothing was made, or nobody knows.
            if told.may_be_done() {
                return Err(self.failed(&at, told));
            }
            self.note_sent(part, None).await?;
            if let gateway::Error::Refused(failure) = &told
                && adaptations < ADAPTATIONS
                && let Some(field) = abilities::without_refused(&mut fields, failure)
            {
                adaptations += 1;
                self.learn(service, field).await;
                continue;
            }
            let Some(delay) = retry::delay(attempt, &told, 0.0).filter(|_| passes(&told)) else {
                return Err(self.failed(&at, told));
            };
            attempt += 1;
            tokio::select! {
                () = self.stop.notified() => return Ok(Some(Outcome::Stopped { was_sent: false })),
                () = sleep(delay) => {}
            }
        }
    }

    /// One request, to its end.
    async fn ask(
        &self,
        at: &Connection,
        part: &SoundPart,
        fields: &Map<String, Value>,
    ) -> Result<Tried, Error> {
        self.note_sent(part, Some(self.organs.clock.now())).await?;
        let asked = tokio::select! {
            () = self.stop.notified() => return Ok(Tried::Stopped),
            asked = self.organs.client.speak(&at.endpoint, fields) => asked,
        };
        match asked {
            Ok(speaking) => {
                self.organs.events.reach(true);
                self.receive(at, part, speaking).await
            }
            Err(told) => Ok(Tried::Refused(told)),
        }
    }

    async fn receive(
        &self,
        at: &Connection,
        part: &SoundPart,
        mut speaking: Speaking,
    ) -> Result<Tried, Error> {
        let (mut bytes, mut usage) = (Vec::new(), None);
        let ended = loop {
            tokio::select! {
                // What is here already was paid for: it is kept before anybody stops.
                biased;
                piece = speaking.next() => match piece {
                    Some(Ok(Piece::Sound(more))) => bytes.extend_from_slice(&more),
                    Some(Ok(Piece::Usage(told))) => usage = Some(told),
                    Some(Ok(Piece::End)) | None => break Ok(true),
                    Some(Err(told)) => break Err(told),
                },
                () = self.stop.notified() => break Ok(false),
            }
        };
        let (is_whole, has_sound) = (matches!(ended, Ok(true)), !bytes.is_empty());
        if has_sound {
            let came = Came {
                position: part.position,
                bytes,
                is_whole,
                format: self.sound.options.format.clone(),
                cost_usd: if is_whole { self.cost(usage.as_ref()).await } else { None },
            };
            keep(&self.organs, self.sound.id, came).await.map_err(|error| self.asked(at, error))?;
            runner::tell(&self.organs, self.sound.id).await;
        }
        match ended {
            Ok(true) => Ok(Tried::Kept),
            Ok(false) => Ok(Tried::Stopped),
            // Nothing came: it is as if the status had said so.
            Err(told) if !has_sound => Ok(Tried::Refused(told)),
            Err(told) => {
                let error = self.failed(at, told);
                Err(if error.code == Code::SpeechMaybePaid {
                    Error { code: Code::SpeechCut, ..error }
                } else {
                    error
                })
            }
        }
    }

    async fn fields(&self, service: ServiceId, part: &SoundPart) -> Result<Map<String, Value>, Error> {
        let model = self.sound.model.clone();
        let learnt = self.organs.read(move |read| read.learnt(service, &model)).await?;
        let (Ok(from), Ok(length)) = (usize::try_from(part.start), usize::try_from(part.length)) else {
            return Err(Code::StoreBroken.into());
        };
        let input = self.text.get(from..from + length).ok_or(Code::StoreBroken)?;
        let mut fields = abilities::fields(&self.sound.model, &self.sound.voice, input, &self.sound.options);
        learnt.refused_fields.iter().for_each(|field| drop(fields.remove(field)));
        Ok(fields)
    }

    /// Notes that a part goes out now, or that it does not any more. Fails when it was stopped meanwhile.
    async fn note_sent(&self, part: &SoundPart, at: Option<UnixMs>) -> Result<(), Error> {
        let (id, position) = (self.sound.id, part.position);
        self.organs.write(move |write| write.set_part_sent(id, position, at)).await
    }

    /// Remembers that the model does not take a field. It may be remembered another time, so a failure is only noted.
    async fn learn(&self, service_id: ServiceId, field: String) {
        let model = self.sound.model.clone();
        let write = self.organs.write(move |write| {
            let learnt = write.learnt(service_id, &model)?;
            let learnt = learnt.and(Learnt { refused_fields: vec![field], ..Learnt::default() });
            write.set_learnt(&LearntRow { service_id, model, learnt })
        });
        if let Err(error) = write.await {
            tracing::warn!(%error, "what a model does not take was not remembered");
        }
    }

    /// What a part cost: by the tokens that were counted, or by what the service asks for a call.
    async fn cost(&self, usage: Option<&Value>) -> Option<f64> {
        let (service, name) = (self.sound.service_id, self.sound.model.clone());
        let model = self.organs.read(move |read| prices::model(read, service, &name)).await.ok()??;
        let counted = |name: &str| usage?.get(name)?.as_i64();
        let counted = usage.map(|_| Usage {
            tokens_in: counted("input_tokens"),
            tokens_out: counted("output_tokens"),
            ..Usage::default()
        });
        prices::priced(counted, Some(&model))?.cost
    }

    /// A failure as the person is told it. Where the sound may have been made, that is what matters.
    fn failed(&self, at: &Connection, told: gateway::Error) -> Error {
        let maybe_paid = told.may_be_done();
        let error = self.asked(at, at.failed(&self.organs, told));
        let code = match error.code {
            _ if maybe_paid => Code::SpeechMaybePaid,
            // The address led to this service before: it is this path that it does not know.
            Code::AddressWrong => Code::NotOffered,
            code => code,
        };
        Error { code, ..error }
    }

    fn asked(&self, at: &Connection, error: Error) -> Error {
        error.asked(&at.service.name, &self.sound.model)
    }
}

/// Faults that pass, and that say for certain that nothing was made.
fn passes(told: &gateway::Error) -> bool {
    match told {
        gateway::Error::TimedOut { .. } => true,
        gateway::Error::Refused(failure) => matches!(failure.reading, Reading::RateLimited | Reading::Busy),
        _ => false,
    }
}
