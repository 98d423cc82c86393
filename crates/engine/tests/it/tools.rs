//! Tools: every form of a call is understood, the person is asked, what they allow is carried out, and the model hears
//! of it.

use engine::view::{CallView, Decision, Event, ToolDraft};
use engine::{Code, Policy};
use serde_json::{Value, json};
use store::table::message::MessageState::Done;
use store::table::options::Options;
use store::table::step::CallState;

use crate::cast::{Cast, Heard, soon, until_told};

/// What spells a call of the calculator out for the models of the demo.
const COUNT: &str = "calculator {\"expression\":\"3*4\"}";
const BOTH: &str = "calculator {\"expression\":\"3*4\"} date_and_time {\"time_zone\":\"UTC\"}";

/// Models that call in the forms that services have, and whether they can call several at once.
const FORMS: &[(&str, bool)] = &[
    ("calls", true),
    ("calls-no-index", true),
    ("calls-index-zero", true),
    ("calls-whole-piece", true),
    ("calls-empty-ids", true),
    ("calls-repeated", true),
    ("calls-in-message", true),
    ("calls-object", true),
    ("calls-old", false),
    ("calls-with-words", true),
];

/// Asks, and answers every call alike until the end.
async fn ask(cast: &Cast, tools: &[&str], model: &str, text: &str, decision: &Decision) -> Heard {
    let talk = cast.talk_with(tools);
    let id = cast.send_in(Some(talk), model, text).await.unwrap().answer.message.id;
    let mut ear = cast.hear(id);
    for call in ear.until_asked().await {
        cast.engine.chat().answer_call(id, call.id, decision.clone()).unwrap();
    }
    ear.end().await
}

/// All calls of an answer.
fn calls(heard: &Heard) -> Vec<CallView> {
    heard.shown.steps.iter().flat_map(|step| step.calls.clone()).collect()
}

/// Role, words and call ids of the last request's messages.
fn told(cast: &Cast) -> Vec<(String, String, Vec<String>)> {
    let body = cast.bodies().pop().unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let messages = body["messages"].as_array().unwrap().iter().map(|message| {
        let mut ids: Vec<String> =
            message["tool_calls"].as_array().into_iter().flatten().map(|call| text(&call["id"])).collect();
        ids.extend(message["tool_call_id"].as_str().map(str::to_owned));
        (text(&message["role"]), text(&message["content"]), ids)
    });
    messages.collect()
}

#[tokio::test]
async fn every_form_of_a_call_is_carried_out_and_answered() {
    let cast = Cast::new().await;
    for (model, several) in FORMS {
        for stream in [true, false] {
            let tools = vec!["calculator".to_owned(), "date_and_time".to_owned()];
            let talk = cast.talk(Options { tools, stream: Some(stream), ..Options::default() });
            let id = cast.send_in(Some(talk), model, BOTH).await.unwrap().answer.message.id;
            let mut ear = cast.hear(id);
            let asked = ear.until_asked().await;
            assert_eq!(asked.len(), if *several { 2 } else { 1 }, "{model}, streamed: {stream}");
            assert_eq!((ear.round().number, ear.round().of), (1, 8), "the first of eight rounds");
            for call in asked {
                cast.engine.chat().answer_call(id, call.id, Decision::Once).unwrap();
            }
            let heard = ear.end().await;
            assert_eq!((heard.message.state, heard.code()), (Done, ""), "{model}, streamed: {stream}");
            let text = &heard.message.text;
            assert!(text.contains("The tools said: 12"), "{model} hears the result: {text:?}");
            assert_eq!(text.contains("\"time_zone\":\"UTC\""), *several, "{model} hears both: {text:?}");
            assert!(
                calls(&heard).iter().all(|call| call.duration_ms.is_some()),
                "how long each took is known"
            );
        }
    }
}

