//! "Branch from here": a conversation of its own with a copy of everything up to a message.

use engine::Code;
use store::table::message::Message;
use store::table::message::MessageState::Stopped;
use store::{ConversationId, MessageId};

use crate::cast::Cast;

async fn messages(cast: &Cast, id: ConversationId) -> Vec<Message> {
    let opened = cast.engine.chat().open(id).await.unwrap();
    opened.tail.into_iter().map(|view| view.message).collect()
}

/// What a person sees of messages, wherever they stand.
fn seen(messages: &[Message], like: &Message) -> Vec<Message> {
    let (id, conversation_id) = (like.id, like.conversation_id);
    messages.iter().map(|one| Message { id, conversation_id, parent_id: None, ..one.clone() }).collect()
}

#[tokio::test]
async fn a_branch_is_a_copy_up_to_there_and_leads_its_own_life() {
    let cast = Cast::new().await;
    let first = cast.ask("reasoning-field", "Name a river.").await.message;
    let place = first.conversation_id;
    let second = cast.send_in(Some(place), "echo", "And another?").await.unwrap();
    cast.hear(second.answer.message.id).end().await;
    let chat = cast.engine.chat();
    let before = messages(&cast, place).await;
    let branch = chat.branch(first.id, "Name a river. (branch)".into()).await.unwrap();
    assert_ne!(branch.conversation.id, place, "a conversation of its own");
    assert_eq!(branch.conversation.title, "Name a river. (branch)", "whose title says where it comes from");
    assert_eq!(branch.conversation.model, "echo", "asked as the old one was");
    let copy = messages(&cast, branch.conversation.id).await;
    assert_eq!(seen(&copy, &first), seen(&before[..2], &first), "word for word");
    assert_eq!((copy[0].parent_id, copy[1].parent_id), (None, Some(copy[0].id)), "a tree of its own");
    let next = cast.send_in(Some(branch.conversation.id), "echo", "Here?").await.unwrap();
    cast.hear(next.answer.message.id).end().await;
    assert_eq!(messages(&cast, place).await, before, "the original is untouched");
    let sent = cast.bodies().pop().unwrap();
    assert_eq!(sent["messages"].as_array().unwrap().len(), 3, "and the model hears the copy");
}

#[tokio::test]
async fn instructions_options_and_summary_go_along_and_deleted_messages_do_not() {
    let cast = Cast::new().await;
    let first = cast.ask("plain", "one").await.message;
    let place = first.conversation_id;
    let second = cast.send_in(Some(place), "echo", "two").await.unwrap();
    let second = cast.hear(second.answer.message.id).end().await.message;
    cast.engine.chat().remove_message(first.id).await.unwrap();
    let store = store::Store::open(cast.home.path()).unwrap();
    let asked = second.parent_id.unwrap();
    store
        .write(|write| {
            let mut row = write.conversation(place)?.unwrap();
            row.instructions = "Answer briefly.".into();
            row.options.temperature = Some(0.2);
            row.summary =
                Some(store::table::conversation::Summary { upto: asked, text: "They counted.".into() });
            row.pinned = true;
            write.update_conversation(&row)
        })
        .unwrap();
    let branch = cast.engine.chat().branch(second.id, String::new()).await.unwrap();
    let row = branch.conversation;
    assert_eq!((row.instructions.as_str(), row.options.temperature), ("Answer briefly.", Some(0.2)));
    let texts: Vec<_> = branch.tail.iter().map(|view| view.message.text.as_str()).collect();
    assert_eq!(texts, ["one", "two", "two"], "what the person deleted is not brought back");
    let summary = row.summary.unwrap();
    assert_eq!((summary.upto, summary.text.as_str()), (branch.tail[1].message.id, "They counted."));
    assert!(!row.pinned && !row.title.is_empty(), "it stands in the list like a new one");
    let early = cast.engine.chat().branch(branch.tail[0].message.id, String::new()).await.unwrap();
    assert_eq!(early.conversation.summary, None, "a summary of what is not there would be a lie");
}

#[tokio::test]
async fn a_branch_of_what_is_being_written_holds_what_was_there() {
    let cast = Cast::new().await;
    let id = cast.send("stalls", "Name a river.").await.answer.message.id;
    let mut ear = cast.hear(id);
    ear.until_shown("river").await;
    let branch = cast.engine.chat().branch(id, String::new()).await.unwrap();
    let copy = &branch.tail[1].message;
    assert_eq!(copy.state, Stopped, "nobody writes on in the copy");
    cast.engine.chat().stop(id);
    assert!(ear.end().await.message.text.starts_with(&copy.text));
    let gone = cast.engine.chat().branch(MessageId::new(), String::new()).await.unwrap_err();
    assert_eq!(gone.code, Code::Gone);
}
