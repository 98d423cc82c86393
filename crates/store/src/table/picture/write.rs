//! Writes of pictures. The index of their words is kept in step by the writes themselves.

use rusqlite::{named_params, params};

use super::Picture;
use crate::cell::Json;
use crate::store::must_touch_one;
use crate::{AttachmentId, ConversationId, Error, MessageId, PictureId, UnixMs, Write, search};

/// Whether the pictures of a conversation are away with it.
const FOLLOW: &str = "UPDATE picture SET away =
       NOT starred AND NOT EXISTS (SELECT 1 FROM album_picture WHERE picture_key = picture.key)
       AND NOT EXISTS (SELECT 1 FROM attachment a
                       JOIN message m ON m.key = a.message_key
                       JOIN conversation c ON c.key = m.conversation_key
                       WHERE a.media_key = picture.media_key AND c.deleted_at IS NULL)
     WHERE origin IN ('received', 'attached')
       AND media_key IN (SELECT a.media_key FROM conversation c
                         JOIN message m ON m.conversation_key = c.key
                         JOIN attachment a ON a.message_key = m.key
                         WHERE c.id = ?1 AND a.kind = 'picture')";

impl Write {
    /// Adds a picture, and makes it findable by the words it was made from. Its width and height may be those that are
    /// expected while its file is not here. [`Error::NotFound`] when its generation or its file does not exist.
    pub fn insert_picture(&self, picture: &Picture) -> Result<(), Error> {
        let generation = picture.generation_id.map(|id| self.generation_key(id)).transpose()?;
        if let Some(media) = picture.media_id {
            self.want_media(media)?.ok_or(Error::NotFound)?;
        }
        self.connection
            .prepare_cached(
                "INSERT INTO picture (id, generation_key, media_key, origin, state, problem, revised_prompt, starred,
                                      service_key, model, ratio, created_at, deleted_at)
                 VALUES (:id, :generation, (SELECT key FROM media WHERE hash = :media), :origin, :state, :problem,
                         :revised_prompt, :starred, (SELECT key FROM service WHERE id = :service), :model, :ratio,
                         :created_at, :deleted_at)",
            )?
            .execute(named_params! {
                ":id": picture.id,
                ":generation": generation,
                ":media": picture.media_id,
                ":origin": picture.origin,
                ":state": picture.state,
                ":problem": picture.problem.as_ref().map(Json),
                ":revised_prompt": picture.revised_prompt,
                ":starred": picture.starred,
                ":service": picture.service_id,
                ":model": picture.model,
                ":ratio": ratio(picture.width, picture.height),
                ":created_at": picture.created_at,
                ":deleted_at": picture.deleted_at,
            })?;
        let key = self.connection.last_insert_rowid();
        let words = format!("{}\n{}", self.prompt_of(generation)?, picture.revised_prompt);
        self.connection
            .prepare_cached("INSERT INTO picture_words (rowid, words) VALUES (?1, ?2)")?
            .execute(params![key, search::index(&words)])?;
        Ok(())
    }

    /// Gives pictures the person's star or takes it away.
    pub fn star_pictures(&self, ids: &[PictureId], starred: bool) -> Result<(), Error> {
        let mut update = self
            .connection
            .prepare_cached("UPDATE picture SET starred = ?2, away = away AND NOT ?2 WHERE id = ?1")?;
        ids.iter().try_for_each(|id| must_touch_one(update.execute(params![id, starred])?))
    }

    /// Takes pictures out of the gallery. They can be brought back until they are purged.
    pub fn remove_pictures(&self, ids: &[PictureId], at: UnixMs) -> Result<(), Error> {
        let mut update = self
            .connection
            .prepare_cached("UPDATE picture SET deleted_at = ifnull(deleted_at, ?2) WHERE id = ?1")?;
        ids.iter().try_for_each(|id| must_touch_one(update.execute(params![id, at])?))
    }

    /// Brings pictures back into the gallery.
    pub fn restore_pictures(&self, ids: &[PictureId]) -> Result<(), Error> {
        let mut update =
            self.connection.prepare_cached("UPDATE picture SET deleted_at = NULL, away = 0 WHERE id = ?1")?;
        ids.iter().try_for_each(|id| must_touch_one(update.execute(params![id])?))
    }

    /// Removes for good what was deleted before `before`, and what was asked for it where nothing else came of that. Files
    /// go later, when nothing has mentioned them for a while.
    pub fn purge_pictures(&self, before: UnixMs) -> Result<usize, Error> {
        let made: Vec<i64> = self
            .connection
            .prepare_cached(
                "SELECT DISTINCT generation_key FROM picture
                 WHERE deleted_at < ?1 AND generation_key IS NOT NULL",
            )?
            .query_map([before], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        self.connection
            .prepare_cached(
                "DELETE FROM picture_words WHERE rowid IN (SELECT key FROM picture WHERE deleted_at < ?1)",
            )?
            .execute([before])?;
        let gone =
            self.connection.prepare_cached("DELETE FROM picture WHERE deleted_at < ?1")?.execute([before])?;
        let mut forget = self.connection.prepare_cached(
            "DELETE FROM generation
             WHERE key = ?1 AND state NOT IN ('queued', 'running')
               AND NOT EXISTS (SELECT 1 FROM picture WHERE generation_key = generation.key)",
        )?;
        for key in made {
            forget.execute([key])?;
        }
        Ok(gone)
    }

    /// Shows a picture of a chat in the gallery, once it belongs to a message and its file is here. A file that was ever in
    /// the gallery does not come again.
    pub(in crate::table) fn show_attachment(&self, id: AttachmentId) -> Result<(), Error> {
        self.show_attachments("a.id = ?1", params![id])
    }

    /// As [`Self::show_attachment`], for all that go along with a message.
    pub(in crate::table) fn show_attachments_of(&self, message: MessageId) -> Result<(), Error> {
        self.show_attachments("m.id = ?1", params![message])
    }

    /// Removes the pictures that were out of sight with their chats and whose chats are gone for good. What had a star or lay
    /// in an album when its chat was deleted was never out of sight, and stays whatever becomes of its star and album.
    pub(in crate::table) fn forget_chat_pictures(&self) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "DELETE FROM picture
                 WHERE away = 1 AND origin IN ('received', 'attached') AND NOT starred
                   AND NOT EXISTS (SELECT 1 FROM album_picture WHERE picture_key = picture.key)
                   AND NOT EXISTS (SELECT 1 FROM attachment
                                   WHERE media_key = picture.media_key AND message_key IS NOT NULL)",
            )?
            .execute([])?;
        Ok(())
    }

    /// Lets the pictures of a conversation leave the gallery when it went to the recycle bin, and come back with it. What
    /// has a star, lies in an album or came with another conversation too stays.
    pub(in crate::table) fn follow_conversation(&self, id: ConversationId) -> Result<(), Error> {
        self.connection.prepare_cached(FOLLOW)?.execute([id])?;
        Ok(())
    }

    fn show_attachments(&self, which: &str, params: &[&dyn rusqlite::ToSql]) -> Result<(), Error> {
        let mut insert = self.connection.prepare_cached(&format!(
            "INSERT INTO picture (id, media_key, origin, state, service_key, model, ratio, created_at, away)
             SELECT a.id, a.media_key, CASE a.role WHEN 'sent' THEN 'attached' ELSE 'received' END, 'kept', m.service_key,
                    m.model,
                    CASE WHEN f.width > 0 AND f.height > 0 THEN max(1, f.width * 100 / f.height) ELSE 100 END,
                    a.created_at, c.deleted_at IS NOT NULL
             FROM attachment a
             JOIN message m ON m.key = a.message_key
             JOIN conversation c ON c.key = m.conversation_key
             JOIN media f ON f.key = a.media_key
             WHERE {which} AND a.kind = 'picture' AND a.state = 'kept'
               AND a.key = (SELECT min(o.key) FROM attachment o
                            WHERE o.media_key = a.media_key AND o.message_key = a.message_key AND o.state = 'kept')
               AND NOT EXISTS (SELECT 1 FROM picture WHERE media_key = a.media_key)
             ORDER BY a.position, a.key"
        ))?;
        insert.execute(params)?;
        // It may be here already, out of sight with a conversation that was deleted.
        self.connection
            .prepare_cached(&format!(
                "UPDATE picture SET away = 0
                 WHERE away = 1 AND media_key IN (SELECT a.media_key FROM attachment a
                                                  JOIN message m ON m.key = a.message_key
                                                  JOIN conversation c ON c.key = m.conversation_key
                                                  WHERE {which} AND c.deleted_at IS NULL)"
            ))?
            .execute(params)?;
        Ok(())
    }

    fn prompt_of(&self, generation: Option<i64>) -> Result<String, Error> {
        let Some(key) = generation else { return Ok(String::new()) };
        let mut select = self.connection.prepare_cached("SELECT prompt FROM generation WHERE key = ?1")?;
        Ok(select.query_row([key], |row| row.get(0))?)
    }
}

/// A hundred times width by height; that of a square where it is not known.
pub(super) fn ratio(width: i64, height: i64) -> i64 {
    if width > 0 && height > 0 {
        width.saturating_mul(100).checked_div(height).unwrap_or(100).max(1)
    } else {
        100
    }
}

#[cfg(test)]
mod tests {
    use super::FOLLOW;
    use crate::Store;

    #[test]
    fn the_pictures_of_a_conversation_are_found_along_indexes() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let plan: Vec<String> = store
            .read(|read| {
                let mut explain = read.connection.prepare(&format!("EXPLAIN QUERY PLAN {FOLLOW}"))?;
                let rows = explain.query_map([[0_u8; 16]], |row| row.get("detail"))?;
                Ok(rows.collect::<rusqlite::Result<_>>()?)
            })
            .unwrap();
        assert!(!plan.iter().any(|line| line.starts_with("SCAN")), "nothing is read through: {plan:?}");
    }
}
