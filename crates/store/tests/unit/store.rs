//! A full disk, played by a limit on the file's pages, which needs the writer itself.

use super::{Store, lock};
use crate::Error;

#[test]
fn a_full_disk_is_told_and_takes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.write(|write| write.set_draft("kept", "before", 1)).unwrap();
    let limit = |pages: i64| {
        let writer = lock(&store.0.writer);
        writer.connection.pragma_query_value(None, "page_count", |row| row.get::<_, i64>(0)).and_then(
            |count| {
                writer.connection.pragma_update_and_check(None, "max_page_count", count + pages, |_| Ok(()))
            },
        )
    };
    limit(2).unwrap();
    let long = "x".repeat(100_000);
    let refused = store.write(|write| {
        write.set_draft("kept", "after", 2)?;
        write.set_draft("long", &long, 2)
    });
    assert!(matches!(refused, Err(Error::Full)), "{refused:?}");
    let kept = store.read(|read| read.draft("kept")).unwrap();
    assert_eq!(kept.as_deref(), Some("before"), "nothing of the refused write is kept");
    assert_eq!(store.integrity().unwrap(), Vec::<String>::new(), "the file is sound");
    limit(1_000).unwrap();
    store.write(|write| write.set_draft("long", &long, 3)).unwrap();
    let kept = store.read(|read| read.draft("long")).unwrap();
    assert_eq!(kept.map(|text| text.len()), Some(long.len()), "with room again, it writes again");
}
