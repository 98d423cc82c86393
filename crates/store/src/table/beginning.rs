//! What a person set for a conversation that has no message yet. Key: the place where it is being written, as for drafts.

use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ask::Ask;
use super::options::Options;
use crate::cell::Json;
use crate::{Error, Read, Write};

/// What a conversation will begin with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Beginning {
    /// What differs from the person's usual options.
    pub options: Options,
    /// What every answer will be told first; "" for none.
    pub instructions: String,
    /// Several models that will be asked at once; none while one is asked.
    pub several: Vec<Ask>,
}

impl Read {
    /// What was set in a place; nothing where nothing was.
    pub fn beginning(&self, place: &str) -> Result<Beginning, Error> {
        let mut select = self
            .connection
            .prepare_cached("SELECT options, instructions, several FROM beginning WHERE place = ?1")?;
        let found = select.query_row([place], |row| {
            Ok(Beginning {
                options: row.get::<_, Json<_>>(0)?.0,
                instructions: row.get(1)?,
                several: row.get::<_, Json<_>>(2)?.0,
            })
        });
        Ok(found.optional()?.unwrap_or_default())
    }
}

impl Write {
    /// Keeps what is set in a place; nothing set removes it.
    pub fn set_beginning(&self, place: &str, beginning: &Beginning) -> Result<(), Error> {
        if *beginning == Beginning::default() {
            self.connection.prepare_cached("DELETE FROM beginning WHERE place = ?1")?.execute([place])?;
            return Ok(());
        }
        self.connection
            .prepare_cached(
                "INSERT INTO beginning (place, options, instructions, several) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (place) DO UPDATE SET options = excluded.options, instructions = excluded.instructions,
                                                   several = excluded.several",
            )?
            .execute(params![
                place,
                Json(&beginning.options),
                beginning.instructions,
                Json(&beginning.several)
            ])?;
        Ok(())
    }
}
