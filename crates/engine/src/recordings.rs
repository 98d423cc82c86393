//! Recordings: sounds that the microphone took or the person brought, kept as they are; what is said in them, asked for part by
//! part, corrected and taken out. No recording is ever changed or lost over it.

mod abilities;
mod cut;
mod export;
mod import;
mod join;
mod keep;
mod make;
mod part;
pub(crate) mod record;
pub(crate) mod runner;

use std::sync::Arc;

use store::table::recording::Recording;
use store::table::transcript::{Line, Transcript, TranscriptState, TranscriptTask};
use store::{RecordingId, ServiceId, TranscriptId};

use crate::engine::Organs;
use crate::view::{Event, RecordingPage, Scribe, TranscribeWith};
use crate::{Code, Error};

/// The place whose draft lies here.
const PLACE: &str = "transcribe";
/// Rows handed out at one go.
const MOST_ROWS: u32 = 500;

/// Recordings and what is said in them.
pub struct Recordings(pub(crate) Arc<Organs>);

impl Recordings {
    /// Every model of every connected service that writes down what is said, with what it takes.
    pub async fn scribes(&self) -> Result<Vec<Scribe>, Error> {
        self.0
            .read(|read| {
                let mut learnt = Vec::new();
                for service in read.services()? {
                    learnt.extend(read.learnt_of(service.id)?);
                }
                Ok(read.models()?.iter().filter_map(|model| abilities::scribe(model, &learnt)).collect())
            })
            .await
    }

    /// How this place was last left; "" for never.
    pub async fn draft(&self) -> Result<String, Error> {
        self.0.read(|read| Ok(read.draft(PLACE)?.unwrap_or_default())).await
    }

    /// Some recordings whose name or lines say this, the newest first.
    pub async fn list(&self, search: String, from: u32, count: u32) -> Result<Vec<Recording>, Error> {
        self.0.read(move |read| read.recordings(&search, from, count.min(MOST_ROWS))).await
    }

    /// One recording with what is said in it. What was found after a kill has been looked at then.
    pub async fn page(&self, id: RecordingId, task: TranscriptTask) -> Result<RecordingPage, Error> {
        if self.0.write(move |write| write.see_recording(id)).await? {
            tell(&self.0, id).await;
        }
        self.0
            .read(move |read| {
                let recording = read.recording(id)?.ok_or(store::Error::NotFound)?;
                let transcript = match task {
                    TranscriptTask::Transcribe => &recording.transcript,
                    TranscriptTask::Translate => &recording.english,
                };
                let lines = match transcript {
                    Some(transcript) => read.lines(transcript.id)?,
                    None => Vec::new(),
                };
                Ok(RecordingPage { peaks: read.recording_peaks(id)?, recording, task, lines })
            })
            .await
    }

    /// Has written down what is said. It waits for its turn, and goes on whatever becomes of the window.
    pub async fn transcribe(
        &self,
        id: RecordingId,
        task: TranscriptTask,
        with: TranscribeWith,
    ) -> Result<(), Error> {
        let row = self.ordered(task, &with).await?;
        self.0.write(move |write| write.insert_transcript(id, &row)).await?;
        tell(&self.0, id).await;
        runner::ring(&self.0);
        Ok(())
    }

    /// Lets one wait: no more parts are asked for. Those under way come first.
    pub async fn pause(&self, id: TranscriptId) -> Result<(), Error> {
        runner::pause(&self.0, id).await
    }

    /// Asks for the parts that are not here, where another is named with that service and model.
    pub async fn go_on(&self, id: TranscriptId, with: Option<(ServiceId, String)>) -> Result<(), Error> {
        let now = self.0.clock.now();
        let again = self.0.write(move |write| {
            let with = with.as_ref().map(|(service, model)| (*service, model.as_str()));
            write.queue_transcript_again(id, with, now)
        });
        again.await?;
        runner::tell_of(&self.0, id).await;
        runner::ring(&self.0);
        Ok(())
    }

    /// Takes lines out of a transcript and puts others in. Gives the numbers of those put in, in their order.
    pub async fn change_lines(
        &self,
        id: TranscriptId,
        out: Vec<i64>,
        put: Vec<Line>,
    ) -> Result<Vec<i64>, Error> {
        let keys = self.0.write(move |write| write.change_lines(id, &out, &put)).await?;
        runner::tell_of(&self.0, id).await;
        Ok(keys)
    }

    /// Gives a recording another name.
    pub async fn rename(&self, id: RecordingId, name: String) -> Result<(), Error> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(Code::NameMissing.into());
        }
        self.0.write(move |write| write.rename_recording(id, &name)).await?;
        tell(&self.0, id).await;
        Ok(())
    }

    /// Takes a recording out of the list; no more of it is asked for. It can be brought back for 30 days.
    pub async fn remove(&self, id: RecordingId) -> Result<(), Error> {
        let transcripts = self.0.read(move |read| read.transcripts(id)).await?;
        // One that waits keeps its place in the queue, where it is passed over until it comes back.
        for transcript in transcripts.iter().filter(|one| one.state == TranscriptState::Running) {
            runner::pause(&self.0, transcript.id).await?;
        }
        self.0.player.let_go_recording(id);
        let now = self.0.clock.now();
        self.0.write(move |write| write.remove_recording(id, now)).await?;
        self.0.events.tell(Event::Recordings);
        Ok(())
    }

    /// Brings a recording back.
    pub async fn restore(&self, id: RecordingId) -> Result<(), Error> {
        self.0.write(move |write| write.restore_recording(id)).await?;
        self.0.events.tell(Event::Recordings);
        runner::ring(&self.0);
        Ok(())
    }

    /// Plays a recording, from so many milliseconds on; where listening stopped, when nothing is said.
    pub async fn play(&self, id: RecordingId, from_ms: Option<i64>) -> Result<(), Error> {
        crate::speech::player::play_recording(&self.0, id, from_ms).await
    }

    /// A transcript as it is asked for.
    async fn ordered(&self, task: TranscriptTask, with: &TranscribeWith) -> Result<Transcript, Error> {
        let model = with.model.trim();
        if model.is_empty() {
            return Err(Code::ModelMissing.into());
        }
        let service = self.0.service(with.service_id).await?;
        let row = Transcript::blank(task, service.id, model, self.0.clock.now());
        Ok(Transcript { options: with.options.clone(), state: TranscriptState::Queued, ..row })
    }
}

/// Tells windows how a recording stands.
pub(crate) async fn tell(organs: &Organs, id: RecordingId) {
    match organs.read(move |read| read.recording(id)).await {
        Ok(Some(recording)) => organs.events.tell(Event::Recording { recording: Box::new(recording) }),
        Ok(None) => {}
        Err(error) => tracing::warn!(%error, "how a recording stands was not told"),
    }
}

/// A length as the database holds it.
fn count(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}
