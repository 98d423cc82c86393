//! The listening half: starts and stops the server, writes down what arrives, and hands requests on; it answers nothing itself.

use std::{
    collections::HashMap,
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{Request, Response, StatusCode},
    serve::ListenerExt,
};
use tokio::{net::TcpListener, sync::oneshot};

use crate::{
    control, host,
    log::{Dropped, Log, Seen, bearer, now},
    midjourney::{self, Keys, Tasks},
    play::{Watch, play},
    script::Script,
    turn::Turn,
};

/// Larger bodies are refused, as any real gateway would.
const LARGEST_BODY: usize = 64 << 20;

/// A running demo. It lives on a thread and a runtime of its own, so it answers even while its owner blocks; dropping it
/// closes the port and every open connection.
pub struct Demo {
    stage: Arc<Stage>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

/// Starts a demo on a free port of 127.0.0.1.
pub async fn start(script: Script) -> io::Result<Demo> {
    launch(script, 0, false).await
}

/// Starts a demo on `port` (0: any free one) that also obeys `/__demo/...`, so that tests in another process can ask what
/// it saw (`GET requests`, `GET dropped`, `GET files/{sha256}`), forget it (`POST clear`) and change its script (`POST script`).
pub async fn start_controlled(script: Script, port: u16) -> io::Result<Demo> {
    launch(script, port, true).await
}

impl Demo {
    /// The host root, such as `http://127.0.0.1:41234`, without a version part.
    pub fn url(&self) -> String {
        self.stage.url()
    }

    /// Every request so far, oldest first (the last 2,000).
    pub fn requests(&self) -> Vec<Seen> {
        self.stage.log().requests.iter().cloned().collect()
    }

    /// Every chat client so far that left before its answer was complete, oldest first.
    pub fn dropped(&self) -> Vec<Dropped> {
        self.stage.log().dropped.iter().cloned().collect()
    }

    /// Plays another script from the next request on; what was counted towards "twice, then fine" starts anew.
    pub fn set(&self, script: Script) {
        self.stage.set(script);
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic in there was already printed; stopping is all that matters now.
            _ = thread.join();
        }
    }
}

/// What all connections share.
pub(crate) struct Stage {
    address: SocketAddr,
    state: Mutex<(Script, HashMap<String, u32>)>,
    log: Mutex<Log>,
    tasks: Mutex<Tasks>,
}

impl Stage {
    pub(crate) fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tasks(&self) -> MutexGuard<'_, Tasks> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn set(&self, script: Script) {
        *self.state() = (script, HashMap::new());
    }

    pub(crate) fn script(&self) -> Script {
        self.state().0.clone()
    }

    /// How often that model was asked before this time.
    fn count(&self, model: &str) -> u32 {
        let mut state = self.state();
        let times = state.1.entry(model.to_owned()).or_default();
        *times += 1;
        *times - 1
    }

    fn state(&self) -> MutexGuard<'_, (Script, HashMap<String, u32>)> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn launch(script: Script, port: u16, controlled: bool) -> io::Result<Demo> {
    let (stop, stopped) = oneshot::channel();
    let (ready, started) = oneshot::channel();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let thread = thread::Builder::new().name("demo-gateway".to_owned()).spawn(move || {
        runtime.block_on(serve(script, port, controlled, ready, stopped));
        // The runtime is dropped here, and with it every connection, finished or not.
    })?;
    let stage = started.await.map_err(|_| io::Error::other("the demo's thread ended before it began"))??;
    Ok(Demo { stage, stop: Some(stop), thread: Some(thread) })
}

async fn serve(
    script: Script,
    port: u16,
    controlled: bool,
    ready: oneshot::Sender<io::Result<Arc<Stage>>>,
    stopped: oneshot::Receiver<()>,
) {
    let (listener, stage) = match bind(script, port).await {
        Ok(bound) => bound,
        // Nobody waiting for the answer means nobody wants the demo either.
        Err(error) => {
            _ = ready.send(Err(error));
            return;
        }
    };
    let control = if controlled { control::router() } else { Router::new() };
    let router = control.fallback(answer).with_state(Arc::clone(&stage));
    if ready.send(Ok(stage)).is_err() {
        return;
    }
    // Small pieces must leave at once, or scenarios about timing and framing would not be what they say.
    let listener = listener.tap_io(|connection| _ = connection.set_nodelay(true));
    tokio::select! {
        // Accepting never ends by itself.
        _ = axum::serve(listener, router) => {}
        _ = stopped => {}
    }
}

async fn bind(script: Script, port: u16) -> io::Result<(TcpListener, Arc<Stage>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    let address = listener.local_addr()?;
    Ok((
        listener,
        Arc::new(Stage {
            address,
            state: Mutex::new((script, HashMap::new())),
            log: Mutex::default(),
            tasks: Mutex::default(),
        }),
    ))
}

async fn answer(State(stage): State<Arc<Stage>>, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY).await else {
        let mut refusal = Response::new(Body::empty());
        *refusal.status_mut() = StatusCode::PAYLOAD_TOO_LARGE;
        return refusal;
    };
    let seen = Seen::new(&parts, &body);
    stage.log().saw(seen.clone());
    let mut turn = Turn {
        body: seen.body,
        files: seen.files,
        script: stage.script(),
        attempt: 0,
        url: stage.url(),
        path: seen.path,
    };
    if host::is_chat(&turn) && !turn.asks_for_title() || host::is_making(&turn) || host::is_hearing(&turn) {
        turn.attempt = stage.count(turn.model());
    }
    let watch = Watch::new(Arc::clone(&stage), &turn.path, turn.model());
    let header = |name: &str| parts.headers.get(name)?.to_str().ok().map(str::to_owned);
    let keys = Keys { authorization: header("authorization"), secret: header("mj-api-secret") };
    let drawn = midjourney::answer(&mut stage.tasks(), &parts.method, &keys, &turn, now());
    let reply =
        drawn.unwrap_or_else(|| host::answer(&parts.method, bearer(&parts.headers).as_deref(), &turn));
    play(reply, turn.dialect(), watch).await
}
