//! One part of a transcript: makes the file that is sent, asks, adapts to what is refused, keeps what comes. It asks again by
//! itself only where nothing can have been done.

use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use audio::Kind;
use gateway::transcription::{Transcription, Wish};
use gateway::{Part, Reading, retry};
use serde_json::{Map, Value};
use store::table::learnt::{Learnt, LearntRow};
use store::table::message::Usage;
use store::table::transcript::{KeptTranscriptPart, Transcript, TranscriptPart, TranscriptTask};
use store::{ServiceId, UnixMs};
use tokio::sync::watch;
use tokio::time::sleep;

use super::keep::keep;
use super::{abilities, join, make};
use crate::engine::{Organs, blocking};
use crate::services::endpoint::Connection;
use crate::{Code, Error, prices};

/// Changes of a request in a row; each is another thing refused.
const ADAPTATIONS: usize = 5;

/// What came of a part.
pub(super) enum Came {
    /// Its lines are here.
    Kept,
    /// So many bytes are more than the service takes.
    TooLarge(i64),
    /// Somebody wants it to wait, and it was not sent.
    Stopped,
}

/// Where its sound lies.
pub(super) struct Sound {
    pub(super) file: PathBuf,
    pub(super) kind: Kind,
    /// The file is sent as it is.
    pub(super) whole: bool,
}

/// A part that is asked for.
pub(super) struct Asking {
    pub(super) organs: Arc<Organs>,
    pub(super) transcript: Transcript,
    pub(super) part: TranscriptPart,
    pub(super) sound: Sound,
    /// True once nothing more may be sent.
    pub(super) stopped: watch::Receiver<bool>,
}

impl Asking {
    pub(super) async fn run(mut self) -> Result<Came, Error> {
        let service = self.transcript.service_id.ok_or(Code::ServiceGone)?;
        let file = self.file().await?;
        let length = super::count(file.bytes.len());
        let mut fields = self.fields(service).await?;
        let (mut attempt, mut adaptations) = (0, 0);
        loop {
            let at = Connection::open(&self.organs, service).await?;
            if *self.stopped.borrow() {
                return Ok(Came::Stopped);
            }
            self.note_sent(Some(make::now(&self.organs))).await?;
            let to_english = self.transcript.task == TranscriptTask::Translate;
            let wish = Wish { to_english, fields: fields.clone(), file: file.clone() };
            let told = match self.organs.client.transcribe(&at.endpoint, &wish).await {
                Ok(heard) => {
                    self.organs.events.reach(true);
                    self.keep(heard).await.map_err(|error| self.asked(&at, error))?;
                    return Ok(Came::Kept);
                }
                Err(told) => told,
            };
            // From here on nothing was done, or nobody knows.
            if told.may_be_done() {
                return Err(self.failed(&at, told));
            }
            self.note_sent(None).await?;
            if let gateway::Error::Refused(failure) = &told {
                if failure.reading == Reading::TooLarge {
                    return Ok(Came::TooLarge(length));
                }
                if adaptations < ADAPTATIONS
                    && let Some(learnt) = abilities::adapted(&mut fields, failure)
                {
                    adaptations += 1;
                    if let Some(field) = learnt {
                        self.learn(service, field).await;
                    }
                    continue;
                }
            }
            let Some(delay) = retry::delay(attempt, &told, 0.0).filter(|_| passes(&told)) else {
                return Err(self.failed(&at, told));
            };
            attempt += 1;
            // Stopped, or nobody is there any more who could say so.
            tokio::select! {
                _ = self.stopped.wait_for(|stopped| *stopped) => return Ok(Came::Stopped),
                () = sleep(delay) => {}
            }
        }
    }

