//! Tools that models may call: what the person allows each, and the functions they wrote themselves. Runs nothing.

use rusqlite::{OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::cell::{Cells, words};
use crate::store::must_touch_one;
use crate::{Error, Read, ToolId, Write};

/// A tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Tool {
    /// Its id.
    pub id: ToolId,
    /// What models call it by: 1 to 64 letters, digits, `_` and `-`; no two are alike.
    pub name: String,
    /// What it is for, as models read it.
    pub description: String,
    /// What it takes: a JSON schema, as text.
    pub parameters: String,
    /// Whether the person is asked.
    pub policy: Policy,
    /// Medley itself carries it out; otherwise the person types the result in.
    pub builtin: bool,
}

/// Whether the person is asked before a tool is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Policy {
    /// Each time.
    #[default]
    Ask,
    /// It is used without asking.
    Always,
    /// It is not used, and not offered to models.
    Never,
}

words!(Policy else Ask { Ask = "ask", Always = "always", Never = "never" });

impl Read {
    /// All tools, the built-in ones first, by name.
    pub fn tools(&self) -> Result<Vec<Tool>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, name, description, parameters, policy, builtin FROM tool
             ORDER BY builtin DESC, name COLLATE NOCASE, name",
        )?;
        let rows = select.query_map([], tool)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The tool of that name.
    pub fn tool_named(&self, name: &str) -> Result<Option<Tool>, Error> {
        let mut select = self.connection.prepare_cached(
            "SELECT id, name, description, parameters, policy, builtin FROM tool WHERE name = ?1",
        )?;
        Ok(select.query_row([name], tool).optional()?)
    }
}

impl Write {
    /// Keeps a tool, new or changed. Two of one name are refused by SQLite: look for [`Read::tool_named`] first.
    pub fn put_tool(&self, tool: &Tool) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "INSERT INTO tool (id, name, description, parameters, policy, builtin)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, description = excluded.description,
                   parameters = excluded.parameters, policy = excluded.policy, builtin = excluded.builtin",
            )?
            .execute(params![
                tool.id,
                tool.name,
                tool.description,
                tool.parameters,
                tool.policy,
                tool.builtin
            ])?;
        Ok(())
    }

    /// Asks, allows or forbids from now on; [`Error::NotFound`] without the tool.
    pub fn set_policy(&self, id: ToolId, policy: Policy) -> Result<(), Error> {
        let mut update = self.connection.prepare_cached("UPDATE tool SET policy = ?2 WHERE id = ?1")?;
        must_touch_one(update.execute(params![id, policy])?)
    }

    /// Removes one of the person's own tools; [`Error::NotFound`] when there is none of that id.
    pub fn remove_tool(&self, id: ToolId) -> Result<(), Error> {
        let mut delete = self.connection.prepare_cached("DELETE FROM tool WHERE id = ?1 AND builtin = 0")?;
        must_touch_one(delete.execute([id])?)
    }
}

fn tool(row: &Row) -> rusqlite::Result<Tool> {
    let mut cells = Cells::of(row);
    Ok(Tool {
        id: cells.next()?,
        name: cells.next()?,
        description: cells.next()?,
        parameters: cells.next()?,
        policy: cells.next()?,
        builtin: cells.next()?,
    })
}
