//! The recorder: a microphone that is listened to before anybody presses a button, so that the first word is not lost, and a file
//! that holds what was said while it is said. A kill leaves a file of which nothing but the last moment is missing.

mod file;
mod open;
mod work;

use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

pub use file::repair;
pub use open::{Microphone, microphones};

/// Opening a microphone may ask the person first; longer than this nobody waits.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why nothing is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deaf {
    /// There is no microphone, or none of that name.
    NoMicrophone,
    /// The system does not allow it.
    Denied,
    /// It went away while it was listened to.
    Lost,
    /// The disk is full.
    DiskFull,
    /// The file cannot be written.
    Unwritten,
}

/// How far the recorder is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// It listens and keeps no more than a moment.
    #[default]
    Armed,
    /// It writes down what it hears.
    Recording,
    /// It waits in the middle of a recording.
    Paused,
    /// The recording broke off by itself; what came is in its file.
    Broken,
}

/// How it stands, told some 25 times a second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Taken {
    /// How far it is.
    pub stage: Stage,
    /// How loud it was since it was last told, of 1.
    pub level: f32,
    /// How much was recorded.
    pub duration: Duration,
    /// Why it broke off.
    pub trouble: Option<Deaf>,
}

/// What was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its file, WAV.
    pub path: PathBuf,
    /// How long it is.
    pub duration: Duration,
}

enum Message {
    Sound(Vec<f32>),
    Gone,
    Begin(PathBuf, Sender<Result<(), Deaf>>),
    Pause(bool),
    End(Sender<Option<Recorded>>),
    Close,
}

/// Listens. Dropping it closes the microphone; a recording that runs is ended in good order.
pub struct Recorder {
    orders: Sender<Message>,
    work: Option<JoinHandle<()>>,
}

impl Recorder {
    /// Opens a microphone, the system's own where none is named. `tell` is called on a thread of its own.
    pub fn arm(microphone: Option<String>, tell: impl Fn(Taken) + Send + 'static) -> Result<Self, Deaf> {
        let (orders, inbox) = channel();
        let (ready, opened) = channel();
        let sounds = orders.clone();
        // The stream stays on the thread that made it: on some systems it may not be handed on.
        let work = thread::Builder::new().name("recorder".into()).spawn(move || {
            match open::open(microphone.as_deref(), &sounds) {
                Ok((stream, rate)) => {
                    // Nobody waiting any more means that nobody listens.
                    if ready.send(Ok(())).is_ok() {
                        work::Work::new(rate, Box::new(tell)).run(&inbox);
                    }
                    drop(stream);
                }
                Err(deaf) => drop(ready.send(Err(deaf))),
            }
        });
        let work = work.map_err(|error| {
            tracing::error!(%error, "the recorder did not begin");
            Deaf::NoMicrophone
        })?;
        opened.recv_timeout(PATIENCE).unwrap_or(Err(Deaf::NoMicrophone))?;
        Ok(Self { orders, work: Some(work) })
    }

    /// False once its thread has ended.
    pub fn works(&self) -> bool {
        self.work.as_ref().is_some_and(|work| !work.is_finished())
    }

    /// Begins a recording in a new file; the moment before belongs to it.
    pub fn begin(&self, path: PathBuf) -> Result<(), Deaf> {
        let (tell, told) = channel();
        self.order(Message::Begin(path, tell));
        told.recv().unwrap_or(Err(Deaf::Lost))
    }

    /// Waits, or goes on.
    pub fn pause(&self, waits: bool) {
        self.order(Message::Pause(waits));
    }

    /// Ends the recording. None when nothing is recorded.
    pub fn end(&self) -> Option<Recorded> {
        let (tell, told) = channel();
        self.order(Message::End(tell));
        told.recv().ok().flatten()
    }

    fn order(&self, message: Message) {
        if self.orders.send(message).is_err() {
            tracing::debug!("the recorder's thread is gone");
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.order(Message::Close);
        // Whoever lets go of it last may be its own thread.
        if let Some(work) = self.work.take()
            && work.thread().id() != thread::current().id()
            && work.join().is_err()
        {
            tracing::error!("the recorder's thread broke");
        }
    }
}
