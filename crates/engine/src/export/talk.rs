//! A conversation as it is taken out: its branch read a few messages at a time, so that a long one never lies in memory
//! whole.

use jiff::Timestamp;
use store::table::attachment::Attachment;
use store::table::conversation::{Conversation, ConversationKind};
use store::table::message::{Message, Role};
use store::{ConversationId, MessageId, Read, UnixMs};

use super::Setting;

/// Messages read at once.
const CHUNK: usize = 32;

/// A conversation and what it takes to name those who speak in it.
pub(super) struct Talk<'read> {
    pub(super) row: Conversation,
    read: &'read Read,
    setting: &'read Setting,
}

/// A message with what belongs to it.
pub(super) struct Said {
    pub(super) message: Message,
    pub(super) attachments: Vec<Attachment>,
}

impl<'read> Talk<'read> {
    pub(super) fn open(
        read: &'read Read,
        id: ConversationId,
        setting: &'read Setting,
    ) -> Result<Self, store::Error> {
        let row = read.conversation(id)?.ok_or(store::Error::NotFound)?;
        Ok(Self { row, read, setting })
    }

    pub(super) fn title(&self) -> &str {
        if self.row.title.is_empty() { &self.setting.words.untitled } else { &self.row.title }
    }

    /// The ids of the branch shown, oldest first.
    pub(super) fn shown_ids(&self) -> Result<Vec<MessageId>, store::Error> {
        Ok(self.read.outline(self.row.id)?.into_iter().map(|entry| entry.id).collect())
    }

    /// The messages of the branch shown, oldest first. Of a text: the text as it stands, and nothing else.
    pub(super) fn shown(
        &self,
    ) -> Result<impl Iterator<Item = Result<Said, store::Error>> + use<'read>, store::Error> {
        let (text, ids) = match self.row.kind {
            ConversationKind::Chat => (None, self.shown_ids()?),
            ConversationKind::Text => (Some(Ok(self.text()?)), Vec::new()),
        };
        Ok(text.into_iter().chain(self.each(ids)))
    }

    /// A text as one message.
    fn text(&self) -> Result<Said, store::Error> {
        let text = self.read.draft(&self.row.id.to_string())?.unwrap_or_default();
        let message = Message { text, ..Message::blank(self.row.id, None, Role::User, self.row.updated_at) };
        Ok(Said { message, attachments: Vec::new() })
    }

    /// What the data of an answer was to fit, where it was asked for as data.
    pub(super) fn schema(&self, id: MessageId) -> Result<Option<String>, store::Error> {
        self.read.form(id)
    }

    /// All messages of all branches, in the order they were written.
    pub(super) fn whole(
        &self,
    ) -> Result<impl Iterator<Item = Result<Said, store::Error>> + use<'read>, store::Error> {
        Ok(self.each(self.read.message_ids(self.row.id)?))
    }

    /// Who speaks: "You", or the model's own name.
    pub(super) fn who<'message>(&self, message: &'message Message) -> &'message str
    where
        'read: 'message,
    {
        match message.role {
            Role::User => &self.setting.words.you,
            Role::Assistant if message.model.is_empty() => &self.setting.words.answer,
            Role::Assistant => &message.model,
        }
    }

    fn each(&self, ids: Vec<MessageId>) -> impl Iterator<Item = Result<Said, store::Error>> + use<'read> {
        let read = self.read;
        let mut chunks = ids.into_iter();
        std::iter::from_fn(move || {
            let next: Vec<MessageId> = chunks.by_ref().take(CHUNK).collect();
            (!next.is_empty()).then(|| read.messages(&next))
        })
        .flat_map(move |chunk| match chunk {
            Ok(messages) => messages
                .into_iter()
                .map(|message| Ok(Said { attachments: read.attachments(message.id)?, message }))
                .collect::<Vec<_>>(),
            Err(error) => vec![Err(error)],
        })
    }
}

impl Setting {
    /// 2026-11-20 14:02, by the clock of this computer: read the same in every language.
    pub(super) fn time(&self, at: UnixMs) -> String {
        let zoned = Timestamp::from_millisecond(at).map(|at| at.to_zoned_datetime(self.zone.clone()));
        zoned.map(|at| at.strftime("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
    }

    /// The same with seconds and the distance to UTC, for programs.
    pub(super) fn stamp(&self, at: UnixMs) -> String {
        let zoned = Timestamp::from_millisecond(at).map(|at| at.to_zoned_datetime(self.zone.clone()));
        zoned.map(|at| at.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()).unwrap_or_default()
    }
}
