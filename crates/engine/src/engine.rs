//! The handle to everything: opened once, cloned freely.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use documents::{Limits, Program, Reader};
use gateway::fetch::Fetcher;
use gateway::{Client, Timeouts};
use store::{MessageId, Read, Store, UnixMs, Write};
use tokio::sync::{Mutex, Semaphore, broadcast};
use vault::Vault;

use crate::answers::data::{Turnstile, turnstile};
use crate::attach;
use crate::chat::count::Counted;
use crate::chat::live::Live;
use crate::chat::summary::Sums;
use crate::events::Events;
use crate::media::{MediaFolder, Small, fetch};
use crate::pictures::import::Imports;
use crate::pictures::runner::{self, Makings};
use crate::pictures::tasks::Watches;
use crate::pictures::words::Asking;
use crate::pictures::{self, Pace, Pictures};
use crate::recordings::record::{self, Taking};
use crate::recordings::runner::{Queue, Transcripts};
use crate::services::balance::Asked;
use crate::speech::player::Playing;
use crate::speech::runner::Speeches;
use crate::view::{About, Event, ListConversations, Start};
use crate::{
    Answers, Attachments, Bin, Chat, Clock, Code, Error, Exports, Finder, Models, Order, Preferences,
    Recordings, Services, Speech, Tools, export, find, order, recordings, tools,
};

/// How long what was deleted can be brought back.
const BIN: UnixMs = 30 * 24 * 60 * 60 * 1000;

/// What an engine is opened with.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder where everything lies; made if missing.
    pub home: PathBuf,
    /// Where keys are kept.
    pub vault: Vault,
    /// The time.
    pub clock: Clock,
    /// How long to wait for services.
    pub timeouts: Timeouts,
    /// How long to wait between questions about what is being made.
    pub pace: Pace,
    /// What the window is told about itself: this is a demonstration.
    pub demo: bool,
    /// How a process that reads one document is started; none reads them in this one.
    pub reader: Option<Program>,
}

/// Medley without a window. Cheap to clone.
#[derive(Clone)]
pub struct Engine(pub(crate) Arc<Organs>);

/// The organs, joined. Only the engine's capabilities see them.
pub(crate) struct Organs {
    pub(crate) store: Store,
    pub(crate) vault: Vault,
    pub(crate) client: Client,
    pub(crate) fetcher: Fetcher,
    pub(crate) clock: Clock,
    pub(crate) events: Events,
    pub(crate) live: Live,
    pub(crate) small: Small,
    pub(crate) reader: Reader,
    /// Pictures are decoded one after the other: each may take hundreds of megabytes.
    pub(crate) pictures: Semaphore,
    /// Answers being held against their schemas.
    pub(crate) checks: Turnstile,
    pub(crate) balances: Asked,
    pub(crate) exports: export::Under,
    pub(crate) sums: Sums,
    pub(crate) counted: Arc<Counted>,
    pub(crate) makings: Makings,
    /// Tasks that services are asked about.
    pub(crate) watches: Watches,
    pub(crate) asking: Asking,
    pub(crate) imports: Imports,
    pub(crate) speeches: Speeches,
    pub(crate) player: Playing,
    pub(crate) transcripts: Transcripts,
    /// Held by whoever works off the queue of transcripts.
    pub(crate) transcribing: Mutex<Queue>,
    pub(crate) recording: Taking,
    pub(crate) config: Config,
    interrupted: Vec<MessageId>,
}

impl Engine {
    /// Opens the folder, puts right what a kill left behind, and empties what lay in the bin for 30 days.
    pub async fn open(config: Config) -> Result<Self, Error> {
        let (home, now, timeouts) = (config.home.clone(), config.clock.now(), config.timeouts);
        let (store, interrupted) = blocking(move || open_store(&home, now)).await?;
        let engine = Self(Arc::new(Organs {
            store,
            vault: config.vault.clone(),
            client: Client::new(timeouts),
            fetcher: Fetcher::new(timeouts),
            clock: config.clock.clone(),
            events: Events::new(),
            live: Live::default(),
            small: Small::default(),
            reader: Reader::new(config.reader.clone(), Limits::default()),
            pictures: Semaphore::new(1),
            checks: turnstile(),
            balances: Asked::default(),
            exports: export::Under::default(),
            sums: Sums::default(),
            counted: Arc::default(),
            makings: Makings::default(),
            watches: Watches::default(),
            asking: Asking::default(),
            imports: Imports::default(),
            speeches: Speeches::default(),
            player: Playing::default(),
            transcripts: Transcripts::default(),
            transcribing: Mutex::default(),
            recording: Taking::default(),
            config,
            interrupted,
        }));
        attach::resume(&engine.0).await;
        Ok(engine)
    }

    /// Conversations and the answers being written in them.
    pub fn chat(&self) -> Chat {
        Chat(Arc::clone(&self.0))
    }

    /// Files that go along with questions.
    pub fn attachments(&self) -> Attachments {
        Attachments(Arc::clone(&self.0))
    }

    /// A closer look at answers: how sure the model was, and the data in them.
    pub fn answers(&self) -> Answers {
        Answers(Arc::clone(&self.0))
    }

    /// Folders, the archive, and many conversations at once.
    pub fn order(&self) -> Order {
        Order(Arc::clone(&self.0))
    }

    /// What was deleted and can be brought back.
    pub fn bin(&self) -> Bin {
        Bin(Arc::clone(&self.0))
    }

    /// Taking conversations out of Medley.
    pub fn exports(&self) -> Exports {
        Exports(Arc::clone(&self.0))
    }