#[tokio::test]
async fn words_before_a_call_stand_before_it_and_words_behind_it_behind() {
    let cast = Cast::new().await;
    let heard = ask(&cast, &["calculator"], "calls-with-words", COUNT, &Decision::Once).await;
    assert_eq!(heard.message.text, "Let me look.\n\nThe tools said: 12", "both are kept, apart");
    assert_eq!(heard.blocks, ["<p>Let me look.</p>", "<p>The tools said: 12</p>"], "as they were shown live");
    assert_eq!(heard.shown.blocks, heard.blocks, "and as they are shown afterwards");
    assert_eq!(heard.shown.steps[0].before, 1, "the call stands between them");
    let counted = heard.message.usage.unwrap();
    assert!(counted.tokens_in.unwrap() > 4, "both requests were paid for: {counted:?}");
    assert_eq!(
        told(&cast)[1..],
        [
            ("assistant".to_owned(), "Let me look.".to_owned(), vec!["call_1".to_owned()]),
            ("tool".to_owned(), "12".to_owned(), vec!["call_1".to_owned()]),
        ],
        "the second request tells the model what it said, what it called and what came of it"
    );
}

#[tokio::test]
async fn what_is_refused_goes_back_as_refused() {
    let cast = Cast::new().await;
    let heard = ask(&cast, &["calculator"], "calls", COUNT, &Decision::Refuse).await;
    assert_eq!(calls(&heard)[0].state, CallState::Refused);
    assert!(heard.message.text.contains("The person refused this call"), "{}", heard.message.text);
    let again = ask(&cast, &["calculator"], "calls", COUNT, &Decision::Refuse).await;
    assert_eq!(again.message.state, Done, "it was asked again: once is not never");
}

#[tokio::test]
async fn always_is_remembered_and_not_asked_again() {
    let mut cast = Cast::new().await;
    let mut news = cast.engine.listen();
    let first = ask(&cast, &["calculator"], "calls", COUNT, &Decision::Always).await;
    assert!(first.message.text.contains("12"));
    until_told(&mut news, &Event::Tools).await;
    cast.reopen_at(engine::Clock::system()).await;
    let talk = cast.talk_with(&["calculator"]);
    let id = cast.send_in(Some(talk), "calls", COUNT).await.unwrap().answer.message.id;
    let mut ear = cast.hear(id);
    ear.until_shown("12").await;
    let heard = ear.end().await;
    assert_eq!(calls(&heard)[0].state, CallState::Done, "after a restart, without a question");
    let tools = cast.engine.tools().list().await.unwrap();
    assert_eq!(tools.iter().find(|tool| tool.name == "calculator").unwrap().policy, Policy::Always);
}

#[tokio::test]
async fn one_always_lets_the_other_call_of_that_tool_run_too() {
    let cast = Cast::new().await;
    let talk = cast.talk_with(&["calculator"]);
    let twice = "calculator {\"expression\":\"3*4\"} calculator {\"expression\":\"5*6\"}";
    let id = cast.send_in(Some(talk), "calls", twice).await.unwrap().answer.message.id;
    let mut ear = cast.hear(id);
    let asked = ear.until_asked().await;
    cast.engine.chat().answer_call(id, asked[1].id.clone(), Decision::Always).unwrap();
    let heard = ear.end().await;
    assert!(heard.message.text.contains("12 | 30"), "in the model's order: {}", heard.message.text);
}

#[tokio::test]
async fn never_is_remembered_and_the_tool_is_not_offered_any_more() {
    let cast = Cast::new().await;
    let talk = cast.talk_with(&["calculator", "date_and_time"]);
    let id = cast.send_in(Some(talk), "calls", COUNT).await.unwrap().answer.message.id;
    let mut ear = cast.hear(id);
    let call = ear.until_asked().await.remove(0);
    cast.engine.chat().answer_call(id, call.id, Decision::Never).unwrap();
    let heard = ear.end().await;
    assert!(heard.message.text.contains("does not allow this tool"), "{}", heard.message.text);
    let offered = cast.bodies().pop().unwrap()["tools"].clone();
    assert_eq!(offered.as_array().unwrap().len(), 1, "only the other is offered: {offered}");
    let id = cast.send_in(Some(talk), "calls", COUNT).await.unwrap().answer.message.id;
    let heard = cast.hear(id).end().await;
    let again = &calls(&heard)[0];
    assert_eq!(again.state, CallState::Refused, "a model that calls it all the same is refused unasked");
}

