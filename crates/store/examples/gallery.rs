//! Measures the gallery: laying out, paging, filtering and searching so many pictures, beside the raw SQLite query on the
//! same file. Prints one line of JSON. Arguments: pictures, rounds.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    missing_docs,
    reason = "a measuring tool, not a part of the app"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags};
use store::table::media::Media;
use store::table::picture::{PictureChange, PictureQuery, PictureShape};
use store::{AlbumId, MediaId, Store, UnixMs};

/// A point in time for made-up rows.
const NOW: UnixMs = 1_760_000_000_000;
/// What a person looks for by date.
const MONTH: UnixMs = 30 * 24 * 60 * 60 * 1000;
/// Rows on one page.
const PAGE: u32 = 100;

const SHAPES: &[(i64, i64)] = &[(1024, 1024), (1536, 1024), (1024, 1536), (1792, 1024)];
/// The same as the outline, without anything of ours; behind it, what is looked for.
const RAW: &str = "SELECT key, created_at, ratio FROM picture WHERE deleted_at IS NULL AND away = 0";
const RAW_ORDER: &str = "ORDER BY created_at DESC, key DESC";
const RAW_WIDE: &str = "AND ratio > 110";
const RAW_STARRED: &str = "AND starred";
const RAW_FOUND: &str = "AND +key IN (SELECT rowid FROM picture_words('lighthouse*'))";

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse().expect("a number"));
    let pictures: usize = arguments.next().unwrap_or(200_000);
    let rounds: usize = arguments.next().unwrap_or(9);
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path()).expect("a store");
    fill(&store, pictures);
    let file = folder.path().join("medley.db");
    let raw = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a database");
    let all = PictureQuery::default();
    let search = |words: &str| PictureQuery { search: words.into(), ..PictureQuery::default() };
    let starred = PictureQuery { starred: true, ..PictureQuery::default() };
    let wide = PictureQuery { shape: Some(PictureShape::Wide), ..PictureQuery::default() };
    let album = fill_album(&store, &all);
    let in_album = PictureQuery { album: Some(album), ..PictureQuery::default() };
    let month = PictureQuery { since: Some(NOW), until: Some(NOW + MONTH), ..PictureQuery::default() };
    let keys: Vec<i64> = store
        .read(|read| read.picture_outline(&all))
        .expect("an outline")
        .iter()
        .map(|laid| laid.key)
        .collect();
    let change = |change| {
        median(1, || {
            drop(black_box(
                store.write(|write| write.change_pictures(&keys, change, NOW)).expect("a change"),
            ));
        })
    };
    let end = u32::try_from(pictures).unwrap_or(u32::MAX).saturating_sub(PAGE);
    let outline = |query: &PictureQuery| {
        median(rounds, || {
            drop(black_box(store.read(|read| read.picture_outline(query)).expect("an outline")));
        })
    };
    let page = |query: &PictureQuery, from| {
        median(rounds, || drop(black_box(store.read(|read| read.pictures(query, from, PAGE)).expect("rows"))))
    };
    println!(
        "{}",
        serde_json::json!({
            "pictures": pictures,
            "outline_ms": outline(&all), "raw_outline_ms": median(rounds, || lay_out(&raw, "")),
            "raw_starred_ms": median(rounds, || lay_out(&raw, RAW_STARRED)),
            "raw_wide_ms": median(rounds, || lay_out(&raw, RAW_WIDE)),
            "raw_common_word_ms": median(rounds, || lay_out(&raw, RAW_FOUND)),
            "starred_ms": outline(&starred), "wide_ms": outline(&wide),
            "common_word_ms": outline(&search("lighthouse")), "two_words_ms": outline(&search("red tram")),
            "chinese_ms": outline(&search("面包")),
            "album_ms": outline(&in_album), "month_ms": outline(&month),
            "counts_ms": median(rounds, || {
                black_box(store.read(store::Read::picture_counts).expect("counts"));
            }),
            "albums_ms": median(rounds, || drop(black_box(store.read(store::Read::albums).expect("albums")))),
            "first_page_ms": page(&all, 0), "last_page_ms": page(&all, end),
            "found_page_ms": page(&search("sailor"), 0),
            "star_all_ms": change(PictureChange::Star), "remove_all_ms": change(PictureChange::Remove),
            "restore_all_ms": change(PictureChange::Restore),
        })
    );
}

/// Rows that share a few files: nothing here reads a file.
fn fill(store: &Store, pictures: usize) {
    let files: Vec<Media> = SHAPES
        .iter()
        .map(|(width, height)| Media {
            width: Some(*width),
            height: Some(*height),
            ..Media::plain(MediaId::of(&width.to_le_bytes()), "image/png", 2_000_000, NOW)
        })
        .collect();
    store.write(|write| files.iter().try_for_each(|file| write.insert_media(file))).expect("rows are kept");
    store::fill::pictures(store, &files, pictures, NOW).expect("rows are kept");
}

/// An album of every tenth picture.
fn fill_album(store: &Store, all: &PictureQuery) -> AlbumId {
    let album_id = AlbumId::new();
    let laid = store.read(|read| read.picture_outline(all)).expect("an outline");
    let keys: Vec<i64> = laid.iter().step_by(10).map(|laid| laid.key).collect();
    let filled = store.write(|write| {
        write.insert_album(album_id, "One in ten", NOW)?;
        write.change_pictures(&keys, PictureChange::AddTo { album_id }, NOW)
    });
    filled.expect("an album");
    album_id
}

fn lay_out(raw: &Connection, and: &str) {
    let mut select = raw.prepare_cached(&format!("{RAW} {and} {RAW_ORDER}")).expect("a statement");
    let row = |row: &rusqlite::Row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?));
    let rows = select.query_map([], row).expect("rows");
    black_box(rows.collect::<rusqlite::Result<Vec<_>>>().expect("rows"));
}

/// Milliseconds, the middle of several rounds after one that warms up.
fn median(rounds: usize, work: impl Fn()) -> f64 {
    work();
    let mut times: Vec<Duration> = (0..rounds.max(1))
        .map(|_| {
            let begin = Instant::now();
            work();
            begin.elapsed()
        })
        .collect();
    times.sort();
    let middle = times.get(times.len() / 2).copied().unwrap_or_default();
    (middle.as_secs_f64() * 100_000.0).round() / 100.0
}
