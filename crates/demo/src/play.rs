//! Turns a `Reply` into an HTTP response and notices when the client goes away before its end.

use std::{
    convert::Infallible,
    io,
    iter::Peekable,
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, Response, StatusCode},
};
use futures_util::stream;

use crate::{
    dialect::Dialect,
    log::{Dropped, now},
    reply::{Live, Reply, Step, Whole},
    server::Stage,
};

/// Long enough for the bytes before a cut to leave the process.
const BEFORE_CUT: Duration = Duration::from_millis(20);

/// The response to one request; waits for ever where the reply says so.
pub(crate) async fn play(reply: Reply, dialect: Dialect, watch: Watch) -> Response<Body> {
    match reply {
        Reply::Whole(whole) => {
            watch.done();
            respond(whole, dialect)
        }
        Reply::Live(live) => respond_live(live, dialect, watch),
        Reply::Never => match std::future::pending::<Infallible>().await {},
    }
}

/// Writes down a loss when it is dropped before [`Watch::done`].
pub(crate) struct Watch {
    stage: Arc<Stage>,
    path: String,
    model: String,
    bytes: u64,
    last_write: Instant,
    done: bool,
}

impl Watch {
    pub(crate) fn new(stage: Arc<Stage>, path: &str, model: &str) -> Self {
        Self {
            stage,
            path: path.to_owned(),
            model: model.to_owned(),
            bytes: 0,
            last_write: Instant::now(),
            done: false,
        }
    }

    fn done(mut self) {
        self.done = true;
    }

    fn wrote(&mut self, bytes: &Bytes) {
        self.bytes += bytes.len() as u64;
        self.last_write = Instant::now();
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        self.stage.log().lost(Dropped {
            path: std::mem::take(&mut self.path),
            model: std::mem::take(&mut self.model),
            bytes: self.bytes,
            quiet_ms: u64::try_from(self.last_write.elapsed().as_millis()).unwrap_or(u64::MAX),
            at: now(),
        });
    }
}

fn respond(whole: Whole, dialect: Dialect) -> Response<Body> {
    let mut response = Response::new(Body::from(whole.body));
    *response.status_mut() = StatusCode::from_u16(whole.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in whole.headers {
        add_header(&mut response, name, &value);
    }
    sign(response, dialect)
}

fn respond_live(live: Live, dialect: Dialect, watch: Watch) -> Response<Body> {
    let playing = Playing { steps: live.steps.peekable(), watch };
    let mut response = Response::new(Body::from_stream(stream::unfold(playing, Playing::next)));
    add_header(&mut response, "content-type", live.content_type);
    add_header(&mut response, "cache-control", "no-cache");
    sign(response, dialect)
}

struct Playing {
    steps: Peekable<Box<dyn Iterator<Item = Step> + Send>>,
    watch: Watch,
}

impl Playing {
    /// The next bytes, after whatever waiting comes before them.
    async fn next(mut self) -> Option<(io::Result<Bytes>, Self)> {
        loop {
            match self.steps.next() {
                Some(Step::Send(bytes)) => {
                    self.watch.wrote(&bytes);
                    // A client may hang up right after the last byte: that is no loss.
                    self.watch.done = self.steps.peek().is_none();
                    return Some((Ok(bytes), self));
                }
                Some(Step::Wait(time)) => tokio::time::sleep(time).await,
                Some(Step::Flush) => tokio::task::yield_now().await,
                Some(Step::Cut) => {
                    tokio::time::sleep(BEFORE_CUT).await;
                    self.watch.done = true;
                    return Some((Err(io::Error::from(io::ErrorKind::ConnectionReset)), self));
                }
                Some(Step::Hang) => match std::future::pending::<Infallible>().await {},
                None => {
                    self.watch.done = true;
                    return None;
                }
            }
        }
    }
}

fn sign(mut response: Response<Body>, dialect: Dialect) -> Response<Body> {
    for (name, value) in dialect.headers() {
        add_header(&mut response, name, value);
    }
    response
}

fn add_header(response: &mut Response<Body>, name: &'static str, value: &str) {
    // Scenario texts may hold what a header cannot: such a header is left out rather than sent broken.
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().append(HeaderName::from_static(name), value);
    }
}
