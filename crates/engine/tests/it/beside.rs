//! "Ask several models": one question, answers side by side, each on its own, and one of them to go on with.

use engine::Code;
use engine::view::{Accepted, Edit, Question};
use store::ConversationId;
use store::table::message::Message;
use store::table::message::MessageState::{Done, Failed, Stopped, Streaming};

use crate::cast::{Cast, SENTENCE, eventually};

/// Asks several models at once.
async fn ask_all(cast: &Cast, place: Option<ConversationId>, models: &[&str]) -> Accepted {
    let (first, rest) = models.split_first().unwrap();
    let also = rest.iter().map(|model| cast.to(model)).collect();
    let question = Question { also, ..Question::of_words(place, "Name a river.", cast.to(first)) };
    cast.engine.chat().send(question).await.unwrap()
}

/// All answers that are to come, in their order.
fn answers(accepted: &Accepted) -> Vec<Message> {
    let others = accepted.beside.iter().map(|view| view.message.clone());
    std::iter::once(accepted.answer.message.clone()).chain(others).collect()
}

async fn ends(cast: &Cast, answers: &[Message]) -> Vec<Message> {
    let mut ended = Vec::new();
    for answer in answers {
        ended.push(cast.hear(answer.id).end().await.message);
    }
    ended
}

#[tokio::test]
async fn four_are_written_at_once_and_stand_in_one_place() {
    let cast = Cast::new().await;
    let accepted = ask_all(&cast, None, &["slow", "slow-2", "slow-3", "slow-4"]).await;
    let four = answers(&accepted);
    let places: Vec<_> = four.iter().map(|one| (one.model.as_str(), one.beside, one.state)).collect();
    let expected =
        [("slow", 1), ("slow-2", 2), ("slow-3", 3), ("slow-4", 4)].map(|(m, at)| (m, at, Streaming));
    assert_eq!(places, expected, "each has its place");
    assert_eq!(accepted.outline.len(), 2, "one question, and one line for all its answers");
    let ids: Vec<_> = four.iter().map(|one| one.id).collect();
    assert_eq!((accepted.outline[1].id, &accepted.outline[1].beside), (ids[0], &ids), "in their order");
    let mut ears: Vec<_> = ids.iter().map(|id| cast.hear(*id)).collect();
    for ear in &mut ears {
        ear.until_shown("river").await;
    }
    assert!(cast.bodies().len() == 4, "all were asked at the same time");
    let opened = cast.engine.chat().open(accepted.conversation.id).await.unwrap();
    let states: Vec<_> = opened.tail.iter().skip(1).map(|view| view.message.state).collect();
    assert_eq!(states, [Streaming; 4], "whoever opens it now sees all four");
    cast.engine.chat().stop(ids[1]);
    let stopped = ears.remove(1).end().await.message;
    assert_eq!((stopped.id, stopped.state), (ids[1], Stopped), "one is stopped");
    for ear in ears {
        assert_eq!(ear.end().await.message.state, Done, "and the others go on to their end");
    }
    let several = cast.engine.chat().open(accepted.conversation.id).await.unwrap().conversation.several;
    assert_eq!(several.len(), 4, "the conversation remembers whom it asks");
}

#[tokio::test]
async fn each_may_fail_alone_and_be_tried_again_in_its_place() {
    let cast = Cast::new().await;
    let accepted = ask_all(&cast, None, &["plain", "no-credit", "chinese"]).await;
    let ended = ends(&cast, &answers(&accepted)).await;
    let states: Vec<_> = ended.iter().map(|one| one.state).collect();
    assert_eq!(states, [Done, Failed, Done], "one failed, nobody else");
    let chat = cast.engine.chat();
    let again = chat.retry(ended[1].id, cast.to("echo")).await.unwrap();
    assert_eq!((again.answer.message.id, again.answer.message.beside), (ended[1].id, 2), "in its own row");
    cast.hear(ended[1].id).end().await;
    let other = chat.retry(ended[2].id, cast.to("plain")).await.unwrap();
    let column = &other.outline[1];
    assert_eq!(column.beside, [ended[0].id, ended[1].id, other.answer.message.id], "a good one is replaced");
    assert_eq!(
        (column.id, column.versions),
        (ended[0].id, 4),
        "and kept as a version; the first is still shown"
    );
    assert_eq!(other.conversation.model, "plain", "whom the conversation asks has not changed");
    cast.hear(other.answer.message.id).end().await;
}

#[tokio::test]
async fn one_is_chosen_and_the_others_stay_as_versions() {
    let cast = Cast::new().await;
    let accepted = ask_all(&cast, None, &["plain", "chinese", "echo"]).await;
    let ended = ends(&cast, &answers(&accepted)).await;
    let chat = cast.engine.chat();
    let chosen = chat.go_on_with(ended[1].id).await.unwrap();
    let shown = &chosen.outline[1];
    assert_eq!((shown.id, shown.beside.len()), (ended[1].id, 0), "the one chosen stands alone");
    assert_eq!((shown.version, shown.versions), (2, 3), "the others are its versions");
    assert_eq!(chosen.conversation.head, Some(ended[1].id), "and the conversation goes on there");
    let next = cast.send_in(Some(accepted.conversation.id), "echo", "And where?").await.unwrap();
    cast.hear(next.answer.message.id).end().await;
    let sent = cast.bodies().pop().unwrap();
    assert_eq!(sent["messages"][1]["content"], ended[1].text, "the model is told the answer that was chosen");
    assert_eq!(sent["messages"].as_array().unwrap().len(), 3, "and none of the others");
    let side_by_side = chat.show_beside(ended[1].id).await.unwrap();
    let ids: Vec<_> = ended.iter().map(|one| one.id).collect();
    assert_eq!(side_by_side.outline[1].beside, ids, "they can be compared again");
    assert_eq!(side_by_side.outline.len(), 4, "and what follows stays in sight");
    let other = chat.go_on_with(ended[0].id).await.unwrap();
    assert_eq!(other.outline.len(), 2, "another one chosen is another branch");
    let back = chat.choose(ended[0].id, 2).await.unwrap();
    assert_eq!(back.outline.len(), 4, "and the way back is there");
}

