//! Writes of attachments.

use rusqlite::{named_params, params};

use super::Attachment;
use crate::cell::Json;
use crate::store::must_touch_one;
use crate::{AttachmentId, Error, MessageId, Write};

/// Stands before the place of what was taken from a draft and can still come back.
const ASIDE: &str = "aside:";

impl Write {
    /// Adds an attachment behind those that its message or draft has. The row of its file is added with it.
    /// [`Error::NotFound`] when its message does not exist.
    pub fn insert_attachment(&self, attachment: &Attachment) -> Result<(), Error> {
        let message = attachment.message_id.map(|id| self.message_key(id)).transpose()?;
        self.connection
            .prepare_cached(
                "INSERT INTO attachment (id, message_key, place, position, role, kind, created_at)
                 VALUES (:id, :message, :place,
                         (SELECT ifnull(max(position) + 1, 0) FROM attachment
                          WHERE message_key IS :message AND place = :place),
                         :role, :kind, :created_at)",
            )?
            .execute(named_params! {
                ":id": attachment.id,
                ":message": message,
                ":place": attachment.place,
                ":role": attachment.role,
                ":kind": attachment.kind,
                ":created_at": attachment.created_at,
            })?;
        self.update_attachment(attachment)
    }

    /// Writes an attachment anew, but for where it belongs, who brought it and what was read out of it. The row of its
    /// file is added with it. [`Error::NotFound`] when it does not exist.
    pub fn update_attachment(&self, attachment: &Attachment) -> Result<(), Error> {
        if let Some(media) = &attachment.media {
            self.insert_media(media)?;
        }
        let touched = self
            .connection
            .prepare_cached(
                "UPDATE attachment
                 SET kind = :kind, media_key = (SELECT key FROM media WHERE hash = :media), name = :name,
                     source = :source, detail = :detail, state = :state, problem = :problem, tries = :tries,
                     next_at = :next_at, facts = :facts, uploaded = :uploaded
                 WHERE id = :id",
            )?
            .execute(named_params! {
                ":id": attachment.id,
                ":kind": attachment.kind,
                ":media": attachment.media.as_ref().map(|media| media.id),
                ":name": attachment.name,
                ":source": attachment.source,
                ":detail": attachment.detail,
                ":state": attachment.state,
                ":problem": attachment.problem.as_ref().map(Json),
                ":tries": attachment.tries,
                ":next_at": attachment.next_at,
                ":facts": Json(&attachment.facts),
                ":uploaded": attachment.uploaded.as_ref().map(Json),
            })?;
        must_touch_one(touched)?;
        self.show_attachment(attachment.id)
    }

    /// Keeps what was read out of an attachment.
    pub fn set_attachment_text(&self, id: AttachmentId, text: &str) -> Result<(), Error> {
        let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        let mut update = self
            .connection
            .prepare_cached("UPDATE attachment SET text = ?2, text_length = ?3 WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, text, length])?)
    }

    /// Takes an attachment away. Its file stays until nothing has mentioned it for a while.
    pub fn remove_attachment(&self, id: AttachmentId) -> Result<(), Error> {
        let mut delete = self.connection.prepare_cached("DELETE FROM attachment WHERE id = ?1")?;
        must_touch_one(delete.execute([id])?)
    }

    /// Takes all attachments of a draft away.
    pub fn drop_draft_attachments(&self, place: &str) -> Result<usize, Error> {
        let mut delete =
            self.connection.prepare_cached("DELETE FROM attachment WHERE place = ?1 AND place <> ''")?;
        Ok(delete.execute([place])?)
    }

    /// Takes an attachment from its draft so that it can come back, see [`Self::take_attachment_back`].
    pub fn put_attachment_aside(&self, id: AttachmentId) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE attachment SET place = ?2 || place WHERE id = ?1 AND place <> '' AND place NOT LIKE ?2 || '%'",
        )?;
        must_touch_one(update.execute(params![id, ASIDE])?)
    }

    /// Brings an attachment back to the draft that it was taken from.
    pub fn take_attachment_back(&self, id: AttachmentId) -> Result<Attachment, Error> {
        let mut update = self.connection.prepare_cached(
            "UPDATE attachment SET place = substr(place, length(?2) + 1) WHERE id = ?1 AND place LIKE ?2 || '%'",
        )?;
        must_touch_one(update.execute(params![id, ASIDE])?)?;
        self.attachment(id)?.ok_or(Error::NotFound)
    }

    /// Forgets what was put aside: nobody brings it back after a start.
    pub fn forget_put_aside(&self) -> Result<(), Error> {
        self.connection
            .prepare_cached("DELETE FROM attachment WHERE place LIKE ?1 || '%'")?
            .execute([ASIDE])?;
        Ok(())
    }

    /// Puts the attachments of a draft in the given order. Those not named come last.
    pub fn order_attachments(&self, place: &str, order: &[AttachmentId]) -> Result<(), Error> {
        let mut update = self
            .connection
            .prepare_cached("UPDATE attachment SET position = ?3 WHERE place = ?1 AND id = ?2")?;
        for (position, id) in (0_i64..).zip(order) {
            update.execute(params![place, id, position])?;
        }
        let many = i64::try_from(order.len()).unwrap_or(i64::MAX);
        for left in self.draft_attachments(place)?.iter().filter(|one| !order.contains(&one.id)) {
            update.execute(params![place, left.id, many])?;
        }
        Ok(())
    }

    /// Hands the attachments of a draft over to the message that was made of it. Returns how many there were.
    pub fn send_attachments(&self, place: &str, message: MessageId) -> Result<usize, Error> {
        let key = self.message_key(message)?;
        let mut update = self.connection.prepare_cached(
            "UPDATE attachment SET message_key = ?2, place = '' WHERE place = ?1 AND place <> ''",
        )?;
        let sent = update.execute(params![place, key])?;
        self.show_attachments_of(message)?;
        Ok(sent)
    }

    /// Gives a message the same attachments as another one, under ids of their own. Files are not copied.
    pub fn copy_attachments(&self, from: MessageId, to: MessageId) -> Result<(), Error> {
        self.copy_attachments_but(from, to, &[])
    }

    /// As [`Self::copy_attachments`], but for those named.
    pub fn copy_attachments_but(
        &self,
        from: MessageId,
        to: MessageId,
        without: &[AttachmentId],
    ) -> Result<(), Error> {
        let (from_key, to_key) = (self.message_key(from)?, self.message_key(to)?);
        for one in self.attachments(from)?.iter().filter(|one| !without.contains(&one.id)) {
            self.connection
                .prepare_cached(
                    "INSERT INTO attachment (id, message_key, place, position, media_key, role, kind, name, source,
                                             detail, state, problem, tries, next_at, created_at, facts, uploaded, text_length, text)
                     SELECT ?3, ?2, '', position, media_key, role, kind, name, source, detail, state, problem, tries,
                            next_at, created_at, facts, uploaded, text_length, text
                     FROM attachment WHERE id = ?4 AND message_key = ?1",
                )?
                .execute(params![from_key, to_key, AttachmentId::new(), one.id])?;
        }
        Ok(())
    }

    fn message_key(&self, id: MessageId) -> Result<i64, Error> {
        let mut select = self.connection.prepare_cached("SELECT key FROM message WHERE id = ?1")?;
        Ok(select.query_row([id], |row| row.get(0))?)
    }
}
