//! What goes along with a question is known before, kept after, and fits the model's window.

use store::table::message::Message;
use store::table::step::Sent;
use store::{ConversationId, MessageId};

use crate::cast::{Cast, SENTENCE};
use demo::{Dialect, Script};

use crate::cast::PATIENT;

/// About 270 tokens.
const LONG: &str = "Which of all the rivers that rise in the hills is the longest one, and why? ";

/// Asks some long questions in one conversation.
async fn talk(cast: &Cast, model: &str, questions: usize) -> (ConversationId, Vec<Message>) {
    let text = LONG.repeat(14);
    let mut said = vec![cast.ask(model, &text).await.message];
    let place = said[0].conversation_id;
    for _ in 1..questions {
        said.push(cast.ask_in(place, model, &text).await.message);
    }
    (place, said)
}

fn sent(message: &Message) -> &Sent {
    message.sent.as_ref().expect("an answer keeps how much went along")
}

#[tokio::test]
async fn a_listed_window_is_not_exceeded_and_what_went_along_is_kept() {
    let cast = Cast::new().await;
    let (place, said) = talk(&cast, "listed-window", 8).await;
    assert!(said.iter().all(|one| one.text == SENTENCE), "the service refuses none of them");
    let first = sent(&said[0]);
    assert_eq!((first.messages, first.of, first.window, first.exact), (1, 1, Some(2_048), false));
    let last = sent(&said[7]);
    assert!(last.messages < last.of, "the oldest are left out: {last:?}");
    assert_eq!(last.of, 15, "eight questions and seven answers");
    assert!(last.tokens <= 2_048 * 3 / 4, "room is left for the answer: {last:?}");
    let body = cast.bodies().pop().unwrap();
    assert_eq!(body["messages"].as_array().unwrap().len(), last.messages, "what is told is what was sent");
    let outlook = cast.engine.chat().outlook(place, cast.to("listed-window"), String::new()).await.unwrap();
    let outline = cast.engine.chat().open(place).await.unwrap().outline;
    let at = outline.iter().position(|entry| Some(entry.id) == outlook.first).expect("it is on the branch");
    assert_eq!(outlook.sent.messages, outline.len() - at, "from there on all are sent");
    assert_eq!(outlook.sent.of, 16, "with the answer that came");
}

#[tokio::test]
async fn what_would_go_along_is_known_before_it_is_sent() {
    let cast = Cast::new().await;
    let (place, _) = talk(&cast, "listed-window", 2).await;
    let chat = cast.engine.chat();
    let ask = || cast.to("listed-window");
    let bare = chat.outlook(place, ask(), String::new()).await.unwrap();
    let typed = chat.outlook(place, ask(), "One more?".into()).await.unwrap();
    assert_eq!((bare.sent.of, typed.sent.of), (4, 5), "what stands on the desk counts");
    assert!(typed.sent.tokens > bare.sent.tokens);
    chat.set_instructions(place, "Be kind. ".repeat(200)).await.unwrap();
    let told = chat.outlook(place, ask(), String::new()).await.unwrap();
    assert!(
        told.sent.tokens >= bare.sent.tokens + 400 || told.sent.messages < bare.sent.messages,
        "{told:?}"
    );
    let after = cast.ask_in(place, "listed-window", "One more?").await.message;
    let expected = chat.outlook(place, ask(), String::new()).await.unwrap();
    assert!(sent(&after).messages <= expected.sent.of, "and it is what is sent");
    let other = chat.outlook(place, cast.to("plain"), String::new()).await.unwrap();
    assert_eq!(other.sent.window, None, "another model, another window");
}

#[tokio::test]
async fn tokens_are_counted_exactly_where_the_models_name_gives_its_tokenizer_away() {
    let cast = Cast::play(Script::dialect(Dialect::OpenAi), "", PATIENT).await;
    let heard = cast.ask("gpt-4o-mini", "Name a river.").await.message;
    // Four for the frame of each message and four words, three for the list.
    assert_eq!((sent(&heard).tokens, sent(&heard).exact), (4 + 4 + 3, true));
    let place = heard.conversation_id;
    let next = cast.ask_in(place, "gpt-4o-mini", "Name a river.").await.message;
    let exact = sent(&next).tokens;
    assert!(exact > 2 * 8 + 3 && sent(&next).exact, "the answer counts too: {exact}");
}

#[tokio::test]
async fn a_window_that_nobody_lists_is_found_out_and_the_oldest_are_left_out() {
    let cast = Cast::new().await;
    let (place, said) = talk(&cast, "small-window", 9).await;
    let failed = said.iter().find(|one| one.problem.is_some()).expect("at some time it is too much");
    let problem = failed.problem.as_ref().unwrap();
    assert_eq!((problem.code.as_str(), problem.facts.window), ("too_long", Some(2_048)));
    assert_eq!(sent(failed).window, None, "nobody knew");
    let last = said.last().unwrap();
    let accepted = cast.engine.chat().leave_out(last.id, cast.to("small-window")).await.unwrap();
    assert_eq!(accepted.answer.message.id, last.id, "the failed answer is asked for again");
    let heard = cast.hear(last.id).end().await.message;
    assert_eq!(heard.text, SENTENCE, "with the oldest left out it fits");
    assert_eq!(sent(&heard).window, Some(2_048), "and now it is known");
    let learnt = cast.engine.services().learnt(cast.service.id).await.unwrap();
    assert_eq!(learnt[0].learnt.window, Some(2_048), "remembered for the next question");
    assert_eq!(cast.ask_in(place, "small-window", "And now?").await.message.text, SENTENCE);
}

#[tokio::test]
async fn a_deleted_message_is_neither_sent_nor_counted() {
    let cast = Cast::new().await;
    let (place, said) = talk(&cast, "plain", 2).await;
    let question: MessageId = said[0].parent_id.unwrap();
    cast.engine.chat().remove_message(question).await.unwrap();
    let outlook = cast.engine.chat().outlook(place, cast.to("plain"), String::new()).await.unwrap();
    // The answer that is first now is not sent either: a question comes first.
    assert_eq!((outlook.sent.messages, outlook.sent.of), (2, 3));
    assert_eq!(outlook.first, said[1].parent_id);
}
