//! Opening: what is made, what is refused, and what is left as it was.

use std::fs;
use std::path::Path;

use store::{Error, Store};

use crate::made;

fn refused(folder: &Path) -> Error {
    match Store::open(folder) {
        Ok(_) => panic!("the store must not open"),
        Err(error) => error,
    }
}

#[test]
fn a_missing_folder_is_made_and_private() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("some/where");
    let store = Store::open(&home).unwrap();
    store.write(|write| write.set_draft("new", "x", 1)).unwrap();
    assert!(store.size_on_disk().unwrap() > 0, "a file is there");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&home), 0o700, "only the person enters the folder");
        for file in fs::read_dir(&home).unwrap() {
            let file = file.unwrap().path();
            assert_eq!(mode(&file), 0o600, "only the person reads {}", file.display());
        }
    }
}

#[test]
fn what_was_written_is_there_after_a_restart() {
    let made = made::store();
    let conversation = made::conversation("t", 1);
    let ids = made::branch(&made.store, &conversation, &["a", "b"]);
    let folder = made.close();
    let store = Store::open(folder.path()).unwrap();
    let tail = store.read(|read| read.tail(conversation.id, 10)).unwrap();
    assert_eq!(tail.iter().map(|message| message.id).collect::<Vec<_>>(), ids, "all messages");
    let copies = fs::read_dir(folder.path())
        .unwrap()
        .filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().starts_with("medley-before"));
    assert_eq!(copies.count(), 0, "nothing is copied aside without a migration");
}

#[test]
fn a_newer_database_is_refused_and_left_alone() {
    let made = made::store();
    made.by_hand("PRAGMA user_version = 999");
    let folder = made.close();
    let file = folder.path().join("medley.db");
    let before = fs::read(&file).unwrap();
    let error = refused(folder.path());
    assert!(matches!(error, Error::Newer { found: 999, known } if known < 999), "{error:?}");
    assert_eq!(fs::read(&file).unwrap(), before, "its file is as it was");
}

#[test]
fn a_damaged_file_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("medley.db");
    for garbage in [b"this is no database, but long enough to look like one ".repeat(400), vec![0xFF; 100]] {
        fs::write(&file, &garbage).unwrap();
        let error = refused(folder.path());
        assert!(matches!(error, Error::Corrupt { .. }), "{error:?}");
        assert_eq!(fs::read(&file).unwrap(), garbage, "the file is as it was");
    }
}

#[test]
fn the_database_of_another_program_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("medley.db");
    rusqlite::Connection::open(&file).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
    let before = fs::read(&file).unwrap();
    let error = refused(folder.path());
    assert!(matches!(error, Error::Corrupt { .. }), "{error:?}");
    assert_eq!(fs::read(&file).unwrap(), before, "their file is as it was");
}

#[test]
fn damage_inside_is_told_and_not_a_panic() {
    let made = made::store();
    made::branch(&made.store, &made::conversation("t", 1), &vec!["some words"; 2_000]);
    let folder = made.close();
    let file = folder.path().join("medley.db");
    let mut bytes = fs::read(&file).unwrap();
    let half = bytes.len() / 2;
    for byte in &mut bytes[half..] {
        *byte = 0x5A;
    }
    fs::write(&file, &bytes).unwrap();
    match Store::open(folder.path()) {
        Ok(store) => {
            let faults = store.integrity();
            let told = !matches!(&faults, Ok(faults) if faults.is_empty());
            assert!(told, "half a file of noise must be noticed: {faults:?}");
        }
        Err(error) => assert!(matches!(error, Error::Corrupt { .. }), "{error:?}"),
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_an_error_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a file");
    fs::write(&file, "x").unwrap();
    let error = refused(&file.join("home"));
    assert!(matches!(&error, Error::Io { path, .. } if path.ends_with("home")), "{error:?}");
}

#[test]
fn another_program_that_holds_the_database_is_told_from_damage() {
    let made = made::store();
    let other = rusqlite::Connection::open(made.folder.path().join("medley.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = made.store.write(|write| write.set_draft("new", "x", 1));
    assert!(matches!(refused, Err(Error::Locked)), "{refused:?}");
    other.execute_batch("ROLLBACK").unwrap();
    made.store.write(|write| write.set_draft("new", "x", 1)).unwrap();
}
