//! Measures keeping files: so many of so many bytes put into the media folder, beside copies of a file that are synced. Prints one line
//! of JSON. Arguments: files, bytes of each.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    missing_docs,
    reason = "a measuring tool, not a part of the app"
)]

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, Instant};

use store::{Store, UnixMs};

/// A point in time for made-up rows.
const NOW: UnixMs = 1_760_000_000_000;
/// Turn about in pieces of so many, so that a busy moment of the disk hits both.
const PIECE: usize = 50;

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse().expect("a number"));
    let files: usize = arguments.next().unwrap_or(1000);
    let length: usize = arguments.next().unwrap_or(2_000_000);
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");
    let copies = folder.path().join("copies");
    fs::create_dir(&copies).expect("a folder");
    let mut bytes = vec![0; length];
    fastrand::Rng::with_seed(7).fill(&mut bytes);
    let source = folder.path().join("source");
    let (mut ours, mut theirs) = (Duration::ZERO, Duration::ZERO);
    for piece in (0..files).collect::<Vec<_>>().chunks(PIECE) {
        for number in piece {
            bytes.splice(..8, number.to_le_bytes());
            ours += time(|| put(&store, &bytes));
        }
        for number in piece {
            bytes.splice(..8, number.to_le_bytes());
            fs::write(&source, &bytes).expect("a file");
            theirs += time(|| copy(&source, &copies.join(number.to_string())));
        }
    }
    println!(
        "{}",
        serde_json::json!({ "files": files, "kept_ms": ours.as_secs_f64() * 1e3, "copied_ms": theirs.as_secs_f64() * 1e3 })
    );
}

/// As a picture comes in: its bytes are on the disk before its row names it.
fn put(store: &Store, bytes: &[u8]) {
    let id = store.put_media(bytes, "image/png").expect("the file is kept");
    let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    let row = store::table::media::Media::plain(id, "image/png", length, NOW);
    store.write(|write| write.insert_media(&row)).expect("the row is kept");
}

fn copy(from: &Path, to: &Path) {
    fs::copy(from, to).expect("a copy");
    File::open(to).and_then(|file| file.sync_all()).expect("it is on the disk");
}

fn time(work: impl FnOnce()) -> Duration {
    let begin = Instant::now();
    work();
    begin.elapsed()
}
