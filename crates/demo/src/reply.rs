//! An answer as raw bytes with their timing: what a scenario returns and `play` sends. It knows no JSON of its own.

use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;

/// Everything that can happen after a request.
pub(crate) enum Reply {
    /// Status, headers and a body that is known in full.
    Whole(Whole),
    /// Status 200 at once, then a body step by step.
    Live(Live),
    /// Not even headers, for as long as the client waits.
    Never,
}

pub(crate) struct Whole {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Bytes,
}

pub(crate) struct Live {
    pub(crate) content_type: &'static str,
    pub(crate) steps: Box<dyn Iterator<Item = Step> + Send>,
}

/// One thing that happens on an open connection.
pub(crate) enum Step {
    /// These bytes are sent.
    Send(Bytes),
    /// Nothing happens for so long.
    Wait(Duration),
    /// What was sent is pushed out before anything more is.
    Flush,
    /// The connection is dropped without the proper end of the body.
    Cut,
    /// Nothing happens ever again.
    Hang,
}

pub(crate) const EVENTS: &str = "text/event-stream; charset=utf-8";
pub(crate) const JSON: &str = "application/json";
pub(crate) const HTML: &str = "text/html; charset=utf-8";
pub(crate) const TEXT: &str = "text/plain; charset=utf-8";

impl Reply {
    /// A JSON body.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::body(status, JSON, body.to_string())
    }

    /// Any body with its content type.
    pub(crate) fn body(status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self::Whole(Whole {
            status,
            headers: vec![("content-type", content_type.to_owned())],
            body: body.into(),
        })
    }

    /// An event stream.
    pub(crate) fn events<I>(steps: I) -> Self
    where
        I: IntoIterator<Item = Step>,
        I::IntoIter: Send + 'static,
    {
        Self::Live(Live { content_type: EVENTS, steps: Box::new(steps.into_iter()) })
    }

    /// Adds a header where there are headers.
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Self::Whole(whole) = &mut self {
            whole.headers.push((name, value.into()));
        }
        self
    }
}

/// Sends a text.
pub(crate) fn send(text: impl Into<Bytes>) -> Step {
    Step::Send(text.into())
}

/// Waits so many milliseconds.
pub(crate) fn wait(millis: u64) -> Step {
    Step::Wait(Duration::from_millis(millis))
}
