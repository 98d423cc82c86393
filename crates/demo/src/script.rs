//! What a demo plays: which dialect, which models, which key it wants. It decides nothing about the bytes themselves.

use serde::Deserialize;

use crate::{Dialect, Midjourney};

/// Milliseconds that half a task of Midjourney takes.
const PACE: u64 = 600;

/// The part that a demo plays. Cheap to clone; give it to [`crate::start`] or [`crate::Demo::set`].
#[derive(Clone)]
pub struct Script {
    pub(crate) cast: Cast,
    pub(crate) dialect: Dialect,
    pub(crate) key: Option<String>,
    pub(crate) corpus: Vec<String>,
    pub(crate) midjourney: Option<Midjourney>,
    pub(crate) pace: u64,
    pub(crate) elsewhere: Option<String>,
}

/// Which models are on the list.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cast {
    /// The friendly ones of the first run.
    Welcome,
    /// Every scenario by name.
    Scenarios,
    /// What such a service would list; scenarios answer too when asked by name.
    House,
}

impl Script {
    /// The first run: friendly models with pleasant, honest answers, no key needed.
    pub fn welcome() -> Self {
        // People see a picture come; tests do not wait for it.
        Self::of(Cast::Welcome, Dialect::OpenAi).with_midjourney(Midjourney::Relay).with_pace(4_000)
    }

    /// Every scenario as a model of its own, in OpenAI's dialect, no key needed.
    pub fn tests() -> Self {
        Self::of(Cast::Scenarios, Dialect::OpenAi)
    }

    /// A service that lists, answers and errs the way `dialect` does.
    pub fn dialect(dialect: Dialect) -> Self {
        Self::of(Cast::House, dialect)
    }

    /// `welcome`, `tests`, or a dialect's name (see [`Dialect::name`]); `None` for anything else.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "welcome" => Some(Self::welcome()),
            "tests" => Some(Self::tests()),
            _ => Dialect::named(name).map(Self::dialect),
        }
    }

    /// Refuses every request that does not carry exactly this key, except on paths that are public in the dialect.
    #[must_use]
    pub fn with_key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// What the model `xss` echoes: the entry whose number stands in the question, counted from 0.
    #[must_use]
    pub fn with_corpus(mut self, corpus: Vec<String>) -> Self {
        self.corpus = corpus;
        self
    }

    /// Makes Midjourney's tasks as that server does; without this every `/mj/...` is unknown.
    #[must_use]
    pub fn with_midjourney(mut self, server: Midjourney) -> Self {
        self.midjourney = Some(server);
        self
    }

    /// How many milliseconds half a task of Midjourney takes at the usual speed.
    #[must_use]
    pub fn with_pace(mut self, millis: u64) -> Self {
        self.pace = millis;
        self
    }

    pub(crate) fn pace(&self) -> u64 {
        self.pace
    }

    /// Where the models `redirect-302` and `redirect-307` point: a host root such as another demo's
    /// [`crate::Demo::url`]. Without it they point at this demo under the name `localhost`, which is another host to a client.
    #[must_use]
    pub fn with_elsewhere(mut self, host_root: impl Into<String>) -> Self {
        self.elsewhere = Some(host_root.into());
        self
    }

    fn of(cast: Cast, dialect: Dialect) -> Self {
        Self { cast, dialect, key: None, corpus: Vec::new(), midjourney: None, pace: PACE, elsewhere: None }
    }
}

/// The body of `POST /__demo/script`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScriptOrder {
    script: String,
    key: Option<String>,
    #[serde(default)]
    corpus: Vec<String>,
    midjourney: Option<String>,
    elsewhere: Option<String>,
}

impl ScriptOrder {
    /// The script that was ordered, or `None` when its name is unknown.
    pub(crate) fn into_script(self) -> Option<Script> {
        let named = Script::named(&self.script)?;
        let midjourney = match self.midjourney {
            Some(name) => Some(Midjourney::named(&name)?),
            None => None,
        };
        Some(Script { key: self.key, corpus: self.corpus, midjourney, elsewhere: self.elsewhere, ..named })
    }
}