    /// Finding what was said.
    pub fn finder(&self) -> Finder {
        Finder(Arc::clone(&self.0))
    }

    /// The services that the person connected.
    pub fn services(&self) -> Services {
        Services(Arc::clone(&self.0))
    }

    /// The models that those services list.
    pub fn models(&self) -> Models {
        Models(Arc::clone(&self.0))
    }

    /// The tools that models may call.
    pub fn tools(&self) -> Tools {
        Tools(Arc::clone(&self.0))
    }

    /// The media folder.
    pub fn media(&self) -> MediaFolder {
        MediaFolder(Arc::clone(&self.0))
    }

    /// Making pictures, and the gallery.
    pub fn pictures(&self) -> Pictures {
        Pictures(Arc::clone(&self.0))
    }

    /// Reading texts aloud, and everything that was.
    pub fn speech(&self) -> Speech {
        Speech(Arc::clone(&self.0))
    }

    /// Recordings and what is said in them.
    pub fn recordings(&self) -> Recordings {
        Recordings(Arc::clone(&self.0))
    }

    /// The person's settings.
    pub fn preferences(&self) -> Preferences {
        Preferences(Arc::clone(&self.0))
    }

    /// Everything that changes from now on.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.0.events.listen()
    }

    /// All that the first screen needs.
    pub async fn start(&self) -> Result<Start, Error> {
        let (settings, services, models, folders) = self
            .0
            .read(|read| Ok((read.settings()?, read.services()?, read.models()?, order::folders(read)?)))
            .await?;
        let (draft, attachments, beginning) = self
            .0
            .read(|read| {
                let draft = read.draft("new")?.unwrap_or_default();
                Ok((draft, read.draft_attachments("new")?, read.beginning("new")?))
            })
            .await?;
        Ok(Start {
            settings,
            services,
            models,
            draft,
            attachments,
            folders,
            beginning,
            conversations: self.chat().list(ListConversations::default()).await?,
            interrupted: self.0.interrupted.clone(),
            demo: self.0.config.demo,
        })
    }

    /// Loads what rendering needs and tidies the media folder, when there is time: after the first frame. Then begins
    /// what an older Medley left to do; that goes on by itself.
    pub async fn warm(&self) {
        let (client, fetcher) = (self.0.client.clone(), self.0.fetcher.clone());
        let load = move || {
            text::warm();
            client.warm();
            fetcher.warm();
        };
        if let Err(panic) = tokio::task::spawn_blocking(load).await {
            tracing::error!(%panic, "the renderer and the clients did not load");
        }
        self.media().sweep().await;
        fetch::begin(&self.0, None).await;
        pictures::fetch::begin(&self.0).await;
        runner::resume(&self.0).await;
        runner::begin(&self.0).await;
        record::find(&self.0).await;
        recordings::runner::ring(&self.0);
        tokio::spawn(find::work_off(Arc::downgrade(&self.0)));
    }

    /// Facts about this Medley. Counting and asking the keychain take time: not for the first screen.
    pub async fn about(&self) -> Result<About, Error> {
        let counts = self.0.read(Read::counts).await?;
        let store = self.0.store.clone();
        let bytes = blocking(move || store.size_on_disk()).await?;
        Ok(About {
            version: env!("CARGO_PKG_VERSION").into(),
            home: self.0.config.home.display().to_string(),
            keychain: self.0.vault.has_keychain().await,
            conversations: counts.conversations,
            messages: counts.messages,
            bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
        })
    }

    /// Stops every answer and whatever is heard, lets go of every picture and sound that is being made, and waits until all that came is written.
    pub async fn close(&self) {
        self.0.player.close();
        self.0.recording.close();
        tokio::join!(
            self.0.live.close(),
            self.0.makings.close(),
            self.0.speeches.close(),
            self.0.transcripts.close(),
        );
    }
}

impl Organs {
    pub(crate) async fn read<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Read) -> Result<T, store::Error> + Send + 'static,
    {
        let store = self.store.clone();
        blocking(move || store.read(work)).await
    }

    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce(&Write) -> Result<T, store::Error> + Send + 'static,
    {
        let store = self.store.clone();
        blocking(move || store.write(work)).await
    }

    /// Work that takes the processor for a while, where nobody waits for that thread.
    pub(crate) async fn compute<T, F>(&self, work: F) -> Result<T, Error>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        blocking(move || Ok::<T, Error>(work())).await
    }
}

fn open_store(home: &Path, now: UnixMs) -> Result<(Store, Vec<MessageId>), store::Error> {
    let store = Store::open(home)?;
    let interrupted = store.write(|write| {
        write.purge_bin(now - BIN)?;
        write.purge_generations(now - BIN)?;
        write.interrupt_sounds(&Error::from(Code::SpeechInterrupted).problem())?;
        write.interrupt_transcripts(&Error::from(Code::TranscriptInterrupted).problem())?;
        write.interrupt_generations(&Error::from(Code::GenerationInterrupted).problem(), now)?;
        tools::keep_builtin(write)?;
        write.interrupted()
    })?;
    Ok((store, interrupted))
}

/// Runs work where it may block.
pub(crate) async fn blocking<T, E>(work: impl FnOnce() -> Result<T, E> + Send + 'static) -> Result<T, Error>
where
    T: Send + 'static,
    E: Into<Error> + Send + 'static,
{
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(Into::into),
        Err(panic) => {
            tracing::error!(%panic, "work on a blocking thread did not end");
            Err(Code::Internal.into())
        }
    }
}
