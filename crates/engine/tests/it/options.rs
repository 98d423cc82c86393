//! Options: each arrives under its own name, what was not set is not sent, and what a model refuses is left out once.

use std::collections::{BTreeMap, HashSet};

use engine::view::Question;
use engine::{Code, Settings};
use serde_json::{Value, json};
use store::table::beginning::Beginning;
use store::table::options::{AnswerLength, Options, ResponseFormat};

use crate::cast::{Cast, SENTENCE};

/// Every option, set alone: the field that it becomes, and the value that arrives.
fn each() -> Vec<(Options, &'static str, Value)> {
    let of = |set: fn(&mut Options)| {
        let mut options = Options::default();
        set(&mut options);
        options
    };
    vec![
        (of(|it| it.temperature = Some(0.2)), "temperature", json!(0.2)),
        (of(|it| it.top_p = Some(0.5)), "top_p", json!(0.5)),
        (of(|it| it.n = Some(2)), "n", json!(2)),
        (of(|it| it.max_tokens = Some(100)), "max_tokens", json!(100)),
        (of(|it| it.max_completion_tokens = Some(100)), "max_completion_tokens", json!(100)),
        (of(|it| it.presence_penalty = Some(-1.5)), "presence_penalty", json!(-1.5)),
        (of(|it| it.frequency_penalty = Some(0.5)), "frequency_penalty", json!(0.5)),
        (
            of(|it| it.logit_bias = Some(BTreeMap::from([("1734".into(), -100.0), ("9".into(), 0.5)]))),
            "logit_bias",
            json!({"1734": -100, "9": 0.5}),
        ),
        (of(|it| it.seed = Some(i64::MAX)), "seed", json!(i64::MAX)),
        (of(|it| it.stop = vec!["END".into()]), "stop", json!("END")),
        (of(|it| it.stop = vec!["a".into(), "\n".into()]), "stop", json!(["a", "\n"])),
        (of(|it| it.user = Some("desk 4".into())), "user", json!("desk 4")),
        (of(|it| it.reasoning_effort = Some("low".into())), "reasoning_effort", json!("low")),
        (
            of(|it| it.response_format = Some(ResponseFormat::Text)),
            "response_format",
            json!({"type": "text"}),
        ),
        (
            of(|it| it.response_format = Some(ResponseFormat::JsonObject)),
            "response_format",
            json!({"type": "json_object"}),
        ),
        (of(|it| it.logprobs = Some(true)), "logprobs", json!(true)),
        (of(|it| it.top_logprobs = Some(3)), "top_logprobs", json!(3)),
        (of(|it| it.extra = r#"{"top_k": 40}"#.into()), "top_k", json!(40)),
    ]
}

/// What is sent without any option.
const ALWAYS: [&str; 4] = ["model", "messages", "stream", "stream_options"];

#[tokio::test]
async fn each_option_arrives_alone_under_its_own_name() {
    let cast = Cast::new().await;
    for (at, (options, field, value)) in each().into_iter().enumerate() {
        cast.ask_with("plain", "Name a river.", options).await;
        let sent = cast.bodies()[at].as_object().unwrap().clone();
        let more: Vec<_> = sent.keys().filter(|key| !ALWAYS.contains(&key.as_str())).collect();
        assert_eq!(more, [field], "this one and nothing else");
        assert_eq!(sent[field], value, "{field} arrives as it was set");
    }
}

#[tokio::test]
async fn streaming_can_be_said_no_to() {
    let cast = Cast::new().await;
    let whole = Options { stream: Some(false), ..Options::default() };
    assert_eq!(cast.ask_with("plain", "Name a river.", whole).await.message.text, SENTENCE);
    let uncounted = Options { include_usage: Some(false), ..Options::default() };
    assert_eq!(cast.ask_with("plain", "Name a river.", uncounted).await.message.text, SENTENCE);
    let keys: Vec<Vec<String>> =
        cast.bodies().iter().map(|body| body.as_object().unwrap().keys().cloned().collect()).collect();
    assert_eq!(keys, [vec!["model", "messages"], vec!["model", "messages", "stream"]]);
}

#[tokio::test]
async fn each_refused_option_is_left_out_once_and_remembered_in_both_styles() {
    let cast = Cast::new().await;
    let mut asked = HashSet::new();
    for style in ["refuses", "rejects"] {
        for (options, field, _) in each() {
            let model = format!("{style}-{}", field.replace('_', "-"));
            let before = cast.bodies().len();
            let heard = cast.ask_with(&model, "Name a river.", options.clone()).await;
            assert_eq!(heard.message.text, SENTENCE, "{model} answers without it");
            // Some fields are set in two ways, and the second time the model is known.
            let new: &[&str] = if asked.insert(model.clone()) { &[field] } else { &[] };
            assert_eq!(heard.adapted(), new, "{model}: told while it is asked");
            assert_eq!(heard.message.adapted, new, "{model}: and kept with the answer");
            assert_eq!(cast.bodies().len(), before + 1 + new.len(), "{model}: one more request");
            let again = cast.ask_with(&model, "And another?", options).await;
            assert_eq!(again.adapted(), Vec::<&str>::new(), "{model}: remembered");
            assert_eq!(again.message.adapted, Vec::<String>::new());
            let last = cast.bodies().pop().unwrap();
            assert!(last.get(field).is_none(), "{model} is not asked for it any more");
        }
    }
}

#[tokio::test]
async fn a_limit_is_sent_by_its_newer_name_where_the_older_is_refused() {
    let cast = Cast::new().await;
    let options = Options { max_tokens: Some(100), ..Options::default() };
    cast.ask_with("refuses-max-tokens", "Name a river.", options).await;
    assert_eq!(cast.bodies()[1]["max_completion_tokens"], 100, "the limit still holds");
}

#[tokio::test]
async fn what_was_learnt_about_one_model_is_forgotten_alone() {
    let cast = Cast::new().await;
    for model in ["refuses-stream-options", "rejects-stream-options"] {
        cast.ask(model, "Name a river.").await;
    }
    let services = cast.engine.services();
    services.forget_learnt_of(cast.service.id, "refuses-stream-options".into()).await.unwrap();
    let left = services.learnt(cast.service.id).await.unwrap();
    assert_eq!(left.iter().map(|row| row.model.as_str()).collect::<Vec<_>>(), ["rejects-stream-options"]);
}

#[tokio::test]
async fn usual_options_count_everywhere_and_a_conversation_may_differ() {
    let cast = Cast::new().await;
    let usual = Options { temperature: Some(0.2), seed: Some(7), ..Options::default() };
    let settings = Settings { options: usual, titles_by_model: false, ..Settings::default() };
    cast.engine.preferences().save(settings).await.unwrap();
    let place = cast.ask("plain", "Name a river.").await.message.conversation_id;
    let own = Options { temperature: Some(1.5), unset: vec!["seed".into()], ..Options::default() };
    let talk = cast.engine.chat().set_options(place, own.clone()).await.unwrap();
    assert_eq!(talk.options, own, "kept with the conversation");
    cast.ask_in(place, "plain", "Another?").await;
    let sent: Vec<_> =
        cast.bodies().iter().map(|body| (body["temperature"].clone(), body["seed"].clone())).collect();
    assert_eq!(sent, [(json!(0.2), json!(7)), (json!(1.5), Value::Null)]);
}

#[tokio::test]
async fn what_lies_outside_of_its_range_is_kept_nowhere() {
    let cast = Cast::new().await;
    let place = cast.ask("plain", "Name a river.").await.message.conversation_id;
    let hot = Options { temperature: Some(3.0), ..Options::default() };
    let chat = cast.engine.chat();
    let refused = chat.set_options(place, hot.clone()).await.unwrap_err();
    assert_eq!((refused.code, refused.facts.field.as_deref()), (Code::OptionWrong, Some("temperature")));
    let beginning = Beginning { options: hot.clone(), ..Beginning::default() };
    assert_eq!(chat.save_beginning(beginning).await.unwrap_err().code, Code::OptionWrong);
    let settings = Settings { options: hot, ..Settings::default() };
    assert_eq!(cast.engine.preferences().save(settings).await.unwrap_err().code, Code::OptionWrong);
    assert_eq!(chat.open(place).await.unwrap().conversation.options, Options::default());
}

#[tokio::test]
async fn what_is_set_before_the_first_message_outlives_a_restart_and_begins_one_conversation() {
    let mut cast = Cast::new().await;
    let options = Options { seed: Some(4), ..Options::default() };
    let beginning =
        Beginning { options: options.clone(), instructions: "Be kind.".into(), ..Beginning::default() };
    cast.engine.chat().save_beginning(beginning.clone()).await.unwrap();
    cast.reopen_at(engine::Clock::system()).await;
    assert_eq!(cast.engine.start().await.unwrap().beginning, beginning, "it stands there again");
    let question = Question { beginning, ..Question::of_words(None, "Name a river.", cast.to("plain")) };
    let accepted = cast.engine.chat().send(question).await.unwrap();
    cast.hear(accepted.answer.message.id).end().await;
    assert_eq!(accepted.conversation.options, options);
    assert_eq!(accepted.conversation.instructions, "Be kind.");
    assert_eq!(cast.engine.start().await.unwrap().beginning, Beginning::default(), "the next begins anew");
    let sent = &cast.bodies()[0];
    assert_eq!(
        (&sent["seed"], &sent["messages"][0]),
        (&json!(4), &json!({"role": "system", "content": "Be kind."}))
    );
}

#[tokio::test]
async fn what_a_model_is_told_first_is_the_conversations_own_else_the_usual() {
    let cast = Cast::new().await;
    let settings =
        Settings { instructions: "Use metres.".into(), titles_by_model: false, ..Settings::default() };
    cast.engine.preferences().save(settings).await.unwrap();
    let short = Options { answer_length: Some(AnswerLength::Short), ..Options::default() };
    let place = cast.ask_with("plain", "Name a river.", short).await.message.conversation_id;
    cast.engine.chat().set_instructions(place, "Use feet.".into()).await.unwrap();
    cast.ask_in(place, "plain", "Another?").await;
    let told = |at: usize| cast.bodies()[at]["messages"][0]["content"].as_str().unwrap().to_owned();
    assert!(told(0).starts_with("Use metres.\n\nAnswer briefly"), "{}", told(0));
    assert!(told(1).starts_with("Use feet.\n\nAnswer briefly"), "{}", told(1));
    assert!(cast.bodies().iter().all(|body| body.get("max_tokens").is_none()), "nothing is cut off");
}
