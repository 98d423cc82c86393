//! Reading in a process of its own, seen from outside: starts it, hands it the bytes, waits no longer than it may take,
//! and ends it when nobody wants the text any more.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::Command;
use tokio::sync::Semaphore;

use crate::child::{Answer, Order};
use crate::{Document, Limits, Refusal};

/// How many documents are read at once.
const AT_ONCE: usize = 2;
/// Starting, handing over and answering may take as long again as reading itself.
const PATIENCE: u32 = 2;

/// A program that does what [`crate::child::serve`] does when it is started so.
#[derive(Clone, Debug, PartialEq)]
pub struct Program {
    /// The program.
    pub path: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

/// Reads documents. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Reader {
    program: Option<Program>,
    limits: Limits,
    turns: Arc<Semaphore>,
}

impl Reader {
    /// Reads in processes of this program; with none in this very process, where only the readers' own bounds hold.
    pub fn new(program: Option<Program>, limits: Limits) -> Self {
        Self { program, limits, turns: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The text of a document. Dropping this ends the reading.
    pub async fn read(&self, bytes: Vec<u8>, name: &str) -> Result<Document, Refusal> {
        let Ok(_turn) = self.turns.acquire().await else { return Err(Refusal::NoReader) };
        match &self.program {
            Some(program) => outside(program, bytes, name, self.limits).await,
            None => inside(bytes, name, self.limits).await,
        }
    }
}

async fn inside(bytes: Vec<u8>, name: &str, limits: Limits) -> Answer {
    let name = name.to_owned();
    let read = tokio::task::spawn_blocking(move || crate::read(bytes, &name, &limits));
    read.await.unwrap_or(Err(Refusal::Damaged))
}

async fn outside(program: &Program, bytes: Vec<u8>, name: &str, limits: Limits) -> Answer {
    let work = converse(program, bytes, Order { name: name.to_owned(), limits });
    match tokio::time::timeout(limits.time * PATIENCE, work).await {
        Ok(answer) => answer,
        // Dropping the conversation ended the process.
        Err(_) => Err(Refusal::TooSlow),
    }
}

async fn converse(program: &Program, bytes: Vec<u8>, order: Order) -> Answer {
    let started = Command::new(&program.path)
        .args(&program.arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn();
    let mut process = started.map_err(|error| {
        tracing::error!(%error, "the reader of documents did not start");
        Refusal::NoReader
    })?;
    let (input, output) = (process.stdin.take(), process.stdout.take());
    let (Some(mut input), Some(mut output)) = (input, output) else { return Err(Refusal::NoReader) };
    let give = async {
        let line = serde_json::to_vec(&order).unwrap_or_default();
        // One that ended early has said why, or its end says it.
        let given = async {
            input.write_all(&line).await?;
            input.write_all(b"\n").await?;
            input.write_all(&bytes).await?;
            input.shutdown().await
        };
        drop(given.await);
        drop(input);
    };
    let mut answer = Vec::new();
    let ((), heard) = tokio::join!(give, output.read_to_end(&mut answer));
    let ended = process.wait().await.map_err(|_| Refusal::NoReader)?;
    match serde_json::from_slice::<Answer>(&answer) {
        Ok(answer) if heard.is_ok() => answer,
        _ => Err(why(ended)),
    }
}

/// What the end of a process means that said nothing.
fn why(ended: ExitStatus) -> Refusal {
    tracing::info!(%ended, "a document could not be read");
    if ran_out_of_time(ended) { Refusal::TooSlow } else { Refusal::TooHeavy }
}

#[cfg(unix)]
fn ran_out_of_time(ended: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;

    /// The signal for "used up its processor time", the same on every Unix that Medley runs on.
    const SIGXCPU: i32 = 24;
    // At its hard limit Linux kills outright.
    matches!(ended.signal(), Some(SIGXCPU | 9))
}

#[cfg(not(unix))]
fn ran_out_of_time(_: ExitStatus) -> bool {
    false
}
