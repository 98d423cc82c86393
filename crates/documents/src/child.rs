//! Reading in a process of its own, seen from inside: its memory and time are bounded by the system, so that no file,
//! however hostile, takes the window down. It reads one document from its input, writes one answer and ends.

use std::io::{self, BufRead, Read, Write};

use serde::{Deserialize, Serialize};

use crate::{Document, Limits, Refusal};

/// The argument by which a program is asked to be such a process.
pub const WORD: &str = "--read-document";

/// Memory that reading one document may take, beside what the program itself takes.
#[cfg(unix)]
const MEMORY: u64 = 768 << 20;
/// Room for parsers that call themselves.
const STACK: usize = 64 << 20;

/// The first line of the input; the bytes of the document follow.
#[derive(Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) name: String,
    pub(crate) limits: Limits,
}

/// What comes back.
pub(crate) type Answer = Result<Document, Refusal>;

/// Does what the process was started for.
pub fn serve(input: impl Read, mut output: impl Write) -> io::Result<()> {
    let mut input = io::BufReader::new(input);
    let mut line = String::new();
    input.read_line(&mut line)?;
    let order: Order = serde_json::from_str(&line)?;
    bound(&order.limits);
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let work = move || crate::read(bytes, &order.name, &order.limits);
    let reading = std::thread::Builder::new().stack_size(STACK).spawn(work)?;
    let answer: Answer = reading.join().unwrap_or(Err(Refusal::Damaged));
    serde_json::to_writer(&mut output, &answer)?;
    output.flush()
}

/// Asks the system to hold this process to its bounds. Where it cannot, those inside of the readers hold.
#[cfg(unix)]
fn bound(limits: &Limits) {
    use rlimit::{Resource, setrlimit};

    let seconds = limits.time.as_secs() + 5;
    let memory = taken() + MEMORY;
    let wanted =
        [(Resource::AS, memory), (Resource::CPU, seconds), (Resource::CORE, 0), (Resource::FSIZE, 0)];
    for (resource, limit) in wanted {
        if let Err(error) = setrlimit(resource, limit, limit) {
            tracing::warn!(%error, "a document is read without a bound");
        }
    }
}

#[cfg(not(unix))]
fn bound(_: &Limits) {}

/// Bytes of address space that the program takes before it reads anything.
#[cfg(unix)]
fn taken() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmSize:")).unwrap_or_default();
    let kilobytes = line.split_whitespace().next().and_then(|size| size.parse::<u64>().ok());
    kilobytes.map_or(1 << 30, |size| size * 1024)
}
