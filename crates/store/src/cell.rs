//! How single cells are read and written: enums as words, small structures as JSON. Refuses to fail a
//! whole list because one cell was written by a newer Medley: such a cell reads as its safe value.

use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads a row's cells from left to right, so that a `SELECT` and its reader keep the same order.
pub(crate) struct Cells<'row, 'stmt> {
    row: &'row Row<'stmt>,
    next: usize,
}

impl<'row, 'stmt> Cells<'row, 'stmt> {
    /// Begins at the first cell.
    pub(crate) fn of(row: &'row Row<'stmt>) -> Self {
        Self { row, next: 0 }
    }

    /// The next cell.
    pub(crate) fn next<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        let cell = self.row.get(self.next);
        self.next += 1;
        cell
    }
}

/// A structure kept as JSON text. What cannot be understood reads as the default.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: Serialize> ToSql for Json<T> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        let text = serde_json::to_string(&self.0)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?;
        Ok(ToSqlOutput::from(text))
    }
}

impl<T: DeserializeOwned + Default> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Self(serde_json::from_slice(value.as_bytes()?).unwrap_or_default()))
    }
}

/// Keeps a plain enum as a word in the database. A word that this Medley does not know reads as the value
/// after `else`.
macro_rules! words {
    ($name:ident else $safe:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                let word = match self {
                    $(Self::$variant => $word,)+
                };
                Ok(rusqlite::types::ToSqlOutput::from(word))
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
                Ok(match value.as_str()? {
                    $($word => Self::$variant,)+
                    _ => Self::$safe,
                })
            }
        }
    };
}
pub(crate) use words;
