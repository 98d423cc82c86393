//! Rows and stores to test with. Decides nothing that a test would want to see.

use store::table::conversation::{Conversation, TitleBy};
use store::table::media::Media;
use store::table::message::{Message, Role};
use store::table::model::{Model, ModelKind};
use store::table::service::{KeyPlace, KeyState, Lamps, Service};
use store::{ConversationId, MessageId, ServiceId, Store};
use tempfile::TempDir;

/// A store in a folder that goes when this is dropped.
pub struct Made {
    pub folder: TempDir,
    pub store: Store,
}

impl Made {
    /// Changes the file behind the store's back, as another version of Medley might.
    pub fn by_hand(&self, sql: &str) {
        self.connection().execute_batch(sql).unwrap();
    }

    /// One value, read behind the store's back.
    pub fn query_by_hand<T: rusqlite::types::FromSql>(&self, sql: &str) -> T {
        self.connection().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    /// Closes the store and keeps its folder.
    pub fn close(self) -> TempDir {
        self.folder
    }

    fn connection(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.folder.path().join("medley.db")).unwrap()
    }
}

pub fn store() -> Made {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    Made { folder, store }
}

pub fn service(name: &str) -> Service {
    Service {
        id: ServiceId::new(),
        name: name.into(),
        preset: "other".into(),
        address: "https://example.test/v1".into(),
        family: "new-api".into(),
        key: KeyState { place: KeyPlace::Keychain, ends_in: "4f2a".into() },
        lamps: Lamps::default(),
        balance: None,
        position: 0,
        created_at: 1_000,
        checked_at: 0,
        upload_address: String::new(),
        midjourney_address: String::new(),
    }
}

pub fn model(service_id: ServiceId, name: &str) -> Model {
    Model {
        service_id,
        name: name.into(),
        label: name.into(),
        kind: ModelKind::Chat,
        context: None,
        price_in: None,
        price_out: None,
        price_call: None,
        favourite: false,
        typed_in: false,
    }
}

pub fn conversation(title: &str, updated_at: i64) -> Conversation {
    Conversation {
        title: title.into(),
        title_by: TitleBy::FirstWords,
        updated_at,
        ..Conversation::blank(1_000)
    }
}

pub fn message(conversation: ConversationId, parent: Option<MessageId>, text: &str) -> Message {
    Message { text: text.into(), ..Message::blank(conversation, parent, Role::User, 1_000) }
}

/// Keeps a file with its row, as whoever receives one does.
pub fn media(store: &Store, bytes: &[u8]) -> Media {
    let id = store.put_media(bytes, "image/png").unwrap();
    let media = Media::plain(id, "image/png", i64::try_from(bytes.len()).unwrap(), 1_000);
    store.write(|write| write.insert_media(&media)).unwrap();
    media
}

/// Adds a conversation whose branch has one message per text; returns their ids, first to last.
pub fn branch(store: &Store, conversation: &Conversation, texts: &[&str]) -> Vec<MessageId> {
    store
        .write(|write| {
            write.insert_conversation(conversation)?;
            let mut ids: Vec<MessageId> = Vec::new();
            for text in texts {
                let message = message(conversation.id, ids.last().copied(), text);
                write.insert_message(&message)?;
                ids.push(message.id);
            }
            write.set_head(conversation.id, ids.last().copied())?;
            Ok(ids)
        })
        .unwrap()
}
