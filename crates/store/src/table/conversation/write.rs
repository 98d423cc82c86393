//! Writes of conversations. A deleted one lies in the bin until it is purged.

use rusqlite::{named_params, params};

use super::{Conversation, TitleBy};
use crate::cell::Json;
use crate::store::must_touch_one;
use crate::table::draft::edit_place;
use crate::{ConversationId, Error, MessageId, Read, UnixMs, Write, search};

impl Read {
    /// The integer key of a conversation that must exist.
    pub(crate) fn conversation_key(&self, id: ConversationId) -> Result<i64, Error> {
        let mut select = self.connection.prepare_cached("SELECT key FROM conversation WHERE id = ?1")?;
        Ok(select.query_row([id], |row| row.get(0))?)
    }
}

impl Write {
    /// Adds a conversation. A service that does not exist is kept as none.
    pub fn insert_conversation(&self, conversation: &Conversation) -> Result<(), Error> {
        self.connection
            .prepare_cached("INSERT INTO conversation (id, kind, created_at) VALUES (?1, ?2, ?3)")?
            .execute(params![conversation.id, conversation.kind, conversation.created_at])?;
        self.update_conversation(conversation)
    }

    /// Writes all of a conversation anew, but for its kind and when it was begun. [`Error::NotFound`] when it, or its
    /// head within it, does not exist. A service that does not exist is kept as none.
    pub fn update_conversation(&self, conversation: &Conversation) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "UPDATE conversation SET pinned = :pinned, snippet = :snippet, model = :model,
                        service_key = (SELECT key FROM service WHERE id = :service),
                        several = :several, instructions = :instructions, options = :options, summary = :summary,
                        folder_key = (SELECT key FROM folder WHERE id = :folder),
                        archived_at = :archived_at, updated_at = :updated_at, deleted_at = :deleted_at
                 WHERE id = :id",
            )?
            .execute(named_params! {
                ":id": conversation.id,
                ":pinned": conversation.pinned,
                ":snippet": conversation.snippet,
                ":model": conversation.model,
                ":service": conversation.service_id,
                ":several": Json(&conversation.several),
                ":instructions": conversation.instructions,
                ":options": Json(&conversation.options),
                ":summary": conversation.summary.as_ref().map(Json),
                ":folder": conversation.folder_id,
                ":archived_at": conversation.archived_at,
                ":updated_at": conversation.updated_at,
                ":deleted_at": conversation.deleted_at,
            })?;
        self.set_head(conversation.id, conversation.head)?;
        self.set_title(conversation.id, &conversation.title, conversation.title_by)
    }

    /// Gives a title and makes it findable.
    pub fn set_title(&self, id: ConversationId, title: &str, by: TitleBy) -> Result<(), Error> {
        let key = self.conversation_key(id)?;
        self.connection
            .prepare_cached("UPDATE conversation SET title_by = ?2 WHERE key = ?1")?
            .execute(params![key, by])?;
        // The index grows with every write until it is merged, and most updates leave the title as it is.
        let changed = self
            .connection
            .prepare_cached(
                "UPDATE conversation SET title = ?2, title_order = ?3 WHERE key = ?1 AND title <> ?2",
            )?
            .execute(params![key, title, search::order(title)])?;
        if changed > 0 {
            self.connection
                .prepare_cached("INSERT OR REPLACE INTO conversation_words (rowid, words) VALUES (?1, ?2)")?
                .execute(params![key, search::index(title)])?;
        }
        Ok(())
    }

    /// Pins a conversation to the top of the list, or lets it go.
    pub fn set_pinned(&self, id: ConversationId, pinned: bool) -> Result<(), Error> {
        let mut update =
            self.connection.prepare_cached("UPDATE conversation SET pinned = ?2 WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, pinned])?)
    }

    /// Shows another branch: the one that ends at `head`, which must be a message of this conversation.
    pub fn set_head(&self, id: ConversationId, head: Option<MessageId>) -> Result<(), Error> {
        let key = self.conversation_key(id)?;
        let head = head.map(|head| self.message_key_in(key, head)).transpose()?;
        self.connection
            .prepare_cached("UPDATE conversation SET head_key = ?2 WHERE key = ?1")?
            .execute(params![key, head])?;
        Ok(())
    }

    /// Before another child of `parent` is shown: the one that is shown now remembers where its branch ends.
    pub fn leave_branch(&self, id: ConversationId, parent: Option<MessageId>) -> Result<(), Error> {
        let key = self.conversation_key(id)?;
        let parent = parent.map(|parent| self.message_key_in(key, parent)).transpose()?;
        self.connection
            .prepare_cached(
                "WITH RECURSIVE up (key, parent_key) AS (
                   SELECT m.key, m.parent_key FROM conversation c JOIN message m ON m.key = c.head_key
                   WHERE c.key = ?1 AND m.key IS NOT ?2
                   UNION ALL
                   SELECT m.key, m.parent_key FROM up JOIN message m ON m.key = up.parent_key
                   WHERE up.parent_key IS NOT ?2
                 )
                 UPDATE message SET leaf_key = (SELECT head_key FROM conversation WHERE key = ?1)
                 WHERE key = (SELECT key FROM up WHERE parent_key IS ?2)",
            )?
            .execute(params![key, parent])?;
        Ok(())
    }

    /// Puts a conversation into the bin.
    pub fn bin_conversation(&self, id: ConversationId, at: UnixMs) -> Result<(), Error> {
        self.set_conversation_deleted(id, Some(at))
    }

    /// Takes a conversation out of the bin.
    pub fn restore_conversation(&self, id: ConversationId) -> Result<(), Error> {
        self.set_conversation_deleted(id, None)
    }

    /// Removes for good, with their messages and drafts, all conversations that went to the bin before
    /// `deleted_before`. Returns how many.
    pub fn purge_conversations(&self, deleted_before: UnixMs) -> Result<usize, Error> {
        let doomed: Vec<(i64, ConversationId)> = self
            .connection
            .prepare_cached("SELECT key, id FROM conversation WHERE deleted_at < ?1")?
            .query_map([deleted_before], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (key, id) in &doomed {
            self.set_draft(&id.to_string(), "", deleted_before)?;
            self.set_draft(&edit_place(*id), "", deleted_before)?;
            self.drop_draft_attachments(&id.to_string())?;
            self.drop_words_of(*key)?;
            self.connection
                .prepare_cached("DELETE FROM conversation_words WHERE rowid = ?1")?
                .execute([key])?;
            self.connection.prepare_cached("DELETE FROM conversation WHERE key = ?1")?.execute([key])?;
        }
        if !doomed.is_empty() {
            self.forget_chat_pictures()?;
        }
        Ok(doomed.len())
    }

    fn set_conversation_deleted(&self, id: ConversationId, at: Option<UnixMs>) -> Result<(), Error> {
        let mut update =
            self.connection.prepare_cached("UPDATE conversation SET deleted_at = ?2 WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, at])?)?;
        self.follow_conversation(id)
    }
}
