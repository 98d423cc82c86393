//! The media folder: files that are whole or not there, kept once, and swept away only when nothing names them.

#[cfg(unix)]
mod kill;
mod sweep;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use store::table::media::Media;
use store::{MediaId, Store};

use crate::made;

/// All files below a folder, without those of the database beside it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder.join("media")) else { return Vec::new() };
    let mut found: Vec<PathBuf> = Vec::new();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    while let Some(path) = folders.pop() {
        if path.is_dir() {
            folders.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn a_file_lies_under_the_hash_of_its_bytes() {
    let made = made::store();
    let id = made.store.put_media(b"picture", "image/png").unwrap();
    assert_eq!(id, MediaId::of(b"picture"));
    let name = id.to_string();
    assert_eq!(name.len(), 64, "32 bytes in hex");
    let path = made.store.media_path(&Media::plain(id, "image/png", 7, 0));
    assert_eq!(path, made.folder.path().join("media").join(&name[..2]).join(format!("{name}.png")));
    assert_eq!(fs::read(path).unwrap(), b"picture");
    assert_eq!(name.parse(), Ok(id), "its name leads back to it");
    for bad in ["", "abc", &name.to_uppercase(), &format!("{name}0"), "../../../../etc/passwd"] {
        assert!(bad.parse::<MediaId>().is_err(), "{bad} is no name");
    }
}

#[test]
fn the_same_bytes_are_kept_once_and_restored_when_the_file_was_lost() {
    let made = made::store();
    let media = made::media(&made.store, b"picture");
    assert_eq!(made::media(&made.store, b"picture").id, media.id);
    assert_eq!(files(made.folder.path()).len(), 1, "one file");
    assert_eq!(made.query_by_hand::<i64>("SELECT count(*) FROM media"), 1, "one row");
    let path = made.store.media_path(&media);
    fs::remove_file(&path).unwrap();
    made.store.put_media(b"picture", "image/png").unwrap();
    assert_eq!(fs::read(path).unwrap(), b"picture", "what comes again is kept again");
}

#[test]
fn a_file_that_comes_piece_by_piece_is_there_only_when_it_is_kept() {
    let made = made::store();
    let mut incoming = made.store.receive_media().unwrap();
    incoming.write_all(b"pic").unwrap();
    incoming.write_all(b"ture").unwrap();
    assert_eq!((incoming.bytes(), incoming.read().unwrap()), (7, b"picture".to_vec()));
    drop(incoming);
    assert_eq!(files(made.folder.path()), Vec::<PathBuf>::new(), "what was not kept leaves nothing");
    let mut incoming = made.store.receive_media().unwrap();
    incoming.write_all(b"picture").unwrap();
    assert_eq!(incoming.keep("application/x-unknown").unwrap(), MediaId::of(b"picture"));
    assert!(files(made.folder.path())[0].extension().is_some_and(|ending| ending == "bin"));
}

#[test]
fn a_file_on_the_disk_is_kept_and_stays_where_it_is() {
    let made = made::store();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wav");
    fs::write(&path, b"sound").unwrap();
    for _ in 0..2 {
        assert_eq!(made.store.keep_file(&path, "audio/wav").unwrap(), MediaId::of(b"sound"));
    }
    fs::remove_file(&path).unwrap();
    let kept = files(made.folder.path());
    assert_eq!((kept.len(), fs::read(&kept[0]).unwrap()), (1, b"sound".to_vec()));
    assert!(made.store.keep_file(&path, "audio/wav").is_err(), "it is gone");
}

#[cfg(unix)]
#[test]
fn only_the_person_may_read_media() {
    use std::os::unix::fs::PermissionsExt;
    let made = made::store();
    let beside = made.folder.path().join("a.wav");
    fs::write(&beside, b"sound").unwrap();
    made.store.keep_file(&beside, "audio/wav").unwrap();
    fs::remove_file(beside).unwrap();
    let media = made::media(&made.store, b"picture");
    made.store.put_derived(media.id, 256, b"small").unwrap();
    let permissions = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for file in files(made.folder.path()) {
        assert_eq!(permissions(&file), 0o600, "{}", file.display());
        assert_eq!(permissions(file.parent().unwrap()), 0o700, "and nobody else may look into its folder");
    }
}

#[test]
fn pictures_made_from_others_are_kept_by_size() {
    let made = made::store();
    let id = MediaId::of(b"picture");
    assert_eq!(made.store.derived(id, 256).unwrap(), None, "nothing was made yet");
    made.store.put_derived(id, 256, b"small").unwrap();
    made.store.put_derived(id, 256, b"smaller").unwrap();
    assert_eq!(made.store.derived(id, 256).unwrap().as_deref(), Some(&b"smaller"[..]));
    assert_eq!(made.store.derived(id, 1024).unwrap(), None, "another size is another picture");
}

#[test]
fn a_folder_that_cannot_be_written_is_told_and_loses_nothing() {
    let made = made::store();
    fs::write(made.folder.path().join("media"), b"in the way").unwrap();
    assert!(made.store.put_media(b"picture", "image/png").is_err(), "a file lies where the folder belongs");
    assert_eq!(made.query_by_hand::<i64>("SELECT count(*) FROM media"), 0, "and no row says otherwise");
    assert!(Store::open(made.folder.path()).is_ok(), "the rest goes on");
}
