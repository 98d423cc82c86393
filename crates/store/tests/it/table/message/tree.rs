//! The tree of messages: by example, and against a plain model in memory.

use proptest::prelude::*;
use proptest::sample::Index;
use store::table::message::{Message, OutlineEntry, Role};
use store::{ConversationId, MessageId};

use crate::made::{self, Made};

fn outline(made: &Made, conversation: ConversationId) -> Vec<OutlineEntry> {
    made.store.read(|read| read.outline(conversation)).unwrap()
}

#[test]
fn a_retry_is_another_version() {
    let made = made::store();
    let conversation = made::conversation("t", 1);
    let ids = made::branch(&made.store, &conversation, &["question", "first answer"]);
    let retry = made::message(conversation.id, Some(ids[0]), "zweite Antwort, größer");
    made.store
        .write(|write| {
            write.insert_message(&retry)?;
            write.set_head(conversation.id, Some(retry.id))
        })
        .unwrap();
    let entry = |id, length, version, versions| OutlineEntry {
        id,
        role: Role::User,
        length,
        version,
        versions,
        beside: vec![],
    };
    let expected = [entry(ids[0], 8, 1, 1), entry(retry.id, 22, 2, 2)];
    assert_eq!(
        outline(&made, conversation.id),
        expected,
        "length counts characters, versions count siblings"
    );
    made.store.write(|write| write.set_deleted(ids[1], Some(1))).unwrap();
    assert_eq!(outline(&made, conversation.id)[1], entry(retry.id, 22, 1, 1), "a deleted version is none");
    let edit = made::message(conversation.id, None, "question, edited");
    made.store.write(|write| write.insert_message(&edit)).unwrap();
    let siblings = made.store.read(|read| read.siblings(ids[0])).unwrap();
    assert_eq!(siblings, [ids[0], edit.id], "first messages are siblings too");
}

#[test]
fn first_messages_of_other_conversations_are_no_siblings() {
    let made = made::store();
    let here = made::conversation("here", 1);
    let ids = made::branch(&made.store, &here, &["a"]);
    made::branch(&made.store, &made::conversation("there", 1), &["b"]);
    assert_eq!(made.store.read(|read| read.siblings(ids[0])).unwrap(), ids, "only of this conversation");
    assert_eq!(outline(&made, here.id)[0].versions, 1, "one version");
}

#[test]
fn an_empty_conversation_has_an_empty_outline() {
    let made = made::store();
    let conversation = made::conversation("t", 1);
    made::branch(&made.store, &conversation, &[]);
    assert_eq!(outline(&made, conversation.id), [], "no messages");
    assert_eq!(made.store.read(|read| read.tail(conversation.id, 5)).unwrap(), [], "no tail");
}

#[test]
fn what_follows_a_deleted_answer_is_still_reached() {
    let made = made::store();
    let conversation = made::conversation("t", 1);
    let ids = made::branch(&made.store, &conversation, &["a", "b", "c"]);
    made.store.write(|write| write.set_deleted(ids[1], Some(1))).unwrap();
    let leaf = made.store.read(|read| read.last_leaf(ids[0])).unwrap();
    assert_eq!(leaf, ids[2], "the branch goes on behind a deleted message");
    let shown: Vec<_> = outline(&made, conversation.id).iter().map(|entry| entry.id).collect();
    assert_eq!(shown, [ids[0], ids[2]], "which itself is not shown");
}

#[test]
fn a_branch_that_was_left_is_gone_back_to_where_it_was_left() {
    let made = made::store();
    let conversation = made::conversation("t", 1);
    let ids = made::branch(&made.store, &conversation, &["question", "old answer"]);
    let (question, old) = (ids[0], ids[1]);
    let below = |parent, text: &str| {
        let message = Message { text: text.into(), ..Message::blank(conversation.id, parent, Role::User, 9) };
        made.store.write(|write| write.insert_message(&message)).unwrap();
        message.id
    };
    let new = below(Some(question), "new answer");
    let edited = below(None, "edited question");
    let leaf = |id| made.store.read(|read| read.last_leaf(id)).unwrap();
    assert_eq!(leaf(question), new, "nothing was left yet: the newest");
    made.store
        .write(|write| {
            write.set_head(conversation.id, Some(old))?;
            write.leave_branch(conversation.id, None)?;
            write.set_head(conversation.id, Some(edited))
        })
        .unwrap();
    assert_eq!(leaf(question), old, "the answer that was looked at");
    let after = below(Some(old), "and then");
    assert_eq!(leaf(question), after, "and what came below it since");
    made.store.write(|write| write.leave_branch(conversation.id, Some(edited))).unwrap();
    assert_eq!(leaf(edited), edited, "going on is no leaving");
}

/// One step of a person or of the engine.
#[derive(Clone, Debug)]
enum Step {
    Add { below: Option<Index>, text: String },
    Edit { which: Index, text: String },
    Delete { which: Index, deleted: bool },
    Show { which: Index },
}

