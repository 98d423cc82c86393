//! The engine that the window talks to: the person's own, or the demonstration's. Opened beside the window, so that
//! neither waits for the other.

use std::path::PathBuf;
use std::sync::Arc;

use demo::{Demo, Script};
use engine::{Clock, Code, Config, Engine, Error, Pace, Program, READ_DOCUMENT, Timeouts, Vault};
use tauri::async_runtime::JoinHandle;
use tauri::{AppHandle, Runtime};
use tokio::sync::{OwnedRwLockWriteGuard, RwLock};

use crate::events;

/// The name that people see in their password safe.
const SAFE: &str = "Medley";

/// One open engine and what lives as long as it.
struct Room {
    engine: Engine,
    forwarding: JoinHandle<()>,
    /// The simulated gateway; it stops when it is dropped.
    demo: Option<Demo>,
}

/// Which engine is open. Commands wait here while one is being opened.
#[derive(Clone)]
pub struct Rooms {
    home: PathBuf,
    current: Arc<RwLock<Result<Room, Error>>>,
}

impl Rooms {
    /// Begins to open; whoever asks for the engine from now on waits for it.
    pub fn begin<R: Runtime>(home: PathBuf, demo: bool, app: AppHandle<R>) -> Self {
        let current = Arc::new(RwLock::new(Err(Code::Internal.into())));
        let rooms = Self { home, current: Arc::clone(&current) };
        let opener = rooms.clone();
        if let Ok(guard) = current.try_write_owned() {
            tauri::async_runtime::spawn(async move { opener.open_into(guard, demo, &app).await });
        }
        rooms
    }

    /// The engine, once it is open; or why it could not be opened.
    pub async fn engine(&self) -> Result<Engine, Error> {
        match &*self.current.read().await {
            Ok(room) => Ok(room.engine.clone()),
            Err(error) => Err(error.clone()),
        }
    }

    /// Goes over to the demonstration, or back to the person's own things. Answers being written are stopped and kept.
    pub async fn change<R: Runtime>(&self, demo: bool, app: &AppHandle<R>) -> Result<(), Error> {
        let guard = Arc::clone(&self.current).write_owned().await;
        if let Ok(room) = &*guard {
            if room.demo.is_some() == demo {
                return Ok(());
            }
            room.engine.close().await;
            room.forwarding.abort();
        }
        self.open_into(guard, demo, app).await;
        let engine = self.engine().await?;
        // What waits in there goes on, as after a start.
        tauri::async_runtime::spawn(async move { engine.warm().await });
        Ok(())
    }

    /// Writes down what is under way, before the program ends.
    pub async fn close(&self) {
        if let Ok(room) = &*self.current.read().await {
            room.engine.close().await;
        }
    }

    async fn open_into<R: Runtime>(
        &self,
        mut place: OwnedRwLockWriteGuard<Result<Room, Error>>,
        demo: bool,
        app: &AppHandle<R>,
    ) {
        *place = if demo { self.open_demo(app).await } else { self.open_own(app).await };
        if let Err(error) = &*place {
            tracing::error!(%error, "the engine did not open");
        }
    }

    async fn open_own<R: Runtime>(&self, app: &AppHandle<R>) -> Result<Room, Error> {
        let config = config(self.home.clone(), Vault::system(SAFE), false);
        let engine = Engine::open(config).await?;
        Ok(Room { forwarding: events::forward(&engine, app.clone()), engine, demo: None })
    }

    async fn open_demo<R: Runtime>(&self, app: &AppHandle<R>) -> Result<Room, Error> {
        let demo = demo::start(Script::welcome()).await.map_err(|error| {
            tracing::error!(%error, "the demonstration did not start");
            Error::from(Code::Internal)
        })?;
        let config = config(self.home.join("demo"), Vault::memory(), true);
        let engine = Engine::open(config).await?;
        engine.services().adopt("demo", &demo.url()).await?;
        Ok(Room { forwarding: events::forward(&engine, app.clone()), engine, demo: Some(demo) })
    }
}

/// This very program, started to read one document.
fn reader() -> Option<Program> {
    match std::env::current_exe() {
        Ok(path) => Some(Program { path, arguments: vec![READ_DOCUMENT.into()] }),
        Err(error) => {
            tracing::warn!(%error, "documents are read without a process of their own");
            None
        }
    }
}

fn config(home: PathBuf, vault: Vault, demo: bool) -> Config {
    Config {
        home,
        vault,
        demo,
        clock: Clock::system(),
        timeouts: Timeouts::default(),
        pace: Pace::default(),
        reader: reader(),
    }
}