#[tokio::test]
async fn the_person_answers_for_a_function_of_their_own() {
    let cast = Cast::new().await;
    let draft = ToolDraft { name: "weather".into(), ..ToolDraft::default() };
    cast.engine.tools().save(draft).await.unwrap();
    let talk = cast.talk_with(&["weather"]);
    let id =
        cast.send_in(Some(talk), "calls", "weather {\"city\":\"Bern\"}").await.unwrap().answer.message.id;
    let mut ear = cast.hear(id);
    let call = ear.until_asked().await.remove(0);
    assert_eq!((call.name.as_str(), call.arguments.as_str()), ("weather", "{\"city\":\"Bern\"}"));
    let chat = cast.engine.chat();
    let empty = Decision::Result { text: " \n".into() };
    let told = chat.answer_call(id, call.id.clone(), empty).unwrap_err();
    assert_eq!(told.code, Code::NothingToSend, "an empty result says nothing to a model");
    let huge = Decision::Result { text: "x".repeat(1 << 20) };
    assert_eq!(chat.answer_call(id, call.id.clone(), huge).unwrap_err().code, Code::ResultTooLarge);
    chat.answer_call(id, call.id.clone(), Decision::Once).unwrap();
    assert_eq!(ear.asked().len(), 1, "allowing alone brings no result: it still waits");
    chat.answer_call(id, call.id, Decision::Result { text: "Snow, -2 °C".into() }).unwrap();
    let heard = ear.end().await;
    assert_eq!(heard.message.text, "The tools said: Snow, -2 °C");
}

#[tokio::test]
async fn two_at_once_are_decided_one_by_one() {
    let cast = Cast::new().await;
    let talk = cast.talk_with(&["calculator", "date_and_time"]);
    let id = cast.send_in(Some(talk), "calls", BOTH).await.unwrap().answer.message.id;
    let mut ear = cast.hear(id);
    let asked = ear.until_asked().await;
    let chat = cast.engine.chat();
    chat.answer_call(id, asked[1].id.clone(), Decision::Refuse).unwrap();
    while ear.asked().len() > 1 {
        ear.next().await;
    }
    assert_eq!(cast.bodies().len(), 1, "the model is not asked before every call has its result");
    chat.answer_call(id, asked[0].id.clone(), Decision::Once).unwrap();
    let heard = ear.end().await;
    let states: Vec<_> = calls(&heard).iter().map(|call| call.state).collect();
    assert_eq!(states, [CallState::Done, CallState::Refused]);
    assert!(heard.message.text.starts_with("The tools said: 12 | The person refused"), "in their order");
    let told = chat.answer_call(id, asked[0].id.clone(), Decision::Once).unwrap_err();
    assert_eq!(told.code, Code::Gone, "too late is said so");
}

#[tokio::test]
async fn the_list_shows_which_conversation_waits() {
    let cast = Cast::new().await;
    let mut news = cast.engine.listen();
    let talk = cast.talk_with(&["calculator"]);
    let id = cast.send_in(Some(talk), "calls", COUNT).await.unwrap().answer.message.id;
    let waits = async |news: &mut tokio::sync::broadcast::Receiver<Event>, wanted: bool| {
        soon("the row", async {
            loop {
                if let Event::Conversation { row } = news.recv().await.unwrap()
                    && row.waiting == wanted
                {
                    break;
                }
            }
        })
        .await;
    };
    waits(&mut news, true).await;
    assert!(cast.engine.chat().list(engine::view::ListConversations::default()).await.unwrap()[0].waiting);
    let call = cast.hear(id).until_asked().await.remove(0);
    cast.engine.chat().answer_call(id, call.id, Decision::Once).unwrap();
    waits(&mut news, false).await;
    cast.hear(id).end().await;
}

#[tokio::test]
async fn only_what_was_chosen_is_sent_and_nothing_is_forced_twice() {
    let cast = Cast::new().await;
    cast.ask("calls", COUNT).await;
    assert_eq!(cast.bodies()[0].get("tools"), None, "no tool was chosen");
    let talk = cast.talk(Options {
        tools: vec!["calculator".into(), "gone".into()],
        tool_choice: Some("required".into()),
        parallel_tool_calls: Some(false),
        ..Options::default()
    });
    let id = cast.send_in(Some(talk), "calls", BOTH).await.unwrap().answer.message.id;
    let mut ear = cast.hear(id);
    let asked = ear.until_asked().await;
    assert_eq!(asked.len(), 1, "one at a time");
    cast.engine.chat().answer_call(id, asked[0].id.clone(), Decision::Once).unwrap();
    ear.end().await;
    let bodies = cast.bodies();
    assert_eq!(bodies[1]["tool_choice"], "required");
    assert_eq!(bodies[1]["parallel_tool_calls"], false);
    assert_eq!(bodies[1]["tools"][0]["function"]["name"], "calculator");
    assert_eq!(bodies[1]["tools"].as_array().unwrap().len(), 1, "what is gone is not offered");
    assert_eq!(bodies[2].get("tool_choice"), None, "a model that must call never comes to an end");
    assert_eq!(bodies[2]["tools"], bodies[1]["tools"]);
}

