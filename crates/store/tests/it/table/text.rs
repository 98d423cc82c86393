//! Texts that are continued: which suggestion waits, and what was continued when.

use store::table::conversation::{Conversation, ConversationKind};
use store::table::message::{Message, Role};
use store::{ConversationId, MessageId, Store};

use crate::made;

/// A text with a question for each of `words`, the next hanging on the first answer of the one before, each answered by
/// its words.
fn text(store: &Store, words: &[&[&str]]) -> (ConversationId, Vec<Message>) {
    let text = Conversation { kind: ConversationKind::Text, ..Conversation::blank(1) };
    let id = text.id;
    let mut made = Vec::new();
    let mut parent = None;
    for (at, versions) in (1..).zip(words) {
        let before = format!("Text {at} ");
        let question =
            Message { text: before, suffix: "behind".into(), ..Message::blank(id, parent, Role::User, at) };
        let answers = versions.iter().map(|words| Message {
            text: (*words).into(),
            model: "m".into(),
            ..Message::blank(id, Some(question.id), Role::Assistant, at)
        });
        let answers: Vec<Message> = answers.collect();
        parent = answers.first().map(|answer| answer.id);
        made.push(question);
        made.extend(answers);
    }
    let rows = made.clone();
    store
        .write(|write| {
            write.insert_conversation(&text)?;
            rows.iter().try_for_each(|row| write.insert_message(row))
        })
        .unwrap();
    (id, made)
}

fn waiting(store: &Store, id: ConversationId) -> Option<MessageId> {
    store.read(|read| read.suggestion(id)).unwrap()
}

#[test]
fn one_suggestion_waits_until_it_is_taken_or_thrown_away() {
    let made = made::store();
    let (id, rows) = text(&made.store, &[&["one", "two"]]);
    assert_eq!(waiting(&made.store, id), None);
    for answer in [rows[1].id, rows[2].id] {
        made.store.write(|write| write.set_suggestion(id, Some(answer))).unwrap();
        assert_eq!(waiting(&made.store, id), Some(answer), "the newest wish counts");
    }
    let folder = made.close();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(waiting(&store, id), Some(rows[2].id), "also after a restart");
    store.write(|write| write.set_suggestion(id, None)).unwrap();
    assert_eq!(waiting(&store, id), None);
    let strange = store.write(|write| write.set_suggestion(id, Some(MessageId::new())));
    assert!(strange.is_err(), "only an answer of this text can wait");
}

#[test]
fn a_text_that_is_purged_takes_its_suggestion_along() {
    let made = made::store();
    let (id, rows) = text(&made.store, &[&["one"]]);
    made.store.write(|write| write.set_suggestion(id, Some(rows[1].id))).unwrap();
    made.store.write(|write| write.bin_conversation(id, 1)).unwrap();
    made.store.write(|write| write.purge_conversations(2)).unwrap();
    assert_eq!(made.store.integrity().unwrap(), Vec::<String>::new());
}

#[test]
fn continuations_are_listed_newest_first_page_by_page() {
    let made = made::store();
    let long = "word ".repeat(1000);
    let (id, rows) = text(&made.store, &[&["first", "second"], &[&long], &[]]);
    let page = |before, limit| made.store.read(|read| read.continuations(id, before, limit)).unwrap();
    let all = page(None, 9);
    let questions: Vec<_> = all.iter().map(|one| one.question).collect();
    assert_eq!(questions, [rows[5].id, rows[3].id, rows[0].id], "{all:?}");
    assert_eq!((all[2].length, all[2].behind, all[2].created_at), (7, 6, 1));
    assert_eq!(all[0].answer, None, "a text that was only kept");
    let gone_on_with = all[2].answer.clone().unwrap();
    assert_eq!((gone_on_with.words.as_str(), gone_on_with.versions), ("first", 2), "it was gone on with");
    assert_eq!(all[1].answer.as_ref().unwrap().words.len(), 240, "no more than a list shows");
    assert_eq!(page(Some(rows[5].id), 1)[0].question, rows[3].id, "behind the first page");
    made.store.write(|write| write.set_head(id, Some(rows[2].id))).unwrap();
    let for_first = made.store.read(|read| read.suggested_for(rows[0].id)).unwrap();
    assert_eq!(for_first, Some(rows[2].id), "asked for alone");
    assert_eq!(page(None, 9)[2].answer.as_ref().unwrap().words, "second", "the version chosen last");
}
