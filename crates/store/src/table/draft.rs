//! Drafts: what the person was typing, per place. Key: a conversation's id, "new", "pictures", or the place where a
//! question of a conversation is edited.

use rusqlite::{OptionalExtension, params};

use crate::{ConversationId, Error, Read, UnixMs, Write};

/// How much of a draft a list shows, in characters.
const FIRST_WORDS: usize = 80;
/// How much of a draft is read for that: it may begin with blanks.
const SEEN: u32 = 400;

/// The place where a question of a conversation is edited. What is kept there is the window's own.
pub fn edit_place(conversation: ConversationId) -> String {
    format!("edit {conversation}")
}

impl Read {
    /// The draft of a place; none when nothing was typed there.
    pub fn draft(&self, place: &str) -> Result<Option<String>, Error> {
        let mut select = self.connection.prepare_cached("SELECT text FROM draft WHERE place = ?1")?;
        Ok(select.query_row([place], |row| row.get(0)).optional()?)
    }

    /// The beginning of a place's draft, on one line; "" when nothing was typed there. A draft may be a whole book.
    pub fn draft_words(&self, place: &str) -> Result<String, Error> {
        let mut select =
            self.connection.prepare_cached("SELECT substr(text, 1, ?2) FROM draft WHERE place = ?1")?;
        let start: Option<String> = select.query_row(params![place, SEEN], |row| row.get(0)).optional()?;
        Ok(start.map(|start| first_words(&start)).unwrap_or_default())
    }

    /// Every place with a draft and its first words on one line, newest first.
    pub fn drafts(&self) -> Result<Vec<(String, String)>, Error> {
        let mut select = self
            .connection
            .prepare_cached("SELECT place, text FROM draft ORDER BY updated_at DESC, place")?;
        let rows = select.query_map([], |row| {
            let text: String = row.get(1)?;
            Ok((row.get(0)?, first_words(&text)))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

impl Write {
    /// Keeps a draft; "" removes it.
    pub fn set_draft(&self, place: &str, text: &str, now: UnixMs) -> Result<(), Error> {
        if text.is_empty() {
            self.connection.prepare_cached("DELETE FROM draft WHERE place = ?1")?.execute([place])?;
            return Ok(());
        }
        self.connection
            .prepare_cached(
                "INSERT INTO draft (place, text, updated_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (place) DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at",
            )?
            .execute(params![place, text, now])?;
        Ok(())
    }
}

/// Takes only what is shown, for a draft may be a whole book pasted in.
fn first_words(text: &str) -> String {
    let start: String = text.trim_start().chars().take(FIRST_WORDS).collect();
    start.split_whitespace().collect::<Vec<_>>().join(" ")
}
