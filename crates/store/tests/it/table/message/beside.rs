//! Answers side by side: their order, what the outline tells of them, and what does not belong to them.

use store::MessageId;
use store::table::message::{Message, OutlineEntry, Role};

use crate::made::{self, Made};

/// A question with three answers of different lengths, the second of them shown, and a question behind it.
fn asked(made: &Made) -> (store::ConversationId, MessageId, Vec<MessageId>) {
    let conversation = made::conversation("t", 1);
    let question = made::branch(&made.store, &conversation, &["which?"])[0];
    let answers: Vec<Message> = ["a", "bbbb", "cc"]
        .map(|text| Message { role: Role::Assistant, ..made::message(conversation.id, Some(question), text) })
        .into();
    let ids: Vec<_> = answers.iter().map(|answer| answer.id).collect();
    let next = made::message(conversation.id, Some(ids[1]), "next");
    made.store
        .write(|write| {
            answers.iter().try_for_each(|answer| write.insert_message(answer))?;
            write.insert_message(&next)?;
            write.set_head(conversation.id, Some(next.id))
        })
        .unwrap();
    (conversation.id, question, ids)
}

fn place(made: &Made, places: &[(MessageId, i64)]) {
    made.store.write(|write| places.iter().try_for_each(|(id, at)| write.set_beside(*id, *at))).unwrap();
}

#[test]
fn the_outline_has_one_line_for_answers_side_by_side() {
    let made = made::store();
    let (conversation, question, ids) = asked(&made);
    let line = || made.store.read(|read| read.outline(conversation)).unwrap().remove(1);
    place(&made, &[(ids[0], 3), (ids[1], 1), (ids[2], 2)]);
    assert_eq!(line().beside, [], "while the question does not show them so, one stands alone");
    place(&made, &[(question, 1)]);
    let together = vec![ids[1], ids[2], ids[0]];
    let expected = OutlineEntry {
        id: ids[1],
        role: Role::Assistant,
        length: 4,
        version: 2,
        versions: 3,
        beside: together.clone(),
    };
    assert_eq!(line(), expected, "in the order of their places, as long as the longest");
    assert_eq!(made.store.read(|read| read.outline(conversation)).unwrap().len(), 3, "the rest stays");
    assert_eq!(made.store.read(|read| read.beside(question)).unwrap(), together);
    made.store.write(|write| write.set_deleted(ids[2], Some(1))).unwrap();
    assert_eq!(line().beside, [ids[1], ids[0]], "a deleted one is not among them");
    place(&made, &[(ids[0], 0)]);
    assert_eq!(line().beside, [], "one alone stands beside nobody");
}

#[test]
fn a_place_outlasts_what_is_written_into_an_answer() {
    let made = made::store();
    let (_, question, ids) = asked(&made);
    place(&made, &[(ids[0], 1), (ids[1], 2)]);
    let row = made.store.read(|read| read.message(ids[1])).unwrap().unwrap();
    assert_eq!(row.beside, 2);
    made.store.write(|write| write.update_message(&Message { text: "more".into(), ..row })).unwrap();
    assert_eq!(made.store.read(|read| read.beside(question)).unwrap(), [ids[0], ids[1]]);
    let lost = made.store.write(|write| write.set_beside(MessageId::new(), 1)).unwrap_err();
    assert!(matches!(lost, store::Error::NotFound), "{lost}");
}

#[test]
fn all_before_a_message_are_known_in_their_order() {
    let made = made::store();
    let ids = made::branch(&made.store, &made::conversation("t", 1), &["a", "b", "c"]);
    let before = made.store.read(|read| read.ancestors(ids[2])).unwrap();
    assert_eq!(before, [ids[1], ids[0]], "the nearest first, itself not among them");
    assert_eq!(made.store.read(|read| read.ancestors(ids[0])).unwrap(), [], "nothing is before the first");
}
