//! Tools that models may call: what the person allows, the functions they wrote, and who carries a call out.

mod builtin;
mod calculator;
mod clock;
pub(crate) mod define;
mod search;

use std::sync::Arc;

use store::table::tool::{Policy, Tool};
use store::{Read, ToolId, Write};

use crate::engine::Organs;
use crate::view::{Event, ToolDraft};
use crate::{Code, Error};
pub(crate) use builtin::Builtin;

/// The tools of the person.
pub struct Tools(pub(crate) Arc<Organs>);

/// Who carries a call out. Servers that speak MCP (through its official Rust SDK) are to become a third kind: a variant
/// that names the server, whose tools become rows as the built-in ones do in [`keep_builtin`], and whose calls go to the
/// server in [`Answerer::carry_out`]. All the rest is the same for every kind: offering, asking, showing, keeping, limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answerer {
    /// Medley itself.
    Medley(Builtin),
    /// The person, who types the result in.
    Person,
}

impl Tools {
    /// All tools, the built-in ones first.
    pub async fn list(&self) -> Result<Vec<Tool>, Error> {
        self.0.read(Read::tools).await
    }

    /// Reads functions from pasted JSON, without keeping them: one, a list, or a request's whole `tools`.
    pub fn read(&self, pasted: &str) -> Result<Vec<ToolDraft>, Error> {
        define::read(pasted)
    }

    /// Keeps a function of the person's own, new or changed.
    pub async fn save(&self, draft: ToolDraft) -> Result<Tool, Error> {
        let draft = define::check(&draft)?;
        let saved = self.0.write(move |write| put(write, draft)).await?;
        let tool = saved.map_err(|name| Error::from(Code::ToolNameTaken).about(&name))?;
        self.0.events.tell(Event::Tools);
        Ok(tool)
    }

    /// Asks, allows or forbids from now on.
    pub async fn set_policy(&self, id: ToolId, policy: Policy) -> Result<(), Error> {
        self.0.set_policy(id, policy).await
    }

    /// Removes a function of the person's own.
    pub async fn remove(&self, id: ToolId) -> Result<(), Error> {
        self.0.write(move |write| write.remove_tool(id)).await?;
        self.0.events.tell(Event::Tools);
        Ok(())
    }
}

impl Organs {
    pub(crate) async fn set_policy(&self, id: ToolId, policy: Policy) -> Result<(), Error> {
        self.write(move |write| write.set_policy(id, policy)).await?;
        self.events.tell(Event::Tools);
        Ok(())
    }
}

impl Answerer {
    /// Who answers the calls of this tool.
    pub(crate) fn of(tool: &Tool) -> Self {
        let builtin = Builtin::named(&tool.name).filter(|_| tool.builtin);
        builtin.map_or(Self::Person, Self::Medley)
    }
}

/// Writes the built-in tools down as this Medley has them; what the person allows them stays.
pub(crate) fn keep_builtin(write: &Write) -> Result<(), store::Error> {
    for builtin in Builtin::ALL {
        let known = write.tool_named(builtin.name())?;
        let row = builtin.row(known.as_ref());
        // A function of the person's own that has the name already is left alone.
        if known.as_ref().is_none_or(|known| known.builtin && *known != row) {
            write.put_tool(&row)?;
        }
    }
    Ok(())
}

/// The tool as it is kept, or the name that another one has.
fn put(write: &Write, draft: ToolDraft) -> Result<Result<Tool, String>, store::Error> {
    let id = draft.id.unwrap_or_else(ToolId::new);
    if write.tool_named(&draft.name)?.is_some_and(|other| other.id != id) {
        return Ok(Err(draft.name));
    }
    let before = write.tools()?.into_iter().find(|tool| tool.id == id);
    if before.as_ref().is_some_and(|tool| tool.builtin) {
        return Err(store::Error::NotFound);
    }
    let ToolDraft { name, description, parameters, .. } = draft;
    let policy = before.map_or(Policy::Ask, |tool| tool.policy);
    let tool = Tool { id, name, description, parameters, policy, builtin: false };
    write.put_tool(&tool)?;
    Ok(Ok(tool))
}
