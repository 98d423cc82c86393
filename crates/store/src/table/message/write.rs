//! Writes of messages. What was received is never lost to a lesser fault: a service that is gone is kept as
//! none, and progress that comes late never overwrites an end.

use rusqlite::{named_params, params};

use super::words::spoken;
use super::{Message, MessageState, Step};
use crate::cell::Json;
use crate::store::must_touch_one;
use crate::{ConversationId, Error, MessageId, UnixMs, Write};

const PURGED: &str = "
    SELECT m.key FROM message m INDEXED BY message_bin
    JOIN conversation c ON c.key = m.conversation_key
    WHERE m.deleted_at > 0 AND m.deleted_at < ?1 AND m.state <> 'streaming' AND c.deleted_at IS NULL";

/// What a purged message loses: all that was said. Its place in the tree, who answered and what it cost stay.
const FORGET: [&str; 5] = [
    "DELETE FROM message_form WHERE key = ?1",
    "DELETE FROM attachment WHERE message_key = ?1",
    "DELETE FROM confidence WHERE message_key = ?1",
    "UPDATE message_body SET text = '', thoughts = '', suffix = '', steps = '[]', citations = '[]' WHERE key = ?1",
    "UPDATE message SET deleted_at = 0, length = 0, problem = NULL, known_as = '' WHERE key = ?1",
];

