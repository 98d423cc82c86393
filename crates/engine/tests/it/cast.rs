//! The players of a test: an engine in a folder of its own, connected to a demo gateway. Titles by a model are off
//! unless a test asks for them, so that every request to the demo is one that the test knows of.

mod ear;
mod stub;
pub mod studio;

use std::future::Future;
use std::path::Path;
use std::time::Duration;

use demo::{Demo, Script};
use engine::view::{Accepted, Ask, Connect, Event, Question};
use engine::{Clock, Config, Engine, Error, MessageId, Pace, Service, Settings, Timeouts, Vault};
use serde_json::Value;
use store::table::beginning::Beginning;
use store::table::conversation::Conversation;
use store::table::message::Message;
use store::table::options::Options;
use store::{ConversationId, Store};
use tempfile::TempDir;
use tokio::sync::broadcast::Receiver;

pub use ear::{Ear, Heard};
pub use stub::{Reply, Stub};

/// What most scenarios of the demo say.
pub const SENTENCE: &str = "The river rises in the hills, crosses the plain and reaches the sea.";

/// What of it arrives in scenarios that end half-way.
pub const HALF: &str = "The river rises in the hills, ";

/// Longer than any step takes on a busy machine: only a test that hangs meets it.
const FOR_EVER: Duration = Duration::from_secs(120);

/// Clocks that only a silent service meets.
pub const PATIENT: Timeouts = Timeouts {
    connect: Duration::from_secs(5),
    first_byte: Duration::from_secs(60),
    bytes: Duration::from_secs(60),
    progress: Duration::from_secs(60),
};

/// Clocks for scenarios that are silent on purpose.
pub const IMPATIENT: Timeouts = Timeouts {
    connect: Duration::from_secs(5),
    first_byte: Duration::from_secs(2),
    bytes: Duration::from_secs(2),
    progress: Duration::from_secs(3),
};

/// An engine, its folder, and the demo that its one service leads to.
pub struct Cast {
    pub engine: Engine,
    pub demo: Demo,
    pub service: Service,
    pub home: TempDir,
    pub vault: Vault,
}

impl Cast {
    /// Every scenario by model name, no key wanted.
    pub async fn new() -> Self {
        Self::play(Script::tests(), "", PATIENT).await
    }

    /// With clocks that run out soon.
    pub async fn impatient() -> Self {
        Self::play(Script::tests(), "", IMPATIENT).await
    }

    /// A demo of one's own, and the key to connect with ("" for none).
    pub async fn play(script: Script, key: &str, timeouts: Timeouts) -> Self {
        let (home, vault) = (tempfile::tempdir().unwrap(), Vault::memory());
        let engine = open(home.path(), &vault, Clock::system(), timeouts).await;
        let demo = demo::start(script).await.unwrap();
        let service = engine.services().connect(connection(&demo.url(), key)).await.unwrap();
        Self { engine, demo, service, home, vault }
    }

    /// Closes the engine and opens another one on the same folder, with this time.
    pub async fn reopen_at(&mut self, clock: Clock) {
        self.engine.close().await;
        self.engine = open(self.home.path(), &self.vault, clock, PATIENT).await;
    }

    /// Asks in a new conversation and waits for the end.
    pub async fn ask(&self, model: &str, text: &str) -> Heard {
        let accepted = self.send(model, text).await;
        self.hear(accepted.answer.message.id).end().await
    }

    /// Asks in a new conversation.
    pub async fn send(&self, model: &str, text: &str) -> Accepted {
        self.send_in(None, model, text).await.unwrap()
    }

    /// A conversation with options of its own, not begun yet.
    pub fn talk(&self, options: Options) -> ConversationId {
        let talk = Conversation { options, ..Conversation::blank(1) };
        let store = store::Store::open(self.home.path()).unwrap();
        store.write(|write| write.insert_conversation(&talk)).unwrap();
        talk.id
    }

    /// A conversation that may use these tools.
    pub fn talk_with(&self, tools: &[&str]) -> ConversationId {
        let tools = tools.iter().map(|name| (*name).to_owned()).collect();
        self.talk(Options { tools, ..Options::default() })
    }

    pub async fn send_in(
        &self,
        conversation_id: Option<ConversationId>,
        model: &str,
        text: &str,
    ) -> Result<Accepted, Error> {
        self.engine.chat().send(Question::of_words(conversation_id, text, self.to(model))).await
    }

    /// Asks in a new conversation that begins with these options, and waits for the end.
    pub async fn ask_with(&self, model: &str, text: &str, options: Options) -> Heard {
        let beginning = Beginning { options, ..Beginning::default() };
        let question = Question { beginning, ..Question::of_words(None, text, self.to(model)) };
        let accepted = self.engine.chat().send(question).await.unwrap();
        self.hear(accepted.answer.message.id).end().await
    }

