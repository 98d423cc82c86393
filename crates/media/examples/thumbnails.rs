//! Makes a thumbnail of each file, two at a time as the app does, for timing them beside other programs: `thumbnails OUT FILE...`.
#![allow(clippy::expect_used, missing_docs, reason = "a measuring tool, not a part of the app")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// How many are made at once, as in `engine::media`.
const AT_ONCE: usize = 2;
/// The longer side, in pixels.
const SIDE: u32 = 256;

fn main() {
    let mut arguments = std::env::args().skip(1).map(PathBuf::from);
    let out = arguments.next().expect("a folder");
    let files: Vec<PathBuf> = arguments.collect();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    make(file, &out);
                }
            });
        }
    });
}

fn make(file: &Path, out: &Path) {
    let small = media::thumbnail(&fs::read(file).expect("a file"), SIDE).expect("a picture");
    fs::write(out.join(file.file_name().expect("a name")), small.bytes).expect("a file");
}
