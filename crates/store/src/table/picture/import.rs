//! Pictures that the person takes in. Each file comes once: what is in the gallery is not added again, and what was deleted
//! comes back.

use rusqlite::{OptionalExtension, params};

use super::Picture;
use crate::table::generation::Generation;
use crate::table::media::Media;
use crate::{Error, MediaId, Read, Write, search};

/// What became of a file that was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakenIn {
    /// It is in the gallery now, under this number.
    Now(i64),
    /// It was there.
    Before,
}

/// A picture of this file, one that is shown first. One that is away with its chat comes back with it and is left alone: the
/// file gets a picture of its own, so that taking this one back takes nothing from the chat.
const OF_FILE: &str = "SELECT key, deleted_at IS NULL AND away = 0 AS shown FROM picture
     WHERE media_key = (SELECT key FROM media WHERE hash = ?1) AND (away = 0 OR deleted_at IS NOT NULL)
     ORDER BY shown DESC, key LIMIT 1";

impl Read {
    /// Whether a picture of this file is or was in the gallery, and not only away with its chat.
    pub fn knows_picture_of(&self, media: MediaId) -> Result<bool, Error> {
        Ok(self.of_file(media)?.is_some())
    }

    fn of_file(&self, media: MediaId) -> Result<Option<(i64, bool)>, Error> {
        let mut select = self.connection.prepare_cached(OF_FILE)?;
        Ok(select.query_row([media], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }
}

impl Write {
    /// Takes in a file of which a picture is or was in the gallery; none when there never was one. One that a chat brought
    /// belongs to the gallery from then on: the person has said that they want it, whatever becomes of the chat.
    pub fn take_in_again(&self, media: MediaId) -> Result<Option<TakenIn>, Error> {
        let Some((key, shown)) = self.of_file(media)? else { return Ok(None) };
        self.connection
            .prepare_cached(
                "UPDATE picture SET deleted_at = NULL, away = 0,
                        origin = CASE WHEN origin IN ('received', 'attached') THEN 'imported' ELSE origin END
                 WHERE key = ?1",
            )?
            .execute(params![key])?;
        Ok(Some(if shown { TakenIn::Before } else { TakenIn::Now(key) }))
    }

    /// Takes in a picture that its service still had, with its making, which may be known here already. A file that is or was
    /// here stays as it is, deleted or not, and is told what it came of where that is not known.
    pub fn take_in_past(
        &self,
        media: &Media,
        picture: &Picture,
        making: &Generation,
    ) -> Result<TakenIn, Error> {
        let known = self.generation(making.id)?.map(|row| row.state);
        if known.is_some_and(|state| !state.is_ended()) {
            return Ok(TakenIn::Before);
        }
        let here = self.of_file(media.id)?.map(|(key, _)| key);
        let bare = here.map(|key| self.is_bare(key)).transpose()?;
        if bare == Some(false) {
            return Ok(TakenIn::Before);
        }
        match (known, &making.task) {
            (Some(_), Some(task)) => self.set_generation_found(making.id, task)?,
            (Some(_), None) => {}
            (None, _) => self.insert_generation(making)?,
        }
        if let Some(key) = here {
            self.tell_making(key, making)?;
            return Ok(TakenIn::Before);
        }
        self.insert_media(media)?;
        self.insert_picture(picture)?;
        self.key_of(picture)
    }

    /// Nothing is known of how a picture was made.
    fn is_bare(&self, key: i64) -> Result<bool, Error> {
        let mut select =
            self.connection.prepare_cached("SELECT generation_key IS NULL FROM picture WHERE key = ?1")?;
        Ok(select.query_row([key], |row| row.get(0))?)
    }

    /// Writes down what a picture came of, and makes it findable by those words.
    fn tell_making(&self, key: i64, making: &Generation) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "UPDATE picture SET model = ?3, generation_key = g.key, service_key = g.service_key
                 FROM generation g WHERE g.id = ?2 AND picture.key = ?1",
            )?
            .execute(params![key, making.id, making.model])?;
        self.connection.prepare_cached("DELETE FROM picture_words WHERE rowid = ?1")?.execute([key])?;
        self.connection
            .prepare_cached("INSERT INTO picture_words (rowid, words) VALUES (?1, ?2)")?
            .execute(params![key, search::index(&making.prompt)])?;
        Ok(())
    }

    fn key_of(&self, picture: &Picture) -> Result<TakenIn, Error> {
        let mut select = self.connection.prepare_cached("SELECT key FROM picture WHERE id = ?1")?;
        Ok(TakenIn::Now(select.query_row([picture.id], |row| row.get(0))?))
    }

    /// Takes in a file, with what it says of its making.
    pub fn take_in(
        &self,
        media: &Media,
        picture: &Picture,
        making: Option<&Generation>,
    ) -> Result<TakenIn, Error> {
        if let Some(taken) = self.take_in_again(media.id)? {
            return Ok(taken);
        }
        self.insert_media(media)?;
        if let Some(making) = making {
            self.insert_generation(making)?;
        }
        self.insert_picture(picture)?;
        self.key_of(picture)
    }
}
