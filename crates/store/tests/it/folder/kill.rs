//! Killing a process that keeps media, at any moment: rows name whole files, and files without rows do no harm.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use store::table::media::Media;
use store::{MediaId, Store};

use super::files;
use crate::made;

/// Names the folder to a child.
const FOLDER: &str = "STORE_TEST_FOLDER";

/// The bytes of one file, long enough to be killed in the middle.
fn bytes(number: u64) -> Vec<u8> {
    number.to_le_bytes().repeat(40_000)
}

#[test]
#[ignore = "the child of a_kill_leaves_whole_files: keeps media until it is killed"]
fn keep_for_ever() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).unwrap());
    let store = Store::open(&folder).unwrap();
    for number in 0.. {
        made::media(&store, &bytes(number));
    }
}

#[test]
fn a_kill_leaves_whole_files() {
    for round in 0..8 {
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "folder::kill::keep_for_ever", "--ignored", "--nocapture"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while files(folder.path()).len() < 3 {
            assert!(child.try_wait().unwrap().is_none(), "the child must not end by itself");
            sleep(Duration::from_millis(1));
        }
        sleep(Duration::from_millis(round * 3));
        child.kill().unwrap();
        child.wait().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let mut rows = 0;
        for number in 0.. {
            let id = MediaId::of(&bytes(number));
            let Some(media) = store.read(|read| read.media(id)).unwrap() else { break };
            assert_eq!(whole(&store, &media), id, "round {round}: the file of row {number} is whole");
            rows += 1;
        }
        assert!(rows > 0, "round {round}: something was kept");
        let kept = files(folder.path());
        let extra = kept.len() - rows;
        assert!(extra <= 2, "round {round}: one file on its way, one without its row, no more: {kept:?}");
        store.sweep_media(0).unwrap();
        assert_eq!(files(folder.path()).len(), kept.len(), "round {round}: what is young stays");
    }
}

fn whole(store: &Store, media: &Media) -> MediaId {
    MediaId::of(&std::fs::read(store.media_path(media)).unwrap())
}
