//! The four servers that the demo can pass for, and their habits.

use axum::http::Method;
use serde_json::json;

use super::{Keys, is_let_in, text};
use crate::{host, reply::Reply, turn::Turn};

/// A server of Midjourney's tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Midjourney {
    /// The oldest: no buttons, no cancelling, numbers where others have texts.
    Base,
    /// Its closed successor: buttons, pop-ups, pages.
    Plus,
    /// The one in another language: no old paths, empty answers, pictures named from its own root.
    Net,
    /// A gateway in front of any of them: few paths, and codes rewritten.
    Relay,
}

impl Midjourney {
    /// The one of that name: `base`, `plus`, `net`, `relay`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "base" => Some(Self::Base),
            "plus" => Some(Self::Plus),
            "net" => Some(Self::Net),
            "relay" => Some(Self::Relay),
            _ => None,
        }
    }

    /// All four, for tests that walk them.
    pub fn all() -> [Self; 4] {
        [Self::Base, Self::Plus, Self::Net, Self::Relay]
    }

    pub(super) fn has_buttons(self) -> bool {
        self != Self::Base
    }

    /// Whether a path below `/mj` is there (reference 4.1).
    pub(super) fn has(self, rest: &str) -> bool {
        use Midjourney::{Base, Net, Plus, Relay};
        let at: &[Self] = match rest {
            "/submit/imagine" | "/submit/blend" | "/submit/describe" | "fetch" => &[Base, Plus, Net, Relay],
            "/submit/shorten" | "/submit/action" | "/submit/modal" | "/insight-face/swap" | "image-seed" => {
                &[Plus, Net, Relay]
            }
            "/submit/change" | "/submit/simple-change" => &[Base, Plus, Relay],
            "/submit/upload-discord-images" => &[Net, Relay],
            "list" => &[Base, Plus, Net],
            "list-by-condition" => &[Base, Net, Relay],
            "list-by-ids" | "cancel" => &[Plus, Net],
            "query" => &[Plus],
            "queue" => &[Base, Plus],
            _ => &[],
        };
        at.contains(&self)
    }

    /// Why a request is not let in, if it is not.
    pub(super) fn refusal(self, keys: &Keys, turn: &Turn) -> Option<Reply> {
        let wanted = turn.script.key.as_deref()?;
        let bearer = keys.authorization.as_deref().map(|shown| shown.trim_start_matches("Bearer "));
        match self {
            Self::Relay => is_let_in(turn, bearer.or(keys.secret.as_deref())),
            Self::Base | Self::Plus => {
                (keys.secret.as_deref() != Some(wanted)).then(|| Reply::body(401, "application/json", ""))
            }
            // The word Bearer makes it another one.
            Self::Net => {
                let shown = keys.authorization.as_deref().or(keys.secret.as_deref());
                (shown != Some(wanted)).then(|| text(403, "not signed in"))
            }
        }
    }

    /// What is said of a path that is not there.
    pub(super) fn nowhere(self, method: &Method, turn: &Turn) -> Reply {
        match self {
            Self::Relay => host::nowhere(method, turn),
            Self::Net => Reply::body(404, "application/json", ""),
            Self::Base | Self::Plus => Reply::json(
                404,
                &json!({"timestamp": "2026-11-20T10:00:00.000+00:00", "status": 404, "error": "Not Found"}),
            ),
        }
    }

    /// What is said of a task that is not there.
    pub(super) fn unknown(self) -> Reply {
        match self {
            Self::Base | Self::Plus => Reply::body(200, "application/json", ""),
            Self::Net => Reply::body(204, "application/json", ""),
            Self::Relay => Reply::json(
                400,
                &json!({"description": "task_no_found ", "type": "upstream_error", "code": 4}),
            ),
        }
    }
}
