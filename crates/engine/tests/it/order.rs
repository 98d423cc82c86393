//! Order among conversations: what is done to many can be taken back, also when some are gone by then; and what was said is
//! found.

use engine::view::{Arrange, Event, ListConversations};
use store::Store;
use store::table::conversation::Shelf;

use crate::cast::{Cast, soon};

#[tokio::test]
async fn what_is_done_to_many_is_taken_back_though_one_is_gone() {
    let cast = Cast::new().await;
    let mut ids = Vec::new();
    for words in ["One", "Two", "Three"] {
        ids.push(cast.ask("plain", words).await.message.conversation_id);
    }
    let order = cast.engine.order();
    let folder = order.make_folder(" Garden ").await.unwrap();
    assert_eq!(folder.name, "Garden");
    let before = order.arrange(ids.clone(), Arrange::Move { folder_id: Some(folder.id) }).await.unwrap();
    assert_eq!(order.folders().await.unwrap()[0].conversations, 3);
    order.arrange(vec![ids[0]], Arrange::Remove).await.unwrap();
    let store = Store::open(cast.home.path()).unwrap();
    store.write(|write| write.purge_conversations(i64::MAX)).unwrap();
    let mut events = cast.engine.listen();
    order.put_back(before).await.unwrap();
    soon("the news that one is gone", async {
        loop {
            if events.recv().await.unwrap() == (Event::ConversationGone { id: ids[0] }) {
                break;
            }
        }
    })
    .await;
    assert_eq!(order.folders().await.unwrap()[0].conversations, 0, "the others are back where they were");
    let loose = ListConversations { shelf: Some(Shelf::Loose), ..ListConversations::default() };
    assert_eq!(order.ids(loose).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_removed_folder_comes_back_with_what_lay_in_it() {
    let cast = Cast::new().await;
    let id = cast.ask("plain", "One").await.message.conversation_id;
    let order = cast.engine.order();
    let folder = order.make_folder("Garden").await.unwrap();
    order.arrange(vec![id], Arrange::Move { folder_id: Some(folder.id) }).await.unwrap();
    let removed = order.remove_folder(folder.id).await.unwrap();
    assert_eq!(removed.conversations, [id], "what lay in it stays");
    assert!(order.folders().await.unwrap().is_empty());
    order.restore_folder(removed).await.unwrap();
    assert_eq!(order.folders().await.unwrap()[0].conversations, 1);
}

#[tokio::test]
async fn what_was_said_is_found_but_not_in_the_bin() {
    let cast = Cast::new().await;
    let answer = cast.ask("plain", "怎么做豆腐？").await.message;
    let found = |words: &'static str| {
        let finder = cast.engine.finder();
        async move { finder.said(words.into(), None).await.unwrap().hits }
    };
    assert_eq!(found("豆腐").await.len(), 1, "two Chinese signs are enough");
    let hits = found("river rises").await;
    assert_eq!(hits[0].message_id, answer.id);
    assert!(hits[0].excerpt.iter().any(|piece| piece.found && piece.text.contains("river")));
    cast.engine.order().arrange(vec![answer.conversation_id], Arrange::Archive).await.unwrap();
    assert!(found("豆腐").await[0].archived, "the archive is searched, and says so");
    cast.engine.order().arrange(vec![answer.conversation_id], Arrange::Remove).await.unwrap();
    assert!(found("豆腐").await.is_empty());
}
