//! The process that reads: bounded by the system, ended when its time is over or when nobody waits for it.

use std::ffi::OsString;
use std::path::Path;
use std::time::{Duration, Instant};

use documents::{Limits, Program, Reader, Refusal};

use crate::made::kept;

fn reader(limits: Limits) -> Reader {
    let program = Program { path: env!("CARGO_BIN_EXE_read-document").into(), arguments: Vec::new() };
    Reader::new(Some(program), limits)
}

#[tokio::test]
async fn what_a_process_reads_is_what_is_read_here() {
    for name in ["house-rules.pdf", "letter.docx", "locked.pdf"] {
        let there = reader(Limits::default()).read(kept(name), name).await;
        assert_eq!(there, documents::read(kept(name), name, &Limits::default()), "{name}");
        assert_eq!(
            there,
            Reader::new(None, Limits::default()).read(kept(name), name).await,
            "{name}, without one"
        );
    }
}

/// A PDF of a few thousand bytes whose one page unpacks, by four steps, to 68 thousand million.
fn vast() -> Vec<u8> {
    // "Repeat the next byte 128 times" is written as this byte, and the byte to repeat is this one again.
    let mut packed = vec![129_u8; 4096];
    // Each step ends with this sign, which the step before it has to write out.
    packed.extend([4, 2, 0, 128, 128, 128, 128]);
    let mut file = format!(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]>>\nendobj\n\
         3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>\nendobj\n4 0 obj\n<</Length {}/Filter\
         [/RunLengthDecode/RunLengthDecode/RunLengthDecode/RunLengthDecode]>>\nstream\n",
        packed.len()
    )
    .into_bytes();
    file.extend(packed);
    file.extend(b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n");
    file
}

#[tokio::test]
#[cfg(target_os = "linux")]
async fn a_file_that_wants_all_memory_gets_none_and_says_so() {
    let limits = Limits { time: Duration::from_secs(60), ..Limits::default() };
    assert_eq!(reader(limits).read(vast(), "vast.pdf").await, Err(Refusal::TooHeavy));
    assert!(reader(limits).read(kept("old.xls"), "old.xls").await.is_ok(), "the next one is read");
}

#[tokio::test]
async fn what_takes_too_long_is_ended() {
    let (program, pid) = sleeper();
    let limits = Limits { time: Duration::from_millis(500), ..Limits::default() };
    let began = Instant::now();
    let told = Reader::new(Some(program), limits).read(kept("old.xls"), "old.xls").await;
    assert_eq!(told, Err(Refusal::TooSlow));
    assert!(began.elapsed() < Duration::from_secs(60), "nobody waits for a process that sleeps");
    gone(&pid).await;
}

#[tokio::test]
async fn nobody_waiting_ends_it_at_once() {
    let (program, pid) = sleeper();
    let reader = Reader::new(Some(program), Limits::default());
    let reading = tokio::spawn(async move { reader.read(kept("old.xls"), "old.xls").await });
    while std::fs::read_to_string(pid.path()).unwrap().trim().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    reading.abort();
    gone(&pid).await;
}

#[tokio::test]
async fn a_program_that_is_not_there_is_a_reason_too() {
    let program = Program { path: "/nowhere/at/all".into(), arguments: Vec::new() };
    let told = Reader::new(Some(program), Limits::default()).read(b"words".to_vec(), "a.txt").await;
    assert_eq!(told, Err(Refusal::NoReader));
}

/// A program that reads nothing and says nothing, and the file that it writes its number into.
fn sleeper() -> (Program, tempfile::NamedTempFile) {
    let pid = tempfile::NamedTempFile::new().unwrap();
    let script = format!("echo $$ > '{}'; exec sleep 1000", pid.path().display());
    let arguments = ["-c", script.as_str()].map(OsString::from).to_vec();
    (Program { path: "/bin/sh".into(), arguments }, pid)
}

async fn gone(pid: &tempfile::NamedTempFile) {
    let number = std::fs::read_to_string(pid.path()).unwrap();
    let place = Path::new("/proc").join(number.trim());
    // Ended ones stay on the list until somebody asks for them; they run nothing any more.
    let runs = || std::fs::read_to_string(place.join("stat")).is_ok_and(|stat| !stat.contains(") Z "));
    while runs() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