impl Write {
    /// Adds a message. [`Error::NotFound`] when its conversation, or its parent within it, does not exist. A
    /// service that does not exist is kept as none.
    pub fn insert_message(&self, message: &Message) -> Result<(), Error> {
        let (conversation, parent) = self.place_of(message.conversation_id, message.parent_id)?;
        self.connection
            .prepare_cached(
                "INSERT INTO message (id, conversation_key, parent_key, role, state, length, deleted_at,
                                      service_key, model, answered_by, known_as, finish_reason, problem,
                                      usage, thought_ms, first_ms, duration_ms, created_at, adapted, sent, beside)
                 VALUES (:id, :conversation, :parent, :role, :state, :length, :deleted_at,
                         (SELECT key FROM service WHERE id = :service), :model, :answered_by, :known_as,
                         :finish_reason, :problem, :usage, :thought_ms, :first_ms, :duration_ms, :created_at,
                         :adapted, :sent, :beside)",
            )?
            .execute(named_params! {
                ":id": message.id,
                ":conversation": conversation,
                ":parent": parent,
                ":role": message.role,
                ":state": message.state,
                ":length": characters(&message.text),
                ":deleted_at": message.deleted_at,
                ":service": message.service_id,
                ":model": message.model,
                ":answered_by": message.answered_by,
                ":known_as": message.known_as,
                ":finish_reason": message.finish_reason,
                ":problem": message.problem.as_ref().map(Json),
                ":usage": message.usage.as_ref().map(Json),
                ":thought_ms": message.thought_ms,
                ":first_ms": message.first_ms,
                ":duration_ms": message.duration_ms,
                ":created_at": message.created_at,
                ":adapted": Json(&message.adapted),
                ":sent": message.sent.as_ref().map(Json),
                ":beside": message.beside,
            })?;
        let key = self.connection.last_insert_rowid();
        self.connection
            .prepare_cached(
                "INSERT INTO message_body (key, text, thoughts, suffix, steps, citations)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                key,
                message.text,
                message.thoughts,
                message.suffix,
                Json(&message.steps),
                Json(&message.citations)
            ])?;
        if message.state == MessageState::Streaming || message.deleted_at.is_some() {
            return Ok(());
        }
        self.put_words(key, &spoken(&message.text, &message.suffix))
    }

    /// Writes a message anew, but for its places in the tree and side by side, who speaks, when it was written and when it was
    /// deleted. [`Error::NotFound`] when it does not exist; a service that does not exist is kept as none.
    pub fn update_message(&self, message: &Message) -> Result<(), Error> {
        let touched = self
            .connection
            .prepare_cached(
                "UPDATE message SET state = :state, service_key = (SELECT key FROM service WHERE id = :service),
                        model = :model, answered_by = :answered_by, known_as = :known_as,
                        finish_reason = :finish_reason, problem = :problem, usage = :usage,
                        thought_ms = :thought_ms, first_ms = :first_ms, duration_ms = :duration_ms, adapted = :adapted, sent = :sent
                 WHERE id = :id",
            )?
            .execute(named_params! {
                ":id": message.id,
                ":state": message.state,
                ":service": message.service_id,
                ":model": message.model,
                ":answered_by": message.answered_by,
                ":known_as": message.known_as,
                ":finish_reason": message.finish_reason,
                ":problem": message.problem.as_ref().map(Json),
                ":usage": message.usage.as_ref().map(Json),
                ":thought_ms": message.thought_ms,
                ":first_ms": message.first_ms,
                ":duration_ms": message.duration_ms,
                ":adapted": Json(&message.adapted),
                ":sent": message.sent.as_ref().map(Json),
            })?;
        must_touch_one(touched)?;
        self.connection
            .prepare_cached(
                "UPDATE message_body SET suffix = ?2, steps = ?3, citations = ?4
                 WHERE key = (SELECT key FROM message WHERE id = ?1)",
            )?
            .execute(params![message.id, message.suffix, Json(&message.steps), Json(&message.citations)])?;
        self.write_body(message.id, &message.text, &message.thoughts)?;
        // While an answer is being received its words change several times a second: the last write tells.
        if message.state == MessageState::Streaming { Ok(()) } else { self.index_by_id(message.id) }
    }

    /// Keeps what a message that is being received holds so far. Returns false, and writes nothing, when the
    /// message is no longer being received.
    pub fn save_progress(&self, id: MessageId, text: &str, thoughts: &str) -> Result<bool, Error> {
        let streaming: bool = self
            .connection
            .prepare_cached("SELECT state = 'streaming' FROM message WHERE id = ?1")?
            .query_row([id], |row| row.get(0))?;
        if streaming {
            self.write_body(id, text, thoughts)?;
        }
        Ok(streaming)
    }

    /// Keeps the tool calls of a message as they stand; [`Error::NotFound`] without the message.
    pub fn save_steps(&self, id: MessageId, steps: &[Step]) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE message_body SET steps = ?2 WHERE key = (SELECT key FROM message WHERE id = ?1)",
        )?;
        must_touch_one(update.execute(params![id, Json(steps)])?)
    }

    /// Deletes a message, or with none brings it back; [`Error::NotFound`] when it was purged. It stays in the tree.
    pub fn set_deleted(&self, id: MessageId, at: Option<UnixMs>) -> Result<(), Error> {
        let mut update = self
            .connection
            .prepare_cached("UPDATE message SET deleted_at = ?2 WHERE id = ?1 AND deleted_at IS NOT 0")?;
        must_touch_one(update.execute(params![id, at])?)?;
        self.index_by_id(id)
    }

    /// Forgets for good what was said in messages that were deleted before `before`, in conversations outside the bin: the
    /// others go with theirs or come back with it. Their places in the tree stay, for others follow them. Returns how many.
    pub fn purge_messages(&self, before: UnixMs) -> Result<usize, Error> {
        let doomed: Vec<i64> = self
            .connection
            .prepare_cached(PURGED)?
            .query_map([before], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for key in &doomed {
            for forget in FORGET {
                self.connection.prepare_cached(forget)?.execute([key])?;
            }
        }
        Ok(doomed.len())
    }

    /// Marks every message that was being received as interrupted, for nobody receives them any more after a
    /// start. Returns which.
    pub fn interrupted(&self) -> Result<Vec<MessageId>, Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE message SET state = 'interrupted' WHERE state = 'streaming' RETURNING key, id",
        )?;
        let rows = update.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let interrupted: Vec<(i64, MessageId)> = rows.collect::<rusqlite::Result<_>>()?;
        interrupted.iter().try_for_each(|(key, _)| self.index_message(*key))?;
        Ok(interrupted.into_iter().map(|(_, id)| id).collect())
    }

    fn write_body(&self, id: MessageId, text: &str, thoughts: &str) -> Result<(), Error> {
        self.connection
            .prepare_cached("UPDATE message SET length = ?2 WHERE id = ?1")?
            .execute(params![id, characters(text)])?;
        let mut update = self.connection.prepare_cached(
            "UPDATE message_body SET text = ?2, thoughts = ?3 WHERE key = (SELECT key FROM message WHERE id = ?1)",
        )?;
        must_touch_one(update.execute(params![id, text, thoughts])?)
    }

    /// The keys of a conversation and of a message in it, both of which must exist. One query, for it runs with
    /// every message.
    fn place_of(
        &self,
        conversation: ConversationId,
        parent: Option<MessageId>,
    ) -> Result<(i64, Option<i64>), Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT c.key, p.key FROM conversation c
             LEFT JOIN message p ON p.id = ?2 AND p.conversation_key = c.key
             WHERE c.id = ?1",
        )?;
        let (key, found): (i64, Option<i64>) =
            select.query_row(params![conversation, parent], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if parent.is_some() && found.is_none() {
            return Err(Error::NotFound);
        }
        Ok((key, found))
    }
}

fn characters(text: &str) -> i64 {
    i64::try_from(text.chars().count()).unwrap_or(i64::MAX)
}