    /// What is sent: the file itself, or a stretch of it as a small one.
    async fn file(&self) -> Result<Part, Error> {
        let (path, kind) = (self.sound.file.clone(), self.sound.kind);
        let mut file = make::open(path).await?;
        if self.sound.whole {
            let bytes = blocking(move || {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).map_err(|_| Error::from(Code::Gone))?;
                Ok::<_, Error>(bytes)
            });
            // No service knows the ending that sounds of that kind have.
            let ending = if kind == Kind::WebM { "webm" } else { kind.extension() };
            return Ok(Part {
                name: format!("sound.{ending}"),
                mime: kind.mime().into(),
                bytes: bytes.await?.into(),
            });
        }
        let moment = |ms: i64| Duration::from_millis(u64::try_from(ms).unwrap_or_default());
        let (from, to) = (moment(self.part.start_ms), moment(self.part.end_ms));
        let bytes = blocking(move || {
            audio::excerpt(file, kind, from, to)
                .map_err(|error| Error { message: error.to_string(), ..Code::RecordingUnreadable.into() })
        });
        Ok(Part { name: "sound.ogg".into(), mime: Kind::Ogg.mime().into(), bytes: bytes.await?.into() })
    }

    async fn keep(&self, heard: Transcription) -> Result<(), Error> {
        let came = KeptTranscriptPart {
            position: self.part.position,
            lines: join::of_part(
                join::lines(&heard, self.part.start_ms, self.part.end_ms),
                self.part.position,
            ),
            language: heard.language.unwrap_or_default(),
            cost_usd: self.cost(heard.usage.as_ref()).await,
        };
        keep(&self.organs, self.transcript.id, came).await
    }

    async fn fields(&self, service: ServiceId) -> Result<Map<String, Value>, Error> {
        let model = self.transcript.model.clone();
        let learnt = self.organs.read(move |read| read.learnt(service, &model)).await?;
        let Transcript { model, task, options, .. } = &self.transcript;
        Ok(abilities::fields(model, *task, options, &learnt.refused_fields))
    }

    /// Notes that it goes out now, or that it does not any more. Fails when it was stopped meanwhile.
    async fn note_sent(&self, at: Option<UnixMs>) -> Result<(), Error> {
        let (id, position) = (self.transcript.id, self.part.position);
        self.organs.write(move |write| write.set_transcript_part_sent(id, position, at)).await
    }

    /// Remembers what the model does not take. It may be remembered another time, so a failure is only noted.
    async fn learn(&self, service_id: ServiceId, field: String) {
        let model = self.transcript.model.clone();
        let write = self.organs.write(move |write| {
            let learnt = write.learnt(service_id, &model)?;
            let learnt = learnt.and(Learnt { refused_fields: vec![field], ..Learnt::default() });
            write.set_learnt(&LearntRow { service_id, model, learnt })
        });
        if let Err(error) = write.await {
            tracing::warn!(%error, "what a model does not take was not remembered");
        }
    }

    /// What it cost: by the tokens that were counted, or by what the service asks for a call.
    async fn cost(&self, usage: Option<&Value>) -> Option<f64> {
        let (service, name) = (self.transcript.service_id, self.transcript.model.clone());
        let model = self.organs.read(move |read| prices::model(read, service, &name)).await.ok()??;
        let counted = |name: &str| usage?.get(name)?.as_i64();
        let counted = usage.map(|_| Usage {
            tokens_in: counted("input_tokens"),
            tokens_out: counted("output_tokens"),
            ..Usage::default()
        });
        prices::priced(counted, Some(&model))?.cost
    }

    /// A failure as the person is told it. Where it may have been done, that is what matters.
    fn failed(&self, at: &Connection, told: gateway::Error) -> Error {
        let maybe_paid = told.may_be_done();
        let error = self.asked(at, at.failed(&self.organs, told));
        let code = match error.code {
            _ if maybe_paid => Code::TranscriptMaybePaid,
            // The address led to this service before: it is this path that it does not know.
            Code::AddressWrong => Code::NotOffered,
            code => code,
        };
        Error { code, ..error }
    }

    fn asked(&self, at: &Connection, error: Error) -> Error {
        error.asked(&at.service.name, &self.transcript.model)
    }
}

/// Faults that pass, and that say for certain that nothing was done.
fn passes(told: &gateway::Error) -> bool {
    match told {
        gateway::Error::TimedOut { .. } => true,
        gateway::Error::Refused(failure) => matches!(failure.reading, Reading::RateLimited | Reading::Busy),
        _ => false,
    }
}
