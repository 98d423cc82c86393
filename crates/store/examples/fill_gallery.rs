//! Fills a folder with a made-up gallery for `scripts/bench`: so many pictures that share the files of a folder. Their names end in
//! their size ("7-1024x768.jpg"). Arguments: folder, pictures, folder of files.
#![allow(clippy::expect_used, missing_docs, reason = "a measuring tool, not a part of the app")]

use std::fs;
use std::path::{Path, PathBuf};

use store::table::media::Media;
use store::{Store, UnixMs};

/// A point in time for made-up rows.
const NOW: UnixMs = 1_680_000_000_000;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().expect("a folder"));
    let pictures: usize = arguments.next().expect("a number").parse().expect("a number");
    let store = Store::open(&folder).expect("a store");
    let mut files: Vec<PathBuf> = fs::read_dir(arguments.next().expect("a folder of files"))
        .expect("a folder")
        .map(|entry| entry.expect("a file").path())
        .collect();
    files.sort();
    let files: Vec<Media> = files.iter().map(|file| kept(&store, file)).collect();
    store.write(|write| files.iter().try_for_each(|file| write.insert_media(file))).expect("rows are kept");
    store::fill::pictures(&store, &files, pictures, NOW).expect("rows are kept");
}

fn kept(store: &Store, file: &Path) -> Media {
    let bytes = fs::read(file).expect("a file");
    let length = i64::try_from(bytes.len()).expect("a length");
    let name = file.file_stem().and_then(|name| name.to_str()).expect("a name");
    let (_, size) = name.split_once('-').expect("a size");
    let (width, height) = size.split_once('x').expect("two sides");
    let id = store.put_media(&bytes, "image/jpeg").expect("the file is kept");
    Media {
        width: width.parse().ok(),
        height: height.parse().ok(),
        ..Media::plain(id, "image/jpeg", length, NOW)
    }
}