#[tokio::test]
async fn a_question_without_a_choice_goes_on_with_the_first_that_has_words() {
    let cast = Cast::new().await;
    let accepted = ask_all(&cast, None, &["no-credit", "chinese", "plain"]).await;
    let ended = ends(&cast, &answers(&accepted)).await;
    let place = Some(accepted.conversation.id);
    let next = cast.send_in(place, "plain", "And where?").await.unwrap();
    let shown: Vec<_> = next.outline.iter().map(|entry| (entry.id, entry.beside.len())).collect();
    assert_eq!(shown[1], (ended[1].id, 0), "an answer without a word is nothing to go on with");
    assert_eq!(shown.len(), 4, "the new question follows it");
    assert_eq!(next.conversation.several, [], "one model was asked this time");
    cast.hear(next.answer.message.id).end().await;
}

#[tokio::test]
async fn what_is_still_written_is_in_nobodys_way_once_another_was_chosen() {
    let cast = Cast::new().await;
    let accepted = ask_all(&cast, None, &["plain", "stalls"]).await;
    let [plain, stalls] = answers(&accepted).try_into().unwrap();
    cast.hear(plain.id).end().await;
    let mut ear = cast.hear(stalls.id);
    ear.until_shown("river").await;
    let (chat, place) = (cast.engine.chat(), Some(accepted.conversation.id));
    chat.go_on_with(stalls.id).await.unwrap();
    let refused = cast.send_in(place, "plain", "And?").await.map(drop).unwrap_err();
    assert_eq!(refused.code, Code::Writing, "half an answer is nothing to go on with");
    chat.go_on_with(plain.id).await.unwrap();
    let next = cast.send_in(place, "plain", "And where?").await.unwrap();
    let next = cast.hear(next.answer.message.id).end().await;
    assert_eq!(next.message.text, SENTENCE, "the conversation goes on");
    chat.stop(stalls.id);
    assert!(ear.end().await.message.text.starts_with("The river"), "and what the other wrote is kept");
}

#[tokio::test]
async fn an_edited_question_is_asked_of_all_again() {
    let cast = Cast::new().await;
    let accepted = ask_all(&cast, None, &["echo", "echo"]).await;
    ends(&cast, &answers(&accepted)).await;
    let asked = accepted.question.unwrap().message.id;
    let edit =
        Edit { text: "Two?".into(), without: Vec::new(), ask: cast.to("echo"), also: vec![cast.to("plain")] };
    let edited = cast.engine.chat().edit(asked, edit).await.unwrap();
    let texts: Vec<_> = ends(&cast, &answers(&edited)).await.into_iter().map(|one| one.text).collect();
    assert_eq!(texts, ["Two?", SENTENCE]);
    assert_eq!(edited.outline[1].beside.len(), 2, "side by side again");
}

#[tokio::test]
async fn each_model_gives_one_answer_whatever_the_options_say() {
    let cast = Cast::new().await;
    let first = cast.ask("plain", "Name a river.").await.message;
    let store = store::Store::open(cast.home.path()).unwrap();
    store
        .write(|write| {
            let mut row = write.conversation(first.conversation_id)?.unwrap();
            row.options.n = Some(3);
            write.update_conversation(&row)
        })
        .unwrap();
    let accepted = ask_all(&cast, Some(first.conversation_id), &["echo", "plain"]).await;
    ends(&cast, &answers(&accepted)).await;
    assert!(cast.bodies()[1..].iter().all(|body| body.get("n").is_none()), "three of each have no place");
}

#[tokio::test]
async fn several_that_end_at_once_ask_for_one_title() {
    let cast = Cast::new().await;
    cast.let_models_title().await;
    let accepted = ask_all(&cast, None, &["plain", "echo", "chinese", "plain"]).await;
    ends(&cast, &answers(&accepted)).await;
    let titles = || cast.bodies().iter().filter(|body| body.get("stream").is_none()).count();
    eventually("a title", || (titles() > 0).then_some(())).await;
    tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    assert_eq!(titles(), 1, "four answers need one title");
}

#[tokio::test]
async fn a_question_whose_answers_are_gone_is_asked_again() {
    let cast = Cast::new().await;
    let first = cast.ask("plain", "Name a river.").await.message;
    let chat = cast.engine.chat();
    chat.remove_message(first.id).await.unwrap();
    let asked = first.parent_id.unwrap();
    let again = chat.retry(asked, cast.to("echo")).await.unwrap();
    assert_eq!(again.answer.message.parent_id, Some(asked), "an answer to that question");
    assert_eq!(cast.hear(again.answer.message.id).end().await.message.text, "Name a river.");
}
