//! The families of gateways that the demo can pass for, and their habits as plain facts; the bytes are made elsewhere.

/// A family of gateways with its own lists, errors and quirks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Reseller of the one-api kind; leaves `model` out of its answers.
    Modelless,
    /// Reseller of the new-api kind; leaves `model` out of its answers.
    Gptnb,
    /// Aggregator with plain OpenAI shapes and HTML for unknown paths.
    ModelBox,
    /// FastAPI service below `/api/v1`: errors are `{"detail": ...}`.
    Arcee,
    /// The same service with errors in OpenAI's shape.
    ArceeOpenAi,
    /// The original.
    OpenAi,
    /// Below `/api/v1`; comments while waiting, numeric error codes, prices in the list.
    OpenRouter,
    /// Local: role on every chunk, plain-text 404, `/api/version`.
    Ollama,
    /// Open-source relay with Chinese error texts.
    OneApi,
    /// Its successor: `success` instead of `object` in lists, public prices.
    NewApi,
    /// Proxy whose error texts start with a class name.
    LiteLlm,
    /// Local server: errors are `{"object":"error"}`.
    Vllm,
    /// Local server with `timings` and integer error codes.
    LlamaCpp,
    /// Answers with and without `/v1`.
    DeepSeek,
    /// Its model list is a bare array.
    Together,
}

/// How a dialect answers a path that it does not have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missing {
    /// 404 in the dialect's own error shape.
    Json,
    /// 404 with a page.
    Html,
    /// 404 with a line of plain text.
    Text,
    /// 200 with the page of the web application, as one-api serves below unknown paths.
    WebApp,
}

const ALL: &[(&str, Dialect)] = &[
    ("modelless", Dialect::Modelless),
    ("gptnb", Dialect::Gptnb),
    ("modelbox", Dialect::ModelBox),
    ("arcee", Dialect::Arcee),
    ("arcee-openai", Dialect::ArceeOpenAi),
    ("openai", Dialect::OpenAi),
    ("openrouter", Dialect::OpenRouter),
    ("ollama", Dialect::Ollama),
    ("one-api", Dialect::OneApi),
    ("new-api", Dialect::NewApi),
    ("litellm", Dialect::LiteLlm),
    ("vllm", Dialect::Vllm),
    ("llama.cpp", Dialect::LlamaCpp),
    ("deepseek", Dialect::DeepSeek),
    ("together", Dialect::Together),
];

impl Dialect {
    /// Every dialect, for tests that walk all of them.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().map(|(_, dialect)| *dialect)
    }

    /// The name for command lines, such as `arcee` or `llama.cpp`.
    pub fn name(self) -> &'static str {
        ALL.iter().find(|(_, dialect)| *dialect == self).map_or("", |(name, _)| name)
    }

    /// The dialect of that name.
    pub fn named(name: &str) -> Option<Self> {
        ALL.iter().find(|(known, _)| *known == name).map(|(_, dialect)| *dialect)
    }

    /// Where its API lives, the usual root first.
    pub fn roots(self) -> &'static [&'static str] {
        match self {
            Self::Arcee | Self::ArceeOpenAi | Self::OpenRouter => &["/api/v1"],
            Self::DeepSeek => &["/v1", ""],
            Self::OpenAi => &["/v1", "/api/v1"],
            _ => &["/v1"],
        }
    }

    pub(crate) fn missing(self) -> Missing {
        match self {
            Self::ModelBox => Missing::Html,
            Self::Ollama => Missing::Text,
            Self::Modelless | Self::Gptnb | Self::OneApi | Self::NewApi => Missing::WebApp,
            _ => Missing::Json,
        }
    }

    /// Whether it has a path for texts that are continued.
    pub(crate) fn continues_texts(self) -> bool {
        !matches!(self, Self::Arcee | Self::ArceeOpenAi | Self::ModelBox)
    }

    /// Whether it has paths at which pictures are made.
    pub(crate) fn draws(self) -> bool {
        self.is_relay() || matches!(self, Self::OpenAi | Self::LiteLlm | Self::Together)
    }

    /// Whether it has a path at which texts are read aloud.
    pub(crate) fn speaks(self) -> bool {
        self.is_relay() || matches!(self, Self::OpenAi | Self::LiteLlm)
    }

    /// Whether it has a path at which sounds are written down.
    pub(crate) fn hears(self) -> bool {
        self.speaks() || self == Self::Together
    }

    /// Whether it also has one at which they are told in English.
    pub(crate) fn translates(self) -> bool {
        matches!(self, Self::OpenAi | Self::LiteLlm)
    }

    /// Relays of the one-api line: their texts are partly Chinese and end in a request id.
    pub(crate) fn is_relay(self) -> bool {
        matches!(self, Self::Modelless | Self::Gptnb | Self::OneApi | Self::NewApi)
    }

    /// Relays that also publish prices and the use of a key.
    pub(crate) fn is_new_relay(self) -> bool {
        matches!(self, Self::Gptnb | Self::NewApi)
    }

    /// Anybody may read the model list, whatever key is wanted elsewhere.
    pub(crate) fn lists_publicly(self) -> bool {
        self == Self::OpenRouter
    }

    /// Headers that give the family away.
    pub(crate) fn headers(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Modelless | Self::Gptnb | Self::OneApi | Self::NewApi => {
                &[("x-oneapi-request-id", "20261120123456789demo")]
            }
            Self::LiteLlm => &[("x-litellm-version", "1.80.0"), ("x-litellm-call-id", "demo-call")],
            Self::Vllm | Self::Arcee | Self::ArceeOpenAi => &[("server", "uvicorn")],
            Self::LlamaCpp => &[("server", "llama.cpp")],
            Self::OpenAi => &[("x-request-id", "req_demo")],
            Self::OpenRouter => &[("x-generation-id", "gen-demo")],
            _ => &[],
        }
    }
}