fn step() -> impl Strategy<Value = Step> {
    let which = any::<Index>;
    prop_oneof![
        6 => (prop::option::weighted(0.9, which()), ".{0,12}").prop_map(|(below, text)| Step::Add { below, text }),
        1 => (which(), ".{0,12}").prop_map(|(which, text)| Step::Edit { which, text }),
        2 => (which(), any::<bool>()).prop_map(|(which, deleted)| Step::Delete { which, deleted }),
        2 => which().prop_map(|which| Step::Show { which }),
    ]
}

/// The same tree as a list, oldest first.
#[derive(Default)]
struct Plain {
    messages: Vec<Message>,
    head: Option<MessageId>,
}

impl Plain {
    fn get(&self, id: MessageId) -> &Message {
        self.messages.iter().find(|message| message.id == id).unwrap()
    }

    fn path(&self, from: Option<MessageId>) -> Vec<&Message> {
        let ups = std::iter::successors(from, |id| self.get(*id).parent_id);
        let mut path: Vec<_> =
            ups.map(|id| self.get(id)).filter(|message| message.deleted_at.is_none()).collect();
        path.reverse();
        path
    }

    fn children(&self, parent: Option<MessageId>) -> Vec<&Message> {
        self.messages.iter().filter(|message| message.parent_id == parent).collect()
    }

    fn siblings(&self, id: MessageId) -> Vec<MessageId> {
        let all = self.children(self.get(id).parent_id).into_iter();
        all.filter(|sibling| sibling.deleted_at.is_none()).map(|sibling| sibling.id).collect()
    }

    fn newest_leaf(&self, id: MessageId) -> MessageId {
        let children = self.children(Some(id));
        let living = children.iter().rfind(|child| child.deleted_at.is_none());
        living.or(children.last()).map_or(id, |next| self.newest_leaf(next.id))
    }

    fn outline(&self) -> Vec<OutlineEntry> {
        let entries = self.path(self.head).into_iter().map(|message| {
            let siblings = self.siblings(message.id);
            let place = siblings.iter().position(|id| *id == message.id).unwrap();
            OutlineEntry {
                id: message.id,
                role: message.role,
                length: i64::try_from(message.text.chars().count()).unwrap(),
                version: i64::try_from(place + 1).unwrap(),
                versions: i64::try_from(siblings.len()).unwrap(),
                beside: Vec::new(),
            }
        });
        entries.collect()
    }
}

/// Does a step in both trees.
fn take(made: &Made, plain: &mut Plain, conversation: ConversationId, step: Step) {
    let count = plain.messages.len();
    match step {
        Step::Add { below, text } => {
            let parent = below.filter(|_| count > 0).map(|below| below.get(&plain.messages).id);
            let message = made::message(conversation, parent, &text);
            made.store.write(|write| write.insert_message(&message)).unwrap();
            plain.messages.push(message);
        }
        _ if count == 0 => {}
        Step::Edit { which, text } => {
            let message = &mut plain.messages[which.index(count)];
            message.text = text;
            made.store.write(|write| write.update_message(message)).unwrap();
        }
        Step::Delete { which, deleted } => {
            let message = &mut plain.messages[which.index(count)];
            message.deleted_at = deleted.then_some(9);
            made.store.write(|write| write.set_deleted(message.id, message.deleted_at)).unwrap();
        }
        Step::Show { which } => {
            plain.head = Some(which.get(&plain.messages).id);
            made.store.write(|write| write.set_head(conversation, plain.head)).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_tree_agrees_with_a_plain_one(steps in prop::collection::vec(step(), 1..60), tail in 0..8_usize) {
        let (made, mut plain) = (made::store(), Plain::default());
        let conversation = made::conversation("t", 1);
        made::branch(&made.store, &conversation, &[]);
        for step in steps {
            take(&made, &mut plain, conversation.id, step);
        }
        prop_assert_eq!(outline(&made, conversation.id), plain.outline(), "outline");
        let whole = plain.path(plain.head);
        let last: Vec<_> = whole[whole.len().saturating_sub(tail)..].iter().map(|last| (*last).clone()).collect();
        prop_assert_eq!(made.store.read(|read| read.tail(conversation.id, tail)).unwrap(), last, "tail");
        for message in &plain.messages {
            let id = message.id;
            let (found, path, siblings, leaf) = made
                .store
                .read(|read| Ok((read.message(id)?, read.path(id)?, read.siblings(id)?, read.last_leaf(id)?)))
                .unwrap();
            prop_assert_eq!(found.as_ref(), Some(message), "row");
            prop_assert_eq!(path.iter().collect::<Vec<_>>(), plain.path(Some(id)), "path");
            prop_assert_eq!(siblings, plain.siblings(id), "siblings");
            prop_assert_eq!(leaf, plain.newest_leaf(id), "newest leaf");
        }
        prop_assert_eq!(made.store.integrity().unwrap(), Vec::<String>::new(), "the file is sound");
    }
}
