//! Answers as data, from the options to the table.

use engine::view::{Data, DataCheck, DataForm, DataFound, DataParts};
use engine::{Code, MessageId};
use serde_json::{Value, json};
use store::table::options::{Options, ResponseFormat};

use crate::cast::{Cast, SENTENCE};

impl Cast {
    async fn data(&self, id: MessageId) -> Data {
        self.engine.answers().data(id).await.unwrap()
    }

    /// Asks for data by a schema, and looks at what came.
    async fn ask_for(&self, schema: &Value, model: &str) -> (MessageId, Data) {
        let id = self.ask_with(model, "Name rivers.", fitting(schema)).await.message.id;
        (id, self.data(id).await)
    }
}

fn fitting(schema: &Value) -> Options {
    named("answer", "", schema, true)
}

fn named(name: &str, description: &str, schema: &Value, strict: bool) -> Options {
    let format = ResponseFormat::JsonSchema {
        name: name.into(),
        description: description.into(),
        schema: schema.to_string(),
        strict,
    };
    Options { response_format: Some(format), ..Options::default() }
}

fn any_json() -> Options {
    Options { response_format: Some(ResponseFormat::JsonObject), ..Options::default() }
}

fn items() -> Value {
    json!({
        "type": "object", "additionalProperties": false, "required": ["items"],
        "properties": {"items": {"type": "array", "items": {
            "type": "object", "additionalProperties": false, "required": ["name", "price"],
            "properties": {"name": {"type": "string"}, "price": {"type": "number"}},
        }}},
    })
}

#[tokio::test]
async fn an_answer_that_fits_is_a_table() {
    let cast = Cast::new().await;
    let (id, data) = cast.ask_for(&items(), "data-fits").await;
    assert_eq!((data.found, data.check), (DataFound::Whole, DataCheck::Fits));
    let table = data.table.unwrap();
    let names: Vec<_> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!((names, table.rows, data.flat), (vec!["name", "price"], 3, true));
    let rows = cast.engine.answers().rows(id, 1).await.unwrap();
    assert_eq!(rows.len(), 2, "from the second on");
    let view = cast.engine.chat().messages(vec![id]).await.unwrap().remove(0);
    assert!(view.data, "the window learns that it is data");
    let body = cast.bodies().pop().unwrap();
    assert_eq!(body["response_format"]["json_schema"]["schema"], items(), "the schema went along");
    assert_eq!(body["messages"].as_array().unwrap().iter().filter(|one| one["role"] == "system").count(), 0);
}

#[tokio::test]
async fn it_stays_data_whatever_is_asked_later() {
    let cast = Cast::new().await;
    let (id, _) = cast.ask_for(&items(), "data-breaks").await;
    let place = cast.kept(id).await.conversation_id;
    cast.set_options(place, Options::default());
    let data = cast.data(id).await;
    assert_eq!(data.check, DataCheck::Breaks, "it is held against the schema that it was asked for");
    let words = cast.send_in(Some(place), "plain", "Thanks.").await.unwrap();
    cast.hear(words.answer.message.id).end().await;
    let view = cast.engine.chat().messages(vec![words.answer.message.id]).await.unwrap().remove(0);
    assert!(!view.data, "words are words again");
}

#[tokio::test]
async fn an_answer_that_breaks_the_schema_says_where() {
    let cast = Cast::new().await;
    let (_, data) = cast.ask_for(&items(), "data-breaks").await;
    assert_eq!(data.check, DataCheck::Breaks);
    let told: Vec<Value> = data.breaks.iter().map(|one| json!({"at": one.at, "rule": one.rule})).collect();
    let price = json!({
        "at": ["items", 0, "price"], "rule": {"kind": "type", "wanted": ["number"], "is": "text"},
    });
    let remark = json!({"at": ["items", 0], "rule": {"kind": "unknown", "names": ["remark"]}});
    assert!(told.contains(&price) && told.contains(&remark) && told.len() == 2, "{told:#?}");
    assert!(data.table.is_some() && !data.more_breaks, "it is shown all the same");
}

#[tokio::test]
async fn data_is_found_where_models_put_it() {
    let cast = Cast::new().await;
    for (model, found) in [("data-fenced", DataFound::Fenced), ("data-among-words", DataFound::Within)] {
        let (id, data) = cast.ask_for(&items(), model).await;
        assert_eq!((data.found, data.check), (found, DataCheck::Fits), "{model}");
        let copied = cast.engine.answers().data_text(id, DataForm::Json).await.unwrap();
        assert!(copied.text.starts_with('{') && copied.text.ends_with('}'), "without what stands around it");
    }
}

#[tokio::test]
async fn what_is_no_data_is_text_with_a_reason() {
    let cast = Cast::new().await;
    for (model, found) in [
        ("data-cut", DataFound::Cut),
        ("data-broken", DataFound::Broken { line: 3, column: 38 }),
        ("data-none", DataFound::Absent),
    ] {
        let (id, data) = cast.ask_for(&items(), model).await;
        assert_eq!((data.found, data.check), (found, DataCheck::None), "{model}");
        assert!(data.root.is_none() && data.table.is_none());
        assert!(cast.engine.answers().rows(id, 0).await.unwrap().is_empty());
        let refused = cast.engine.answers().data_text(id, DataForm::Csv).await.unwrap_err();
        assert_eq!(refused.code, Code::Gone, "there is nothing to copy");
    }
}