#[tokio::test]
async fn a_function_is_told_with_what_it_is_for_and_what_it_takes() {
    let cast = Cast::new().await;
    let parameters = json!({"type": "object", "properties": {"city": {"type": "string"}}});
    let draft = ToolDraft {
        name: "weather".into(),
        description: "Says the weather of a city.".into(),
        parameters: parameters.to_string(),
        ..ToolDraft::default()
    };
    cast.engine.tools().save(draft).await.unwrap();
    let talk = cast.talk_with(&["weather"]);
    cast.ask_in(talk, "plain", "How is it in Bern?").await;
    let function = json!({
        "name": "weather", "description": "Says the weather of a city.", "parameters": parameters
    });
    assert_eq!(cast.bodies()[0]["tools"], json!([{"type": "function", "function": function}]));
}

#[tokio::test]
async fn functions_are_kept_checked_and_removed() {
    let cast = Cast::new().await;
    let tools = cast.engine.tools();
    let names =
        async || -> Vec<String> { tools.list().await.unwrap().into_iter().map(|tool| tool.name).collect() };
    assert_eq!(
        names().await,
        ["calculator", "date_and_time", "search_conversations"],
        "Medley's own are there"
    );
    let pasted = json!([{"name": "weather", "description": "Says the weather."}, {"name": "stocks"}]);
    for draft in tools.read(&pasted.to_string()).unwrap() {
        tools.save(draft).await.unwrap();
    }
    assert_eq!(names().await, ["calculator", "date_and_time", "search_conversations", "stocks", "weather"]);
    let taken =
        tools.save(ToolDraft { name: "calculator".into(), ..ToolDraft::default() }).await.unwrap_err();
    assert_eq!((taken.code, taken.facts.field.as_deref()), (Code::ToolNameTaken, Some("calculator")));
    let listed = tools.list().await.unwrap();
    let renamed = ToolDraft { id: Some(listed[4].id), name: "sky".into(), ..ToolDraft::default() };
    tools.set_policy(listed[4].id, Policy::Never).await.unwrap();
    assert_eq!(tools.save(renamed).await.unwrap().policy, Policy::Never, "what is allowed stays");
    let own = ToolDraft { id: Some(listed[0].id), name: "mine".into(), ..ToolDraft::default() };
    assert_eq!(tools.save(own).await.unwrap_err().code, Code::Gone, "Medley's own cannot be changed");
    assert_eq!(tools.remove(listed[0].id).await.unwrap_err().code, Code::Gone, "nor removed");
    tools.remove(listed[3].id).await.unwrap();
    assert_eq!(names().await, ["calculator", "date_and_time", "search_conversations", "sky"]);
}

#[tokio::test]
async fn other_conversations_are_searched() {
    let cast = Cast::new().await;
    cast.ask("echo", "The heron stands in the reeds.").await;
    let question = "search_conversations {\"words\":\"heron\"}";
    let heard = ask(&cast, &["search_conversations"], "calls", question, &Decision::Once).await;
    let result = &calls(&heard)[0].result;
    let told: Value = serde_json::from_str(result).unwrap();
    assert_eq!(
        told["found"].as_array().unwrap().len(),
        2,
        "question and answer, without this conversation: {result}"
    );
    assert_eq!(told["found"][1]["words"], "The heron stands in the reeds.");
    assert_eq!((&told["found"][1]["who"], &told["more"]), (&json!("user"), &json!(false)));
    let nothing = "search_conversations {\"words\":\" \"}";
    let heard = ask(&cast, &["search_conversations"], "calls", nothing, &Decision::Once).await;
    assert_eq!(calls(&heard)[0].result, "Say which words to look for.");
}
