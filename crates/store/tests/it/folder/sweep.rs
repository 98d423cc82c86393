//! What a sweep removes, and what it never touches.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use store::table::attachment::{Attachment, AttachmentKind, AttachmentRole, AttachmentState};
use store::table::media::Media;
use store::{ConversationId, Store, Swept, UnixMs};

use super::files;
use crate::made;

const DAY: UnixMs = 24 * 60 * 60 * 1000;

fn now() -> UnixMs {
    UnixMs::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis()).unwrap()
}

/// Makes all files look so many days old.
fn age(folder: &Path, days: u64) {
    for file in files(folder) {
        let then = SystemTime::now() - Duration::from_hours(24 * days);
        File::options().write(true).open(file).unwrap().set_modified(then).unwrap();
    }
}

/// A conversation with one message that brought a picture.
fn mention(store: &Store, media: &Media) -> ConversationId {
    let conversation = made::conversation("t", 1);
    let message = made::branch(store, &conversation, &["draw"])[0];
    let picture = Attachment {
        media: Some(media.clone()),
        state: AttachmentState::Kept,
        ..Attachment::of(message, AttachmentRole::Received, AttachmentKind::Picture, 1)
    };
    store.write(|write| write.insert_attachment(&picture)).unwrap();
    conversation.id
}

#[test]
fn what_is_mentioned_stays_however_old_it_is() {
    let made = made::store();
    let media = made::media(&made.store, b"picture");
    mention(&made.store, &media);
    made.store.put_derived(media.id, 256, b"small").unwrap();
    age(made.folder.path(), 400);
    assert_eq!(made.store.sweep_media(now() + 400 * DAY).unwrap(), Swept::default());
    assert_eq!(files(made.folder.path()).len(), 2, "the picture and the small one");
}

#[test]
fn files_without_a_row_go_after_a_day() {
    let made = made::store();
    made.store.put_media(b"lost", "image/png").unwrap();
    made.store.put_derived(store::MediaId::of(b"gone"), 256, b"small").unwrap();
    fs::write(made.folder.path().join("media/.tmpabc.part"), b"half").unwrap();
    fs::write(made.folder.path().join("media/notes.txt"), b"the person's own").unwrap();
    assert_eq!(made.store.sweep_media(now()).unwrap(), Swept::default(), "their rows may still come");
    age(made.folder.path(), 2);
    assert_eq!(made.store.sweep_media(now()).unwrap(), Swept { rows: 0, files: 3 });
    let left = files(made.folder.path());
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].ends_with("notes.txt"), "what Medley did not put there is not Medley's");
}

#[test]
fn pictures_of_purged_conversations_stay_for_thirty_days() {
    let made = made::store();
    let media = made::media(&made.store, b"picture");
    let conversation = mention(&made.store, &media);
    made.store.write(|write| write.bin_conversation(conversation, 5)).unwrap();
    made.store.write(|write| write.purge_conversations(10)).unwrap();
    age(made.folder.path(), 400);
    let begin = now();
    for days in [0, 29] {
        assert_eq!(made.store.sweep_media(begin + days * DAY).unwrap(), Swept::default(), "day {days}");
    }
    assert!(made.store.read(|read| read.media(media.id)).unwrap().is_some(), "still there");
    assert_eq!(made.store.sweep_media(begin + 31 * DAY).unwrap(), Swept { rows: 1, files: 1 });
    assert_eq!(files(made.folder.path()), Vec::<std::path::PathBuf>::new());
}

#[test]
fn what_comes_again_or_is_mentioned_again_is_wanted_again() {
    let made = made::store();
    let media = made::media(&made.store, b"picture");
    let begin = now();
    made.store.sweep_media(begin).unwrap();
    made.store.put_media(b"picture", "image/png").unwrap();
    made.store.sweep_media(begin + 31 * DAY).unwrap();
    assert!(made.store.read(|read| read.media(media.id)).unwrap().is_some(), "it came again in between");
    mention(&made.store, &media);
    made.store.sweep_media(begin + 90 * DAY).unwrap();
    made.store.sweep_media(begin + 200 * DAY).unwrap();
    assert!(made.store.read(|read| read.media(media.id)).unwrap().is_some(), "it is mentioned");
}
