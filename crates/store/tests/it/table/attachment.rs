//! Attachments: of drafts and of messages, in their order, with what was read out of them.

use store::table::attachment::{Attachment, AttachmentKind, AttachmentRole, AttachmentState};
use store::table::problem::Problem;
use store::{AttachmentId, Error, MessageId, Store};

use crate::made::{self, Made};

fn received(message: MessageId) -> Attachment {
    Attachment::of(message, AttachmentRole::Received, AttachmentKind::Picture, 7)
}

fn add(store: &Store, attachment: &Attachment) {
    store.write(|write| write.insert_attachment(attachment)).unwrap();
}

fn of_message(made: &Made, message: MessageId) -> Vec<AttachmentId> {
    let found = made.store.read(|read| read.attachments(message)).unwrap();
    found.into_iter().map(|one| one.id).collect()
}

fn of_draft(made: &Made, place: &str) -> Vec<AttachmentId> {
    let found = made.store.read(|read| read.draft_attachments(place)).unwrap();
    found.into_iter().map(|one| one.id).collect()
}

#[test]
fn an_attachment_is_read_as_it_was_written() {
    let made = made::store();
    let message = made::branch(&made.store, &made::conversation("t", 1), &["draw"])[0];
    let problem = Problem { code: "timed_out".into(), ..Problem::default() };
    let mut one = Attachment {
        name: "fox".into(),
        source: "https://example.test/fox.png".into(),
        detail: "low".into(),
        problem: Some(problem),
        tries: 2,
        next_at: Some(99),
        ..received(message)
    };
    add(&made.store, &one);
    assert_eq!(made.store.read(|read| read.attachment(one.id)).unwrap(), Some(one.clone()));
    assert_eq!(made.store.read(store::Read::waiting_attachments).unwrap(), [one.clone()], "it waits");
    one.media = Some(made::media(&made.store, b"picture"));
    (one.state, one.problem, one.next_at) = (AttachmentState::Kept, None, None);
    made.store.write(|write| write.update_attachment(&one)).unwrap();
    assert_eq!(made.store.read(|read| read.attachment(one.id)).unwrap(), Some(one.clone()), "its file came");
    assert_eq!(made.store.read(store::Read::waiting_attachments).unwrap(), [], "it waits no longer");
    made.store.write(|write| write.remove_attachment(one.id)).unwrap();
    assert_eq!(made.store.read(|read| read.attachment(one.id)).unwrap(), None);
    let gone = made.store.write(|write| write.update_attachment(&one));
    assert!(matches!(gone, Err(Error::NotFound)), "what is gone is not written: {gone:?}");
}

#[test]
fn the_row_of_a_file_comes_with_the_attachment_that_brings_it() {
    let made = made::store();
    let message = made::branch(&made.store, &made::conversation("t", 1), &["draw"])[0];
    let id = made.store.put_media(b"picture", "image/png").unwrap();
    let media = store::table::media::Media::plain(id, "image/png", 7, 5);
    add(&made.store, &Attachment { media: Some(media.clone()), ..received(message) });
    assert_eq!(made.store.read(|read| read.media(id)).unwrap(), Some(media), "one write keeps both");
}

#[test]
fn a_draft_hands_its_attachments_over_in_their_order() {
    let made = made::store();
    let message = made::branch(&made.store, &made::conversation("t", 1), &["look"])[0];
    let three: Vec<_> = (0..3).map(|_| Attachment::in_draft("new", AttachmentKind::Document, 7)).collect();
    for one in &three {
        add(&made.store, one);
    }
    add(&made.store, &Attachment::in_draft("elsewhere", AttachmentKind::Link, 7));
    let ids: Vec<_> = three.iter().map(|one| one.id).collect();
    assert_eq!(of_draft(&made, "new"), ids, "in the order in which they were added");
    made.store.write(|write| write.order_attachments("new", &[ids[2], ids[0]])).unwrap();
    let order = [ids[2], ids[0], ids[1]];
    assert_eq!(of_draft(&made, "new"), order, "as the person put them; the one not named comes last");
    assert_eq!(made.store.write(|write| write.send_attachments("new", message)).unwrap(), 3);
    assert_eq!(of_message(&made, message), order);
    assert_eq!((of_draft(&made, "new").len(), of_draft(&made, "elsewhere").len()), (0, 1));
    assert_eq!(of_draft(&made, ""), [], "what belongs to messages belongs to no draft");
    assert_eq!(made.store.write(|write| write.send_attachments("", message)).unwrap(), 0);
}

#[test]
fn another_version_has_the_same_attachments_under_ids_of_its_own() {
    let made = made::store();
    let conversation = made::conversation("t", 1);
    let message = made::branch(&made.store, &conversation, &["look"])[0];
    let other = made::message(conversation.id, None, "look again");
    made.store.write(|write| write.insert_message(&other)).unwrap();
    let media = made::media(&made.store, b"picture");
    let one = Attachment { media: Some(media.clone()), name: "fox".into(), ..received(message) };
    add(&made.store, &one);
    made.store.write(|write| write.set_attachment_text(one.id, "a fox, 狐狸")).unwrap();
    made.store.write(|write| write.copy_attachments(message, other.id)).unwrap();
    let copies = made.store.read(|read| read.attachments(other.id)).unwrap();
    assert_eq!(copies.len(), 1);
    assert_ne!(copies[0].id, one.id);
    assert_eq!((copies[0].name.as_str(), copies[0].media.as_ref()), ("fox", Some(&media)));
    assert_eq!(copies[0].text_length, 9, "characters, not bytes");
    let text = made.store.read(|read| read.attachment_text(copies[0].id)).unwrap();
    assert_eq!(text, "a fox, 狐狸", "what was read out of it is there, too");
}

#[test]
fn attachments_go_with_their_message_and_with_the_draft_of_their_conversation() {
    let made = made::store();
    let conversation = made::conversation("t", 1);
    let message = made::branch(&made.store, &conversation, &["draw"])[0];
    add(&made.store, &received(message));
    add(&made.store, &Attachment::in_draft(&conversation.id.to_string(), AttachmentKind::Picture, 7));
    made.store.write(|write| write.bin_conversation(conversation.id, 5)).unwrap();
    assert_eq!(of_message(&made, message).len(), 1, "in the bin nothing is lost");
    made.store.write(|write| write.purge_conversations(10)).unwrap();
    assert_eq!(made.query_by_hand::<i64>("SELECT count(*) FROM attachment"), 0, "then they go together");
    assert_eq!(made.store.integrity().unwrap(), Vec::<String>::new());
}

#[test]
fn an_attachment_of_nothing_is_refused() {
    let made = made::store();
    let lost = made.store.write(|write| write.insert_attachment(&received(MessageId::new())));
    assert!(matches!(lost, Err(Error::NotFound)), "no such message: {lost:?}");
    let nowhere = Attachment { message_id: None, ..received(MessageId::new()) };
    assert!(
        made.store.write(|write| write.insert_attachment(&nowhere)).is_err(),
        "neither message nor draft"
    );
}