    /// Asks in a conversation and waits for the end.
    pub async fn ask_in(&self, place: ConversationId, model: &str, text: &str) -> Heard {
        let accepted = self.send_in(Some(place), model, text).await.unwrap();
        self.hear(accepted.answer.message.id).end().await
    }

    /// Gives a conversation other options.
    pub fn set_options(&self, place: ConversationId, options: Options) {
        let store = Store::open(self.home.path()).unwrap();
        store
            .write(|write| {
                let conversation = write.conversation(place)?.unwrap();
                write.update_conversation(&Conversation { options, ..conversation })
            })
            .unwrap();
    }

    /// One number, read behind the engine's back.
    pub fn query(&self, sql: &str) -> i64 {
        let connection = rusqlite::Connection::open(self.home.path().join("medley.db")).unwrap();
        connection.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Follows an answer.
    pub fn hear(&self, answer: MessageId) -> Ear {
        Ear::at(&self.engine, answer)
    }

    /// This cast's service and one of its models.
    pub fn to(&self, model: &str) -> Ask {
        Ask { service_id: self.service.id, model: model.into() }
    }

    /// A message as it is kept.
    pub async fn kept(&self, id: MessageId) -> Message {
        kept(&self.engine, id).await
    }

    /// A message's row, read beside the engine.
    pub fn row(&self, id: MessageId) -> Message {
        let store = store::Store::open(self.home.path()).unwrap();
        store.read(|read| read.message(id)).unwrap().expect("the message is in the database")
    }

    /// Lets a tool be used without asking.
    pub async fn always(&self, name: &str) {
        let tools = self.engine.tools();
        let listed = tools.list().await.unwrap();
        let tool = listed.iter().find(|tool| tool.name == name).unwrap();
        tools.set_policy(tool.id, engine::Policy::Always).await.unwrap();
    }

    /// The bodies of all chat requests so far, oldest first.
    pub fn bodies(&self) -> Vec<Value> {
        bodies(&self.demo)
    }

    /// Allows the model that answered to write a title.
    pub async fn let_models_title(&self) {
        let settings = Settings { titles_by_model: true, ..Settings::default() };
        self.engine.preferences().save(settings).await.unwrap();
    }
}

/// An engine on a folder, without titles by models.
pub async fn open(home: &Path, vault: &Vault, clock: Clock, timeouts: Timeouts) -> Engine {
    // Tasks are asked about as often as a server on this computer bears.
    open_at(home, vault, clock, timeouts, Pace::shorter(50)).await
}

/// As [`open`], asking about tasks as often as a test says.
pub async fn open_at(home: &Path, vault: &Vault, clock: Clock, timeouts: Timeouts, pace: Pace) -> Engine {
    let config = Config {
        home: home.to_owned(),
        vault: vault.clone(),
        clock,
        timeouts,
        pace,
        demo: false,
        reader: None,
    };
    let engine = Engine::open(config).await.unwrap();
    let settings = Settings { titles_by_model: false, ..Settings::default() };
    engine.preferences().save(settings).await.unwrap();
    engine
}

/// A service to connect, its key kept in memory.
pub fn connection(address: &str, key: &str) -> Connect {
    Connect { preset: "other".into(), address: address.into(), key: key.into(), key_in_memory: true }
}

/// A message as it is kept.
pub async fn kept(engine: &Engine, id: MessageId) -> Message {
    let mut found = engine.chat().messages(vec![id]).await.unwrap();
    assert_eq!(found.len(), 1, "the message is in the database");
    found.remove(0).message
}

/// The bodies of all chat requests that a demo saw, oldest first.
pub fn bodies(demo: &Demo) -> Vec<Value> {
    let chats = demo.requests().into_iter().filter(|seen| seen.path.contains("/chat/completions"));
    chats.map(|seen| seen.body).collect()
}

/// What `step` gives, or a failure that says what never came.
pub async fn soon<T>(what: &str, step: impl Future<Output = T>) -> T {
    tokio::time::timeout(FOR_EVER, step).await.unwrap_or_else(|_| panic!("{what} never came"))
}

/// Waits until windows are told this, whatever else they are told before.
pub async fn until_told(events: &mut Receiver<Event>, wanted: &Event) {
    soon("the news", async { while events.recv().await.unwrap() != *wanted {} }).await;
}

/// Asks again and again until `look` finds something: for what happens in another process or thread and tells nobody.
pub async fn eventually<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    soon(what, async {
        loop {
            if let Some(found) = look() {
                return found;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await
}
