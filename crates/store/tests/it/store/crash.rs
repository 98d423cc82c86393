//! Killing a process that writes, and running one that may not write. Both run this very test binary again.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use store::table::message::{Message, MessageState, SaidQuery};
use store::{Error, Store};

use crate::made;

/// Names the folder to a child.
const FOLDER: &str = "STORE_TEST_FOLDER";

/// The user that owns nothing.
const NOBODY: u32 = 65_534;

/// Runs one ignored test of `binary` as a child on `folder`.
fn child(binary: &Path, test: &str, folder: &Path) -> Command {
    let mut command = Command::new(binary);
    command.args(["--exact", test, "--ignored", "--nocapture"]).env(FOLDER, folder);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn folder_of_child() -> std::path::PathBuf {
    std::env::var_os(FOLDER).unwrap().into()
}

#[test]
#[ignore = "the child of a_kill_loses_nothing_that_was_kept: writes until it is killed"]
fn write_for_ever() {
    let store = Store::open(&folder_of_child()).unwrap();
    let marks = folder_of_child().join("kept");
    let conversation = made::conversation("t", 1);
    let mut last = *made::branch(&store, &conversation, &["begin"]).last().unwrap();
    let mut text = String::new();
    for number in 0_u64.. {
        let message =
            Message { state: MessageState::Streaming, ..made::message(conversation.id, Some(last), "") };
        store.write(|write| write.insert_message(&message)).unwrap();
        text.push_str("und so weiter ");
        assert!(store.write(|write| write.save_progress(message.id, &text, "")).unwrap());
        let whole = made::message(conversation.id, Some(message.id), "found again");
        store.write(|write| write.insert_message(&whole)).unwrap();
        store.write(|write| write.set_head(conversation.id, Some(whole.id))).unwrap();
        last = whole.id;
        fs::write(&marks, number.to_string()).unwrap();
    }
}

#[test]
fn a_kill_loses_nothing_that_was_kept() {
    let binary = std::env::current_exe().unwrap();
    for round in 0..12 {
        let folder = tempfile::tempdir().unwrap();
        let marks = folder.path().join("kept");
        let mut writer = child(&binary, "store::crash::write_for_ever", folder.path()).spawn().unwrap();
        wait_for(&marks, &mut writer);
        sleep(Duration::from_millis(round * 7));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let kept: usize = fs::read_to_string(&marks).unwrap().parse().unwrap_or(0);
        let store = Store::open(folder.path()).unwrap();
        assert_eq!(store.integrity().unwrap(), Vec::<String>::new(), "round {round}: the file is sound");
        let found = store.read(store::Read::counts).unwrap().messages;
        assert!(found >= i64::try_from(kept + 2).unwrap(), "round {round}: {found} messages, {kept} told");
        let interrupted = store.write(store::Write::interrupted).unwrap();
        assert!(interrupted.len() > kept, "round {round}: what was being received is marked");
        let said = |typed: &str| SaidQuery { search: typed.into(), but: None, after: None, limit: u32::MAX };
        let findable =
            store.read(|read| Ok(read.said(&said("found again"))?.len() + read.said(&said("weiter"))?.len()));
        // The first message of all says neither, nor does an answer that was killed before its first words.
        let silent = found - i64::try_from(findable.unwrap()).unwrap();
        assert!((1..=2).contains(&silent), "round {round}: {silent} of {found} messages cannot be found");
    }
}

/// Waits until the child has kept its first message; a child that dies before is a failure.
fn wait_for(marks: &Path, writer: &mut Child) {
    while !marks.exists() {
        assert!(writer.try_wait().unwrap().is_none(), "the child must not end by itself");
        sleep(Duration::from_millis(2));
    }
}

#[test]
#[ignore = "the child of a_folder_that_may_not_be_written_is_told: runs as somebody else"]
fn open_what_may_not_be_written() {
    match Store::open(&folder_of_child()) {
        Err(Error::ReadOnly) => {}
        Err(error) => panic!("{error:?} does not say that writing is refused"),
        Ok(_) => panic!("a folder that may not be written must not open"),
    }
}

#[test]
fn a_folder_that_may_not_be_written_is_told() {
    // Root may write anywhere, so root hands the child to somebody else, and the binary with it.
    let root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    let shelf = tempfile::tempdir().unwrap();
    fs::set_permissions(shelf.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let binary = shelf.path().join("it");
    fs::copy(std::env::current_exe().unwrap(), &binary).unwrap();
    let (empty, used) = (shelf.path().join("empty"), shelf.path().join("used"));
    fs::create_dir(&empty).unwrap();
    drop(Store::open(&used).unwrap());
    fs::set_permissions(used.join("medley.db"), fs::Permissions::from_mode(0o444)).unwrap();
    for folder in [&empty, &used] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
        let mut command = child(&binary, "store::crash::open_what_may_not_be_written", folder);
        if root {
            command.uid(NOBODY);
        }
        let status = command.current_dir("/").status().unwrap();
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
        assert!(status.success(), "{}: the child says why it failed", folder.display());
    }
}
