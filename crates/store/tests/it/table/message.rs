//! Messages: what is written is read, and what was received is never lost.

mod beside;
mod found;
mod tree;

use store::table::message::{Message, MessageState, Role, Usage};
use store::table::problem::{Facts, Problem};
use store::{ConversationId, Error, MessageId, ServiceId};

use crate::made;

fn full(conversation: ConversationId, parent: MessageId, service: ServiceId) -> Message {
    Message {
        role: Role::Assistant,
        state: MessageState::Cut,
        thoughts: "Hm.".into(),
        thought_ms: Some(12),
        service_id: Some(service),
        model: "m-1".into(),
        answered_by: "m-1-0601".into(),
        known_as: "chatcmpl-123".into(),
        finish_reason: "length".into(),
        problem: Some(Problem {
            code: "cut".into(),
            message: "reset".into(),
            facts: Facts { status: Some(502), ..Facts::default() },
        }),
        usage: Some(Usage { tokens_in: Some(3), cost: Some(0.25), ..Usage::default() }),
        first_ms: Some(300),
        duration_ms: Some(900),
        created_at: 77,
        deleted_at: Some(99),
        ..made::message(conversation, Some(parent), "日本語 and `code`\0 and a zero")
    }
}

#[test]
fn every_field_comes_back() {
    let made = made::store();
    let service = made::service("One");
    let conversation = made::conversation("t", 1);
    made.store.write(|write| write.insert_service(&service)).unwrap();
    let ids = made::branch(&made.store, &conversation, &["hello"]);
    let message = full(conversation.id, ids[0], service.id);
    made.store.write(|write| write.insert_message(&message)).unwrap();
    let found = made.store.read(|read| read.message(message.id)).unwrap();
    assert_eq!(found, Some(message), "a message must come back as it was written");
}

#[test]
fn what_is_purged_leaves_no_word_behind_nor_its_number_at_the_service() {
    let made = made::store();
    let service = made::service("One");
    let conversation = made::conversation("t", 1);
    made.store.write(|write| write.insert_service(&service)).unwrap();
    let ids = made::branch(&made.store, &conversation, &["hello"]);
    let message = full(conversation.id, ids[0], service.id);
    made.store.write(|write| write.insert_message(&message)).unwrap();
    let purge = |before| made.store.write(move |write| write.purge_messages(before)).unwrap();
    assert_eq!((purge(99), purge(100)), (0, 1));
    let left = made.store.read(|read| read.message(message.id)).unwrap().unwrap();
    assert_eq!((left.text.as_str(), left.known_as.as_str()), ("", ""));
}

#[test]
fn several_come_in_the_order_asked_for_and_unknown_ones_are_left_out() {
    let made = made::store();
    let ids = made::branch(&made.store, &made::conversation("t", 1), &["a", "b", "c"]);
    let found = made.store.read(|read| read.messages(&[ids[2], MessageId::new(), ids[0]])).unwrap();
    let texts: Vec<_> = found.iter().map(|message| message.text.as_str()).collect();
    assert_eq!(texts, ["c", "a"], "the order is the caller's");
}

#[test]
fn an_update_keeps_place_and_deletion() {
    let made = made::store();
    let ids = made::branch(&made.store, &made::conversation("t", 1), &["a", "b"]);
    let read = || made.store.read(|read| read.message(ids[1])).unwrap().unwrap();
    let before = read();
    made.store.write(|write| write.set_deleted(ids[1], Some(5))).unwrap();
    let late = Message {
        text: "b, finished".into(),
        state: MessageState::Stopped,
        parent_id: None,
        ..before.clone()
    };
    made.store.write(|write| write.update_message(&late)).unwrap();
    let expected = Message { parent_id: Some(ids[0]), deleted_at: Some(5), ..late };
    assert_eq!(read(), expected, "a late end must neither move nor bring back a message");
}

#[test]
fn a_message_outlives_its_service() {
    let made = made::store();
    let service = made::service("One");
    made.store.write(|write| write.insert_service(&service)).unwrap();
    let conversation = made::conversation("t", 1);
    let ids = made::branch(&made.store, &conversation, &["a"]);
    let answer = Message {
        service_id: Some(service.id),
        model: "m".into(),
        ..made::message(conversation.id, Some(ids[0]), "so far")
    };
    made.store.write(|write| write.insert_message(&answer)).unwrap();
    made.store.write(|write| write.remove_service(service.id)).unwrap();
    made.store
        .write(|write| write.update_message(&Message { text: "all".into(), ..answer.clone() }))
        .unwrap();
    let found = made.store.read(|read| read.message(answer.id)).unwrap().unwrap();
    assert_eq!((found.text.as_str(), found.model.as_str()), ("all", "m"), "text and model name stay");
    assert_eq!(found.service_id, None, "the service is gone");
}

#[test]
fn progress_is_kept_until_the_end_and_not_after() {
    let made = made::store();
    let conversation = made::conversation("t", 1);
    let ids = made::branch(&made.store, &conversation, &["a"]);
    let answer =
        Message { state: MessageState::Streaming, ..made::message(conversation.id, Some(ids[0]), "") };
    made.store.write(|write| write.insert_message(&answer)).unwrap();
    let save = |text| made.store.write(|write| write.save_progress(answer.id, text, "hm")).unwrap();
    let read = || made.store.read(|read| read.message(answer.id)).unwrap().unwrap();
    assert!(save("half"), "a streaming message takes progress");
    assert_eq!((read().text.as_str(), read().thoughts.as_str()), ("half", "hm"), "progress is kept");
    let done = Message { state: MessageState::Done, text: "whole".into(), ..answer.clone() };
    made.store.write(|write| write.update_message(&done)).unwrap();
    assert!(!save("hal"), "a finished message takes no progress");
    assert_eq!(read().text, "whole", "late progress must not overwrite the end");
}

#[test]
fn what_was_streaming_becomes_interrupted_once() {
    let made = made::store();
    let conversation = made::conversation("t", 1);
    let ids = made::branch(&made.store, &conversation, &["a"]);
    let answer =
        Message { state: MessageState::Streaming, ..made::message(conversation.id, Some(ids[0]), "half") };
    made.store.write(|write| write.insert_message(&answer)).unwrap();
    let recover = || made.store.write(store::Write::interrupted).unwrap();
    assert_eq!(recover(), [answer.id], "only the streaming one was interrupted");
    assert_eq!(recover(), [], "the second start finds nothing");
    let found = made.store.read(|read| read.message(answer.id)).unwrap().unwrap();
    assert_eq!((found.state, found.text.as_str()), (MessageState::Interrupted, "half"), "its text is kept");
}

#[test]
fn a_message_hangs_only_on_what_exists_in_its_conversation() {
    let made = made::store();
    let (here, there) = (made::conversation("here", 1), made::conversation("there", 2));
    made::branch(&made.store, &here, &["a"]);
    let elsewhere = made::branch(&made.store, &there, &["b"]);
    for message in [
        made::message(ConversationId::new(), None, "no such conversation"),
        made::message(here.id, Some(MessageId::new()), "no such parent"),
        made::message(here.id, Some(elsewhere[0]), "parent of another conversation"),
    ] {
        let refused = made.store.write(|write| write.insert_message(&message));
        assert!(matches!(refused, Err(Error::NotFound)), "{}: {refused:?}", message.text);
    }
    let refused = made.store.write(|write| write.set_head(here.id, Some(elsewhere[0])));
    assert!(matches!(refused, Err(Error::NotFound)), "a head must be of the conversation: {refused:?}");
}