#[tokio::test]
async fn ten_thousand_rows_come_a_page_at_a_time() {
    let cast = Cast::new().await;
    let id = cast.ask_with("data-many", "All of them.", any_json()).await.message.id;
    let data = cast.data(id).await;
    assert_eq!(data.table.map(|table| table.rows), Some(10_000));
    assert_eq!(data.check, DataCheck::None, "any JSON would do");
    let rows = cast.engine.answers().rows(id, 9_900).await.unwrap();
    assert_eq!(rows.len(), 100);
    assert_eq!(rows[0].len(), 4, "{:?}", rows[0]);
    let parts = DataParts { at: serde_json::from_value(json!(["rivers"])).unwrap(), from: 9_999 };
    assert_eq!(cast.engine.answers().parts(id, parts).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_sheet_runs_nothing() {
    let cast = Cast::new().await;
    let id = cast.ask_with("data-formulas", "As a sheet.", any_json()).await.message.id;
    let sheet = cast.engine.answers().data_text(id, DataForm::Csv).await.unwrap();
    assert_eq!(sheet.marked, 2);
    assert!(sheet.text.contains("'+Seine"), "{}", sheet.text);
    assert!(sheet.text.contains(",-777\r\n"), "numbers are numbers: {}", sheet.text);
}

#[tokio::test]
async fn a_model_that_takes_no_schema_is_asked_for_json_in_words() {
    let cast = Cast::new().await;
    let (id, data) = cast.ask_for(&items(), "takes-no-schema").await;
    assert_eq!((data.found, data.check), (DataFound::Whole, DataCheck::Fits), "{}", cast.kept(id).await.text);
    let bodies = cast.bodies();
    let [.., refused, taken] = bodies.as_slice() else { panic!("two requests: {bodies:?}") };
    assert_eq!(refused["response_format"]["type"], "json_schema");
    assert_eq!(taken["response_format"]["type"], "json_object", "the smaller change is tried first");
    let told = taken["messages"][0]["content"].as_str().unwrap();
    assert!(taken["messages"][0]["role"] == "system" && told.contains(&items().to_string()), "{told}");
}

#[tokio::test]
async fn a_model_that_takes_no_form_is_asked_in_words_alone() {
    let cast = Cast::new().await;
    let heard = cast.ask_with("takes-no-form", "Name rivers.", fitting(&items())).await;
    assert_eq!(cast.data(heard.message.id).await.check, DataCheck::Fits, "{}", heard.message.text);
    assert!(heard.adapted().contains(&"response_format"), "{:?}", heard.adapted());
    assert!(cast.bodies().pop().unwrap().get("response_format").is_none());
    let place = heard.message.conversation_id;
    let again = cast.send_in(Some(place), "takes-no-form", "More.").await.unwrap();
    let again = cast.hear(again.answer.message.id).end().await;
    assert!(again.adapted().is_empty(), "it is remembered");
    assert_eq!(cast.data(again.message.id).await.check, DataCheck::Fits);
}

#[tokio::test]
async fn the_word_json_is_said_where_it_is_wanted() {
    let cast = Cast::new().await;
    let heard = cast.ask_with("wants-the-word-json", "Name rivers.", any_json()).await;
    assert_eq!(cast.data(heard.message.id).await.found, DataFound::Whole);
    assert!(heard.adapted().is_empty(), "it was right at once");
}

#[tokio::test]
async fn going_on_with_data_that_was_cut_keeps_its_form() {
    let cast = Cast::new().await;
    let (id, _) = cast.ask_for(&items(), "data-cut").await;
    let place = cast.kept(id).await.conversation_id;
    cast.set_options(place, Options::default());
    cast.engine.chat().go_on(id).await.unwrap();
    cast.hear(id).end().await;
    assert!(cast.engine.chat().messages(vec![id]).await.unwrap()[0].data, "it is still data");
}

#[tokio::test]
async fn a_schema_is_checked_before_it_is_used() {
    let cast = Cast::new().await;
    let answers = cast.engine.answers();
    assert_eq!(answers.check_schema(items().to_string()).await.unwrap(), None);
    let fault = |schema: String| {
        let answers = cast.engine.answers();
        async move { json!(answers.check_schema(schema).await.unwrap().unwrap()) }
    };
    assert_eq!(
        fault("x".repeat(1 << 20)).await["kind"],
        "long",
        "a megabyte is a sentence, and nothing else"
    );
    let outside = json!({"$ref": "http://127.0.0.1:9/x.json"}).to_string();
    assert_eq!(fault(outside).await, json!({"kind": "outside", "address": "http://127.0.0.1:9/x.json"}));
}

#[tokio::test]
async fn words_are_no_data() {
    let cast = Cast::new().await;
    let heard = cast.ask("plain", "Name a river.").await;
    assert_eq!(heard.message.text, SENTENCE);
    assert!(!cast.engine.chat().messages(vec![heard.message.id]).await.unwrap()[0].data);
    assert!(cast.engine.answers().data(MessageId::new()).await.is_err(), "nothing is there");
}

#[tokio::test]
async fn a_form_goes_out_with_its_name_what_it_is_for_and_how_strictly_it_holds() {
    let cast = Cast::new().await;
    let schema = json!({"type": "object"});
    cast.ask_with("plain", "Name rivers.", named("rivers", "Rivers of Europe.", &schema, false)).await;
    cast.ask_with("plain", "Name rivers.", fitting(&schema)).await;
    let sent: Vec<_> = cast.bodies().into_iter().map(|body| body["response_format"].clone()).collect();
    let form = |form: Value| json!({"type": "json_schema", "json_schema": form});
    let described = json!({
        "name": "rivers", "description": "Rivers of Europe.", "schema": schema, "strict": false
    });
    let bare = json!({"name": "answer", "schema": schema, "strict": true});
    assert_eq!(sent, [form(described), form(bare)], "nothing is said of what it is for where nobody said it");
}
